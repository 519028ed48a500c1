"""The page's one block of data: plain values only, made from a graph."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

import networkx as nx

from kg.model import Entity, Finding, Graph, Reason
from kg.view import assets
from kg.view.evidence import document_data, statement_data
from kg.view.nodes import label
from kg.view.packing import pack
from kg.view.reasons import Why, merged, reasons_by_name
from kg.view.scene import Scene
from kg.view.scope import gravity
from kg.vocab import BASE, property_iri

__all__ = ["as_of", "content", "edge_data", "ended", "entity_data", "finding_data", "phrase"]


def content(
    graph: Graph,
    network: nx.MultiDiGraph,
    readings: Mapping[str, str],
    staged: Scene,
    reasons: Iterable[Reason] = (),
) -> dict[str, Any]:
    """Entities, statements, documents, findings and dates; what there may be many of is packed into columns.

    A statement names its ends and its document by their numbers, an edge its ends and its statements.
    """
    entities = {key: number for number, key in enumerate(sorted(graph.entities))}
    documents = {key: number for number, key in enumerate(sorted(graph.documents))}
    statements = {statement.id: number for number, statement in enumerate(graph.statements)}
    why = reasons_by_name(reasons)
    return {
        "entities": pack([entity_data(graph.entities[key], staged, why) for key in entities]),
        "edges": pack([numbered(edge, entities, statements) for edge in edge_list(network, as_of(graph))]),
        "statements": pack([statement_data(s, entities, documents) for s in graph.statements]),
        "documents": pack([document_data(graph.documents[key]) for key in documents]),
        "findings": [finding_data(f, graph, readings, statements) for f in sorted(graph.findings, key=gravity)],
        "groups": pack(staged.groups),
        "as_of": iso(as_of(graph)),
        "newest": iso(newest(graph)),
        "base": BASE,
        "queries": assets.queries(),
    }


def numbered(edge: dict[str, Any], entities: Mapping[str, int], statements: Mapping[str, int]) -> dict[str, Any]:
    """An edge that names its ends and statements by number."""
    ends = {end: entities[edge[end]] for end in ("from", "to")}
    return edge | ends | {"statements": [statements[key] for key in edge["statements"]]}


def newest(graph: Graph) -> date | None:
    """The day of the newest document."""
    return max((source.published for source in graph.documents.values() if source.published), default=None)


def as_of(graph: Graph) -> date | None:
    """The day that the findings speak of, else that of the newest document."""
    return max((finding.as_of for finding in graph.findings), default=newest(graph))


def iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def entity_data(entity: Entity, staged: Scene, why: Why) -> dict[str, Any]:
    """An entity's own words, its place, and why its names are one; an alias that is its name is left out."""
    x, y = staged.places.get(entity.id, (0, 0))
    return {
        "id": entity.id,
        "type": entity.type.value,
        "name": entity.name,
        "label": label(entity.name),
        "aliases": [alias for alias in entity.aliases if alias != entity.name],
        "identifiers": [list(pair) for pair in entity.identifiers],
        "mentions": len(entity.mentions),
        "merged": merged(entity, why),
        "x": x,
        "y": y,
        "home": staged.members.get(entity.id, -1),
    }


def edge_list(network: nx.MultiDiGraph, day: date | None) -> list[dict[str, Any]]:
    """Every edge with a number for its id, in alphabetical order of its ends and relation."""
    ordered = sorted(network.edges(keys=True, data=True), key=lambda edge: edge[:3])
    return [edge_data(f"e{number}", *edge, day=day) for number, edge in enumerate(ordered)]


def edge_data(
    key: str, subject: str, object_: str, predicate: str, data: Mapping[str, Any], *, day: date | None
) -> dict[str, Any]:
    """An edge as the page knows it; ``from`` and ``to`` are vis-network's names."""
    return {
        "id": key,
        "from": subject,
        "to": object_,
        "predicate": predicate,
        "label": phrase(predicate),
        "property": property_iri(predicate),
        "symmetric": data["symmetric"],
        "ended": data["lasting"] and (data["past"] or ended(data["claims"], day)),
        "sources": data["sources"],
        "first": data["first"],
        "statements": [claim["id"] for claim in data["claims"]],
    }


def ended(claims: list[Mapping[str, Any]], day: date | None) -> bool:
    """Whether some affirmed claim gives an end before the day."""
    if day is None:
        return False
    ends = [claim["valid_until"] for claim in claims if claim["polarity"] == "affirmed" and claim["valid_until"]]
    return any(end < day.isoformat()[: len(end)] for end in ends)


def finding_data(finding: Finding, graph: Graph, readings: Mapping[str, str], held: Collection[str]) -> dict[str, Any]:
    """A finding's card. Premises and mitigations that are not among the ids ``held`` are left out."""
    return {
        "id": finding.id,
        "pattern": phrase(finding.pattern),
        "tier": finding.tier.value,
        "reading": reading(finding, graph.entities, readings),
        "party": finding.party,
        "organizations": list(finding.organizations),
        "as_of": finding.as_of.isoformat(),
        "severity": f"{finding.severity:.2f}",
        "drivers": [[phrase(name), f"{value:+.2f}"] for name, value in finding.drivers],
        "modality": finding.modality.value,
        "premises": [claim for claim in finding.premises if claim in held],
        "mitigations": [claim for claim in finding.mitigations if claim in held],
        "reason": finding.reason,
    }


def reading(finding: Finding, entities: Mapping[str, Entity], readings: Mapping[str, str]) -> str:
    """The plain reading of the finding or of its pattern, ``{party}``, ``{a}``, ``{b}``, ``{c}`` filled with names."""
    who = dict(zip("abcdefgh", finding.organizations, strict=False)) | {"party": finding.party}
    names = {key: entities[entity].name if entity in entities else entity for key, entity in who.items()}
    pattern = readings.get(finding.id, readings.get(finding.pattern, ""))
    return re.sub(r"\{(\w+)\}", lambda slot: names.get(slot[1], slot[0]), pattern)


def phrase(label: str) -> str:
    """``board_member_of`` → ``board member of``."""
    return label.replace("_", " ")
