"""Sentences of a text by its punctuation. A paragraph's end is a sentence's end."""

from __future__ import annotations

import re

from kg.extraction.word_lists import ABBREVIATIONS

CLOSING, OPENING = r"""["'\u201d\u2019)\]]*""", r"""["'\u201c\u2018(\[]*"""
STOP = re.compile(rf"[.!?\u2026]+{CLOSING}(?=\s+{OPENING}[A-Z0-9À-Þ])|\n\s*\n|\n(?=\s*[^\sa-z])")
LAST_WORD = re.compile(r"[\w.]*\w$")


def ends_sentence(before: str, stop: str) -> bool:
    """Whether a full stop after ``before`` closes a sentence: not after an abbreviation or an initial."""
    if not stop.startswith(".") or len(stop) > 1:
        return True
    word = LAST_WORD.search(before)
    if word is None:
        return True
    single = len(word.group()) == 1 and word.group().isupper()
    return not single and word.group().lower() not in ABBREVIATIONS


def sentences(text: str) -> list[tuple[int, int]]:
    """Start and end of every sentence, white space around it left out."""
    cuts = [m.end() for m in STOP.finditer(text) if ends_sentence(text[max(0, m.start() - 30) : m.start()], m.group())]
    bounds = zip([0, *cuts], [*cuts, len(text)], strict=True)
    return [trimmed(text, start, end) for start, end in bounds if text[start:end].strip()]


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch without the white space at its ends."""
    inside = text[start:end]
    return start + len(inside) - len(inside.lstrip()), end - len(inside) + len(inside.rstrip())
