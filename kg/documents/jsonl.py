"""JSON lines: one object a line, ``{"id", "text", "title"?, "source"?, "published"?, "publisher"?}``.

Id and text come through unchanged. A line that fails is skipped by itself; blank lines are passed over.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import BinaryIO

from kg.documents.content import Content, Found, too_large
from kg.documents.decoding import decoded, marked_encoding
from kg.documents.record import Record, document_of
from kg.errors import Skipped, UnreadableDocument

__all__ = ["read_jsonl"]

SHAPE = 'A line is {"id": "…", "text": "…"}, with title, source, publisher and published if known'


def read_jsonl(content: Content, first: int = 1) -> Iterator[Found | Skipped]:
    """A document a line. Its source is the line's own, else the file's with ``#`` and the line's id.

    ``first`` is the number of the first line, where the content is a later part of its file.
    """
    for number, raw in enumerate(raw_lines(content), start=first):
        where = f"{content.where}:{number}"
        try:
            if len(raw) > content.limit:
                raise too_large(where, None, content.limit)
            if raw.strip():
                yield Found(where, document_of(parsed(decoded(raw, where), where), content.place, where, SHAPE))
        except Skipped as failure:
            yield failure


def raw_lines(content: Content) -> Iterator[bytes]:
    """Lines in UTF-8, each cut after one byte more than the limit."""
    stream = in_utf8(content)
    while raw := stream.readline(content.limit + 1):
        rest = raw
        while len(rest) > content.limit and not rest.endswith(b"\n"):
            rest = stream.readline(content.limit + 1)
        yield raw


def in_utf8(content: Content) -> BinaryIO:
    if marked_encoding(content.head) == "utf-8":
        return content.stream
    return io.BytesIO(decoded(content.read(), content.where).encode("utf-8"))


def parsed(text: str, where: str) -> Record:
    try:
        line = json.loads(text, parse_constant=refuse_constant)
    except (ValueError, RecursionError) as error:
        raise UnreadableDocument("not JSON", where=where, way_out=SHAPE) from error
    if not isinstance(line, dict):
        raise UnreadableDocument("JSON, but not an object", where=where, way_out=SHAPE)
    return line


def refuse_constant(name: str) -> None:
    raise ValueError(name)
