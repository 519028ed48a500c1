"""Findings for readers: JSON values, plain text, Markdown. Every edge comes with its sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from kg.conflicts.account import Account, Line
from kg.model import Finding, Graph, Remark, Statement
from kg.ontology import Ontology
from kg.vocab import iri

__all__ = ["as_json", "as_markdown", "as_text", "escaped", "indented"]

NOTHING = "no potential conflicts to review"
MARKUP = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~&:@=$^])")


def as_json(findings: Sequence[Finding], graph: Graph) -> list[dict[str, object]]:
    """The findings as JSON values: ids of findings and claims are bare, entities have their IRI and name."""
    statements = {statement.id: statement for statement in graph.statements} if findings else {}
    remarks = {remark.id: remark for remark in graph.remarks}
    return [_finding_json(finding, graph, statements, remarks) for finding in findings]


def _remark_json(remark: Remark, graph: Graph) -> dict[str, object]:
    source = graph.documents[remark.span.document_id]
    published = source.published.isoformat() if source.published else None
    return {"kind": remark.kind, "sentence": remark.span.quote, "document": source.key, "published": published}


def _finding_json(
    finding: Finding, graph: Graph, statements: Mapping[str, Statement], remarks: Mapping[str, Remark]
) -> dict[str, object]:
    party = graph.entities[finding.party]
    return {
        "id": finding.id,
        "pattern": finding.pattern,
        "tier": str(finding.tier),
        "as_of": finding.as_of.isoformat(),
        "party": {"iri": iri("entity", party.id), "name": party.name, "type": str(party.type)},
        "organizations": [
            {"iri": iri("entity", organization), "name": graph.entities[organization].name}
            for organization in finding.organizations
        ],
        "severity": finding.severity,
        "drivers": [{"name": name, "value": value} for name, value in finding.drivers],
        "modality": str(finding.modality),
        "premises": [_premise_json(statements[claim], graph) for claim in finding.premises],
        "mitigations": [_premise_json(statements[claim], graph) for claim in finding.mitigations],
        "reason": finding.reason,
        "remarks": [_remark_json(remarks[remark], graph) for remark in finding.remarks],
    }


def _premise_json(statement: Statement, graph: Graph) -> dict[str, object]:
    claim = statement.claim
    source = graph.documents[claim.evidence.document_id]
    return {
        "claim": statement.id,
        "relation": claim.predicate,
        "subject": graph.entities[statement.subject].name,
        "object": graph.entities[statement.object].name,
        "sentence": claim.evidence.quote,
        "document": source.key,
        "published": source.published.isoformat() if source.published else None,
    }


def as_text(findings: Sequence[Finding], graph: Graph, ontology: Ontology) -> str:
    """The findings as indented lines."""
    account = Account(graph, ontology)
    return "\n\n".join(indented(account.finding(finding)) for finding in findings) or NOTHING


def as_markdown(findings: Sequence[Finding], graph: Graph, ontology: Ontology) -> str:
    """The findings as Markdown, in which no text of a document or name becomes markup."""
    account = Account(graph, ontology)
    return "\n\n".join(_listed(account.finding(finding)) for finding in findings) or NOTHING


def indented(lines: Iterable[Line]) -> str:
    """One line each, two spaces a depth."""
    return "\n".join("  " * line.depth + line.text for line in lines)


def _listed(lines: Iterable[Line]) -> str:
    return "\n".join(_item(line) for line in lines)


def escaped(text: str) -> str:
    """The text with every character that could be markup made plain."""
    return MARKUP.sub(r"\\\1", text)


def _item(line: Line) -> str:
    text = escaped(line.text)
    return f"{'  ' * (line.depth - 1)}- {text}" if line.depth else f"### {text}\n"
