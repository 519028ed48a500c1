"""Archives of the web (WARC): the pages that a crawler got. Pictures, scripts and pages that failed are passed over."""

from __future__ import annotations

import io
import logging
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr
from typing import TypeVar

from warcio.archiveiterator import ArchiveIterator
from warcio.recordloader import ArcWarcRecord

from kg.documents.content import PACKING, Content
from kg.documents.entries import printable
from kg.documents.headers import web_address
from kg.documents.parsing import parsing
from kg.errors import UnreadableDocument

__all__ = ["read_warc"]

logging.getLogger("warcio").addHandler(logging.NullHandler())  # what it finds odd is not told on standard error

KIND = "a WARC file"
Told = TypeVar("Told")
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
    records = iter(ArchiveIterator(content.stream))
    pages = 0
    while (record := silently(lambda: next(records, None), content.where)) is not None:
        page = page_of(record, content)
        if page is not None:
            pages += 1
            yield page
    if not pages:
        raise UnreadableDocument("a WARC file without a page that was got", where=content.where)


def silently(call: Callable[[], Told], where: str) -> Told:
    """What a call of the library gives, without what it prints on standard error."""
    with parsing(KIND, where), redirect_stderr(io.StringIO()):
        return call()


def page_of(record: ArcWarcRecord, content: Content) -> Content | None:
    address = web_address(record.rec_headers.get_header("WARC-Target-URI"))
    if record.rec_type not in RECORDS or address is None:
        return None
    headers = record.http_headers if record.http_headers is not None else record.rec_headers
    if record.http_headers is not None and record.http_headers.get_statuscode() != "200":
        return None
    kind, _, rest = str(headers.get_header("Content-Type") or "").partition(";")
    name = address.partition("?")[0].rpartition("/")[2]
    if kind.strip().lower() not in TYPES or name == "robots.txt":
        return None
    return content.holding(
        name,
        io.BytesIO(silently(lambda: payload_of(record, content.limit * PACKING), content.where)),
        what=KIND,
        label=printable(address),
        source=address,
        charset=charset_of(rest),
    )


def payload_of(record: ArcWarcRecord, most: int) -> bytes:
    """What the page was, unpacked; no more than its reader could take."""
    stream, pieces, size = record.content_stream(), [], 0
    while size <= most and (piece := stream.read(65_536)):
        pieces.append(piece)
        size += len(piece)
    return b"".join(pieces)


def charset_of(parameters: str) -> str | None:
    """The charset of a content type."""
    found = [part.partition("=")[2] for part in parameters.split(";") if part.strip().lower().startswith("charset=")]
    return found[0].strip().strip("\"'") if found else None
