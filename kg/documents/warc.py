"""Archives of the web (WARC): the pages that a crawler got. Pictures, scripts and pages that failed are passed over."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import BinaryIO, cast
from urllib.parse import urlsplit

from warcio.archiveiterator import ArchiveIterator
from warcio.recordloader import ArcWarcRecord

from kg.documents.content import Content
from kg.documents.entries import printable
from kg.documents.headers import web_address
from kg.documents.parsing import parsing
from kg.errors import UnreadableDocument

__all__ = ["read_warc"]

KIND = "a WARC file"
RECORDS = ("response", "resource", "conversion")
TYPES = (
    "text/html",
    "application/xhtml+xml",
    "text/plain",
    "application/pdf",
    "application/rss+xml",
    "application/atom+xml",
    "application/xml",
    "text/xml",
)


def read_warc(content: Content) -> Iterator[Content]:
    """A page each record. Its source is its address."""
    seen = False
    with parsing(KIND, content.where):
        for record in ArchiveIterator(content.stream):
            seen = True
            page = page_of(record, content)
            if page is not None:
                yield page
    if not seen:
        raise UnreadableDocument("a WARC file without records", where=content.where)


def page_of(record: ArcWarcRecord, content: Content) -> Content | None:
    address = web_address(record.rec_headers.get_header("WARC-Target-URI"))
    if record.rec_type not in RECORDS or address is None:
        return None
    headers = record.http_headers if record.http_headers is not None else record.rec_headers
    if record.http_headers is not None and record.http_headers.get_statuscode() != "200":
        return None
    kind, _, rest = str(headers.get_header("Content-Type") or "").partition(";")
    path = PurePosixPath(urlsplit(address).path)
    if kind.strip().lower() not in TYPES or path.name == "robots.txt":
        return None
    return content.holding(
        path.name,
        cast(BinaryIO, record.content_stream()),
        what=KIND,
        label=printable(address),
        source=address,
        charset=charset_of(rest),
    )


def charset_of(parameters: str) -> str | None:
    """The charset of a content type."""
    found = [part.partition("=")[2] for part in parameters.split(";") if part.strip().lower().startswith("charset=")]
    return found[0].strip().strip("\"'") if found else None
