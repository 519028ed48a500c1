"""What a stream holds, told by its first bytes; the name is asked only where they leave it open.

First come marks that no text has (``%PDF-``, ``PK``), then how a text begins, then the name, then weaker signs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import PurePath

from kg.documents.content import Content, Found
from kg.documents.decoding import marked_encoding
from kg.documents.mail import is_letter
from kg.documents.table import is_table
from kg.errors import Skipped, UnreadableDocument

__all__ = ["HEAD", "Reader", "reader_for"]

Reader = Callable[[Content], Iterator[Found | Skipped | Content]]

HEAD = 8192

Named = Reader | str
"""A reader, or its module here and its name: libraries are imported when the first file asks for them."""


def refusing(what: str, way_out: str) -> Reader:
    """A reader of what is known but not read."""

    def refuse(content: Content) -> Iterator[Found]:
        raise UnreadableDocument(what, where=content.where, way_out=way_out)

    return refuse


refuse_xml = refusing("XML that is no web page", "Give text, HTML or JSON lines")
refuse_json = refusing("JSON, but not JSON lines", "Write one object a line")
refuse_picture = refusing("a picture, not a text", "Run OCR on it first")
refuse_rtf = refusing("rich text (RTF)", "Save it as .docx")

MARKS: tuple[tuple[re.Pattern[bytes], Named], ...] = tuple(
    (re.compile(mark, re.DOTALL), reader)
    for mark, reader in (
        (rb"(?:\xef\xbb\xbf)?\s{0,100}%PDF-\d", "pdf:read_pdf"),
        (rb"PK(?:\x03\x04|\x05\x06)", "zips:read_zip"),
        (rb"\x1f\x8b", "compressed:read_gzip"),
        (rb"BZh[1-9]1AY&SY", "compressed:read_bzip2"),
        (rb"\xfd7zXZ\0", "compressed:read_xz"),
        (rb".{257}ustar", "tars:read_tar"),
        (rb"PAR1[^ -~]", "parquet:read_parquet"),
        (rb"WARC/\d", "warc:read_warc"),
        (rb"From \S+[^\n]*\d{4}\s*\r?\n[A-Za-z-]+:", "mail:read_letters"),
        (rb"\{\\rtf", refuse_rtf),
        (rb"\xd0\xcf\x11\xe0", refusing("an old Office or Outlook file", "Save it as .docx, .csv or .eml")),
        (rb"\x89PNG|\xff\xd8\xff|GIF8|II\*\0|MM\0\*|RIFF....WEBP", refuse_picture),
        (rb"7z\xbc\xaf|Rar!", refusing("an archive of a kind that is not read", "Pack it as .zip or .tar.gz")),
    )
)

COMMENTS = r"(?:<!--(?:(?!-->).)*-->\s*)*"
SURE_PAGE = re.compile(rf"\s*(?:<\?xml[^>]*>\s*)?{COMMENTS}(?:<!doctype\s+html|<html\b)", re.IGNORECASE | re.DOTALL)
FEED = re.compile(
    rf"\s*(?:<\?xml[^>]*>\s*)?(?:<\?[^>]*>\s*)*{COMMENTS}(?:<!DOCTYPE[^>\[]*>\s*)?<(?:rss|feed|rdf:RDF)\b", re.DOTALL
)

PAGE = re.compile(rf"\s*{COMMENTS}<(?:html|head|body|title|meta|article|main|div|h1|p)\b", re.IGNORECASE | re.DOTALL)
XML = re.compile(r"\s*<(?:\?xml|!DOCTYPE)\b")
JSON_LINE = re.compile(r"\s*\{[ \t]*\"")
JSON_BLOCK = re.compile(r"\s*(?:\{\s*\"|\[\s*\{)")

SUFFIXES: dict[str, Named] = {
    ".html": "html:read_html",
    ".htm": "html:read_html",
    ".xhtml": "html:read_html",
    ".jsonl": "jsonl:read_jsonl",
    ".ndjson": "jsonl:read_jsonl",
    ".md": "text:read_text",
    ".markdown": "text:read_text",
}
TABLES = (".csv", ".tsv")
LETTERS = (".eml",)


def reader_for(name: str, head: bytes) -> Reader:
    """What reads a file of this name that begins so."""
    marked = (reader for mark, reader in MARKS if mark.match(head))
    return loaded(next(marked, None) or reader_of_text(PurePath(name).suffix.lower(), beginning(head)))


def loaded(named: Named) -> Reader:
    if not isinstance(named, str):
        return named
    module, _, function = named.partition(":")
    reader: Reader = getattr(import_module(f"kg.documents.{module}"), function)
    return reader


def beginning(head: bytes) -> str:
    return head.decode(marked_encoding(head), "replace").removeprefix("\ufeff")


def reader_of_text(suffix: str, text: str) -> Named:
    if SURE_PAGE.match(text):
        return "html:read_html"
    if FEED.match(text):
        return "feed:read_feed"
    if is_letter(text, named=suffix in LETTERS):
        return "mail:read_letter"
    if suffix in TABLES and not PAGE.match(text) and not JSON_LINE.match(text):
        return "table:read_table"
    return SUFFIXES.get(suffix) or reader_by_look(text)


def reader_by_look(text: str) -> Named:
    for looks, reader in (
        (PAGE, "html:read_html"),
        (XML, refuse_xml),
        (JSON_LINE, "jsonl:read_jsonl"),
        (JSON_BLOCK, refuse_json),
    ):
        if looks.match(text):
            return reader
    return "table:read_table" if is_table(text) else "text:read_text"
