"""ZIP files: archives, and the formats that are ZIP files inside (DOCX, EPUB, and those that are not read).

Nothing is unpacked to the disk, so names inside lead nowhere: they only say where a document was read.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from itertools import pairwise
from typing import BinaryIO, cast

from kg.documents.allowance import ENTRIES, bomb, require_ratio
from kg.documents.content import Content, Found
from kg.documents.docx import read_docx
from kg.documents.entries import is_wanted, printable
from kg.documents.epub import read_epub
from kg.documents.parsing import parsing
from kg.errors import Skipped, UnreadableDocument

__all__ = ["read_zip"]

REFUSED = {
    "xl/": ("a spreadsheet", "Save the sheet with its texts as CSV"),
    "ppt/": ("slides", "Save the text as .txt"),
}
ENCRYPTED = 0x1


def read_zip(content: Content) -> Iterator[Found | Skipped | Content]:
    """What a ZIP file holds, entry by entry in its own order; or the document or the book that it is."""
    with parsing("a ZIP file", content.where):
        archive = zipfile.ZipFile(content.seekable())
    with archive:
        require_modest(archive, content)
        names = set(archive.namelist())
        if "word/document.xml" in names:
            yield from read_docx(archive, content)
        elif "META-INF/container.xml" in names:
            yield from read_epub(archive, content)
        else:
            refuse_others(names, content.where)
            for entry in archive.infolist():
                if is_wanted(entry.filename):
                    yield from held(archive, entry, content)


def require_modest(archive: zipfile.ZipFile, content: Content) -> None:
    """Raises RefusedDocument for more than one input may unpack to, and for entries that share their bytes."""
    entries = archive.infolist()
    if len(entries) > ENTRIES:
        raise bomb(f"more than {ENTRIES} entries", content.where)
    content.allowance.require(0, sum(entry.file_size for entry in entries), content.where)
    starts = sorted((entry.header_offset, entry.compress_size) for entry in entries)
    if any(start + size > following for (start, size), (following, _) in pairwise(starts)):
        raise bomb("entries that lie over each other", content.where)


def refuse_others(names: set[str], where: str) -> None:
    for part, (what, way_out) in REFUSED.items():
        if any(name.startswith(part) for name in names) and "[Content_Types].xml" in names:
            raise UnreadableDocument(f"{what}, not a text", where=where, way_out=way_out)
    if "mimetype" in names and "content.xml" in names:
        raise UnreadableDocument("an OpenDocument file", where=where, way_out="Save it as .docx")


def held(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, content: Content) -> Iterator[Skipped | Content]:
    """One entry, open for reading; a failure is a value."""
    where = f"{content.where}#{printable(entry.filename)}"
    try:
        if entry.flag_bits & ENCRYPTED:
            raise UnreadableDocument("encrypted", where=where, way_out="Unpack it with its password")
        require_ratio(entry.file_size, entry.compress_size, where)
        with parsing("a ZIP entry", where):
            stream = archive.open(entry)
    except Skipped as failure:
        yield failure
        return
    with stream:
        yield content.holding(printable(entry.filename), cast(BinaryIO, stream), what="a ZIP file")
