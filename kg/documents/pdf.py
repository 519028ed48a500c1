"""PDF: the text of its pages as paragraphs, columns in the order of reading, without running heads and page numbers.

A PDF draws lines, it does not hold a text: what is read is a mended guess, and quotes are verbatim of that. The day a
PDF was made dates the file, not the document, so it is not taken.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

import pypdf
from pypdf.errors import DependencyError

from kg.documents.content import Content, Found, require_prose, too_large
from kg.documents.headers import header_of
from kg.documents.parsing import parsing
from kg.documents.pdf_lines import Line, Work, lines_of
from kg.documents.pdf_text import largest, without_running_heads, written
from kg.errors import RefusedDocument, UnreadableDocument
from kg.model import Document

__all__ = ["read_pdf"]

logging.getLogger("pypdf").addHandler(logging.NullHandler())  # what it finds odd is not told on standard error

PAGES = 3000
TITLE = re.compile(r"(?!.*\.(?:docx?|indd|pdf|rtf|qxd|pptx?|xlsx?)\b)(?!untitled|microsoft word).*\w+\W+\w+.*", re.I)
MOST: dict[str, Any] = {
    "zlib_maximum_output_length": 20_000_000,
    "lzw_maximum_output_length": 20_000_000,
    "run_length_maximum_output_length": 20_000_000,
    "array_based_stream_maximum_output_length": 20_000_000,
    "stream_decoding_work_maximum_length": 60_000_000,
    "stream_parsing_work_maximum_count": 300_000,
    "xform_maximum_invocations_per_extraction": 500,
}


def read_pdf(content: Content) -> Iterator[Found]:
    """The one document of a PDF. Its source is where it lies."""
    with parsing("a PDF", content.where), pypdf.apply_configuration(**MOST):
        reader = opened(content.seekable(), content.where)
        pages = list(pages_of(reader, content))
        if not any(pages):
            raise textless(reader, content.where)
        lines = without_running_heads(pages)
        text = written(lines)
        named = " ".join((str(reader.metadata.title or "") if reader.metadata else "").split())
    require_prose(text, content.where)
    header = header_of(text, content.name)
    document = Document(
        text=text,
        source=content.source_for(text, header.source),
        title=(named if TITLE.fullmatch(named) else None) or largest(pages[0]) or header.title,
        publisher=header.publisher,
        published=header.published,
    )
    yield Found(content.where, document)


def opened(stream: BinaryIO, where: str) -> pypdf.PdfReader:
    """The file, open; raises UnreadableDocument for one that needs a password."""
    locked = UnreadableDocument("an encrypted PDF", where=where, way_out="Save it without a password")
    reader = pypdf.PdfReader(stream, strict=False)
    try:
        if reader.is_encrypted and not reader.decrypt(""):
            raise locked
    except (DependencyError, NotImplementedError) as error:
        raise locked from error
    return reader


def pages_of(reader: pypdf.PdfReader, content: Content) -> Iterator[list[Line]]:
    """The lines of each page; raises RefusedDocument where there are too many."""
    if len(reader.pages) > PAGES:
        raise RefusedDocument(f"a PDF of more than {PAGES} pages", where=content.where, way_out="Split it")
    size, work = 0, Work(content.where)
    for page in reader.pages:
        lines = lines_of(page, work)
        size += sum(len(line.text) + 1 for line in lines)
        if size > content.limit:
            raise too_large(content.where, None, content.limit)
        yield lines


def textless(reader: pypdf.PdfReader, where: str) -> UnreadableDocument:
    """Why a PDF has no text: its pages are pictures, or there is nothing on them."""
    scanned = any("/XObject" in (page.get("/Resources") or {}) for page in reader.pages)
    if scanned:
        return UnreadableDocument("a scanned PDF, pictures without text", where=where, way_out="Run OCR on it first")
    return UnreadableDocument("a PDF without text", where=where)
