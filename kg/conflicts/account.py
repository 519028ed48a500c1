"""Accounts of what the graph holds, down to the sentences, as lines that any format can render."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from kg.conflicts.pattern import ORGANIZATIONS, patterns
from kg.conflicts.tie import Edge
from kg.conflicts.wording import Wording, fill, headline, plain
from kg.model import Claim, Finding, Graph, Polarity, Remark, Source, Statement, Tense
from kg.ontology import Ontology
from kg.rdf import canonical_tie
from kg.vocab import iri

__all__ = ["Account", "Line"]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an account. Depth 0 is a heading; the text is free of control characters."""

    depth: int
    text: str


class Account:
    """Tells findings, edges and claims of a graph."""

    def __init__(self, graph: Graph, ontology: Ontology) -> None:
        self._graph = graph
        self._ontology = ontology
        self.wording = Wording(ontology, graph.entities)
        self._patterns = {pattern.name: pattern for pattern in patterns(ontology)}

    @cached_property
    def statements(self) -> dict[str, Statement]:
        """Claim id → claim."""
        return {statement.id: statement for statement in self._graph.statements}

    @cached_property
    def remarks(self) -> dict[str, Remark]:
        """Remark id → remark."""
        return {remark.id: remark for remark in self._graph.remarks}

    def remark(self, depth: int, remark: Remark) -> Line:
        """The sentence of a remark, where it stands, and what it says."""
        source = self._graph.documents[remark.span.document_id]
        return Line(depth, f"“{plain(remark.span.quote)}” ({_origin(source)}; {remark.kind.replace('_', ' ')})")

    def finding(self, finding: Finding) -> Iterator[Line]:
        """What a finding says, its basis, severity and reason, and each edge with its sentences."""
        names = [self.wording.name(entity) for entity in (finding.party, *finding.organizations)]
        yield Line(0, f"{plain(finding.pattern)}: {', '.join(names)} ({headline(finding.tier)})")
        pattern = self._patterns.get(finding.pattern)
        if pattern:
            filled = dict(zip(("party", *ORGANIZATIONS), names, strict=False))
            yield Line(1, fill(pattern.reading, filled))
            yield Line(1, f"basis: {pattern.basis}")
        yield Line(1, f"as of {finding.as_of}; tier {finding.tier}; weakest edge {finding.modality}")
        yield Line(1, f"severity {finding.severity:.3f} = {_sum(finding.drivers)}")
        if finding.reason:
            yield Line(1, f"reason: {plain(finding.reason)}")
        yield from self._edges(finding.premises)
        if finding.mitigations or finding.remarks:
            yield Line(1, "what speaks against it")
            yield from (self.sentence(2, self.statements[claim]) for claim in finding.mitigations)
            yield from (self.remark(2, self.remarks[remark]) for remark in finding.remarks)
        yield Line(1, iri("finding", finding.id))

    def sentence(self, depth: int, statement: Statement) -> Line:
        """The sentence of a claim, where it stands, and how firmly it says what."""
        claim = statement.claim
        source = self._graph.documents[claim.evidence.document_id]
        firmness = ", ".join(_firmness(claim))
        return Line(depth, f"“{plain(claim.evidence.quote)}” ({_origin(source)}; {firmness})")

    def claim(self, statement: Statement) -> Iterator[Line]:
        """All that is known of one claim."""
        claim = statement.claim
        yield Line(0, f"claim: {self.wording.tie((statement.subject, claim.predicate, statement.object))}")
        yield self.sentence(1, statement)
        yield Line(1, f"said of “{plain(claim.subject.text)}” and “{plain(claim.object.text)}”")
        yield Line(1, f"characters {claim.evidence.start} to {claim.evidence.end}")
        yield from (Line(1, f"{name}: {plain(value)}") for name, value in _terms(claim) if value)
        yield Line(1, f"confidence {claim.confidence:.3f}" + (f", by {claim.extractor}" if claim.extractor else ""))
        yield Line(1, iri("document", claim.evidence.document_id))

    def _edges(self, claims: Sequence[str]) -> Iterator[Line]:
        by_edge: dict[Edge, list[Statement]] = {}
        for statement in (self.statements[claim] for claim in claims):
            by_edge.setdefault(canonical_tie(statement, self._ontology), []).append(statement)
        for edge, told in by_edge.items():
            yield Line(1, self.wording.tie(edge))
            yield from (self.sentence(2, statement) for statement in told)


def _sum(drivers: Iterable[tuple[str, float]]) -> str:
    return ", ".join(f"{plain(name)} {value:+.3f}" for name, value in drivers)


def _origin(source: Source) -> str:
    published = source.published.isoformat() if source.published else "undated"
    return ", ".join(plain(part) for part in (source.publisher, published, source.title, source.source) if part)


def _firmness(claim: Claim) -> Iterator[str]:
    if claim.polarity is Polarity.DENIED:
        yield "denied"
    yield str(claim.modality)
    if claim.tense is not Tense.CURRENT:
        yield str(claim.tense)
    if claim.attributed_to:
        yield f"attributed to {plain(claim.attributed_to)}"
    if claim.valid_from:
        yield f"from {claim.valid_from}"
    if claim.valid_until:
        yield f"until {claim.valid_until}"


def _terms(claim: Claim) -> tuple[tuple[str, str], ...]:
    q = claim.qualifiers
    amount = " ".join(part for part in (q.amount, q.currency) if part)
    return (("title", q.title or ""), ("amount", amount), ("share", f"{q.share} percent" if q.share else ""))
