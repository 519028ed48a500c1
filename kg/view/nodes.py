"""How an entity is drawn: its shape, its label in at most two lines, its size and the room that it takes."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Mapping
from typing import Any

import networkx as nx

from kg.model import EntityType, Graph
from kg.view.layout import positions
from kg.view.spread import Box

__all__ = ["GROUPS", "boxes_of", "label", "looks", "nodes"]

GROUPS = {
    EntityType.PERSON.value: {"shape": "dot"},
    EntityType.ORGANIZATION.value: {"shape": "square"},
    EntityType.PRODUCT.value: {"shape": "diamond"},
    EntityType.PLACE.value: {"shape": "triangle"},
    "Group": {"shape": "hexagon"},
}
LINE_LENGTH = 18
FONT = 15
CHARACTER = 0.55
LINE_HEIGHT = 1.18
CROWD = 150
CROWDED_FONT = 7
LANDMARKS = 20
LANDMARK_SCALE = 3.2
CROWD_SCALE = 1.6


def looks(network: nx.MultiDiGraph, graph: Graph) -> dict[str, dict[str, Any]]:
    """Label, kind and size of every node of the network, by id."""
    large, crowded = landmarks(network), len(network) > CROWD
    scale = CROWD_SCALE if crowded else 1.0
    return {
        node: {
            "id": node,
            "label": label(graph.entities[node].name),
            "group": graph.entities[node].type.value,
            "size": round(size(network, node) * (LANDMARK_SCALE if node in large else scale)),
        }
        for node in sorted(network)
    }


def boxes_of(drawn: Mapping[str, Mapping[str, Any]]) -> dict[str, Box]:
    """The room that each needs. In a crowd labels make way for one another on the page, so less is kept free."""
    font = CROWDED_FONT if len(drawn) > CROWD else FONT
    return {node: box(look["label"], look["size"], font) for node, look in drawn.items()}


def nodes(
    network: nx.MultiDiGraph, graph: Graph, old: Mapping[str, tuple[int, int]] | None = None
) -> list[dict[str, Any]]:
    """The network's nodes with their places, for vis-network; ``old`` places are kept."""
    drawn = looks(network, graph)
    places = positions(network, graph.findings, boxes_of(drawn), old)
    return [{**look, "x": places[node][0], "y": places[node][1]} for node, look in drawn.items()]


def landmarks(network: nx.MultiDiGraph) -> set[str]:
    """In a crowd, the nodes with most neighbours: drawn larger, as a map names its cities before its villages."""
    ranked = sorted(network, key=lambda node: (-neighbours(network, node), node))
    return set(ranked[:LANDMARKS]) if len(ranked) > CROWD else set()


def neighbours(network: nx.MultiDiGraph, node: str) -> int:
    """How many others a node is tied to."""
    return len(set(nx.all_neighbors(network, node)))


def label(name: str) -> str:
    """A name on one or two short lines, cut with an ellipsis where it is longer."""
    first, *rest = textwrap.wrap(name, LINE_LENGTH) or ["?"]
    if len(rest) > 1:
        rest = [f"{rest[0][: LINE_LENGTH - 1]}…"]
    return "\n".join([first, *rest])


def size(network: nx.MultiDiGraph, node: str) -> float:
    """Grows with the square root of the number of neighbours."""
    return 10 + 3.4 * math.sqrt(min(36, neighbours(network, node)))


def box(text: str, radius: int, font: int) -> Box:
    """Half of the width and height that a node takes with the label under it."""
    lines = text.split("\n")
    width = max(map(len, lines)) * CHARACTER * font
    return max(radius, width / 2) + 10, radius + 6 + LINE_HEIGHT * font * len(lines) / 2
