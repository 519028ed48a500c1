"""Findings and remarks ↔ the quads of the inferred graph."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date

from pyoxigraph import NamedNode, Quad

from kg.model import Finding, Modality, Remark, Span, Tier
from kg.rdf.terms import Description, describe, integer, kg, node, string, term, typed
from kg.vocab import INFERRED, KG, local

__all__ = ["finding_quads", "read_findings", "read_remarks", "remark_quads"]

GRAPH = NamedNode(INFERRED)


def finding_quads(findings: Iterable[Finding]) -> Iterator[Quad]:
    """Each finding with its pattern, parties, premises, mitigations and severity."""
    for finding in findings:
        subject = node("finding", finding.id)
        yield Quad(subject, term("rdf:type"), kg("Finding"), GRAPH)
        yield Quad(subject, kg("party"), node("entity", finding.party), GRAPH)
        yield Quad(subject, kg("asOf"), typed(finding.as_of.isoformat(), "date"), GRAPH)
        for name, kind, identifiers in _links(finding):
            for identifier in identifiers:
                yield Quad(subject, kg(name), node(kind, identifier), GRAPH)
        for name, value in _strings(finding).items():
            if value:
                yield Quad(subject, kg(name), string(value), GRAPH)


def _links(finding: Finding) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    yield "organization", "entity", finding.organizations
    yield "premise", "claim", finding.premises
    yield "mitigation", "claim", finding.mitigations
    yield "remark", "remark", finding.remarks


def remark_quads(remarks: Iterable[Remark]) -> Iterator[Quad]:
    """Each remark with its kind, its place and what it names."""
    for remark in remarks:
        subject, span = node("remark", remark.id), remark.span
        yield Quad(subject, term("rdf:type"), kg("Remark"), GRAPH)
        yield Quad(subject, kg("remarkKind"), string(remark.kind), GRAPH)
        yield Quad(subject, term("nif:referenceContext"), node("document", span.document_id), GRAPH)
        yield Quad(subject, term("nif:beginIndex"), integer(span.start), GRAPH)
        yield Quad(subject, term("nif:endIndex"), integer(span.end), GRAPH)
        yield Quad(subject, term("nif:anchorOf"), string(span.quote), GRAPH)
        for name, entities in (("names", remark.entities), ("namesNearby", remark.nearby)):
            for entity in entities:
                yield Quad(subject, kg(name), node("entity", entity), GRAPH)


def read_remarks(quads: Iterable[Quad]) -> tuple[Remark, ...]:
    """The remarks of the inferred graph, sorted by id."""
    found = (_remark(d) for d in describe(quads).values() if KG + "remarkKind" in d)
    return tuple(sorted(found, key=lambda remark: remark.id))


def _remark(described: Description) -> Remark:
    document = local(described[term("nif:referenceContext").value][0])
    start, end = (int(described[term(f"nif:{name}Index").value][0]) for name in ("begin", "end"))
    span = Span(document[1] if document else "", start, end, described[term("nif:anchorOf").value][0])
    return Remark(described[KG + "remarkKind"][0], span, _ids(described, "names"), _ids(described, "namesNearby"))


def _strings(finding: Finding) -> dict[str, str]:
    return {
        "pattern": finding.pattern,
        "tier": finding.tier,
        "organizations": json.dumps(finding.organizations),
        "premises": json.dumps(finding.premises),
        "severity": f"{finding.severity:.3f}",
        "drivers": json.dumps(finding.drivers, ensure_ascii=False),
        "modality": finding.modality,
        "reason": finding.reason,
    }


def read_findings(quads: Iterable[Quad]) -> tuple[Finding, ...]:
    """The findings of the inferred graph, gravest first as ``conflicts.find`` gives them."""
    findings = (_finding(d) for d in describe(quads).values() if KG + "premise" in d)
    order = list(Tier)
    return tuple(sorted(findings, key=lambda f: (order.index(f.tier), -f.severity, f.id)))


def _finding(described: Description) -> Finding:
    reason = described.get(KG + "reason", [""])
    return Finding(
        pattern=described[KG + "pattern"][0],
        tier=Tier(described[KG + "tier"][0]),
        party=_ids(described, "party")[0],
        organizations=tuple(json.loads(described[KG + "organizations"][0])),
        as_of=date.fromisoformat(described[KG + "asOf"][0]),
        severity=float(described[KG + "severity"][0]),
        drivers=tuple((name, value) for name, value in json.loads(described[KG + "drivers"][0])),
        modality=Modality(described[KG + "modality"][0]),
        premises=tuple(json.loads(described[KG + "premises"][0])),
        mitigations=_ids(described, "mitigation"),
        reason=reason[0],
        remarks=_ids(described, "remark"),
    )


def _ids(described: Description, name: str) -> tuple[str, ...]:
    known = (local(address) for address in described.get(KG + name, []))
    return tuple(sorted(pair[1] for pair in known if pair))
