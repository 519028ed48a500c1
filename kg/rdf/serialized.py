"""Quads as text: the same quads give the same bytes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import takewhile

import pyoxigraph as ox

from kg.errors import UsageError
from kg.vocab import PREFIXES

__all__ = ["FORMATS", "in_xml", "nquads", "rdfxml", "read_nquads", "serialize", "turtle"]

NOT_IN_XML = re.compile("[^\\t\\n\\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
NAMELESS = b"<oxprefix: "
"""What Oxigraph writes for a property whose IRI ends in no name; it is not well-formed."""

FORMATS = {
    "trig": ox.RdfFormat.TRIG,
    "nquads": ox.RdfFormat.N_QUADS,
    "jsonld": ox.RdfFormat.JSON_LD,
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "rdfxml": ox.RdfFormat.RDF_XML,
}


def serialize(quads: Sequence[ox.Quad], name: str) -> bytes:
    """Sorted quads in the RDF format of this name. Formats without named graphs hold the union of all graphs."""
    wanted = FORMATS[name]
    if wanted == ox.RdfFormat.TURTLE:
        return turtle(quad.triple for quad in quads)
    if wanted == ox.RdfFormat.TRIG:
        return _prefixes_sorted(ox.serialize(quads, format=wanted, prefixes=PREFIXES) or b"")
    if wanted == ox.RdfFormat.RDF_XML:
        return rdfxml(_union(quads))
    return ox.serialize(quads if wanted.supports_datasets else _union(quads), format=wanted) or b""


def nquads(quads: Iterable[ox.Quad]) -> bytes:
    """Quads as lines of N-Quads, sorted by their bytes, each once."""
    written = ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""
    return b"".join(sorted(set(written.splitlines(keepends=True))))


def read_nquads(lines: bytes) -> list[ox.Quad]:
    """The quads of N-Quads that we wrote."""
    return list(ox.parse(lines, format=ox.RdfFormat.N_QUADS))


def turtle(triples: Iterable[ox.Triple]) -> bytes:
    """Triples as Turtle, sorted, each once."""
    written = ox.serialize(_sorted(triples), format=ox.RdfFormat.TURTLE, prefixes=PREFIXES)
    return _prefixes_sorted(written or b"")


def rdfxml(triples: Iterable[ox.Triple], prefixes: dict[str, str] | None = None) -> bytes:
    """Triples as RDF/XML, with what ``in_xml`` leaves; raises UsageError for a property that XML cannot name."""
    written = ox.serialize(map(_in_xml, triples), format=ox.RdfFormat.RDF_XML, prefixes=prefixes) or b""
    if NAMELESS in written:
        raise UsageError(
            "RDF/XML cannot write a property whose IRI does not end in a name", way_out="Ask for another form of RDF"
        )
    return written


def in_xml(text: str) -> str:
    """The text with U+FFFD for characters that XML 1.0 has not, such as most control characters."""
    return NOT_IN_XML.sub("\ufffd", text)


def _in_xml(triple: ox.Triple) -> ox.Triple:
    said = triple.object
    if not isinstance(said, ox.Literal) or not NOT_IN_XML.search(said.value):
        return triple
    kind = {"language": said.language} if said.language else {"datatype": said.datatype}
    return ox.Triple(triple.subject, triple.predicate, ox.Literal(in_xml(said.value), **kind))


def _prefixes_sorted(written: bytes) -> bytes:
    """Oxigraph writes the prefixes in an order that changes from run to run; here they stand by alphabet."""
    lines = written.splitlines(keepends=True)
    head = list(takewhile(lambda line: line.startswith(b"@prefix "), lines))
    return b"".join([*sorted(head), *lines[len(head) :]])


def _union(quads: Sequence[ox.Quad]) -> list[ox.Triple]:
    return _sorted(quad.triple for quad in quads)


def _sorted(triples: Iterable[ox.Triple]) -> list[ox.Triple]:
    return sorted(set(triples), key=lambda t: (str(t.subject), str(t.predicate), str(t.object)))
