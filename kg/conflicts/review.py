"""The findings of a graph at a date, judged again only where the graph has changed.

``Review(graph, …).after(changed)`` has the same findings as ``Review(changed, …)``. A finding can only change if one of
those it names has a tie that changed, so the patterns are asked of the neighbourhood of the change alone, as far as
each reaches. Steps to an owner, a subsidiary or across a product are free.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from operator import itemgetter

from kg.conflicts.candidate import candidates
from kg.conflicts.cards import folded_cards, gravest_first
from kg.conflicts.finding import Judged, Sides, judged
from kg.conflicts.groups import Groups, ownership
from kg.conflicts.pattern import Pattern, patterns
from kg.conflicts.snapshot import Snapshot, claims_by_edge, of_ties, overseers, settled, weigh
from kg.conflicts.tie import Edge, Tie
from kg.model import EntityType, Finding, Graph, Statement
from kg.ontology import Ontology
from kg.rdf import canonical_tie

__all__ = ["Review"]

LINKS = ("acquired", "parent_of")
Ranked = tuple[tuple[int, float, str], Finding]


@dataclass(frozen=True, slots=True)
class Change:
    """What differs between two graphs: pairs whose tie changed, and entities that changed themselves.

    ``is_wide`` where an entity may now be seen otherwise by everybody, as a body that is found to be an authority.
    """

    pairs: frozenset[frozenset[str]]
    alone: frozenset[str]
    is_wide: bool

    @property
    def ends(self) -> frozenset[str]:
        """All entities that it names."""
        return self.alone.union(*self.pairs)

    def touches(self, named: frozenset[str]) -> bool:
        """Whether it bears on what names these."""
        return not self.alone.isdisjoint(named) or any(pair <= named for pair in self.pairs)


class Review:
    """Made whole by ``Review(graph, ontology, day)``, or out of an earlier one by ``after``."""

    def __init__(self, graph: Graph, ontology: Ontology, day: date, earlier: Review | None = None) -> None:
        self.graph, self.day = graph, day
        self._ontology = ontology
        if earlier is None:
            self._heard = claims_by_edge(graph, ontology)
            self._weighed = weigh(self._heard, sorted(self._heard), ontology, day)
        else:
            told = frozenset(_edges_told_anew(earlier.graph, graph, ontology))
            fresh = claims_by_edge(graph, ontology, told)
            self._heard = {edge: said for edge, said in earlier._heard.items() if edge not in told} | fresh
            kept = {edge: tie for edge, tie in earlier._weighed.items() if edge not in told}
            self._weighed = kept | weigh(fresh, sorted(fresh), ontology, day)
        self._ties = settled(self._weighed, self._heard, day)
        self._groups = Groups(ownership(self._ties, graph.entities))
        self._judged = self._all() if earlier is None else self._renewed(earlier)
        self._by_party = self._parties()
        self._cards = self._folded(earlier)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """As ``find`` gives them."""
        return tuple(finding for _, finding in sorted(self._ranked(), key=itemgetter(0)))

    def _ranked(self) -> Iterator[Ranked]:
        return (pair for cards in self._cards.values() for pair in cards)

    def _folded(self, earlier: Review | None) -> dict[str, list[Ranked]]:
        """The cards of each person, and of all other parties together; those of whom nothing new was said are kept."""
        known = patterns(self._ontology)
        same = earlier if earlier and earlier._groups.links == self._groups.links else None
        found: dict[str, list[Ranked]] = {}
        for party, several in self._by_party.items():
            if same and party in same._cards and same._by_party[party] == several:
                found[party] = same._cards[party]
            else:
                cards = folded_cards([one.finding for one in several], known, self._groups)
                found[party] = [(gravest_first(card), card) for card in cards]
        return found

    def _parties(self) -> dict[str, list[Judged]]:
        """The findings of each person; those of all other parties under "", since groups tie these together."""
        found: dict[str, list[Judged]] = defaultdict(list)
        for one in self._judged:
            person = self.graph.entities[one.finding.party].type is EntityType.PERSON
            found[one.finding.party if person else ""].append(one)
        return dict(found)

    def after(self, graph: Graph) -> Review:
        """The review of a graph that differs by some documents."""
        return Review(graph, self._ontology, self.day, self)

    def _all(self) -> list[Judged]:
        known = patterns(self._ontology)
        return judged(self._snapshot(self._ties, known), known)

    def _snapshot(self, ties: Mapping[Edge, Tie], known: Iterable[Pattern]) -> Snapshot:
        """The snapshot of some ties, as far as these patterns speak of it."""
        terms = frozenset[str]().union(*(pattern.terms for pattern in known))
        return of_ties(self.graph, self._ontology, self.day, ties, self._groups, overseers(self._ties), terms)

    def _renewed(self, earlier: Review) -> list[Judged]:
        """First who is concerned, then all that is to be said of them."""
        change = self._change(earlier)
        concerned = {one.sides for one in earlier._judged if change.touches(one.named)}
        concerned |= set(self._sides_near(change))
        parties = {one for _, party, organizations in concerned for one in (party, *organizations)}
        asked = [pattern for pattern in patterns(self._ontology) if pattern.name in {sides[0] for sides in concerned}]
        fresh = judged(self._snapshot(self._of(parties), asked), asked, concerned)
        return [one for one in earlier._judged if one.sides not in concerned] + fresh

    def _sides_near(self, change: Change) -> Iterator[Sides]:
        """Whom the patterns name that touch the change."""
        for reach in (1, 2):
            known = [p for p in patterns(self._ontology) if (2 if change.is_wide else p.reach) == reach]
            near = self._snapshot(self._around(change.ends, reach) if known else {}, known)
            for pattern in known:
                for sides, rows in candidates(pattern, near).items():
                    if any(change.touches(row.named) for row in rows):
                        yield (pattern.name, *sides)

    def _change(self, earlier: Review) -> Change:
        pairs, alone = set(), set[str]()
        before = earlier._ties
        differing = [edge for edge, tie in self._ties.items() if before.get(edge) is not tie]
        for edge in (*differing, *(edge for edge in before if edge not in self._ties)):
            if not _same(self._ties.get(edge), earlier._ties.get(edge)):
                pairs.add(frozenset((edge[0], edge[2])))
                if edge[1] in LINKS:
                    alone.update(self._groups.owned(edge[2]), earlier._groups.owned(edge[2]))
        renamed = set(_renamed(earlier.graph, self.graph))
        for remark in set(self.graph.remarks) ^ set(earlier.graph.remarks):
            alone.update(remark.entities)
        overseeing = overseers(self._ties) ^ overseers(earlier._ties)
        return Change(frozenset(pairs), frozenset(alone | renamed | overseeing), bool(renamed or overseeing))

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

    def _of(self, entities: Iterable[str]) -> dict[Edge, Tie]:
        """The ties that these, their groups and their products have; in the order of the edges."""
        held = set(self._freely(one for one in entities if one in self.graph.entities))
        held |= {one for one in self._next(held) if self._is_product(one)}
        held |= {one for product in filter(self._is_product, tuple(held)) for one in self._next([product])}
        near = {tie.edge: tie for one in held for tie in self._neighbours.get(one, ())}
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


def _renamed(before: Graph, after: Graph) -> Iterator[str]:
    """Entities of both graphs that differ by more than their mentions."""
    for key, entity in after.entities.items():
        known = before.entities.get(key)
        if known is not None and known is not entity and replace(known, mentions=()) != replace(entity, mentions=()):
            yield key


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
