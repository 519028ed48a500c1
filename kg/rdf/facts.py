"""Statements → the facts graph: plain edges, and ties for relations that carry dates, titles, amounts or shares."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from pyoxigraph import NamedNode, Quad

from kg.model import Claim, Modality, Source, Statement, Tense, digest
from kg.ontology import Ontology, Relation
from kg.rdf.terms import kg, node, string, term
from kg.vocab import FACTS, property_iri

__all__ = ["canonical_tie", "fact_quads", "tie_id"]

GRAPH = NamedNode(FACTS)
TYPE = term("rdf:type")
Edge = tuple[str, str, str]


def canonical_tie(statement: Statement, ontology: Ontology) -> Edge:
    """Head, relation and tail in the one way in which two texts that say the same agree.

    The ends of symmetric relations are sorted; of a pair of inverses the alphabetically later label stands.
    """
    head, label, tail = statement.subject, statement.claim.predicate, statement.object
    relation = ontology.relations[label]
    if relation.symmetric:
        return (min(head, tail), label, max(head, tail))
    return (tail, relation.inverse, head) if relation.inverse > label else (head, label, tail)


def tie_id(edge: Edge, valid_from: object = None, valid_until: object = None) -> str:
    """Of the edge and its dates: two tenures are two ties."""
    return digest("tie", *edge, valid_from, valid_until)


def fact_quads(statements: Iterable[Statement], sources: Mapping[str, Source], ontology: Ontology) -> Iterator[Quad]:
    """Plain edges and ties of the affirmed claims that are asserted or reported.

    A lasting relation gives a plain edge only while the newest documents that speak of it call it current; events do
    once they have happened. Symmetric and inverse edges stand both ways.
    """
    by_edge: dict[Edge, list[Claim]] = defaultdict(list)
    for statement in statements:
        if statement.claim.factual and statement.subject != statement.object:
            by_edge[canonical_tie(statement, ontology)].append(statement.claim)
    for edge, claims in sorted(by_edge.items()):
        relation = ontology.relations[edge[1]]
        if _stands(claims, relation, sources):
            yield from _edge_quads(edge, relation)
        if relation.tie_class:
            yield from _tie_quads(edge, claims, relation)


def _stands(claims: list[Claim], relation: Relation, sources: Mapping[str, Source]) -> bool:
    def newest(tenses: tuple[Tense, ...]) -> date | None:
        days = [sources[c.evidence.document_id].published or date.min for c in claims if c.tense in tenses]
        return max(days, default=None)

    if not relation.lasting:
        return any(claim.tense is not Tense.FUTURE for claim in claims)
    current, past = newest((Tense.CURRENT,)), newest((Tense.PAST,))
    return current is not None and (past is None or current >= past)


def _edge_quads(edge: Edge, relation: Relation) -> Iterator[Quad]:
    head, label, tail = edge
    yield Quad(node("entity", head), NamedNode(property_iri(label)), node("entity", tail), GRAPH)
    back = label if relation.symmetric else relation.inverse
    if back:
        yield Quad(node("entity", tail), NamedNode(property_iri(back)), node("entity", head), GRAPH)


def _tie_quads(edge: Edge, claims: list[Claim], relation: Relation) -> Iterator[Quad]:
    tenures: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        tenures[str(claim.valid_from or ""), str(claim.valid_until or "")].append(claim)
    for (since, until), told in sorted(tenures.items()):
        subject = node("tie", tie_id(edge, since or None, until or None))
        yield from (Quad(subject, TYPE, kg(name), GRAPH) for name in ("Tie", relation.tie_class))
        yield Quad(subject, kg("head"), node("entity", edge[0]), GRAPH)
        yield Quad(subject, kg("relation"), NamedNode(property_iri(edge[1])), GRAPH)
        yield Quad(subject, kg("tail"), node("entity", edge[2]), GRAPH)
        if relation.tie_class == "Role":
            yield from _membership_quads(subject, edge)
        for claim in told:
            yield Quad(subject, kg("claim"), node("claim", claim.id), GRAPH)
        for name, value in sorted(_terms(told, since, until)):
            yield Quad(subject, kg(name), string(value), GRAPH)


def _membership_quads(subject: NamedNode, edge: Edge) -> Iterator[Quad]:
    member, organization = (edge[2], edge[0]) if edge[1] == "founded_by" else (edge[0], edge[2])
    yield Quad(subject, term("org:member"), node("entity", member), GRAPH)
    yield Quad(subject, term("org:organization"), node("entity", organization), GRAPH)


def _terms(claims: list[Claim], since: str, until: str) -> set[tuple[str, str]]:
    past = all(claim.tense is Tense.PAST for claim in claims)
    said = {("modality", str(Modality.firmest(claim.modality for claim in claims)))}
    said.add(("tense", str(Tense.PAST if past else Tense.CURRENT)))
    for claim in claims:
        q = claim.qualifiers
        pairs = (("roleTitle", q.title), ("amount", q.amount), ("currency", q.currency), ("share", q.share))
        said.update((name, value) for name, value in pairs if value)
    said.update((name, value) for name, value in (("validFrom", since), ("validUntil", until)) if value)
    return said
