"""How an entity is drawn: its shape, its label in at most two lines, its size and the room that it takes."""

from __future__ import annotations

import math
import textwrap
from typing import Any

import networkx as nx

from kg.model import EntityType, Graph
from kg.view.layout import positions
from kg.view.spread import Box

__all__ = ["GROUPS", "label", "nodes"]

GROUPS = {
    EntityType.PERSON.value: {"shape": "dot"},
    EntityType.ORGANIZATION.value: {"shape": "square"},
    EntityType.PRODUCT.value: {"shape": "diamond"},
    EntityType.PLACE.value: {"shape": "triangle"},
}
LINE_LENGTH = 18
CHARACTER = 9.4
LINE_HEIGHT = 20


def nodes(network: nx.MultiDiGraph, graph: Graph) -> list[dict[str, Any]]:
    """The network's nodes with their places, for vis-network."""
    labels = {node: label(graph.entities[node].name) for node in sorted(network)}
    sizes = {node: size(network, node) for node in labels}
    places = positions(network, graph.findings, {node: box(labels[node], sizes[node]) for node in labels})
    return [
        {
            "id": node,
            "label": labels[node],
            "group": graph.entities[node].type.value,
            "size": sizes[node],
            "x": places[node][0],
            "y": places[node][1],
        }
        for node in labels
    ]


def label(name: str) -> str:
    """A name on one or two short lines, cut with an ellipsis where it is longer."""
    first, *rest = textwrap.wrap(name, LINE_LENGTH) or ["?"]
    if len(rest) > 1:
        rest = [f"{rest[0][: LINE_LENGTH - 1]}…"]
    return "\n".join([first, *rest])


def size(network: nx.MultiDiGraph, node: str) -> int:
    """Grows with the square root of the number of neighbours."""
    return round(10 + 3.4 * math.sqrt(min(36, len(set(nx.all_neighbors(network, node))))))


def box(text: str, radius: int) -> Box:
    """Half of the width and height that a node takes with the label under it."""
    lines = text.split("\n")
    return max(radius, max(map(len, lines)) * CHARACTER / 2) + 10, radius + 6 + LINE_HEIGHT * len(lines) / 2
