"""Where every entity stands: computed once, here, so that the browser only draws.

Each connected part is laid out by its distances, spread until no node or label covers another, and the parts are then
shelved side by side. Whom a finding names stands together. Coordinates are whole pixels.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import TypeAlias

import networkx as nx

from kg.model import Finding
from kg.view.spread import Box, spread
from kg.view.stress import stress_layout

__all__ = ["Point", "positions"]

Point: TypeAlias = tuple[float, float]
Boxes: TypeAlias = Mapping[str, Box]

EDGE = 150.0
ROOMY = 1.35
STRETCH = 1.12
FILLED = 0.28
CLEARED = 150
SHELF_ASPECT = 1.4
GAP = 70.0


def positions(network: nx.MultiDiGraph, findings: Iterable[Finding], boxes: Boxes) -> dict[str, tuple[int, int]]:
    """A place for every node of the network; ``boxes`` are the half width and half height that it needs."""
    tied = simplified(network, findings)
    parts = sorted(nx.connected_components(tied), key=lambda part: (-len(part), min(part)))
    placed = shelved([component(tied.subgraph(part), boxes) for part in parts], boxes)
    return {node: (round(x), round(y)) for node, (x, y) in sorted(placed.items())}


def simplified(network: nx.MultiDiGraph, findings: Iterable[Finding]) -> nx.Graph:
    """One undirected line between two nodes, whatever ties them, and a roomier one among whom a finding names."""
    tied = nx.Graph()
    tied.add_nodes_from(sorted(network))
    tied.add_edges_from((a, b) for a, b in network.edges() if a != b)
    for finding in findings:
        named = {finding.party, *finding.organizations}.intersection(tied)
        tied.add_edges_from(combinations(sorted(named), 2), length=ROOMY)
    return tied


def component(part: nx.Graph, boxes: Boxes) -> dict[str, Point]:
    """A connected part around its own middle, wider than high, with nothing on top of another."""
    if len(part) == 1:
        return dict.fromkeys(part, (0.0, 0.0))
    needed = {node: boxes[node] for node in sorted(part)}
    lines = sorted((min(a, b), max(a, b)) for a, b in part.edges())
    return spread(aired(stress_layout(part, EDGE), needed), needed, lines if len(part) <= CLEARED else ())


def aired(places: Mapping[str, Point], boxes: Boxes) -> dict[str, Point]:
    """Blown up, the more in width the wider the boxes, until they fill no more than a part of their ground."""
    wide, high = (extent(places.values(), axis) + 2 * max(box[axis] for box in boxes.values()) for axis in (0, 1))
    filled = sum(4 * width * height for width, height in boxes.values()) / (wide * STRETCH * high)
    factor = max(1.0, math.sqrt(filled / FILLED))
    return {node: (x * STRETCH * factor, y * factor) for node, (x, y) in places.items()}


def extent(places: Iterable[Point], axis: int) -> float:
    """From the least to the greatest coordinate."""
    values = [place[axis] for place in places]
    return max(values) - min(values)


def shelved(parts: list[dict[str, Point]], boxes: Boxes) -> dict[str, Point]:
    """Parts in reading order on shelves of one width, so that the whole is a landscape."""
    frames = [frame(part, boxes) for part in parts]
    area = sum(width * height for _, _, width, height in frames)
    limit = max([math.sqrt(SHELF_ASPECT * area), *(width for _, _, width, _ in frames)])
    placed: dict[str, Point] = {}
    left = top = shelf = 0.0
    for part, (x0, y0, width, height) in zip(parts, frames, strict=True):
        if left and left + width > limit:
            left, top, shelf = 0.0, top + shelf, 0.0
        placed |= {node: (x - x0 + left, y - y0 + top) for node, (x, y) in part.items()}
        left, shelf = left + width, max(shelf, height)
    return placed


def frame(part: Mapping[str, Point], boxes: Boxes) -> tuple[float, float, float, float]:
    """Left, top, width and height of a part with its labels and a gap around it."""
    left = min(x - boxes[node][0] for node, (x, _) in part.items())
    top = min(y - boxes[node][1] for node, (_, y) in part.items())
    right = max(x + boxes[node][0] for node, (x, _) in part.items())
    bottom = max(y + boxes[node][1] for node, (_, y) in part.items())
    return left, top, right - left + GAP, bottom - top + GAP
