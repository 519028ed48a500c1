"""The few ways in which this room makes terms, and reads them back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from pyoxigraph import Literal, NamedNode, Quad, Triple

from kg.vocab import KG, PREFIXES, iri

__all__ = ["Description", "describe", "integer", "kg", "node", "string", "term", "typed"]

Description = Mapping[str, list[str]]
"""What a graph says of one subject: property IRI → values, IRIs and lexical forms alike, sorted."""

XSD = PREFIXES["xsd"]


def kg(name: str) -> NamedNode:
    """A term of our ontology."""
    return NamedNode(KG + name)


def term(prefixed: str) -> NamedNode:
    """A term of another vocabulary, such as ``dcterms:title``."""
    prefix, _, name = prefixed.partition(":")
    return NamedNode(PREFIXES[prefix] + name)


def node(kind: str, identifier: str) -> NamedNode:
    """The IRI of a thing of ours."""
    return NamedNode(iri(kind, identifier))


def string(text: str) -> Literal:
    """A plain string. What SPARQL compares byte by byte (dates in part, confidences) stands as a string too."""
    return Literal(text)


def integer(number: int) -> Literal:
    """An xsd:integer."""
    return Literal(number)


def typed(text: str, datatype: str) -> Literal:
    """A literal of an XML Schema type, such as ``date``."""
    return Literal(text, datatype=NamedNode(XSD + datatype))


def describe(quads: Iterable[Quad]) -> dict[str, Description]:
    """Subject → property → sorted values, over the quads. Subjects and objects are never quoted triples here."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for quad in quads:
        if not isinstance(quad.subject, Triple) and not isinstance(quad.object, Triple):
            found[quad.subject.value][quad.predicate.value].append(quad.object.value)
    for description in found.values():
        for values in description.values():
            values.sort()
    return {subject: dict(description) for subject, description in found.items()}
