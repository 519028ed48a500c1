"""What a stream holds, told by the file's name where that is plain, else by the first bytes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import PurePath

from kg.documents.content import Content, Found
from kg.documents.decoding import marked_encoding
from kg.documents.html import read_html
from kg.documents.jsonl import read_jsonl
from kg.documents.text import read_text
from kg.errors import Skipped, UnreadableDocument

__all__ = ["HEAD", "Reader", "reader_for"]

Reader = Callable[[Content], Iterator[Found | Skipped]]

HEAD = 8192

SUFFIXES: dict[str, Reader] = {
    ".html": read_html,
    ".htm": read_html,
    ".xhtml": read_html,
    ".jsonl": read_jsonl,
    ".ndjson": read_jsonl,
    ".md": read_text,
    ".markdown": read_text,
}

COMMENTS = r"(?:<!--(?:(?!-->).)*-->\s*)*"
PAGE = re.compile(
    rf"\s*(?:<\?xml[^>]*>\s*)?{COMMENTS}(?:<!doctype\s+html|<(?:html|head|body|title|meta|article|main|div|h1|p)\b)",
    re.IGNORECASE | re.DOTALL,
)
XML = re.compile(r"\s*<(?:\?xml|rss|feed|!DOCTYPE)\b")
JSON_LINE = re.compile(r"\s*\{[ \t]*\"")
JSON_BLOCK = re.compile(r"\s*(?:\{\s*\"|\[\s*\{)")


def reader_for(name: str, head: bytes) -> Reader:
    """What reads a file of this name that begins so."""
    return SUFFIXES.get(PurePath(name).suffix.lower()) or reader_by_content(beginning(head))


def beginning(head: bytes) -> str:
    return head.decode(marked_encoding(head), "replace").removeprefix("\ufeff")


def reader_by_content(text: str) -> Reader:
    for looks, reader in ((PAGE, read_html), (XML, refuse_xml), (JSON_LINE, read_jsonl), (JSON_BLOCK, refuse_json)):
        if looks.match(text):
            return reader
    return read_text


def refuse_xml(content: Content) -> Iterator[Found]:
    raise UnreadableDocument("XML that is no web page", where=content.where, way_out="Give text, HTML or JSON lines")


def refuse_json(content: Content) -> Iterator[Found]:
    raise UnreadableDocument("JSON, but not JSON lines", where=content.where, way_out="Write one object a line")
