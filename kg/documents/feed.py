"""Feeds (RSS, Atom): a document an entry, of what the feed itself says. The pages it points to are not fetched."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import feedparser

from kg.documents.content import Content, Found, require_prose
from kg.documents.headers import web_address
from kg.documents.markup import TAGS, prose
from kg.documents.parsing import parsing
from kg.errors import RefusedDocument, Skipped, UnreadableDocument
from kg.model import Document, digest

__all__ = ["read_feed"]

ENTRIES = 10_000
REFERENCES = 500_000
ENTITIES = b"<!ENTITY"


def read_feed(content: Content) -> Iterator[Found | Skipped]:
    """A document an entry. Its source is the page that it points to; its id is the feed's place with the entry's id.

    So an entry does not replace the page that it announces.
    """
    raw = content.read()
    if ENTITIES in raw:
        raise RefusedDocument("a feed that defines entities of its own", where=content.where, way_out="Remove them")
    if raw.count(b"<") > TAGS or raw.count(b"&") > REFERENCES:
        what = f"a feed of more than {TAGS} tags or {REFERENCES} references"
        raise RefusedDocument(what, where=content.where, way_out="Keep its newest entries")
    with parsing("a feed", content.where):
        said = {"content-type": f"application/xml; charset={content.charset}"} if content.charset else {}
        feed = feedparser.parse(
            io.BytesIO(raw), response_headers=said, sanitize_html=False, resolve_relative_uris=False
        )
        entries = [dict(entry) for entry in feed.entries[:ENTRIES]]  # plain: its own kind of dictionary guesses
    if not entries:
        raise UnreadableDocument("a feed without entries", where=content.where, way_out="Give text, HTML or JSON lines")
    for number, entry in enumerate(entries, start=1):
        where = f"{content.where}#{number}"
        try:
            yield Found(where, document_of(entry, feed.feed, content.place, where))
        except Skipped as failure:
            yield failure


def document_of(entry: Mapping[str, Any], feed: Mapping[str, Any], place: str, where: str) -> Document:
    title = line(prose(str(entry.get("title") or ""), where))
    text = prose(fullest(entry), where) or title
    require_prose(text, where)
    address = web_address(str(entry.get("link") or ""))
    name = str(entry.get("id") or address or digest("text", text))
    return Document(
        text=text,
        source=address or f"{place}#{name}",
        external_id=f"{place}#{name}",
        title=title or None,
        publisher=line(prose(str(feed.get("title") or ""), where)) or None,
        published=day_of(entry),
    )


def fullest(entry: Mapping[str, Any]) -> str:
    """The longest of what an entry gives as its content and its summary."""
    bodies = [str(content.get("value") or "") for content in entry.get("content") or []]
    return max([*bodies, str(entry.get("summary") or "")], key=len)


def line(text: str) -> str:
    return " ".join(text.split())


def day_of(entry: Mapping[str, Any]) -> date | None:
    """The day it was published, else updated."""
    for name in ("published_parsed", "updated_parsed"):
        moment = entry.get(name)
        if moment:
            try:
                return date(*moment[:3])
            except ValueError:
                continue
    return None
