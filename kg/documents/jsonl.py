"""JSON lines: one object a line, ``{"id", "text", "title"?, "source"?, "published"?, "publisher"?}``.

Id and text come through unchanged. A line that fails is skipped by itself; blank lines are passed over.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import BinaryIO

from kg.documents.content import STDIN, Content, Found, require_prose, require_storable, too_large
from kg.documents.dates import day_in
from kg.documents.decoding import decoded, marked_encoding
from kg.errors import Skipped, UnreadableDocument
from kg.model import Document

__all__ = ["read_jsonl"]

Line = Mapping[str, object]

SHAPE = 'A line is {"id": "…", "text": "…"}, with title, source, publisher and published if known'


def read_jsonl(content: Content) -> Iterator[Found | Skipped]:
    """A document a line. Its source is the line's own, else the file's with ``#`` and the line's id."""
    for number, raw in enumerate(raw_lines(content), start=1):
        where = f"{content.where}:{number}"
        try:
            if len(raw) > content.limit:
                raise too_large(where, None, content.limit)
            if raw.strip():
                yield Found(where, document_of(parsed(decoded(raw, where), where), content.source or STDIN, where))
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


def parsed(text: str, where: str) -> Line:
    try:
        line = json.loads(text, parse_constant=refuse_constant)
    except (ValueError, RecursionError) as error:
        raise UnreadableDocument("not JSON", where=where, way_out=SHAPE) from error
    if not isinstance(line, dict):
        raise UnreadableDocument("JSON, but not an object", where=where, way_out=SHAPE)
    return line


def refuse_constant(name: str) -> None:
    raise ValueError(name)


def document_of(line: Line, place: str, where: str) -> Document:
    external_id = id_of(line, where)
    text = string_of(line, "text", where)
    if text is None:
        raise UnreadableDocument("no text", where=where, way_out=SHAPE)
    require_prose(text, where)
    return Document(
        text=text,
        source=string_of(line, "source", where) or f"{place}#{external_id}",
        external_id=external_id,
        title=string_of(line, "title", where) or None,
        publisher=string_of(line, "publisher", where) or None,
        published=published(line, where),
    )


def id_of(line: Line, where: str) -> str:
    """The line's id; a number counts as its digits."""
    found = line.get("id")
    if isinstance(found, int | float) and not isinstance(found, bool):
        return str(found)
    if not isinstance(found, str) or not found:
        what = "no id" if found in (None, "") else "an id that is neither a string nor a number"
        raise UnreadableDocument(what, where=where, way_out=SHAPE)
    require_storable(found, "id", where)
    return found


def string_of(line: Line, name: str, where: str) -> str | None:
    found = line.get(name)
    if found is not None and not isinstance(found, str):
        raise UnreadableDocument(f"a {name} that is not a string", where=where, way_out=SHAPE)
    require_storable(found or "", name, where)
    return found


def published(line: Line, where: str) -> date | None:
    said = string_of(line, "published", where)
    day = day_in(said or "")
    if said and not day:
        raise UnreadableDocument("a published that names no day", where=where, way_out="Write it as 2026-05-07")
    return day
