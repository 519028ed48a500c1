"""Inputs cut into pieces that can be read apart, on other machines too: together they give what ``read`` gives.

A file is a piece; a large one of JSON lines or of Parquet is several: stretches of whole lines, or of row groups.
Where reading a piece ends in a failure, what the later pieces of its file give does not count, as the file would not
have been read further in one go.
"""

from __future__ import annotations

import io
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO

from kg.documents.content import LIMIT, Content, Found
from kg.documents.decoding import marked_encoding
from kg.documents.files import absolute, files_of, open_file, source_of
from kg.documents.formats import HEAD, reader_for
from kg.documents.jsonl import read_jsonl
from kg.documents.parquet import read_parquet, rows_of_groups
from kg.documents.reading import read_content
from kg.errors import Skipped, UnreadableDocument

__all__ = ["SIZE", "Ended", "Piece", "count_lines", "pieces_of", "read_piece", "with_lines_counted"]

SIZE = 16_000_000
"""From this many bytes up a file is cut."""

CHUNK = 1 << 20


class Kind(StrEnum):
    """What a piece is of its file."""

    WHOLE = "whole"
    LINES = "lines"
    ROWS = "rows"


@dataclass(frozen=True, slots=True)
class Piece:
    """A file or a part of one. ``path`` is absolute; ``source`` is what the file is called in the graph.

    ``start`` and ``end`` bound bytes of JSON lines, or row groups of Parquet; so many lines or rows stand ``before``.
    """

    path: str
    source: str
    kind: Kind = Kind.WHOLE
    start: int = 0
    end: int = 0
    before: int = 0


@dataclass(frozen=True, slots=True)
class Ended:
    """A failure after which nothing more of the file is read."""

    failure: Skipped


# ---- cutting


def pieces_of(path: Path, leave_out: Iterable[Path] = (), size: int = SIZE) -> Iterator[Piece | Skipped]:
    """The pieces of a file, or of the files under a folder, in the order in which ``read`` takes them."""
    for file in files_of(path, leave_out):
        yield from [file] if isinstance(file, Skipped) else cut(file, size)


def cut(path: Path, size: int) -> list[Piece]:
    whole = Piece(str(absolute(path)), source_of(path))
    try:
        found = path.stat()
        if found.st_size <= size or not stat.S_ISREG(found.st_mode):
            return [whole]
        with path.open("rb") as stream:
            head = stream.read(HEAD)
            reader = reader_for(path.name, head)
            if reader is read_jsonl and marked_encoding(head) == "utf-8":
                return cut_lines(whole, stream, found.st_size, size)
            if reader is read_parquet:
                return cut_rows(whole, stream, found.st_size, size)
    except (OSError, Skipped):
        pass  # whoever reads the whole says what is wrong with it
    return [whole]


def cut_lines(whole: Piece, stream: BinaryIO, length: int, size: int) -> list[Piece]:
    borders = {0, length} | {line_start(stream, at) for at in range(size, length, size)}
    return [replace(whole, kind=Kind.LINES, start=start, end=end) for start, end in pairwise(sorted(borders))]


def line_start(stream: BinaryIO, at: int) -> int:
    """Where the first line begins that does not begin before ``at``."""
    stream.seek(at - 1)
    while (read := stream.readline(CHUNK)) and not read.endswith(b"\n"):
        pass
    return stream.tell()


def cut_rows(whole: Piece, stream: BinaryIO, length: int, size: int) -> list[Piece]:
    """As many row groups a piece as make up its size, were they all of one size."""
    rows = rows_of_groups(Content(whole.source, whole.source, "", stream))
    step = max(1, len(rows) * size // length)
    starts = range(0, len(rows), step)
    made = (replace(whole, kind=Kind.ROWS, start=at, end=min(at + step, len(rows))) for at in starts)
    return [replace(piece, before=sum(rows[: piece.start])) for piece in made] or [whole]


# ---- lines


def count_lines(piece: Piece) -> int:
    """How many lines end in a stretch of JSON lines, 0 for another piece and for one that cannot be read."""
    if piece.kind is not Kind.LINES:
        return 0
    try:
        with open_file(Path(piece.path)) as stream:
            part = stretch(stream, piece)
            return sum(read.count(b"\n") for read in iter(lambda: part.read(CHUNK), b""))
    except (OSError, Skipped):
        return 0


def with_lines_counted(pieces: Iterable[Piece], counts: Iterable[int]) -> Iterator[Piece]:
    """The pieces, those of JSON lines told how many lines of their file stand before them."""
    path, lines = "", 0
    for piece, count in zip(pieces, counts, strict=True):
        lines = lines if piece.path == path and piece.start else 0
        yield replace(piece, before=lines) if piece.kind is Kind.LINES else piece
        path, lines = piece.path, lines + count


# ---- reading


def read_piece(piece: Piece, limit: int = LIMIT) -> Iterator[Found | Skipped | Ended]:
    """What a piece gives; a document of more than ``limit`` bytes is refused."""
    try:
        with open_file(Path(piece.path)) as stream:
            if piece.kind is Kind.WHOLE:
                size = os.fstat(stream.fileno()).st_size
                content = Content(piece.source, piece.source, Path(piece.path).name, stream, limit, size)
                yield from read_content(content)
            else:
                yield from read_part(piece, stream, limit)
    except Skipped as failure:
        yield type(failure)(failure.what, where=piece.source, way_out=failure.way_out)


def read_part(piece: Piece, stream: BinaryIO, limit: int) -> Iterator[Found | Skipped | Ended]:
    try:
        if piece.kind is Kind.LINES:
            part = Content(piece.source, piece.source, "", stretch(stream, piece), limit)
            yield from read_jsonl(part, piece.before + 1)
        else:
            file = Content(piece.source, piece.source, "", stream, limit)
            yield from read_parquet(file, range(piece.start, piece.end), piece.before)
    except Skipped as failure:
        yield Ended(failure)
    except OSError as error:
        yield Ended(UnreadableDocument(error.strerror or "cannot be read", where=piece.source))


def stretch(stream: BinaryIO, piece: Piece) -> BinaryIO:
    stream.seek(piece.start)
    return io.BufferedReader(Stretch(stream, piece.end - piece.start))


class Stretch(io.RawIOBase):
    """The next bytes of a stream, as many as are asked for."""

    def __init__(self, stream: BinaryIO, left: int) -> None:
        self.stream, self.left = stream, left

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]
        given = self.stream.read(min(len(buffer), self.left))
        self.left -= len(given)
        buffer[: len(given)] = given
        return len(given)
