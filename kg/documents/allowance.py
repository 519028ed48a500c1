"""How much one input may unpack to, so that a small file cannot fill the machine.

One allowance is shared by all that lies inside one input, however deep: entries, bytes, bytes of output for a byte of
input, and levels. The figures are far above what honest archives hold.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import BinaryIO

from kg.documents.parsing import parsing
from kg.errors import RefusedDocument

__all__ = ["ENTRIES", "LEVELS", "RATIO", "TOTAL", "Allowance", "bomb", "require_ratio"]

ENTRIES = 100_000
TOTAL = 4_000_000_000
RATIO = 200
RATIO_FROM = 1_000_000
LEVELS = 4
UNPACK = "Unpack it yourself and name the files"


@dataclass(slots=True)
class Spent:
    """What was unpacked so far."""

    entries: int = 0
    size: int = 0


@dataclass(frozen=True, slots=True)
class Allowance:
    """What may still be unpacked, and how many levels deep we are."""

    level: int = 0
    spent: Spent = field(default_factory=Spent)

    def one_more(self, where: str) -> Allowance:
        """For something that lies inside; raises RefusedDocument where it is one too many, or a level too deep."""
        self.spent.entries += 1
        self.require(self.spent.entries, self.spent.size, where)
        if self.level == LEVELS:
            raise bomb(f"archives inside archives, more than {LEVELS} deep", where)
        return Allowance(self.level + 1, self.spent)

    def counted(self, stream: BinaryIO, what: str, where: str, packed: Callable[[], int] | None) -> BinaryIO:
        """The stream, every byte of it counted.

        Reading raises RefusedDocument where there are too many, UnreadableDocument where ``what`` it lies in breaks.
        """
        return io.BufferedReader(Counted(stream, self, what, where, packed))

    def took(self, size: int, where: str) -> None:
        """Counts bytes that were unpacked; raises RefusedDocument where there are too many."""
        self.spent.size += size
        self.require(self.spent.entries, self.spent.size, where)

    def require(self, entries: int, size: int, where: str) -> None:
        """Raises RefusedDocument where so many entries or bytes are too many."""
        if entries > ENTRIES:
            raise bomb(f"more than {ENTRIES} entries", where)
        if size > TOTAL:
            raise bomb(f"more than {TOTAL} bytes unpacked", where)


class Counted(io.RawIOBase):
    """A stream that counts against an allowance what is read from it."""

    def __init__(
        self, stream: BinaryIO, allowance: Allowance, what: str, where: str, packed: Callable[[], int] | None
    ) -> None:
        self.stream, self.allowance, self.what, self.where, self.packed = stream, allowance, what, where, packed
        self.given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]
        with parsing(self.what, self.where, UNPACK):
            given = self.stream.read(len(buffer))
        buffer[: len(given)] = given
        self.given += len(given)
        self.allowance.took(len(given), self.where)
        if self.packed:
            require_ratio(self.given, self.packed(), self.where)
        return len(given)


def require_ratio(unpacked: int, packed: int, where: str) -> None:
    """Raises RefusedDocument for far more bytes than text packed into so few could give."""
    if unpacked > RATIO_FROM and unpacked > RATIO * max(packed, 1):
        raise bomb(f"unpacks to more than {RATIO} times its size", where)


def bomb(what: str, where: str) -> RefusedDocument:
    """The refusal of an archive that would unpack to too much."""
    return RefusedDocument(what, where=where, way_out=UNPACK)
