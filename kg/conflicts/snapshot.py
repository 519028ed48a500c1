"""The graph at one date, as a small store in memory that conflict patterns are asked of.

A claim counts from the day that it states, else from the day of its document; those of undated documents always count.
Every tie is a node, whatever its standing, so that a finding that does not hold can be listed with the reason.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.conflicts.groups import Groups, ownership, with_sales
from kg.conflicts.nodes import Node, Nodes
from kg.conflicts.roles import without_founders_who_left
from kg.conflicts.tie import Edge, Testimony, Tie, tie_at
from kg.conflicts.views import Views, views_of
from kg.model import Entity, EntityType, Graph
from kg.ontology import Ontology
from kg.rdf import canonical_tie
from kg.vocab import KG, PREFIXES, class_iri, iri

__all__ = ["Snapshot", "claims_by_edge", "newest", "of_ties", "overseers", "settled", "take", "ties_at", "weigh"]

TYPE = NamedNode(PREFIXES["rdf"] + "type")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The ties at a date, the corporate groups, and the store of nodes. ``nodes`` are the nodes by their address."""

    graph: Graph
    ontology: Ontology
    day: date
    ties: Mapping[Edge, Tie]
    groups: Groups
    views: Views
    store: Store
    nodes: Mapping[str, Node]


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
    """The graph as it stood on that day, as far as the texts tell."""
    ties = ties_at(graph, ontology, day)
    return of_ties(graph, ontology, day, ties, Groups(ownership(ties, graph.entities)))


def overseers(ties: Mapping[Edge, Tie]) -> frozenset[str]:
    """Who regulates anybody, whatever the standing."""
    return frozenset(tie.subject for tie in ties.values() if tie.relation == "regulates")


def of_ties(
    graph: Graph,
    ontology: Ontology,
    day: date,
    ties: Mapping[Edge, Tie],
    groups: Groups,
    overseeing: frozenset[str] | None = None,
    terms: frozenset[str] | None = None,
) -> Snapshot:
    """The snapshot of these ties only; ``groups`` and those who are ``overseeing`` may be known from more.

    Where ``terms`` of the vocabulary are given, it holds no nodes of other classes.
    """
    views = views_of(ontology)
    entities = {end: graph.entities[end] for tie in ties.values() for end in (tie.subject, tie.object)}
    seen = Nodes(
        ties, entities, views, groups, ontology, day, overseers(ties) if overseeing is None else overseeing
    ).all()
    wanted = (node for node in seen if terms is None or not terms.isdisjoint(node.classes))
    nodes = {iri("snapshot", str(place)): node for place, node in enumerate(wanted)}
    store = Store()
    store.bulk_extend(quad for address, node in nodes.items() for quad in _node_quads(NamedNode(address), node, terms))
    store.bulk_extend(_actor_quads(entities, groups))
    return Snapshot(graph, ontology, day, ties, groups, views, store, nodes)


def ties_at(graph: Graph, ontology: Ontology, day: date) -> dict[Edge, Tie]:
    """Every tie that the texts speak of for that day, by edge, in the order of the edges."""
    heard = claims_by_edge(graph, ontology)
    return settled(weigh(heard, sorted(heard), ontology, day), heard, day)


def weigh(
    heard: Mapping[Edge, Iterable[Testimony]], edges: Iterable[Edge], ontology: Ontology, day: date
) -> dict[Edge, Tie]:
    """The ties of these edges, each by itself; edges of which nobody speaks for that day are left out."""
    weighed = (tie_at(edge, heard[edge], day, lasting=ontology.relations[edge[1]].lasting) for edge in edges)
    return {tie.edge: tie for tie in weighed if tie}


def claims_by_edge(
    graph: Graph, ontology: Ontology, only: frozenset[Edge] | None = None
) -> dict[Edge, list[Testimony]]:
    """The claims by the edge that they speak of; of some edges where ``only`` names them."""
    heard: dict[Edge, list[Testimony]] = defaultdict(list)
    for statement in graph.statements:
        if statement.subject != statement.object:
            edge = canonical_tie(statement, ontology)
            if only is None or edge in only:
                source = graph.documents[statement.claim.evidence.document_id]
                heard[edge].append(Testimony(statement, source))
    return dict(heard)


def settled(ties: Mapping[Edge, Tie], heard: Mapping[Edge, Iterable[Testimony]], day: date) -> dict[Edge, Tie]:
    """The ties after what one says about another: founders who left, firms sold on, firms not yet founded."""
    unborn = set(_unborn(heard, day))
    born = {edge: tie for edge, tie in ties.items() if edge[0] not in unborn and edge[2] not in unborn}
    return with_sales(without_founders_who_left(born))


def _unborn(heard: Mapping[Edge, Iterable[Testimony]], day: date) -> Iterator[str]:
    """Organizations of which every text that dates it says that they were founded later."""
    starts: dict[str, date] = {}
    for edge, told in heard.items():
        if edge[1] == "founded_by":
            for claim in (said.claim for said in told if said.claim.valid_from and said.claim.factual):
                begun = claim.valid_from.earliest if claim.valid_from else day
                starts[edge[0]] = min(begun, starts.get(edge[0], begun))
    return (firm for firm, begun in starts.items() if begun > day)


def _node_quads(subject: NamedNode, node: Node, terms: frozenset[str] | None) -> Iterator[Quad]:
    start, finish = NamedNode(iri("entity", node.start)), NamedNode(iri("entity", node.finish))
    yield from (Quad(subject, TYPE, _term(name)) for name in node.classes if terms is None or name in terms)
    yield Quad(subject, _term("standing"), Literal(node.standing))
    ends = [("from", start), ("to", finish), ("between", start), ("between", finish)]
    if node.held:
        backwards = "Founding" in node.classes
        ends += [("heldBy", finish if backwards else start), ("at", start if backwards else finish)]
    if "Move" in node.classes:
        ends.append(("leaves", NamedNode(iri("entity", node.ties[0].object))))
    yield from (Quad(subject, _term(name), end) for name, end in ends)


def _actor_quads(entities: Mapping[str, Entity], groups: Groups) -> Iterator[Quad]:
    for entity in entities.values():
        subject = NamedNode(iri("entity", entity.id))
        yield Quad(subject, TYPE, NamedNode(class_iri(entity.type)))
        if entity.type is EntityType.ORGANIZATION:
            for owner in groups.owners(entity.id):
                yield Quad(subject, _term("inGroupOf"), NamedNode(iri("entity", owner)))


@cache
def _term(name: str) -> NamedNode:
    return NamedNode(KG + name)
