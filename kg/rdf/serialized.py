"""Quads as text: the same quads give the same bytes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

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


def serialize(graphs: Iterable[Sequence[ox.Quad]], name: str) -> Iterator[bytes]:
    """Graphs, each as its sorted quads, in the RDF format of this name, piece by piece.

    TriG and N-Quads hold one graph in memory at a time. Formats without named graphs hold the union of all graphs.
    """
    wanted = FORMATS[name]
    if wanted == ox.RdfFormat.TRIG:
        return _trig(graphs)
    if wanted == ox.RdfFormat.N_QUADS:
        return (ox.serialize(quads, format=wanted) or b"" for quads in graphs)
    quads = [quad for some in graphs for quad in some]
    if wanted == ox.RdfFormat.TURTLE:
        return iter([turtle(quad.triple for quad in quads)])
    if wanted == ox.RdfFormat.RDF_XML:
        return iter([rdfxml(_union(quads))])
    return iter([ox.serialize(quads if wanted.supports_datasets else _union(quads), format=wanted) or b""])


def _trig(graphs: Iterable[Sequence[ox.Quad]]) -> Iterator[bytes]:
    """The prefixes once, then a block for each graph."""
    for number, quads in enumerate(graphs):
        head, block = _parted(ox.serialize(quads, format=ox.RdfFormat.TRIG, prefixes=PREFIXES) or b"")
        yield block if number else head + block


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
    return b"".join(_parted(written or b""))


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


def _parted(written: bytes) -> tuple[bytes, bytes]:
    """The prefixes by alphabet, for Oxigraph writes them in an order that changes from run to run; the rest."""
    end = 0
    while written.startswith(b"@prefix ", end):
        end = written.index(b"\n", end) + 1
    return b"".join(sorted(written[:end].splitlines(keepends=True))), written[end:]


def _union(quads: Sequence[ox.Quad]) -> list[ox.Triple]:
    return _sorted(quad.triple for quad in quads)


def _sorted(triples: Iterable[ox.Triple]) -> list[ox.Triple]:
    return sorted(set(triples), key=lambda t: (str(t.subject), str(t.predicate), str(t.object)))
