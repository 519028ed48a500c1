"""Which document is a copy of which ↔ quads of the identity graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from pyoxigraph import NamedNode, Quad

from kg.rdf.terms import describe, kg, node
from kg.vocab import IDENTITY, local

__all__ = ["copy_quads", "read_copies"]

GRAPH = NamedNode(IDENTITY)
COPY_OF = kg("copyOf")


def copy_quads(copies: Mapping[str, str]) -> Iterator[Quad]:
    """A quad for each copy."""
    for copy, first in sorted(copies.items()):
        yield Quad(node("document", copy), COPY_OF, node("document", first), GRAPH)


def read_copies(quads: Iterable[Quad]) -> dict[str, str]:
    """Document id → id of the document that it is a copy of."""
    described = describe(quad for quad in quads if quad.predicate == COPY_OF)
    return {identifier(copy): identifier(found[COPY_OF.value][0]) for copy, found in sorted(described.items())}


def identifier(address: str) -> str:
    known = local(address)
    if known is None:
        raise ValueError(f"{address} is no IRI of ours")
    return known[1]
