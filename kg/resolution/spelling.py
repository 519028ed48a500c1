"""Spellings → one alphabet: transliterated, lower case, without marks; and what is left of the sound of a word."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

__all__ = ["acronym", "plain", "skeleton"]

SOUNDS = (
    (r"(.)\1+", r"\1"),
    (r"sch|tch|sh|ch|zh|cz|ts|tz|x|z", "s"),
    (r"^w|ph|v|b|p", "f"),
    (r"ck|kh|gh|[qcgj]", "k"),
    (r"th|d", "t"),
    (r"^[aeiouyh]+", "a"),
    (r"(?<!^)[aeiouyhw]", ""),
)
LOOKALIKES = str.maketrans("0134578", "oieastb")


@lru_cache(maxsize=1 << 17)
def plain(name: str) -> str:
    """Latin letters and digits in lower case, one space between words; other scripts are transliterated.

    Points, apostrophes and accents inside words go ("O'Brien" is "obrien", "U.S." is "us").
    """
    name = re.sub(r"[\u02b0-\u02ff\u2018\u2019\u00b4`]", "'", unicodedata.normalize("NFKC", name))
    spelled = anyascii(name).casefold().replace("&", " and ").replace("%", " % ")
    spelled = re.sub(r"'s\b", "", spelled).replace("'", "")
    spelled = re.sub(r"(?<=\w)\.(?=\w?\b)", "", spelled)
    words = re.sub(r"[^a-z0-9%]+", " ", spelled).split()
    return " ".join(_digits_as_letters(word) for word in words)


def _digits_as_letters(word: str) -> str:
    """So "sech1n" is "sechin": a lone digit between letters stands for the letter that it looks like."""
    return re.sub(r"(?<=[a-z])[0134578](?=[a-z])", lambda found: found[0].translate(LOOKALIKES), word)


@lru_cache(maxsize=1 << 17)
def skeleton(word: str) -> str:
    """What transliterations of one word share: its consonants in rough classes, the first letter's sound kept."""
    found = word
    for pattern, sound in SOUNDS:
        found = re.sub(pattern, sound, found)
    return found or word[:1]


def acronym(words: list[str], small: frozenset[str] = frozenset({"of", "the", "and", "for", "de"})) -> str:
    """The initials of the words that count."""
    return "".join(word[0] for word in words if word not in small)
