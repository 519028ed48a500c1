"""TAR archives, read from front to back. Links and devices inside are passed over; nothing is unpacked to the disk."""

from __future__ import annotations

import tarfile
from collections.abc import Iterator
from typing import BinaryIO, Self, cast

from kg.documents.allowance import bomb
from kg.documents.content import Content
from kg.documents.entries import is_wanted, printable
from kg.documents.parsing import parsing

__all__ = ["read_tar"]

KIND = "a TAR archive"
NAME_HEADERS = (
    tarfile.GNUTYPE_LONGNAME,
    tarfile.GNUTYPE_LONGLINK,
    tarfile.XHDTYPE,
    tarfile.XGLTYPE,
    tarfile.SOLARIS_XHDTYPE,
)
HEADER = 1_000_000


class Entry(tarfile.TarInfo):
    """An entry whose headers are of a size that a name may have: tarfile reads them into memory, however long."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> Self:
        """Raises RefusedDocument for a header without end."""
        entry = super().frombuf(buf, encoding, errors)
        if entry.type in NAME_HEADERS and entry.size > HEADER:
            raise bomb(f"a name of more than {HEADER} bytes", "")
        return entry


def read_tar(content: Content) -> Iterator[Content]:
    """What an archive holds, file by file in its own order."""
    with (
        parsing(KIND, content.where),
        tarfile.open(fileobj=content.stream, mode="r|", tarinfo=Entry, errorlevel=1) as archive,
    ):
        for entry in archive:
            if not entry.isreg() or not is_wanted(entry.name):
                continue
            stream = archive.extractfile(entry)
            if stream is not None:
                yield content.holding(printable(entry.name), cast(BinaryIO, stream), what=KIND)
