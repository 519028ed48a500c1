"""Candidates → findings: judged, weighed, and each told once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from kg.conflicts.candidate import Candidate, candidates
from kg.conflicts.cards import cards
from kg.conflicts.guards import Case, Ruling, rulings
from kg.conflicts.pattern import ORGANIZATIONS, Pattern, patterns
from kg.conflicts.remarks import Register
from kg.conflicts.severity import Weights, modality_of
from kg.conflicts.snapshot import Snapshot, newest, take
from kg.conflicts.tie import Testimony, Tie
from kg.conflicts.wording import Wording, fill
from kg.model import Finding, Graph, Remark, Tier
from kg.ontology import Ontology

__all__ = ["Judged", "find", "judged"]

ORDER = list(Tier)
Sides = tuple[str, str, tuple[str, ...]]


def find(graph: Graph, ontology: Ontology, as_of: date | None = None) -> tuple[Finding, ...]:
    """Every potential conflict of interest at a date, also those that are only watched or were suppressed.

    Without a date, that of the newest document. Sorted by tier, gravest first, then severity, then id. Raises
    OntologyError for a broken pattern.
    """
    known = patterns(ontology)
    snapshot = take(graph, ontology, newest(graph) if as_of is None else as_of)
    return cards([one.finding for one in judged(snapshot, known)], known, snapshot.groups)


@dataclass(frozen=True, slots=True)
class Judged:
    """A finding before it is folded into a card, with everybody that its ties name."""

    finding: Finding
    named: frozenset[str]

    @property
    def sides(self) -> Sides:
        """What it is about: one finding for each."""
        return self.finding.pattern, self.finding.party, self.finding.organizations


def judged(snapshot: Snapshot, known: Iterable[Pattern], only: Collection[Sides] | None = None) -> list[Judged]:
    """The findings of all patterns, each by itself; of ``only`` those sides where they are given."""
    court = Court(snapshot)
    return [one for pattern in known for one in court.findings(pattern, only)]


class Court:
    """Judges the candidates of a snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._weights = Weights(snapshot.ontology)
        self._wording = Wording(snapshot.ontology, snapshot.graph.entities)
        self._register = Register(snapshot.graph, snapshot.day)
        self._known: dict[int, str] = {}

    def findings(self, pattern: Pattern, only: Collection[Sides] | None = None) -> Iterator[Judged]:
        """One finding for each party and its organizations, out of the ways in which it holds best."""
        for (party, organizations), rows in candidates(pattern, self._snapshot).items():
            if only is None or (pattern.name, party, organizations) in only:
                yield Judged(self._finding(pattern, rows), frozenset().union(*(row.named for row in rows)))

    def _finding(self, pattern: Pattern, rows: Sequence[Candidate]) -> Finding:
        judged = [(row, rulings(Case(pattern, row, self._snapshot, self._wording))) for row in rows]
        tier = min((_tier(pattern, given) for _, given in judged), key=ORDER.index)
        best = [(row, given) for row, given in judged if _tier(pattern, given) is tier]
        kept, given = [row for row, _ in best], [ruling for _, several in best for ruling in several]
        link = self._link(pattern, kept[0])
        remarks = self._remarks(kept)
        drivers = self._weights.drivers(pattern, kept, self._snapshot.graph, self._snapshot.day)
        drivers += self._weights.mitigation(remarks)
        return Finding(
            pattern=pattern.name,
            tier=tier,
            party=kept[0].party,
            organizations=kept[0].organizations,
            as_of=self._snapshot.day,
            severity=round(min(1.0, max(0.0, sum(weight for _, weight in drivers))), 3),
            drivers=drivers,
            modality=modality_of(kept),
            premises=self._ids(said for tie in (*_by_place(kept), *link) for said in tie.support),
            mitigations=self._ids(said for ruling in given for said in ruling.mitigations),
            reason="; ".join(dict.fromkeys([ruling.reason for ruling in given] + self._note(pattern, kept[0], link))),
            remarks=tuple(remark.id for remark in remarks),
        )

    def _remarks(self, rows: Sequence[Candidate]) -> tuple[Remark, ...]:
        documents = {said.source.id for row in rows for tie in row.ties for said in tie.support}
        return self._register.about((rows[0].party, *rows[0].organizations), frozenset(documents))

    def _ids(self, told: Iterable[Testimony]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self._id(said) for said in told))

    def _id(self, said: Testimony) -> str:
        """The claim's id, hashed once."""
        key = id(said.statement)  # the snapshot keeps the statement alive
        if key not in self._known:
            self._known[key] = said.statement.id
        return self._known[key]

    def _link(self, pattern: Pattern, row: Candidate) -> tuple[Tie, ...]:
        """What makes a and b one group, where the pattern has a reading for that."""
        if not pattern.in_one_group:
            return ()
        left, right = row.organizations[:2]
        return self._snapshot.groups.link(left, right) or ()

    def _note(self, pattern: Pattern, row: Candidate, link: Sequence[Tie]) -> list[str]:
        names = {"party": self._wording.name(row.party)}
        names |= dict(zip(ORGANIZATIONS, map(self._wording.name, row.organizations), strict=False))
        return [fill(pattern.in_one_group, names)] if link else []


def _tier(pattern: Pattern, given: Sequence[Ruling]) -> Tier:
    return given[0].tier if given else pattern.tier


def _by_place(rows: Sequence[Candidate]) -> tuple[Tie, ...]:
    """The ties of all rows, in the order in which the pattern names them."""
    columns = zip(*(row.slots for row in rows), strict=True)
    return tuple(dict.fromkeys(tie for column in columns for slot in column for tie in slot))
