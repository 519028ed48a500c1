"""A text cut into windows of whole lines, with every offset kept: a line break is always a sentence border.

Windows bound the memory that a long text takes; nearly every document is one window.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, Span

__all__ = ["Window", "is_header", "parsed", "sentence_bounds", "windows"]

SIZE = 20_000
STRANGE = re.compile(r"[\ud800-\udfff]")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x85\u2028\u2029\u200b-\u200f\ufeff]")
DATELINE = re.compile(r"(?m)^[A-Z][A-Z ,.]{2,40}, \w{3,9}\.? \d{1,2}(?: \([^)\n]{2,30}\))? [-\u2013\u2014] ")
SAME = str.maketrans(
    {"\u2019": "'", "\u2018": "'", "\u201c": '"', "\u201d": '"', "\u2013": "-", "\u00a0": " ", "\r": "\n"}
)


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of a document, readable for the parser, and where it begins."""

    start: int
    text: str


def windows(text: str, size: int = SIZE) -> Iterator[Window]:
    """The text in stretches of at most ``size`` characters, cut at line breaks, else at spaces, else anywhere."""
    start = 0
    while start < len(text):
        end = cut(text, start, size)
        yield Window(start, readable(text[start:end]))
        start = end


def cut(text: str, start: int, size: int) -> int:
    """Where the window that begins at ``start`` ends."""
    if len(text) - start <= size:
        return len(text)
    for border in ("\n", ". ", " "):
        found = text.rfind(border, start + size // 2, start + size)
        if found >= 0:
            return found + len(border)
    return start + size


def readable(text: str) -> str:
    """The text with plain quotes, without datelines and what no parser can take; of the same length."""
    plain = CONTROL.sub(" ", STRANGE.sub("\ufffd", text.translate(SAME)))
    return DATELINE.sub(lambda line: " " * len(line[0]), plain)


def parsed(text: str, nlp: Language) -> Doc:
    """A text parsed line by line, so that a line break ends a sentence and no line changes how another is read."""
    lines = [line for line in re.split(r"(?<=\n)(?!\n)", text) if line]
    return Doc.from_docs(list(nlp.pipe(lines)), ensure_whitespace=False) if lines else nlp(text)


def sentence_bounds(sentence: Span) -> tuple[int, int] | None:
    """Where a sentence's text begins and ends without surrounding space; None for one without text."""
    text = sentence.text
    if not text.strip():
        return None
    start = sentence.start_char + len(text) - len(text.lstrip())
    return start, start + len(text.strip())


def is_header(line: str, words: frozenset[str]) -> bool:
    """Whether a line is of a text's own header, such as ``Publisher: …``."""
    word, colon, _ = line.partition(":")
    return bool(colon) and word.strip().lower() in words
