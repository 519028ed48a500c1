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
    groups = [keys.index(key) for key in keys]
    for number in sorted(set(groups), key=lambda g: -len(keys[g][1])):
        name, kind = names[number]
        long = {groups[g] for g in set(groups) if names[g][1] == kind and shortens(name, names[g][0], kind)}
        if len(long) == 1:
            target = long.pop()
            groups = [target if group == number else group for group in groups]
    return groups
