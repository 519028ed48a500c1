"""One file that was compressed: gzip, bzip2, xz. What it holds is read as if it lay there unpacked."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
from collections.abc import Iterator
from pathlib import PurePath
from typing import BinaryIO, cast

from kg.documents.content import Content

__all__ = ["read_bzip2", "read_gzip", "read_xz"]

SUFFIXES = {".tgz": ".tar", ".tbz": ".tar", ".tbz2": ".tar", ".txz": ".tar"}


def read_gzip(content: Content) -> Iterator[Content]:
    """What a gzip file holds."""
    fed = Fed(content.stream)
    yield unpacked(content, cast(BinaryIO, gzip.GzipFile(fileobj=fed)), fed, "a gzip file")


def read_bzip2(content: Content) -> Iterator[Content]:
    """What a bzip2 file holds."""
    fed = Fed(content.stream)
    yield unpacked(content, cast(BinaryIO, bz2.BZ2File(fed)), fed, "a bzip2 file")


def read_xz(content: Content) -> Iterator[Content]:
    """What an xz file holds."""
    fed = Fed(content.stream)
    yield unpacked(content, cast(BinaryIO, lzma.LZMAFile(cast(BinaryIO, fed))), fed, "an xz file")  # noqa: SIM115 - Fed owns no file


class Fed(io.RawIOBase):
    """The compressed bytes; counts how many were read."""

    def __init__(self, stream: BinaryIO) -> None:
        self.stream, self.given = stream, 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1, /) -> bytes:
        piece = self.stream.read(size)
        self.given += len(piece)
        return piece


def unpacked(content: Content, stream: BinaryIO, fed: Fed, what: str) -> Content:
    return content.holding(inner_name(content.name), stream, what=what, packed=lambda: fed.given)


def inner_name(name: str) -> str:
    """The name without its last suffix."""
    path = PurePath(name or "unnamed")
    return path.stem + SUFFIXES.get(path.suffix.lower(), "")
