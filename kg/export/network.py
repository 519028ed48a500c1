"""The graph as a networkx multigraph: what layout, GraphML and other tools of that world start from.

One edge a relation between two entities, however many sentences say so. Beside the scalars, which every format can
hold, a node keeps its ``aliases`` and an edge its ``claims`` as one nested attribute each.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

import networkx as nx

from kg.model import Claim, Entity, Graph, Modality, Polarity, Source, Statement, Tense
from kg.ontology import Ontology, load
from kg.vocab import iri

__all__ = ["Edge", "independent_sources", "standing", "to_networkx"]

Edge: TypeAlias = tuple[str, str, str]


def to_networkx(graph: Graph, ontology: Ontology | None = None) -> nx.MultiDiGraph:
    """Nodes are entities by id, edges are (subject, object, predicate) that at least one claim states, even by denial.

    A symmetric relation stands once, from the smaller id to the larger. Statements about an entity that the graph does
    not hold are left out.
    """
    relations = (ontology or load()).relations
    symmetric = frozenset(label for label, relation in relations.items() if relation.symmetric)
    events = frozenset(label for label, relation in relations.items() if not relation.lasting)
    network = nx.MultiDiGraph()
    network.add_nodes_from((key, node_data(graph.entities[key])) for key in sorted(graph.entities))
    said = by_edge(graph, symmetric)
    for subject, predicate, object_ in sorted(said):
        kind = {"predicate": predicate, "symmetric": predicate in symmetric, "lasting": predicate not in events}
        data = edge_data(said[subject, predicate, object_], graph.documents)
        network.add_edge(subject, object_, key=predicate, **kind, **data)
    return network


def by_edge(graph: Graph, symmetric: frozenset[str]) -> Mapping[Edge, list[Statement]]:
    """The statements of each edge, by date, then by id."""
    said: defaultdict[Edge, list[Statement]] = defaultdict(list)
    for statement in sorted(graph.statements, key=lambda s: (str(published(s.claim, graph.documents)), s.id)):
        if statement.subject in graph.entities and statement.object in graph.entities:
            said[edge_of(statement, symmetric)].append(statement)
    return said


def edge_of(statement: Statement, symmetric: frozenset[str]) -> Edge:
    """Subject, predicate and object; a symmetric relation's ends in alphabetical order."""
    ends = [statement.subject, statement.object]
    subject, object_ = sorted(ends) if statement.claim.predicate in symmetric else ends
    return subject, statement.claim.predicate, object_


def node_data(entity: Entity) -> dict[str, Any]:
    """What a node says of its entity."""
    return {
        "iri": iri("entity", entity.id),
        "type": entity.type.value,
        "name": entity.name,
        "aliases": list(entity.aliases),
    }


def edge_data(statements: list[Statement], documents: Mapping[str, Source]) -> dict[str, Any]:
    """The sum of an edge's claims as scalars, and the claims."""
    claims = [statement.claim for statement in statements]
    affirmed = [claim for claim in claims if claim.polarity is Polarity.AFFIRMED]
    days = sorted(day for day in (published(claim, documents) for claim in claims) if day)
    return {
        "standing": standing(claims),
        "modality": Modality.firmest(claim.modality for claim in affirmed or claims).value,
        "polarity": (affirmed or claims)[0].polarity.value,
        "past": bool(affirmed) and all(claim.tense is Tense.PAST for claim in affirmed),
        "confidence": max(claim.confidence for claim in affirmed or claims),
        "sources": independent_sources(documents[key] for key in documents_of(claims) if key in documents),
        "first": days[0] if days else "",
        "last": days[-1] if days else "",
        "claims": [claim_data(claim, documents) for claim in claims],
    }


def standing(claims: Iterable[Claim]) -> str:
    """How far claims of one edge carry it: ``asserted``, ``reported``, ``hedged`` or only ``denied``."""
    affirmed = [claim for claim in claims if claim.polarity is Polarity.AFFIRMED]
    if not affirmed:
        return "denied"
    firmest = Modality.firmest(claim.modality for claim in affirmed)
    return firmest.value if firmest.factual else "hedged"


def claim_data(claim: Claim, documents: Mapping[str, Source]) -> dict[str, Any]:
    """A claim's own fields, JSON-ready."""
    source = documents.get(claim.evidence.document_id)
    return {
        "id": claim.id,
        "quote": claim.evidence.quote,
        "document": claim.evidence.document_id,
        "source": source.source if source else "",
        "published": published(claim, documents),
        "modality": claim.modality.value,
        "polarity": claim.polarity.value,
        "tense": claim.tense.value,
        "valid_from": str(claim.valid_from or ""),
        "valid_until": str(claim.valid_until or ""),
        "confidence": claim.confidence,
    }


def documents_of(claims: Iterable[Claim]) -> list[str]:
    return sorted({claim.evidence.document_id for claim in claims})


def published(claim: Claim, documents: Mapping[str, Source]) -> str:
    """The day of the claim's document in ISO form, or ""."""
    source = documents.get(claim.evidence.document_id)
    return source.published.isoformat() if source and source.published else ""


def independent_sources(sources: Iterable[Source]) -> int:
    """How many voices there are: copies of one story count once, and so do several stories of one publisher."""
    voices = nx.Graph()
    for source in sources:
        voices.add_edge(("story", source.story), ("publisher", source.publisher or source.key))
    return int(nx.number_connected_components(voices))
