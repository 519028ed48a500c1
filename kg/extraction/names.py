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


def abbreviates(short: str, long: str, kind: str) -> bool:
    """Whether ``short`` is the initials of an organization."""
    return kind == "Organization" and short.isupper() and 2 <= len(short) <= 6 and short == initials(long)


def shortens(short: str, long: str, kind: str) -> bool:
    """Whether ``short`` is a way to shorten ``long``: its first words, or a person's first or last."""
    a, b = tokens(short), tokens(long)
    if not a or len(a) >= len(b):
        return False
    if kind == "Person":
        return len(a) < 3 and ((a[-1] == b[-1] and set(a) <= set(b)) or a == b[:1])
    begins = kind == "Organization" and b[: len(a)] == a and len(a[0]) > 2
    return begins and not UNIT_WORDS.issuperset(b[len(a) :])


def same_name(names: Sequence[tuple[str, str]], headline: int = 0) -> list[int]:
    """The group of each (surface, type), in the order of the text: equal words first, then each short form with its
    only long form.

    An organization is called by its short name only after its long one, but for the ``headline`` first names: where
    "Amazon" comes before "Amazon Web Services", they are two. Of such pairs in the passages and in the open sets, 84
    were two and 9 were one; where the long name came first, 73 were two and 361 one (training/wordings.py).
    """
    keys = [(kind, tokens(name)) for name, kind in names]
    first: dict[tuple[str, tuple[str, ...]], int] = {}
    below: dict[tuple[str, tuple[str, ...]], int] = {}
    for number, key in enumerate(keys):
        first.setdefault(key, number)
        if number >= headline:
            below.setdefault(key, number)
    target = {number: number for number in first.values()}
    longer = by_part(names, list(target))
    for number in sorted(target, key=lambda n: (-len(keys[n][1]), n)):
        name, kind = names[number]
        near = {n for part in keys[number][1][-1:] + keys[number][1][:1] for n in longer.get((kind, part), ())}
        place = below.get(keys[number], len(names))
        found = {
            target[n]
            for n in near
            if abbreviates(name, names[n][0], kind)
            or ((kind != "Organization" or n < place) and shortens(name, names[n][0], kind))
        }
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
