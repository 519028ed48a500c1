"""Quads as text: the same quads give the same bytes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import takewhile

import pyoxigraph as ox

from kg.vocab import PREFIXES

__all__ = ["FORMATS", "nquads", "read_nquads", "serialize", "turtle"]

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


def _prefixes_sorted(written: bytes) -> bytes:
    """Oxigraph writes the prefixes in an order that changes from run to run; here they stand by alphabet."""
    lines = written.splitlines(keepends=True)
    head = list(takewhile(lambda line: line.startswith(b"@prefix "), lines))
    return b"".join([*sorted(head), *lines[len(head) :]])


def _union(quads: Sequence[ox.Quad]) -> list[ox.Triple]:
    return _sorted(quad.triple for quad in quads)


def _sorted(triples: Iterable[ox.Triple]) -> list[ox.Triple]:
    return sorted(set(triples), key=lambda t: (str(t.subject), str(t.predicate), str(t.object)))
