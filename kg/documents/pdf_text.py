"""The lines of the pages of a PDF → one text: running heads dropped, words mended, lines joined to paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from kg.documents.paragraphs import BULLET, glued, wrapped
from kg.documents.pdf_lines import Line

__all__ = ["largest", "without_running_heads", "written"]

EDGE = 2
REPEATED = 3
SHARE = 0.4
PAGE_NUMBER = re.compile(
    r"(?:page\s*)?[-\u2013 ]*(?:\d{1,4}|[ivxl]{1,6})[-\u2013 ]*(?:(?:of|/)\s*\d{1,4})?", re.IGNORECASE
)
ENDS = re.compile(r"[.!?:;][\"'\u201d\u2019)\]]*$")
WORD = re.compile(r"[^\W\d_]+-[^\W\d_]+")
LEADING = 1.45
LARGER = 1.15
TITLE = 1.2
TITLE_LENGTH = 160


def without_running_heads(pages: Sequence[list[Line]]) -> list[Line]:
    """The lines of all pages, without page numbers and what stands at the edge of many pages."""
    edges = Counter(key for page in pages for key in {key_of(line) for line in at_edge(page)})
    often = {key for key, count in edges.items() if count >= max(REPEATED, SHARE * len(pages))}
    lines: list[Line] = []
    for page in pages:
        unwanted = {
            id(line) for line in at_edge(page) if key_of(line) in often or PAGE_NUMBER.fullmatch(line.text.strip())
        }
        lines += [line for line in page if id(line) not in unwanted]
    return lines


def at_edge(page: Sequence[Line]) -> list[Line]:
    """The highest and the lowest lines of a page."""
    by_height = sorted(page, key=lambda line: line.y)
    return by_height[:EDGE] + by_height[EDGE:][-EDGE:]


def key_of(line: Line) -> str:
    """What a running head shares from page to page: all but its numbers."""
    return re.sub(r"\d+", "0", line.text.lower())


def written(lines: Sequence[Line]) -> str:
    """The text of lines: paragraphs one a line, an empty line between."""
    words = {word.lower() for line in lines for word in WORD.findall(line.text)}
    long = sorted(len(line.text) for line in lines)
    width = long[int(len(long) * 0.8)] if long else 0
    leading = usual_leading(lines)
    out: list[str] = []
    for before, line in zip([None, *lines], lines, strict=False):
        if before is not None and continues(before, line, width, leading):
            out[-1] = glued(out[-1], line.text, words)
        else:
            out.append(line.text)
    return "\n\n".join(out)


def continues(before: Line, line: Line, width: float, leading: float) -> bool:
    """Whether a line goes on with the paragraph of the one before."""
    if max(before.size, line.size) > LARGER * min(before.size, line.size) or BULLET.match(line.text):
        return False
    open_ended = not ENDS.search(before.text)
    below = before.y - line.y
    if not 0 < below <= LEADING * leading * max(1.0, line.size):
        return open_ended and (line.text[:1].islower() or before.text.endswith("-"))
    return wrapped(before.text, line.text, width) or (open_ended and line.text[:1].islower())


def usual_leading(lines: Sequence[Line]) -> float:
    """The distance of two lines in a paragraph, in units of their size."""
    steps = [(a.y - b.y) / b.size for a, b in pairwise(lines) if b.size and a.y > b.y]
    return median(steps) if steps else 1.2


def largest(page: Sequence[Line]) -> str | None:
    """The lines in the largest letters of the first page, if these are larger than those of the text."""
    if not page:
        return None
    size = max(line.size for line in page)
    usual = median(line.size for line in page)
    title = " ".join(line.text for line in page if line.size > 0.97 * size)
    return title if size > TITLE * usual and len(title) <= TITLE_LENGTH else None
