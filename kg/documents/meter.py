"""How far a reading has come, in bytes of the files that were named: for who waits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from kg.documents.files import files_of

__all__ = ["Meter"]


class Meter:
    """Bytes in all, and bytes read so far. What has no size beforehand (pipes, addresses) counts nothing."""

    def __init__(self) -> None:
        self.total, self._finished = 0, 0
        self._open: BinaryIO | None = None

    def measure(self, paths: Iterable[Path], leave_out: Iterable[Path]) -> None:
        """Adds up the sizes of files, and of those in folders."""
        unwanted = tuple(leave_out)
        for path in paths:
            self.total += sum(size_of(file) for file in files_of(path, unwanted) if isinstance(file, Path))

    @contextmanager
    def reading(self, stream: BinaryIO, size: int) -> Iterator[None]:
        """While a file of some size is read."""
        self._open = stream
        try:
            yield
        finally:
            self._open = None
            self._finished += size

    @property
    def done(self) -> int:
        """Bytes read so far."""
        try:
            return self._finished + (self._open.tell() if self._open is not None else 0)
        except (OSError, ValueError):
            return self._finished


def size_of(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
