"""What the graph holds, in numbers: by type, relation, source, modality; and which namesakes are kept apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from kg.model import EntityType, Graph, Polarity

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


def open_questions(graph: Graph) -> Mapping[str, list[str]]:
    """Names that several people bear → the ids of those people."""
    people: dict[str, list[str]] = {}
    for entity in graph.entities.values():
        if entity.type is EntityType.PERSON:
            people.setdefault(entity.name, []).append(entity.id)
    return {name: sorted(ids) for name, ids in sorted(people.items()) if len(ids) > 1}


def _count(things: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(map(str, things)).items(), key=lambda pair: (-pair[1], pair[0])))
