"""Timelines and near misses for readers, as text and as JSON values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from kg.conflicts.account import Line
from kg.conflicts.report import indented
from kg.conflicts.timeline import Period
from kg.conflicts.views import views_of
from kg.conflicts.whynot import Missing, NearMiss, WhyNot
from kg.conflicts.wording import Wording, headline, plain
from kg.model import Finding, Graph
from kg.ontology import Ontology

__all__ = ["span", "timeline_json", "timeline_text", "why_not_json", "why_not_text"]

MOST = 5
NO_TIMELINE = "no potential conflicts at any date"
OPEN = "…"


def span(period: Period) -> str:
    """As in ``2023-03 to 2024-01-31``; three dots where it has no first or last day."""
    begins = "known without a date" if period.begins is None else str(period.begins)
    return f"{begins} to {OPEN if period.ends is None else period.ends}"


def timeline_text(periods: Sequence[Period], graph: Graph, ontology: Ontology) -> str:
    """The periods of each finding, a line each."""
    wording = Wording(ontology, graph.entities)
    return indented(_timeline(periods, wording)) or NO_TIMELINE


def _timeline(periods: Sequence[Period], wording: Wording) -> Iterator[Line]:
    for heading, several in groupby(periods, key=lambda period: _heading(period.finding, wording)):
        yield Line(0, heading)
        for period in several:
            reason = f" ({plain(period.finding.reason)})" if period.finding.reason else ""
            yield Line(1, f"{span(period)}: {period.finding.tier}{reason}")


def timeline_json(periods: Iterable[Period], graph: Graph) -> list[dict[str, object]]:
    """The periods as JSON values."""
    return [
        {
            "pattern": period.finding.pattern,
            "party": graph.entities[period.finding.party].name,
            "organizations": [graph.entities[one].name for one in period.finding.organizations],
            "tier": str(period.finding.tier),
            "begins": str(period.begins) if period.begins else None,
            "ends": str(period.ends) if period.ends else None,
            "severity": period.finding.severity,
            "reason": period.finding.reason,
        }
        for period in periods
    ]


def why_not_text(told: WhyNot, graph: Graph, ontology: Ontology) -> str:
    """What is found of two parties, and the nearest of what is not."""
    return indented(_why_not(told, Teller(graph, ontology)))


def _why_not(told: WhyNot, teller: Teller) -> Iterator[Line]:
    for finding in told.findings:
        yield Line(0, f"{_heading(finding, teller.wording)} ({headline(finding.tier)})")
        yield Line(1, f"reason: {plain(finding.reason)}" if finding.reason else "it holds")
    nearest = [miss for miss in told.near_misses if len(miss.missing) == len(told.near_misses[0].missing)]
    for miss in nearest[:MOST]:
        yield Line(0, f"{teller.near(miss)}")
        yield from (Line(1, f"missing: {teller.missing(missing)}") for missing in miss.missing)
    if not told.findings and not told.near_misses:
        yield Line(0, "no pattern comes near: the two share too little")


class Teller:
    """Says near misses with names."""

    def __init__(self, graph: Graph, ontology: Ontology) -> None:
        self.wording = Wording(ontology, graph.entities)
        self._labels = views_of(ontology).labels

    def near(self, miss: NearMiss) -> str:
        """The pattern and whom it would name."""
        return f"nearly {miss.pattern}: {', '.join(self._name(one) for one in (miss.party, *miss.organizations))}"

    def missing(self, missing: Missing) -> str:
        """The tie that no text gives."""
        ends = " and ".join(self._name(end) for end in missing.ends)
        label = self._labels.get(missing.kind, "tie")
        return f"{'an' if label[0] in 'aeio' else 'a'} {label} between {ends}"

    def _name(self, entity: str | None) -> str:
        return self.wording.name(entity) if entity else "anybody"


def why_not_json(told: WhyNot, graph: Graph, ontology: Ontology) -> dict[str, object]:
    """The same as JSON values."""
    teller = Teller(graph, ontology)
    return {
        "findings": [
            {"pattern": f.pattern, "tier": str(f.tier), "id": f.id, "reason": f.reason} for f in told.findings
        ],
        "near_misses": [
            {"pattern": miss.pattern, "missing": [teller.missing(missing) for missing in miss.missing]}
            for miss in told.near_misses
        ],
    }


def _heading(finding: Finding, wording: Wording) -> str:
    names = [wording.name(entity) for entity in (finding.party, *finding.organizations)]
    return f"{finding.pattern}: {', '.join(names)}"
