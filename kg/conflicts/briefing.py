"""A page in Markdown that a person can hand over: summary, one section a finding, timeline, sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from kg.conflicts.report import as_markdown, escaped
from kg.conflicts.telling import span
from kg.conflicts.timeline import Period
from kg.conflicts.wording import Wording, plain
from kg.model import Finding, Graph, Source
from kg.ontology import Ontology

__all__ = ["briefing"]

CAVEAT = (
    "Each finding is an indicator, made by rules out of what the texts below say. It is a potential conflict to "
    "review, not an accusation: nobody here is said to have done wrong. What speaks against a finding stands with it."
)


def briefing(
    findings: Sequence[Finding], graph: Graph, ontology: Ontology, as_of: date, periods: Sequence[Period] = ()
) -> str:
    """The page. ``periods`` of other findings than these are left out; sources are the documents that are quoted."""
    wording = Wording(ontology, graph.entities)
    parts = [f"# Potential conflicts of interest as of {as_of}", CAVEAT, "## Summary", *_summary(findings, wording)]
    parts += ["## Findings", as_markdown(findings, graph, ontology)]
    shown = {(f.pattern, f.party, f.organizations) for f in findings}
    told = [p for p in periods if (p.finding.pattern, p.finding.party, p.finding.organizations) in shown]
    if told:
        parts += ["## Timeline", _table(("finding", "when", "tier"), _rows(told, wording))]
    sources = sorted(_sources(findings, graph), key=lambda s: (s.published or date.max, s.source, s.id))
    if sources:
        parts += ["## Sources", _table(("published", "publisher", "title", "document"), map(_source, sources))]
    return "\n\n".join(parts)


def _summary(findings: Sequence[Finding], wording: Wording) -> list[str]:
    rows = ((f.pattern, _names(f, wording), str(f.tier), f"{f.severity:.3f}", str(f.modality)) for f in findings)
    count = f"{len(findings)} {'finding' if len(findings) == 1 else 'findings'}."
    return [count, _table(("pattern", "parties", "tier", "severity", "weakest edge"), rows)] if findings else [count]


def _rows(periods: Iterable[Period], wording: Wording) -> Iterator[tuple[str, ...]]:
    for period in periods:
        name = f"{period.finding.pattern}: {_names(period.finding, wording)}"
        yield name, span(period), str(period.finding.tier)


def _names(finding: Finding, wording: Wording) -> str:
    return ", ".join(wording.name(entity) for entity in (finding.party, *finding.organizations))


def _sources(findings: Iterable[Finding], graph: Graph) -> list[Source]:
    quoted = {claim for finding in findings for claim in (*finding.premises, *finding.mitigations)}
    remarked = {remark for finding in findings for remark in finding.remarks}
    documents = {s.claim.evidence.document_id for s in graph.statements if s.id in quoted} if quoted else set()
    documents |= {remark.span.document_id for remark in graph.remarks if remark.id in remarked}
    return [graph.documents[identifier] for identifier in documents]


def _source(source: Source) -> tuple[str, ...]:
    published = source.published.isoformat() if source.published else "undated"
    return published, plain(source.publisher or ""), plain(source.title or ""), plain(source.source)


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = ["| " + " | ".join(heads) + " |", "|" + " --- |" * len(heads)]
    lines += ["| " + " | ".join(escaped(cell) for cell in row) + " |" for row in rows]
    return "\n".join(lines)
