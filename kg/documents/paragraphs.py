"""Lines that were broken for the page or the screen → paragraphs, one a line, with an empty line between.

A break that is there for the eye would end a sentence for every reader after us.
"""

from __future__ import annotations

import re
from collections.abc import Container

__all__ = ["BULLET", "glued", "joined", "wrapped"]

FULL = 0.9
NARROWEST = 50
BULLET = re.compile(r"(?:[-*\u2022\u2013\u2014]|\(?\d{1,3}[.)]|\(?[a-z][.)])\s")
BROKEN_WORD = re.compile(r"([^\W\d_]{2,})[-\u2010]$")
FIRST_WORD = re.compile(r"[^\W\d_]+")
SOFT_HYPHEN = "\u00ad"


def joined(text: str) -> str:
    """A text whose lines were wrapped, as paragraphs. Lines with room for the next one's first word stay apart."""
    paragraphs = re.split(r"\n[ \t]*(?:\n[ \t]*)+", text.strip("\n"))
    return "\n\n".join(filter(None, (joined_lines(paragraph) for paragraph in paragraphs)))


def joined_lines(paragraph: str) -> str:
    lines = [line.strip() for line in paragraph.split("\n") if line.strip()]
    width = max(map(len, lines), default=0)
    out: list[str] = []
    for before, line in zip([None, *lines], lines, strict=False):
        if before and width >= NARROWEST and wrapped(before, line, width):
            out[-1] += ("" if before.endswith("-") else " ") + line
        else:
            out.append(line)
    return "\n".join(out)


def wrapped(before: str, line: str, width: float) -> bool:
    """Whether the break between two lines was made because the first word of the second did not fit."""
    return not BULLET.match(line) and len(before) + 1 + len(line.split(" ", 1)[0]) >= FULL * width


def glued(before: str, line: str, words: Container[str]) -> str:
    """Two lines as one, a word that was broken between them mended.

    Where the text has the word with its hyphen elsewhere (``words``), the hyphen stays; else it is taken for one that
    the break made, if a small letter follows. That is wrong for a compound which the text has only here.
    """
    if before.endswith(SOFT_HYPHEN):
        return before[:-1] + line
    first, second = BROKEN_WORD.search(before), FIRST_WORD.match(line)
    if not first or not second:
        return f"{before} {line}"
    whole = f"{first[1]}-{second[0]}".lower()
    made_by_break = second[0][0].islower() and whole not in words
    return (before[:-1] if made_by_break else before) + line
