"""Reference lists in Turtle: subjects with names, a type and identifiers → Reference."""

from __future__ import annotations

from collections.abc import Iterator

import rdflib
from rdflib.namespace import OWL, RDF, RDFS, SKOS

from kg.errors import UsageError
from kg.model import EntityType, Reference

__all__ = ["read_reference_turtle"]

SCHEMA = ("https://schema.org/", "http://schema.org/")
NAMES = (RDFS.label, SKOS.prefLabel, *(rdflib.URIRef(s + "name") for s in SCHEMA))
ALIASES = (SKOS.altLabel, *(rdflib.URIRef(s + "alternateName") for s in SCHEMA))
SCHEMES = {"leiCode": "lei", "tickerSymbol": "ticker", "isin": "isin"}
TYPES = {
    "Person": EntityType.PERSON,
    "Organization": EntityType.ORGANIZATION,
    "Corporation": EntityType.ORGANIZATION,
    "Company": EntityType.ORGANIZATION,
    "Product": EntityType.PRODUCT,
    "Place": EntityType.PLACE,
}
WIKIDATA = "http://www.wikidata.org/entity/"


def read_reference_turtle(text: str, where: str) -> tuple[Reference, ...]:
    """Every subject with a name and a type of ours; raises UsageError where the text is not Turtle."""
    try:
        graph = rdflib.Graph().parse(data=text, format="turtle")
    except Exception as error:
        raise UsageError(f"not Turtle ({' '.join(str(error).split())[:120]})", where=where) from error
    subjects = sorted({subject for subject in graph.subjects() if isinstance(subject, rdflib.URIRef)})
    found = (_reference(graph, subject) for subject in subjects)
    return tuple(reference for reference in found if reference)


def _reference(graph: rdflib.Graph, subject: rdflib.URIRef) -> Reference | None:
    local = sorted(str(kind).replace("#", "/").rpartition("/")[2] for kind in graph.objects(subject, RDF.type))
    kinds = [TYPES[name] for name in local if name in TYPES]
    names = [*_said(graph, subject, NAMES), *_said(graph, subject, ALIASES)]
    if not kinds or not names:
        return None
    spelled = tuple(dict.fromkeys(names))
    return Reference(kinds[0], spelled[0], spelled[1:], tuple(_identifiers(graph, subject)))


def _said(graph: rdflib.Graph, subject: rdflib.URIRef, properties: tuple[rdflib.URIRef, ...]) -> list[str]:
    return sorted(str(name) for address in properties for name in graph.objects(subject, address) if str(name).strip())


def _identifiers(graph: rdflib.Graph, subject: rdflib.URIRef) -> Iterator[tuple[str, str]]:
    for address in sorted({str(subject), *map(str, graph.objects(subject, OWL.sameAs))}):
        known = address.startswith(WIKIDATA)
        yield ("wikidata", address.removeprefix(WIKIDATA)) if known else ("iri", address)
    for name, scheme in SCHEMES.items():
        for base in SCHEMA:
            yield from (
                (scheme, value) for value in sorted(map(str, graph.objects(subject, rdflib.URIRef(base + name))))
            )
