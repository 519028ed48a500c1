"""When each finding begins and ends, by looking at the graph at every day on which something in it could change.

A day comes from a text: the day that it states, with the precision that it has (2014, 2014-03), or its publication.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from kg.conflicts.candidate import candidates
from kg.conflicts.finding import find
from kg.conflicts.groups import Groups, ownership
from kg.conflicts.pattern import patterns
from kg.conflicts.snapshot import claims_by_edge, of_ties
from kg.conflicts.tie import Standing, Testimony, Tie, weighed
from kg.model import Finding, Graph, PartialDate, Polarity, Tense, Tier
from kg.ontology import Ontology

__all__ = ["Period", "timeline"]

DAY = timedelta(days=1)
LINKS = ("acquired", "parent_of")


@dataclass(frozen=True, slots=True)
class Period:
    """A finding from ``begins`` to ``ends``, both included; None where it is older than any date, or goes on.

    ``finding`` is as of the first day; its tier stays the same for the whole of the period.
    """

    begins: PartialDate | None
    ends: PartialDate | None
    finding: Finding


def timeline(graph: Graph, ontology: Ontology) -> tuple[Period, ...]:
    """The periods of all findings, by party, organizations and pattern, each in the order of time."""
    told = _of_findings(graph, ontology)
    calendar = Calendar(told, int(dict(ontology.lexicon("windows"))["cooling_off_days"]))
    seen: dict[tuple[str, tuple[str, ...], str], dict[date, Finding]] = defaultdict(dict)
    for day in calendar.days:
        for finding in find(told, ontology, day):
            seen[finding.party, finding.organizations, finding.pattern][day] = finding
    return tuple(period for key in sorted(seen) for period in _periods(seen[key], calendar))


class Calendar:
    """The days on which something could change, and what the texts call them."""

    def __init__(self, graph: Graph, window: int) -> None:
        self._begins: dict[date, set[PartialDate]] = defaultdict(set)
        self._ends: dict[date, set[PartialDate]] = defaultdict(set)
        days: set[date] = set()
        for statement in graph.statements:
            claim, source = statement.claim, graph.documents[statement.claim.evidence.document_id]
            if claim.valid_from:
                self._begins[claim.valid_from.earliest].add(claim.valid_from)
            if claim.valid_until and claim.valid_until.latest < date.max:
                self._ends[claim.valid_until.latest + DAY].add(claim.valid_until)
            starts = [day for day in (source.published, claim.valid_from and claim.valid_from.earliest) if day]
            days.update(starts)
            if claim.predicate == "acquired":
                days.update(start + DAY for start in starts if start < date.max)
            elif claim.predicate not in LINKS:
                days.update(start + timedelta(days=window + 1) for start in starts if start.year < date.max.year - 10)
        days |= self._begins.keys() | self._ends.keys()
        first = min(days, default=date(1970, 1, 1))
        self.days = [*([first - DAY] if first > date.min else []), *sorted(days)]

    def begin(self, day: date) -> PartialDate | None:
        """The first day of a period as the texts give it, as coarse as they do; None for the time before all."""
        return None if day == self.days[0] else _coarsest(self._begins.get(day, ())) or PartialDate.of(day)

    def end(self, day: date) -> PartialDate:
        """The last day of a period that is over on that day."""
        return _coarsest(self._ends.get(day, ())) or PartialDate.of(day - DAY)


def _coarsest(dates: Iterable[PartialDate]) -> PartialDate | None:
    return min(dates, key=lambda one: (len(str(one)), str(one)), default=None)


def _periods(seen: Mapping[date, Finding], calendar: Calendar) -> Iterator[Period]:
    begun: date | None = None
    for day in calendar.days:
        tier, before = _tier(seen, day), _tier(seen, begun)
        if tier is not before or (begun is None and tier is not None):
            if begun is not None:
                yield Period(calendar.begin(begun), calendar.end(day), seen[begun])
            begun = day if tier is not None else None
    if begun is not None:
        yield Period(calendar.begin(begun), None, seen[begun])


def _tier(seen: Mapping[date, Finding], day: date | None) -> Tier | None:
    return seen[day].tier if day is not None and day in seen else None


def _of_findings(graph: Graph, ontology: Ontology) -> Graph:
    """The part of the graph that may ever bear on a finding: what its parties say of each other, and who owns whom."""
    heard = claims_by_edge(graph, ontology)
    ever = {edge: tie for edge in sorted(heard) if (tie := _ever(edge, heard[edge]))}
    snapshot = of_ties(graph, ontology, date.max, ever, Groups(ownership(ever, graph.entities)))
    sides = set(_leavers(graph))
    for pattern in patterns(ontology):
        for rows in candidates(pattern, snapshot).values():
            sides.update(end for row in rows for tie in row.ties for end in tie.ends)
    kept = (s for s in graph.statements if s.claim.predicate in LINKS or {s.subject, s.object} <= sides)
    return replace(graph, statements=tuple(kept))


def _ever(edge: tuple[str, str, str], told: Iterable[Testimony]) -> Tie | None:
    """The tie as if all that was ever affirmed stood."""
    affirmed = [one for one in told if one.claim.polarity is Polarity.AFFIRMED]
    return weighed(edge, Standing.HOLDS, affirmed, ()) if affirmed else None


def _leavers(graph: Graph) -> Iterator[str]:
    """Who left something, and all that they have a tie with: they may have moved."""
    left = {s.subject for s in graph.statements if s.claim.tense is Tense.PAST or s.claim.valid_until}
    for statement in graph.statements:
        if statement.subject in left:
            yield from (statement.subject, statement.object)
