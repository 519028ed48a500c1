"""Whether two names of one document mean the same, by their words alone. Strict: a rival forbids the link."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from kg.extraction.word_lists import UNIT_WORDS

TOKEN = re.compile(r"[^\W_]+")


@lru_cache(maxsize=1 << 16)
def tokens(name: str) -> tuple[str, ...]:
    """The words of a name, folded, a possessive left out."""
    return tuple(TOKEN.findall(re.sub(r"['\u2019]s$", "", name).replace(".", "").casefold()))


def initials(name: str) -> str:
    """The capitals that begin its words: ``World Health Organization`` → ``WHO``."""
    return "".join(word[0] for word in TOKEN.findall(name) if word[0].isupper())


def shortens(short: str, long: str, kind: str) -> bool:
    """Whether ``short`` is a way to shorten ``long``: first or last words, or initials."""
    a, b = tokens(short), tokens(long)
    if not a or len(a) >= len(b):
        return False
    if kind == "Person":
        return len(a) < 3 and ((a[-1] == b[-1] and set(a) <= set(b)) or a == b[:1])
    if kind == "Organization" and short.isupper() and 2 <= len(short) <= 6 and short == initials(long):
        return True
    begins = kind == "Organization" and b[: len(a)] == a and len(a[0]) > 2
    return begins and not (len(b) == len(a) + 1 and b[-1] in UNIT_WORDS)


def same_name(names: Sequence[tuple[str, str]]) -> list[int]:
    """The group of each (surface, type): equal words first, then each short form with its only long form."""
    keys = [(kind, tokens(name)) for name, kind in names]
    first: dict[tuple[str, tuple[str, ...]], int] = {}
    for number, key in enumerate(keys):
        first.setdefault(key, number)
    target = {number: number for number in first.values()}
    longer = by_part(names, list(target))
    for number in sorted(target, key=lambda n: (-len(keys[n][1]), n)):
        name, kind = names[number]
        near = {n for part in keys[number][1][-1:] + keys[number][1][:1] for n in longer.get((kind, part), ())}
        found = {target[n] for n in near if shortens(name, names[n][0], kind)}
        if len(found) == 1:
            target[number] = found.pop()
    return [target[first[key]] for key in keys]


def by_part(names: Sequence[tuple[str, str]], numbers: Sequence[int]) -> dict[tuple[str, str], list[int]]:
    """(Type, word or initials) → the names that a short form with this word may stand for."""
    found: dict[tuple[str, str], list[int]] = {}
    for number in numbers:
        name, kind = names[number]
        for part in sorted({*tokens(name), initials(name).casefold()}):
            found.setdefault((kind, part), []).append(number)
    return found
