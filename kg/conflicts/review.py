"""The findings of a graph at a date, judged again only where the graph has changed.

``Review(graph, …).after(changed)`` has the same findings as ``Review(changed, …)``. A finding can only change if one of
those it names has a tie that changed, so the patterns are asked of the neighbourhood of those parties alone: every
pattern is a ring of at most five entities, so two steps reach all of it. Steps to an owner, a subsidiary or across a
product are free.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property

from kg.conflicts.candidate import candidates
from kg.conflicts.cards import cards
from kg.conflicts.finding import Judged, judged
from kg.conflicts.groups import Groups, ownership
from kg.conflicts.pattern import patterns
from kg.conflicts.snapshot import Snapshot, of_ties, overseers, settled, testimonies, weigh
from kg.conflicts.tie import Edge, Tie
from kg.model import EntityType, Finding, Graph, Statement
from kg.ontology import Ontology
from kg.rdf import canonical_tie

__all__ = ["Review"]

LINKS = ("acquired", "parent_of")
REACH = 2


class Review:
    """Made whole by ``Review(graph, ontology, day)``, or out of an earlier one by ``after``."""

    def __init__(self, graph: Graph, ontology: Ontology, day: date, earlier: Review | None = None) -> None:
        self.graph, self.day = graph, day
        self._ontology = ontology
        self._heard = testimonies(graph, ontology)
        if earlier is None:
            self._weighed = weigh(self._heard, sorted(self._heard), ontology, day)
        else:
            told = sorted(_edges_told_anew(earlier.graph, graph, ontology))
            kept = {edge: tie for edge, tie in earlier._weighed.items() if edge not in set(told)}
            self._weighed = kept | weigh(self._heard, [edge for edge in told if edge in self._heard], ontology, day)
        self._ties = settled(self._weighed, self._heard, day)
        self._groups = Groups(ownership(self._ties, graph.entities))
        self._judged = self._all() if earlier is None else self._renewed(earlier)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """As ``find`` gives them."""
        return cards([one.finding for one in self._judged], patterns(self._ontology), self._groups)

    def after(self, graph: Graph) -> Review:
        """The review of a graph that differs by some documents."""
        return Review(graph, self._ontology, self.day, self)

    def _all(self) -> list[Judged]:
        return judged(self._snapshot(self._ties), patterns(self._ontology))

    def _snapshot(self, ties: Mapping[Edge, Tie]) -> Snapshot:
        return of_ties(self.graph, self._ontology, self.day, ties, self._groups, overseers(self._ties))

    def _renewed(self, earlier: Review) -> list[Judged]:
        """First who is concerned, then all that is to be said of them."""
        changed = frozenset(self._changed(earlier))
        known, concerned = patterns(self._ontology), {one.sides for one in earlier._judged if changed & one.named}
        near = self._snapshot(self._around(changed, REACH))
        for pattern in known:
            for sides, rows in candidates(pattern, near).items():
                if any(not changed.isdisjoint(row.named) for row in rows):
                    concerned.add((pattern.name, *sides))
        parties = changed.union(*({party, *organizations} for _, party, organizations in concerned))
        fresh = judged(self._snapshot(self._around(parties, 1)), known, concerned)
        return [one for one in earlier._judged if one.sides not in concerned] + fresh

    def _changed(self, earlier: Review) -> Iterator[str]:
        """Entities with another tie, group, name or remark than before."""
        for edge in self._ties.keys() | earlier._ties.keys():
            if not _same(self._ties.get(edge), earlier._ties.get(edge)):
                yield from (edge[0], edge[2])
                if edge[1] in LINKS:
                    yield from (*self._groups.owned(edge[2]), *earlier._groups.owned(edge[2]))
        before = earlier.graph.entities
        yield from (key for key, entity in self.graph.entities.items() if before.get(key) != entity)
        for remark in set(self.graph.remarks) ^ set(earlier.graph.remarks):
            yield from remark.entities

    @cached_property
    def _neighbours(self) -> Mapping[str, list[Tie]]:
        found: dict[str, list[Tie]] = defaultdict(list)
        for tie in self._ties.values():
            found[tie.subject].append(tie)
            found[tie.object].append(tie)
        return found

    def _around(self, entities: Iterable[str], steps: int) -> dict[Edge, Tie]:
        """The ties between all that is so many steps away; in the order of the edges."""
        reached = set(self._freely(one for one in entities if one in self.graph.entities))
        for _ in range(steps):
            reached |= set(self._freely(self._next(reached)))
        near = {tie.edge: tie for one in reached for tie in self._neighbours.get(one, ()) if tie.ends <= reached}
        return {edge: near[edge] for edge in sorted(near)}

    def _next(self, entities: Iterable[str]) -> set[str]:
        return {end for one in entities for tie in self._neighbours.get(one, ()) for end in tie.ends}

    def _freely(self, entities: Iterable[str]) -> Iterator[str]:
        """The entities, who owns them and whom they own, and what is on the other side of a product's ties."""
        for one in entities:
            yield from self._groups.owners(one)
            yield from self._groups.owned(one)
            if self._is_product(one):
                yield from self._next([one])

    def _is_product(self, entity: str) -> bool:
        return self.graph.entities[entity].type is EntityType.PRODUCT


def _edges_told_anew(before: Graph, after: Graph, ontology: Ontology) -> set[Edge]:
    """The edges of statements that one of the graphs lacks, or of whose documents it says something else."""
    common = {key for key, source in after.documents.items() if before.documents.get(key) == source}
    old, new = ([s for s in graph.statements if _document(s) in common] for graph in (before, after))
    differing = [s for s in (*before.statements, *after.statements) if _document(s) not in common]
    if len(old) == len(new):
        pairs = zip(old, new, strict=True)
        differing += [s for pair in pairs if _ends(pair[0]) != _ends(pair[1]) for s in pair]
    else:
        differing += [*old, *new]
    return {canonical_tie(statement, ontology) for statement in differing}


def _document(statement: Statement) -> str:
    return statement.claim.evidence.document_id


def _ends(statement: Statement) -> tuple[str, str, str]:
    return statement.subject, statement.claim.predicate, statement.object


def _same(left: Tie | None, right: Tie | None) -> bool:
    if left is right:
        return True
    if left is None or right is None:
        return False
    return (left.standing, left.modality, left.since, _told(left)) == (
        right.standing,
        right.modality,
        right.since,
        _told(right),
    )


def _told(tie: Tie) -> list[Statement]:
    return [said.statement for said in (*tie.support, *tie.against)]
