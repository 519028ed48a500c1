"""A record with named fields → a document: what JSON lines and tables share.

``id`` and ``text`` come through unchanged; title, source, publisher and published are taken where they are given.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from kg.documents.content import require_prose, require_storable
from kg.documents.dates import day_in
from kg.errors import UnreadableDocument
from kg.model import Document

__all__ = ["Record", "document_of"]

Record = Mapping[str, object]


def document_of(record: Record, place: str, where: str, shape: str, row: int | None = None) -> Document:
    """The document; its source is the record's own, else ``place`` with ``#`` and the record's id.

    ``shape`` says how a record looks, for messages. With a ``row`` the number stands in for an id that is missing.
    Raises UnreadableDocument.
    """
    external_id = id_of(record, where, shape, needed=row is None)
    text = string_of(record, "text", where, shape)
    if text is None:
        raise UnreadableDocument("no text", where=where, way_out=shape)
    require_prose(text, where)
    return Document(
        text=text,
        source=string_of(record, "source", where, shape) or f"{place}#{row if external_id is None else external_id}",
        external_id=external_id,
        title=string_of(record, "title", where, shape) or None,
        publisher=string_of(record, "publisher", where, shape) or None,
        published=published(record, where, shape),
    )


def id_of(record: Record, where: str, shape: str, *, needed: bool) -> str | None:
    """The record's id; a number counts as its digits."""
    found = record.get("id")
    if isinstance(found, int | float) and not isinstance(found, bool):
        return str(found)
    if not needed and found in (None, ""):
        return None
    if not isinstance(found, str) or not found:
        what = "no id" if found in (None, "") else "an id that is neither a string nor a number"
        raise UnreadableDocument(what, where=where, way_out=shape)
    require_storable(found, "id", where)
    return found


def string_of(record: Record, name: str, where: str, shape: str) -> str | None:
    found = record.get(name)
    if found is not None and not isinstance(found, str):
        raise UnreadableDocument(f"a {name} that is not a string", where=where, way_out=shape)
    require_storable(found or "", name, where)
    return found


def published(record: Record, where: str, shape: str) -> date | None:
    said = string_of(record, "published", where, shape)
    day = day_in(said or "")
    if said and not day:
        raise UnreadableDocument("a published that names no day", where=where, way_out="Write it as 2026-05-07")
    return day
