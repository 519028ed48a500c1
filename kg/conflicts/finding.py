"""Candidates → findings: judged, weighed, and each told once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from kg.conflicts.candidate import Candidate, candidates
from kg.conflicts.guards import Case, Ruling, rulings
from kg.conflicts.pattern import ORGANIZATIONS, Pattern, patterns
from kg.conflicts.severity import Weights, modality_of
from kg.conflicts.snapshot import Snapshot, newest, take
from kg.conflicts.tie import Testimony, Tie
from kg.conflicts.wording import Wording, fill
from kg.model import Finding, Graph, Tier
from kg.ontology import Ontology

__all__ = ["find"]

ORDER = list(Tier)
Sides = tuple[str, str, frozenset[str]]


def find(graph: Graph, ontology: Ontology, as_of: date | None = None) -> tuple[Finding, ...]:
    """Every potential conflict of interest at a date, also those that are only watched or were suppressed.

    Without a date, that of the newest document. Sorted by tier, gravest first, then severity, then id. Raises
    OntologyError for a broken pattern.
    """
    known = patterns(ontology)
    snapshot = take(graph, ontology, newest(graph) if as_of is None else as_of)
    court = Court(snapshot)
    found = [finding for pattern in known for finding in without_mirrors(court.findings(pattern))]
    told = without_included(found, known)
    return tuple(sorted(told, key=lambda finding: (ORDER.index(finding.tier), -finding.severity, finding.id)))


class Court:
    """Judges the candidates of a snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._weights = Weights(snapshot.ontology)
        self._wording = Wording(snapshot.ontology, snapshot.graph.entities)
        self._known: dict[int, str] = {}

    def findings(self, pattern: Pattern) -> Iterator[Finding]:
        """One finding for each party and its organizations, out of the ways in which it holds best."""
        for rows in candidates(pattern, self._snapshot).values():
            yield self._finding(pattern, rows)

    def _finding(self, pattern: Pattern, rows: Sequence[Candidate]) -> Finding:
        judged = [(row, rulings(Case(pattern, row, self._snapshot, self._wording))) for row in rows]
        tier = min((_tier(pattern, given) for _, given in judged), key=ORDER.index)
        best = [(row, given) for row, given in judged if _tier(pattern, given) is tier]
        kept, given = [row for row, _ in best], [ruling for _, several in best for ruling in several]
        link = self._link(pattern, kept[0])
        drivers = self._weights.drivers(pattern, kept, self._snapshot.graph)
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
        )

    def _ids(self, told: Iterable[Testimony]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self._id(said) for said in told))

    def _id(self, said: Testimony) -> str:
        """The claim's id, hashed once."""
        if said.place not in self._known:
            self._known[said.place] = said.statement.id
        return self._known[said.place]

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


def without_mirrors(findings: Iterable[Finding]) -> list[Finding]:
    """One of each two findings that differ only in the order of their organizations."""
    found: dict[tuple[str, frozenset[str], frozenset[str]], Finding] = {}
    for finding in sorted(findings, key=lambda f: (f.party, f.organizations)):
        found.setdefault((finding.party, frozenset(finding.organizations), frozenset(finding.premises)), finding)
    return list(found.values())


def without_included(findings: Sequence[Finding], known: Sequence[Pattern]) -> list[Finding]:
    """The findings without those that say less of the same party and pair; the stronger one names what it includes.

    A weaker pattern that holds is not hidden behind a stronger one that is only watched or was suppressed.
    """
    included = {pattern.name: pattern.includes for pattern in known}
    stronger: dict[Sides, int] = {}
    for finding in findings:
        for name in included[finding.pattern]:
            sides = _sides(finding, name)
            stronger[sides] = min(ORDER.index(finding.tier), stronger.get(sides, len(ORDER)))
    hidden = {
        _sides(finding, finding.pattern): ORDER.index(finding.tier)
        for finding in findings
        if stronger.get(_sides(finding, finding.pattern), len(ORDER)) <= ORDER.index(finding.tier)
    }
    shown = [finding for finding in findings if _sides(finding, finding.pattern) not in hidden]
    return [_naming(finding, included[finding.pattern], hidden) for finding in shown]


def _sides(finding: Finding, pattern: str) -> Sides:
    return pattern, finding.party, frozenset(finding.organizations[:2])


def _naming(finding: Finding, included: Sequence[str], hidden: Mapping[Sides, int]) -> Finding:
    """The finding with a driver of no weight for each weaker one that it stands for, and that holds or is watched."""
    places = range(ORDER.index(finding.tier), ORDER.index(Tier.SUPPRESSED))
    named = [name for name in included if hidden.get(_sides(finding, name)) in places]
    if not named:
        return finding
    return replace(finding, drivers=(*finding.drivers, *((f"includes {name}", 0.0) for name in named)))
