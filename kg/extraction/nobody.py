"""What names nobody: lines of a text's own header ("Publisher: The Daily"), credits at its end ("ab/cd (AFP, dpa)"),
capitalised words such as "AI", and "German" as a firm.
"""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet

from kg.extraction.reading import Reading, leave_out
from kg.extraction.tags import NAME

__all__ = ["is_header", "leave_out_credits", "leave_out_headers", "leave_out_peoples", "leave_out_words"]

INITIALS = r"(?:^|(?<=[.!?\"'\u201d\u2019]\s))[a-z]{1,4}(?:/[a-z]{1,4})+ \([^()\n]+\)"
EDITORS = r"\((?:(?:Additional )?[Rr]eporting|Writing|Editing) by [^()\n]+\)"
MADE = frozenset(("Organization", "Product"))
CREDITS = re.compile(rf"(?:{INITIALS}|{EDITORS})[ \t]*$", re.MULTILINE)


def is_header(line: str, words: AbstractSet[str]) -> bool:
    """Whether a line begins with one of the words and a colon."""
    word, colon, _ = line.partition(":")
    return bool(colon) and word.strip().lower() in words


def leave_out_headers(reading: Reading, words: AbstractSet[str]) -> None:
    """Takes away the mentions of header lines."""
    lines = {n for n in range(len(reading.ranges)) if is_header(header_text(reading, n), words)}
    if lines:
        leave_out(reading, {n for n in range(len(reading.mentions)) if reading.sentence(n) in lines})


def header_text(reading: Reading, sentence: int) -> str:
    """A sentence's text."""
    start, end = reading.bounds(sentence)
    return reading.text[start:end]


def leave_out_credits(reading: Reading) -> None:
    """Takes away the mentions of the credits that a line ends with: who wrote it, and by whose reports."""
    places = [match.span() for match in CREDITS.finditer(reading.text)]
    inside = {n for n in range(len(reading.mentions)) if any(a <= reading.place(n)[0] < b for a, b in places)}
    if inside:
        leave_out(reading, inside)


def leave_out_words(reading: Reading, words: AbstractSet[str]) -> None:
    """Takes away the names that are nothing but one of the words."""
    named = {n for n, mention in enumerate(reading.mentions) if mention.form == NAME and reading.surface(n) in words}
    if named:
        leave_out(reading, named)


def leave_out_peoples(reading: Reading, words: AbstractSet[str]) -> None:
    """Takes away the firms and products that are nothing but one of the words; a person may be called German."""
    named = {
        n
        for n, mention in enumerate(reading.mentions)
        if mention.form == NAME and mention.type in MADE and reading.surface(n) in words
    }
    if named:
        leave_out(reading, named)
