"""Sentences of a text by its punctuation. A paragraph's end is a sentence's end, and so is that of a short line; a line
of ``WRAPPED`` characters or more may be wrapped, and goes on where it does not end in a full stop.
"""

from __future__ import annotations

import re

from kg.extraction.word_lists import ABBREVIATIONS

CLOSING, OPENING = r"""["'\u201d\u2019)\]]*""", r"""["'\u201c\u2018(\[]*"""
STOP = re.compile(rf"[.!?\u2026]+{CLOSING}(?=\s+{OPENING}(?:[A-Z0-9À-Þ]|[a-z]{{1,2}}[A-Z]))|\n\s*\n|\n(?=\s*[^\sa-z])")
WRAPPED = 50
HEADLINE = 200
LAST_WORD = re.compile(r"[\w.]*\w$")


def ends_sentence(before: str, stop: str) -> bool:
    """Whether a full stop after ``before`` closes a sentence: not after an abbreviation or an initial."""
    if stop == "\n":
        return len(before.rpartition("\n")[2]) < WRAPPED
    if not stop.startswith(".") or len(stop) > 1:
        return True
    word = LAST_WORD.search(before)
    if word is None:
        return True
    single = len(word.group()) == 1 and word.group().isupper()
    return not single and word.group().lower() not in ABBREVIATIONS


def sentences(text: str) -> list[tuple[int, int]]:
    """Start and end of every sentence, white space around it left out."""
    stops = ((m, text[max(0, m.start() - WRAPPED) : m.start()]) for m in STOP.finditer(text))
    cuts = [m.end() for m, before in stops if ends_sentence(before, m.group())]
    bounds = zip([0, *cuts], [*cuts, len(text)], strict=True)
    return [trimmed(text, start, end) for start, end in bounds if text[start:end].strip()]


def headline_end(text: str) -> int:
    """Where the headline ends, a short first line without a full stop and with more below; 0 where there is none."""
    line, _, rest = text.partition("\n")
    line = line.rstrip()
    is_headline = 0 < len(line) <= HEADLINE and not STOP.search(line[-3:] + " A") and bool(rest.strip())
    return len(line) if is_headline else 0


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch without the white space at its ends."""
    inside = text[start:end]
    return start + len(inside) - len(inside.lstrip()), end - len(inside) + len(inside.rstrip())
