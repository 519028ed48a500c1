"""Which part of a graph a page shows, and which part of that is drawn at once."""

from __future__ import annotations

from collections.abc import Iterable

import networkx as nx

from kg.errors import NotFound
from kg.model import Finding, Graph, Tier

__all__ = ["drawn", "foremost", "gravity", "neighbourhood", "tied"]


def neighbourhood(graph: Graph, network: nx.MultiDiGraph, focus: str, hops: int) -> Graph:
    """What lies within ``hops`` ties of an entity; raises NotFound where the graph lacks it.

    A finding belongs to it when everyone whom it names does.
    """
    if focus not in graph.entities:
        raise NotFound(f"the graph holds no entity {focus!r}", way_out="Search for its id with `kg query`")
    near = set(nx.single_source_shortest_path_length(network.to_undirected(as_view=True), focus, cutoff=hops))
    return among(graph, near)


def foremost(graph: Graph, network: nx.MultiDiGraph, most: int) -> Graph:
    """Everyone in a finding, then those with most ties: ``most`` entities, or all of the findings where these are more.

    So a page of a very large graph stays one that a browser opens.
    """
    return graph if len(graph.entities) <= most else among(graph, set(drawn(network, graph.findings, most)))


def among(graph: Graph, near: set[str]) -> Graph:
    """What is said between these entities, the documents quoted, and the findings that name none but these."""
    statements = tuple(s for s in graph.statements if s.subject in near and s.object in near)
    quoted = {s.claim.evidence.document_id for s in statements}
    return Graph(
        entities={key: graph.entities[key] for key in sorted(near)},
        statements=statements,
        documents={key: graph.documents[key] for key in sorted(quoted & graph.documents.keys())},
        findings=tuple(f for f in graph.findings if near.issuperset(named(f))),
    )


def named(finding: Finding) -> tuple[str, ...]:
    """Everyone whom a finding names, the party first."""
    return (finding.party, *finding.organizations)


def gravity(finding: Finding) -> tuple[int, float, str, str]:
    """Sorts findings: graver tier, higher severity, then pattern and id."""
    return list(Tier).index(finding.tier), -finding.severity, finding.pattern, finding.id


def tied(network: nx.MultiDiGraph) -> list[str]:
    """Ids of the entities that are tied to another."""
    return sorted(node for node in network if any(other != node for other in nx.all_neighbors(network, node)))


def drawn(network: nx.MultiDiGraph, findings: Iterable[Finding], capacity: int) -> list[str]:
    """Ids of at most ``capacity`` entities with a tie: those of findings, gravest first, then those with most ties."""
    flagged = [entity for finding in sorted(findings, key=gravity) for entity in named(finding)]
    neighbours = {node: len(set(nx.all_neighbors(network, node))) for node in network}
    central = sorted(network, key=lambda node: (-neighbours[node], -network.degree(node), node))
    chosen = [node for node in dict.fromkeys([*flagged, *central]) if neighbours.get(node)]
    return sorted(chosen[: max(capacity, sum(bool(neighbours.get(node)) for node in set(flagged)))])
