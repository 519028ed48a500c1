"""A page of a PDF → its lines in the order of reading.

Most files draw their columns one after the other, and that order is kept. Where the rows of a page run across the
columns, the gutters are found by where the right-hand pieces of many rows begin.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import fmean
from typing import Any

from pypdf import PageObject

from kg.errors import RefusedDocument

__all__ = ["Line", "Work", "lines_of"]

SAME_ROW = 0.35
ROUGHLY = 1.25
ALIGNED = 4.0
ROWS = 5
SHARE = 0.3
CHARACTERS = 15
USUAL_WIDTH = 0.48
PIECES = 50_000
OPERATORS = 10_000_000
LIGATURES = str.maketrans({"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl"})


@dataclass(frozen=True, slots=True)
class Line:
    """A stretch of text on a page: where it begins (x to the right, y upwards), how large, about how wide."""

    x: float
    y: float
    size: float
    width: float
    text: str

    @property
    def end(self) -> float:
        """About where it ends."""
        return self.x + self.width

    def beside(self, other: Line) -> bool:
        """Whether both stand in one row."""
        return abs(self.y - other.y) <= SAME_ROW * max(self.size, other.size)


@dataclass(slots=True)
class Work:
    """How many drawing operators of a file were followed: a small file may draw one page again and again."""

    where: str
    done: int = 0

    def step(self, *_operator: object) -> None:
        """Raises RefusedDocument where it is too much."""
        self.done += 1
        if self.done > OPERATORS:
            what = f"a PDF of more than {OPERATORS} drawing operators"
            raise RefusedDocument(what, where=self.where, way_out="Save its text as .txt")


def lines_of(page: PageObject, work: Work) -> list[Line]:
    """The lines of a page in the order of reading."""
    pieces = pieces_of(page, work)
    gutters = gutters_of(pieces)
    ordered = in_columns(pieces, gutters) if gutters else pieces
    return [tidy for line in rows_of(ordered) if (tidy := replace(line, text=" ".join(line.text.split()))).text]


def pieces_of(page: PageObject, work: Work) -> list[Line]:
    """What is drawn on a page, in the order of drawing. Text that is turned on its side is left out."""
    pieces: list[Line] = []
    widths: dict[int, float] = {}

    def visit(text: str, cm: Sequence[float], tm: Sequence[float], font: Mapping[str, Any] | None, size: float) -> None:
        upright = abs(tm[1]) < abs(tm[0]) or tm[0] == tm[1] == 0
        if not text.strip() or not upright or len(pieces) >= PIECES:
            return
        scale = abs(tm[3] * cm[3]) or 1.0
        x, y = tm[4] * cm[0] + tm[5] * cm[2] + cm[4], tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        each = widths.setdefault(id(font), mean_width(font))
        tall = abs(size) * scale
        for number, line in enumerate(text.translate(LIGATURES).strip("\n").split("\n")):
            pieces.append(Line(x, y - number * tall * 1.2, tall, len(line) * each * tall, line))

    page.extract_text(visitor_text=visit, visitor_operand_before=work.step)
    work.step()
    return pieces


def mean_width(font: Mapping[str, Any] | None) -> float:
    """How wide a letter of a font is on average, in units of its size."""
    try:
        widths = [float(width) for width in (font or {}).get("/Widths", [])]
        first = int((font or {}).get("/FirstChar", 0))
    except (TypeError, ValueError):
        return USUAL_WIDTH
    small = widths[max(0, 97 - first) : max(0, 123 - first)] or widths
    known = [width for width in small if 0 < width < 2000]
    return fmean(known) / 1000 if known else USUAL_WIDTH


def gutters_of(pieces: Sequence[Line]) -> list[float]:
    """Where the second and further columns begin, if the rows of the page run across columns; sorted."""
    begins: Counter[int] = Counter()
    for left, right in pairwise(pieces):
        long = min(len(left.text), len(right.text)) >= CHARACTERS
        if long and left.beside(right) and right.x - left.x > left.width / ROUGHLY:
            begins[round(right.x / ALIGNED)] += 1
    rows = len({round(piece.y) for piece in pieces})
    found = [place for place, count in begins.items() if count + begins[place - 1] >= max(ROWS, SHARE * rows)]
    apart = [place for place in sorted(found) if place - 1 not in found]
    return [place * ALIGNED - ALIGNED for place in apart]


def in_columns(pieces: Sequence[Line], gutters: Sequence[float]) -> list[Line]:
    """The pieces column by column, between each two that run across a gutter."""
    ordered: list[Line] = []
    band: list[Line] = []
    for piece in sorted(pieces, key=lambda piece: (-piece.y, piece.x)):
        if any(piece.x < gutter and piece.width > ROUGHLY * (gutter - piece.x) for gutter in gutters):
            ordered += [*by_column(band, gutters), piece]
            band = []
        else:
            band.append(piece)
    return [*ordered, *by_column(band, gutters)]


def by_column(band: Sequence[Line], gutters: Sequence[float]) -> list[Line]:
    return sorted(band, key=lambda piece: sum(piece.x >= gutter for gutter in gutters))


def rows_of(pieces: Sequence[Line]) -> Iterator[Line]:
    """Pieces that follow each other in one row, as one line."""
    current: Line | None = None
    for piece in pieces:
        if current is not None and current.beside(piece) and piece.x >= current.x:
            spaced = current.text[-1:].isspace() or piece.text[:1].isspace()
            touching = piece.x - current.end < -0.5 * piece.size or spaced
            text = current.text + ("" if touching else " ") + piece.text
            current = replace(current, text=text, width=piece.end - current.x, size=max(current.size, piece.size))
        else:
            if current is not None:
                yield current
            current = piece
    if current is not None:
        yield current
