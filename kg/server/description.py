"""What the service says of itself: SPARQL service description, and VoID of the graph."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kg.store import Store
from kg.vocab import KG, PREFIXES

__all__ = ["describe"]

SD = "http://www.w3.org/ns/sparql-service-description#"
VOID = "http://rdfs.org/ns/void#"
FORMATS = "http://www.w3.org/ns/formats/"
TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")
NAMES = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV", "Turtle", "N-Triples")
MORE = ("JSON-LD", "RDF_XML", "TriG", "N-Quads")


def describe(store: Store, what: str, base: str, *, updates: bool) -> list[ox.Triple]:
    """The triples of ``service`` or ``void``, for a service at this address."""
    made = service(store, base, updates=updates) if what == "service" else void(store, base)
    return list(made)


def sd(name: str) -> ox.NamedNode:
    return ox.NamedNode(SD + name)


def v(name: str) -> ox.NamedNode:
    return ox.NamedNode(VOID + name)


def service(store: Store, base: str, *, updates: bool) -> Iterator[ox.Triple]:
    endpoint = ox.NamedNode(f"{base}/sparql")
    dataset, default = ox.NamedNode(f"{base}/sparql#dataset"), ox.NamedNode(f"{base}/sparql#default")
    yield ox.Triple(endpoint, TYPE, sd("Service"))
    yield ox.Triple(endpoint, sd("endpoint"), endpoint)
    yield ox.Triple(endpoint, sd("supportedLanguage"), sd("SPARQL11Query"))
    if updates:
        yield ox.Triple(endpoint, sd("supportedLanguage"), sd("SPARQL11Update"))
    yield ox.Triple(endpoint, sd("feature"), sd("UnionDefaultGraph"))
    for name in (*NAMES, *MORE):
        yield ox.Triple(endpoint, sd("resultFormat"), ox.NamedNode(FORMATS + name))
    yield ox.Triple(endpoint, sd("defaultDataset"), dataset)
    yield ox.Triple(dataset, TYPE, sd("Dataset"))
    yield ox.Triple(dataset, sd("defaultGraph"), default)
    yield ox.Triple(default, TYPE, sd("Graph"))
    for number, address in enumerate(store.graph_names()):
        named = ox.NamedNode(f"{base}/sparql#graph-{number}")
        yield ox.Triple(dataset, sd("namedGraph"), named)
        yield ox.Triple(named, TYPE, sd("NamedGraph"))
        yield ox.Triple(named, sd("name"), ox.NamedNode(address))


def void(store: Store, base: str) -> Iterator[ox.Triple]:
    dataset = ox.NamedNode(f"{base}/.well-known/void#dataset")
    yield ox.Triple(dataset, TYPE, v("Dataset"))
    yield ox.Triple(dataset, v("sparqlEndpoint"), ox.NamedNode(f"{base}/sparql"))
    yield ox.Triple(dataset, v("triples"), ox.Literal(len(store)))
    yield ox.Triple(dataset, v("documents"), ox.Literal(len(store.document_ids())))
    yield ox.Triple(dataset, v("uriSpace"), ox.Literal(KG.removesuffix("ontology#")))
    for name, address in sorted(PREFIXES.items()):
        if address.endswith(("#", "/")) and name not in ("wd", "wdt"):
            yield ox.Triple(dataset, v("vocabulary"), ox.NamedNode(address))
