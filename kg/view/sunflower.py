"""A hub with its many leaves, which no distances and no communities can order: seeds of a sunflower about it.

After Vogel, "A better way to construct the sunflower head" (1979).
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import networkx as nx

from kg.view.spread import Box, spread

__all__ = ["sunflower"]

TURN = math.pi * (3 - math.sqrt(5))
AIR = 1.5


def sunflower(part: nx.Graph, boxes: Mapping[str, Box]) -> dict[str, tuple[float, float]]:
    """The node with most neighbours in the middle, the others outward in the order in which they are reached."""
    hub = min(part, key=lambda node: (-part.degree(node), node))
    steps = nx.single_source_shortest_path_length(part, hub)
    order = sorted(part, key=lambda node: (steps.get(node, len(part)), node))
    half_width, half_height = (math.sqrt(sum(box[axis] ** 2 for box in boxes.values()) / len(boxes)) for axis in (0, 1))
    places = {
        node: (
            AIR * 2 * half_width * math.sqrt(rank) * math.cos(rank * TURN) / math.sqrt(math.pi) * 1.2,
            AIR * 2 * half_height * math.sqrt(rank) * math.sin(rank * TURN) / math.sqrt(math.pi) * 1.2,
        )
        for rank, node in enumerate(order)
    }
    return spread(places, {node: boxes[node] for node in part})
