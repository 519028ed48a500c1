"""The graph as RDF files: the same quads give the same bytes."""

from __future__ import annotations

from collections.abc import Sequence

import pyoxigraph as ox

from kg.vocab import PREFIXES

__all__ = ["FORMATS", "serialize"]

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
    said = quads if wanted.supports_datasets else _union(quads)
    written = ox.serialize(said, format=wanted, prefixes=_prefixes(wanted))
    return written or b""


def _prefixes(wanted: ox.RdfFormat) -> dict[str, str] | None:
    return PREFIXES if wanted in (ox.RdfFormat.TRIG, ox.RdfFormat.TURTLE, ox.RdfFormat.RDF_XML) else None


def _union(quads: Sequence[ox.Quad]) -> list[ox.Triple]:
    triples = {quad.triple for quad in quads}
    return sorted(triples, key=lambda t: (str(t.subject), str(t.predicate), str(t.object)))
