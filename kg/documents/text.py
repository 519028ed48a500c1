"""Plain text and Markdown: the text is kept verbatim, but for line ends."""

from __future__ import annotations

from collections.abc import Iterator

from kg.documents.content import Content, Found, require_prose
from kg.documents.decoding import decoded
from kg.documents.headers import header_of
from kg.model import Document

__all__ = ["read_text"]


def read_text(content: Content) -> Iterator[Found]:
    """The one document of a text file. Its source is the address in its header or its place: see ``source_for``."""
    text = decoded(content.read(), content.where).replace("\r\n", "\n")
    require_prose(text, content.where)
    header = header_of(text, content.name)
    document = Document(
        text=text,
        source=content.source_for(text, header.source),
        title=header.title,
        publisher=header.publisher,
        published=header.published,
    )
    yield Found(content.where, document)
