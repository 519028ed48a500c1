"""What stands where when the page opens: everything, or above fifteen hundred the central part with folded communities.

A folded community is drawn as one node. The places of its members are kept relative to its middle, so that the page
can unfold it without computing a layout.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import networkx as nx

from kg.model import Graph
from kg.view.communities import communities
from kg.view.layout import CLOSE, arranged_apart, positions, simplified
from kg.view.nodes import box, boxes_of, looks, nodes
from kg.view.scope import drawn, tied
from kg.view.villages import frame

__all__ = ["FULL", "Scene", "scene"]

FULL = 1500
CENTRAL = 320
LARGEST = 300
SMALLEST = 8
GROUP_SIZE = 20
GROUP_GROWTH = 4
GROUP_FONT = 7

Place: TypeAlias = tuple[int, int]
Old: TypeAlias = Mapping[str, Place]


@dataclass(frozen=True, slots=True)
class Scene:
    """``nodes`` are drawn at first. ``members`` is the group of an entity that can be unfolded out of one."""

    nodes: list[dict[str, Any]]
    places: Mapping[str, Place]
    groups: list[dict[str, Any]]
    members: Mapping[str, int]


def scene(network: nx.MultiDiGraph, graph: Graph, old: Old | None = None) -> Scene:
    """All entities with a tie where these are few enough, else an overview."""
    everybody = tied(network)
    if len(everybody) <= FULL:
        made = nodes(network.subgraph(everybody), graph, old)
        return Scene(made, {node["id"]: (node["x"], node["y"]) for node in made}, [], {})
    return overview(network.subgraph(everybody), graph, old)


def overview(network: nx.MultiDiGraph, graph: Graph, old: Old | None) -> Scene:
    """The most central entities and everyone in a finding, with a node for each community."""
    everyone = looks(network, graph)
    first = drawn(network, graph.findings, CENTRAL)
    lines = simplified(network, graph.findings)
    folded = [part for part in gathered(communities(lines, LARGEST)) if not set(part).issubset(first)]
    groups = [group(part, network, graph, set(first)) for part in folded]
    members = {node: index for index, part in enumerate(folded) for node in part}
    sketch = sketched(lines, first, groups, members)
    boxes = boxes_of({node: everyone[node] for node in first}) | {
        g["id"]: box(g["name"], g["size"], GROUP_FONT) for g in groups
    }
    where = positions(sketch, graph.findings, boxes, old)
    inside = {
        node: place for part in folded for node, place in relative(lines.subgraph(part), boxes_of(everyone)).items()
    }
    shown = [{**everyone[node], "x": where[node][0], "y": where[node][1]} for node in first]
    placed = [{**g, "x": where[g["id"]][0], "y": where[g["id"]][1]} for g in groups]
    return Scene(shown, inside | {node: where[node] for node in first}, placed, members)


def gathered(found: list[list[str]]) -> list[list[str]]:
    """The communities, all that are very small put into one."""
    small = sorted(node for part in found if len(part) < SMALLEST for node in part)
    return [part for part in found if len(part) >= SMALLEST] + ([small] if small else [])


def group(part: list[str], network: nx.MultiDiGraph, graph: Graph, first: set[str]) -> dict[str, Any]:
    """A folded community, named after its most central member."""
    head = min(part, key=lambda node: (-network.degree(node), node))
    count = len(part) - len(first.intersection(part))
    size = round(GROUP_SIZE + GROUP_GROWTH * math.sqrt(count))
    return {"id": f"group:{head}", "name": graph.entities[head].name, "count": count, "size": size}


def sketched(lines: nx.Graph, first: list[str], groups: list[dict[str, Any]], members: Mapping[str, int]) -> nx.Graph:
    """What the overview is laid out from: the central tied to one another and their group, groups to the nearest."""
    sketch = nx.Graph()
    sketch.add_nodes_from([*first, *(one["id"] for one in groups)])
    sketch.add_edges_from(lines.subgraph(first).edges())
    sketch.add_edges_from((node, groups[members[node]]["id"]) for node in first if node in members)
    pairs = ((members[a], members[b]) for a, b in lines.edges() if a in members and b in members)
    across = Counter((min(pair), max(pair)) for pair in pairs if pair[0] != pair[1])
    nearest: dict[int, tuple[int, int]] = {}
    for (a, b), ties in sorted(across.items()):
        for one, other in ((a, b), (b, a)):
            nearest[one] = max(nearest.get(one, (0, 0)), (ties, -other))
    sketch.add_edges_from((groups[one]["id"], groups[-other]["id"]) for one, (_, other) in sorted(nearest.items()))
    return sketch


def relative(part: nx.Graph, boxes: Mapping[str, Any]) -> dict[str, Place]:
    """Places of a community's members about its middle."""
    placed = arranged_apart(part, boxes, CLOSE)
    middle = frame(placed, boxes).middle
    return {node: (round(x - middle[0]), round(y - middle[1])) for node, (x, y) in placed.items()}
