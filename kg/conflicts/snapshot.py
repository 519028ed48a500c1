"""The graph at one date, as a small store in memory that conflict patterns are asked of.

Only what was known then counts: claims of documents published later are left out, those of undated documents stay.
Every tie is a node, whatever its standing, so that a finding that does not hold can be listed with the reason.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.conflicts.groups import Groups, ownership, with_sales
from kg.conflicts.rivalry import rivals_by_product
from kg.conflicts.roles import OfficerTitles, without_founders_who_left
from kg.conflicts.tie import Edge, Standing, Testimony, Tie, tie_at
from kg.conflicts.views import Views
from kg.model import Entity, EntityType, Graph
from kg.ontology import Ontology
from kg.rdf import canonical_tie
from kg.vocab import KG, PREFIXES, class_iri, iri

__all__ = ["Snapshot", "newest", "take", "ties_at"]

TYPE = NamedNode(PREFIXES["rdf"] + "type")
STANDINGS = list(Standing)
ACTORS = (EntityType.PERSON, EntityType.ORGANIZATION)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The ties at a date, the corporate groups, and the store of nodes. ``nodes`` are the ties behind each node."""

    graph: Graph
    ontology: Ontology
    day: date
    ties: Mapping[Edge, Tie]
    groups: Groups
    views: Views
    store: Store
    nodes: Mapping[str, tuple[Tie, ...]]


def newest(graph: Graph) -> date:
    """The day of the newest document; where none has a date, the latest that any claim names, else 1 January 1970."""
    published = [source.published for source in graph.documents.values() if source.published]
    if published:
        return max(published)
    claims = [statement.claim for statement in graph.statements]
    starts = [claim.valid_from.earliest for claim in claims if claim.valid_from]
    ends = [claim.valid_until.latest for claim in claims if claim.valid_until]
    return max(starts + ends, default=date(1970, 1, 1))


def take(graph: Graph, ontology: Ontology, day: date) -> Snapshot:
    """The graph as it stood, and as it was known, on that day."""
    views = Views(ontology)
    ties = ties_at(graph, ontology, day)
    groups = Groups(_owned_organizations(ties, graph.entities))
    seen = _nodes(ties, graph.entities, views, OfficerTitles(ontology))
    nodes = {iri("snapshot", str(place)): node for place, node in enumerate(seen)}
    store = Store()
    store.bulk_extend(quad for address, node in nodes.items() for quad in _node_quads(NamedNode(address), node))
    store.bulk_extend(_actor_quads(graph.entities, groups))
    behind = {address: node.ties for address, node in nodes.items()}
    return Snapshot(graph, ontology, day, ties, groups, views, store, behind)


def ties_at(graph: Graph, ontology: Ontology, day: date) -> dict[Edge, Tie]:
    """Every tie that the texts known on that day speak of, by edge, in the order of the edges."""
    heard: dict[Edge, list[Testimony]] = defaultdict(list)
    for place, statement in enumerate(graph.statements):
        source = graph.documents[statement.claim.evidence.document_id]
        if statement.subject != statement.object and (source.published is None or source.published <= day):
            heard[canonical_tie(statement, ontology)].append(Testimony(statement, source, place))
    weighed = (tie_at(edge, heard[edge], day, lasting=ontology.relations[edge[1]].lasting) for edge in sorted(heard))
    return with_sales(without_founders_who_left({tie.edge: tie for tie in weighed if tie}))


@dataclass(frozen=True, slots=True)
class Node:
    """A tie as patterns see it: its ends in order, its classes, and the ties behind it."""

    start: str
    finish: str
    classes: tuple[str, ...]
    ties: tuple[Tie, ...]

    @property
    def standing(self) -> Standing:
        """That of the least firm of its ties."""
        return max((tie.standing for tie in self.ties), key=STANDINGS.index)


def _nodes(
    ties: Mapping[Edge, Tie], entities: Mapping[str, Entity], views: Views, titles: OfficerTitles
) -> Iterator[Node]:
    for tie in ties.values():
        if all(entities[end].type in ACTORS for end in tie.ends):
            seen = [name for name in views.of(tie.relation) if _admits(name, tie, entities, titles)]
            if seen:
                yield Node(tie.subject, tie.object, views.with_wider(seen), (tie,))
    for left, right, several in rivals_by_product(ties, entities):
        yield Node(left, right, views.with_wider(views.of("competitor_of")), several)


def _admits(view: str, tie: Tie, entities: Mapping[str, Entity], titles: OfficerTitles) -> bool:
    """Whether a tie of the view's relation is seen as it, as the comments of the vocabulary narrow it."""
    if view == "Founding":
        return entities[tie.object].type is EntityType.PERSON
    if view == "Funding":
        return entities[tie.subject].type is EntityType.ORGANIZATION
    if view == "Office":
        return any(titles.admits(said.claim.qualifiers.title or "") for said in tie.support)
    return True


def _node_quads(subject: NamedNode, node: Node) -> Iterator[Quad]:
    start, finish = NamedNode(iri("entity", node.start)), NamedNode(iri("entity", node.finish))
    yield from (Quad(subject, TYPE, _term(name)) for name in node.classes)
    yield Quad(subject, _term("standing"), Literal(node.standing))
    ends = [("from", start), ("to", finish), ("between", start), ("between", finish)]
    if "Interest" in node.classes:
        backwards = "Founding" in node.classes
        ends += [("heldBy", finish if backwards else start), ("at", start if backwards else finish)]
    yield from (Quad(subject, _term(name), end) for name, end in ends)


def _actor_quads(entities: Mapping[str, Entity], groups: Groups) -> Iterator[Quad]:
    for entity in entities.values():
        subject = NamedNode(iri("entity", entity.id))
        yield Quad(subject, TYPE, NamedNode(class_iri(entity.type)))
        if entity.type is EntityType.ORGANIZATION:
            for owner in groups.owners(entity.id):
                yield Quad(subject, _term("inGroupOf"), NamedNode(iri("entity", owner)))


def _owned_organizations(ties: Mapping[Edge, Tie], entities: Mapping[str, Entity]) -> list[Tie]:
    return [tie for tie in ownership(ties) if entities[tie.object].type is EntityType.ORGANIZATION]


@cache
def _term(name: str) -> NamedNode:
    return NamedNode(KG + name)
