"""Word files (DOCX): paragraphs and tables in their order, a paragraph a line, a table's row a line.

Text that was inserted counts, text that was deleted does not; headers, footers, notes and text boxes are left out.
The days that Word keeps tell when a file was made, often from a template, so they do not date the document.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import cast

import docx
from lxml import etree

from kg.documents.allowance import UNPACK, require_ratio
from kg.documents.content import PACKING, Content, Found, require_prose, too_large
from kg.documents.headers import header_of
from kg.documents.parsing import parsing
from kg.errors import RefusedDocument
from kg.model import Document

__all__ = ["read_docx"]

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SKIPPED = {W + name for name in ("del", "moveFrom", "instrText", "txbxContent", "pPr", "rPr", "sectPr", "tblPr")}
BREAKS = {W + "br": " ", W + "cr": " ", W + "tab": " ", W + "noBreakHyphen": "-"}
TITLES = ("Title", "heading 1", "Heading 1")
DEPTH = 100


def read_docx(archive: zipfile.ZipFile, content: Content) -> Iterator[Found]:
    """The one document of a Word file. Its source is the address in its header, else where it lies."""
    require_modest(archive, content)
    with parsing("a Word file", content.where):
        file = docx.Document(cast(io.BytesIO, archive.fp))
        body = cast(etree._Element, file.element.body)
        lines = [line for line in lines_of(body) if line]
        title = " ".join((file.core_properties.title or "").split()) or titled(file)
    text = "\n\n".join(lines)
    require_prose(text, content.where)
    if len(text.encode("utf-8", "surrogatepass")) > content.limit:
        raise too_large(content.where, None, content.limit)
    header = header_of(text, content.name)
    document = Document(
        text=text,
        source=content.source_for(text, header.source),
        title=title or header.title,
        publisher=header.publisher,
        published=header.published,
    )
    yield Found(content.where, document)


def require_modest(archive: zipfile.ZipFile, content: Content) -> None:
    """Raises RefusedDocument for parts that unpack to too much: the library reads them all."""
    total = 0
    for entry in archive.infolist():
        require_ratio(entry.file_size, entry.compress_size, content.where)
        total += entry.file_size
    if total > content.limit * PACKING:
        raise RefusedDocument(f"a Word file of {total} bytes unpacked", where=content.where, way_out=UNPACK)


def titled(file: docx.document.Document) -> str:
    """The first paragraph in the style of a title."""
    found = (p.text for p in file.paragraphs[:20] if p.style is not None and p.style.name in TITLES)
    return " ".join(next(found, "").split())


def lines_of(parent: etree._Element, depth: int = 0) -> Iterator[str]:
    """A line for each paragraph and each row of a table."""
    if depth > DEPTH:
        return
    for child in parent:
        if child.tag == W + "p":
            yield said(child)
        elif child.tag == W + "tr":
            yield " | ".join(filter(None, (" ".join(filter(None, lines_of(cell, depth + 1))) for cell in child)))
        elif child.tag not in SKIPPED:
            yield from lines_of(child, depth + 1)


def said(paragraph: etree._Element) -> str:
    pieces: list[str] = []
    pending = [paragraph]
    while pending:
        element = pending.pop()
        if element.tag == W + "t":
            pieces.append(element.text or "")
        elif element.tag in BREAKS:
            pieces.append(BREAKS[element.tag])
        elif element.tag not in SKIPPED:
            pending.extend(reversed(element))
    return " ".join("".join(pieces).split())
