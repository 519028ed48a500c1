"""What the graph holds, in numbers: by type, relation, source, modality; and which namesakes are kept apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from kg.model import Graph, Polarity, Reason, Verdict

__all__ = ["open_questions", "statistics"]


def statistics(graph: Graph) -> dict[str, dict[str, int]]:
    """Heading → counted thing → how often, the most frequent first."""
    claims = [statement.claim for statement in graph.statements]
    return {
        "entities": _count(entity.type for entity in graph.entities.values()),
        "relations": _count(claim.predicate for claim in claims),
        "modality": _count("denied" if c.polarity is Polarity.DENIED else c.modality for c in claims),
        "sources": _count(s.publisher or s.source for s in graph.documents.values()),
        "findings": _count(f"{finding.pattern} ({finding.tier})" for finding in graph.findings),
    }


def open_questions(graph: Graph, reasons: Iterable[Reason]) -> list[Reason]:
    """Pairs of entities that may be one and were left apart, those first whose answer would move most claims."""
    told = Counter(end for s in graph.statements for end in {s.subject, s.object})
    asked = {r.entities: r for r in reasons if r.verdict is Verdict.UNSURE and len(r.entities) == 2}
    return sorted(asked.values(), key=lambda r: (-min(told[entity] for entity in r.entities), r.entities))


def _count(things: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(map(str, things)).items(), key=lambda pair: (-pair[1], pair[0])))
