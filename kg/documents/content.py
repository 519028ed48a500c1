"""What every format reads: a stream of bytes with a name, and what it gives: documents with the place they stood at."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from kg.documents.allowance import Allowance
from kg.errors import RefusedDocument, UnreadableDocument
from kg.model import Document, digest

__all__ = ["LIMIT", "STDIN", "Content", "Found", "mended", "require_prose", "require_storable", "too_large"]

LIMIT = 10_000_000
PACKING = 10
STDIN = "-"

WEB = ("http://", "https://")
TWINS = ("www.", "m.", "mobile.", "amp.")
"""Beginnings of hosts under which one site shows one article."""

UNSTORABLE = re.compile("[\0\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Found:
    """A document and where it was read: a path, with a line number where one file holds several."""

    where: str
    document: Document


@dataclass(frozen=True, slots=True)
class Content:
    """An open stream. ``where`` is for messages, ``source`` for the document, ``name`` is the file's own.

    Standard input has no source. ``head`` are the first bytes. ``size`` counts all of them where that is known
    beforehand; a document takes ``limit`` bytes at most, a file that packs a document with pictures and fonts ten times
    as many. ``charset`` is what a letter or a server said of a text. ``allowance`` is what all that lies inside may
    unpack to.
    """

    where: str
    source: str | None
    name: str
    stream: BinaryIO
    limit: int = LIMIT
    size: int | None = None
    head: bytes = b""
    charset: str | None = None
    allowance: Allowance = field(default_factory=Allowance, compare=False)

    def from_its_beginning(self, size: int) -> Content:
        """The same with its first ``size`` bytes as its head, and none of them read."""
        head = self.stream.read(size)
        if self.stream.seekable():
            self.stream.seek(-len(head), io.SEEK_CUR)
            return replace(self, head=head)
        return replace(self, head=head, stream=io.BufferedReader(Rewound(head, self.stream)))

    def holding(
        self,
        name: str,
        stream: BinaryIO,
        *,
        what: str,
        label: str | None = None,
        source: str | None = None,
        charset: str | None = None,
        packed: Callable[[], int] | None = None,
    ) -> Content:
        """What lies inside under a name; ``what`` this one is and the name's ``label`` are for messages.

        ``packed`` tells how many bytes of this one it has cost so far.

        Raises RefusedDocument where too much lies inside or too deep.
        """
        where = f"{self.where}#{label or name}"
        inner = self.allowance.one_more(where)
        return Content(
            where=where,
            source=source or f"{self.place}#{name}",
            name=name,
            stream=inner.counted(stream, what, where, packed),
            limit=self.limit,
            charset=charset,
            allowance=inner,
        )

    @property
    def place(self) -> str:
        """Its source, "-" for standard input."""
        return self.source or STDIN

    def source_for(self, text: str, said: str | None = None) -> str:
        """The address that a text ``said`` is its own, else where it lies; on standard input its hash.

        What came from the web speaks for its own site only, or it could take the place of another's article.
        """
        place = self.source or f"{STDIN}#{digest('text', text)}"
        foreign = place.startswith(WEB) and said is not None and site_of(said) != site_of(place)
        return place if said is None or foreign else said

    def read(self) -> bytes:
        """All of it; raises RefusedDocument where that is more than the limit."""
        return self._read(self.limit)

    def read_packed(self) -> bytes:
        """All of a file that packs a document; raises RefusedDocument where that is more than ten times the limit."""
        return self._read(self.limit * PACKING)

    def _read(self, limit: int) -> bytes:
        raw = self.stream.read(limit + 1)
        if len(raw) > limit:
            raise too_large(self.where, self.size, limit)
        return raw

    def seekable(self) -> BinaryIO:
        """Its stream where that can be read in any order, else a copy in memory, as ``read_packed`` gives it."""
        return self.stream if self.stream.seekable() else io.BytesIO(self.read_packed())


def site_of(address: str) -> str:
    """The host of an address, the same for the twins of one site."""
    try:
        host = (urlsplit(address).hostname or "").rstrip(".")
    except ValueError:
        return ""
    return next((host.removeprefix(twin) for twin in TWINS if host.startswith(twin)), host)


class Rewound(io.RawIOBase):
    """A stream whose first bytes were read already, from its beginning."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self.head = head
        self.rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]
        given = self.head[: len(buffer)] or self.rest.read(len(buffer))
        self.head = self.head[len(given) :]
        buffer[: len(given)] = given
        return len(given)


def too_large(where: str, size: int | None, limit: int) -> RefusedDocument:
    """The refusal of a document over the limit."""
    has = f"{size} bytes" if size is not None else f"more than {limit} bytes"
    return RefusedDocument(
        f"a document of {has}, where the limit is {limit} bytes", where=where, way_out="Split it into single articles"
    )


def require_prose(text: str, where: str) -> None:
    """Raises UnreadableDocument for a text that is empty or white space, or that cannot be stored."""
    if not text.strip():
        raise UnreadableDocument("only white space" if text else "empty", where=where, way_out="Give it a text")
    require_storable(text, "text", where)


def mended(document: Document) -> Document:
    """The document, with U+FFFD in its title and the like for what no graph can hold: that is no reason to skip it."""
    said = {name: getattr(document, name) or "" for name in ("source", "external_id", "title", "publisher")}
    fields: dict[str, Any] = {
        name: UNSTORABLE.sub("\ufffd", text) for name, text in said.items() if UNSTORABLE.search(text)
    }
    return replace(document, **fields) if fields else document


def require_storable(said: str, name: str, where: str) -> None:
    """Raises UnreadableDocument for characters that no graph can hold; ``name`` is what the text is to the document."""
    found = UNSTORABLE.search(said)
    if found:
        what = "a NUL character" if found[0] == "\0" else "half of a surrogate pair"
        raise UnreadableDocument(
            f"{what} at character {found.start()} of its {name}", where=where, way_out="Replace it with U+FFFD"
        )
