"""Which column of a table is a document's text, and which are its title, address, day and publisher: told by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg.errors import UnreadableDocument

__all__ = ["SHAPE", "columns_of", "names_text"]

NAMES: Mapping[str, str] = {
    name: field
    for field, names in {
        "id": "id key",
        "text": "text body content article full_text fulltext article_text",
        "title": "title headline",
        "source": "source url link address",
        "published": "published date published_at published_on publish_date publication_date pubdate",
        "publisher": "publisher publication outlet site",
    }.items()
    for name in names.split()
}
SHAPE = "Name a column text, and others id, title, source, published, publisher if known"


def field_of(column: str) -> str | None:
    return NAMES.get(column.strip().lower().replace(" ", "_").replace("-", "_"))


def names_text(columns: Sequence[str]) -> bool:
    """Whether one of the columns is a text."""
    return any(field_of(column) == "text" for column in columns)


def columns_of(columns: Sequence[str], where: str) -> dict[str, int]:
    """Field → the first column of that name; raises UnreadableDocument where none is the text."""
    found: dict[str, int] = {}
    for number, column in enumerate(columns):
        field = field_of(column)
        if field:
            found.setdefault(field, number)
    if "text" not in found:
        raise UnreadableDocument("a table without a column named text", where=where, way_out=SHAPE)
    return found
