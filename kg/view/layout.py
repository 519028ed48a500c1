"""Where every entity stands: computed once, here, so that the browser only draws.

Each connected part is laid out by its distances, spread until no node or label covers another, and the parts are then
shelved side by side; a part too large for that is laid out community by community. Whom a finding names stands
together. What has a place keeps it, and newcomers join their neighbours. Coordinates are whole pixels.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import TypeAlias

import networkx as nx

from kg.model import Finding
from kg.view.communities import communities
from kg.view.newcomers import joined
from kg.view.spread import Box, spread
from kg.view.stress import stress_layout
from kg.view.sunflower import sunflower
from kg.view.villages import Frame, frame, villages

__all__ = ["CLOSE", "Point", "arranged_apart", "positions", "simplified"]

Point: TypeAlias = tuple[float, float]
Boxes: TypeAlias = Mapping[str, Box]

EDGE = 150.0
CLOSE = 85.0
ROOMY = 1.35
TOGETHER = 4.0
STRETCH = 1.12
FILLED = 0.28
CLEARED = 150
VILLAGE = 60
SHELF_ASPECT = 1.4
GAP = 60.0
KNOWN = 0.5


def positions(
    network: nx.MultiDiGraph,
    findings: Iterable[Finding],
    boxes: Boxes,
    old: Mapping[str, tuple[int, int]] | None = None,
) -> dict[str, tuple[int, int]]:
    """A place for every node of the network; ``boxes`` are the half width and half height that it needs.

    Where at least half of the nodes have an ``old`` place, these keep it, and the others come to stand beside them.
    """
    tied = simplified(network, findings)
    known = {node: old[node] for node in sorted(tied) if node in old} if old else {}
    if known and len(known) >= KNOWN * len(tied):
        placed: Mapping[str, Point] = joined(tied, known, boxes)
    else:
        placed = arranged_apart(tied, boxes, EDGE if len(tied) <= CLEARED else CLOSE)
    return {node: (round(x), round(y)) for node, (x, y) in sorted(placed.items())}


def arranged_apart(tied: nx.Graph, boxes: Boxes, edge: float) -> dict[str, Point]:
    """Every connected part on its own, the largest first, and the parts on shelves."""
    parts = sorted(nx.connected_components(tied), key=lambda part: (-len(part), min(part)))
    return shelved([arranged(tied.subgraph(part), boxes, edge) for part in parts], boxes)


def simplified(network: nx.MultiDiGraph, findings: Iterable[Finding]) -> nx.Graph:
    """One undirected line between two nodes, whatever ties them, and a roomier one among whom a finding names."""
    tied = nx.Graph()
    tied.add_nodes_from(sorted(network))
    tied.add_edges_from((a, b) for a, b in network.edges() if a != b)
    for finding in findings:
        named = {finding.party, *finding.organizations}.intersection(tied)
        tied.add_edges_from(combinations(sorted(named), 2), length=ROOMY, weight=TOGETHER)
    return tied


def arranged(part: nx.Graph, boxes: Boxes, edge: float) -> dict[str, Point]:
    """A connected part, whatever its size: as a whole, by its communities, or about its hub."""
    if len(part) <= CLEARED:
        return component(part, boxes, edge)
    within = communities(part, VILLAGE)
    if len(within) == 1:
        return sunflower(part, boxes)
    small = [part.subgraph(few) for few in within]
    made = [component(few, boxes, edge) if len(few) <= CLEARED else sunflower(few, boxes) for few in small]
    return villages(part, made, boxes, edge)


def component(part: nx.Graph, boxes: Boxes, edge: float) -> dict[str, Point]:
    """A connected part around its own middle, wider than high, with nothing on top of another."""
    if len(part) == 1:
        return dict.fromkeys(part, (0.0, 0.0))
    needed = {node: boxes[node] for node in sorted(part)}
    lines = sorted((min(a, b), max(a, b)) for a, b in part.edges())
    return spread(aired(stress_layout(part, edge), needed), needed, lines if edge > CLOSE else ())


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
    limit = max([math.sqrt(SHELF_ASPECT * sum(map(ground, frames))), *(one.width + GAP for one in frames)])
    placed: dict[str, Point] = {}
    left = top = shelf = 0.0
    for part, one in zip(parts, frames, strict=True):
        if left and left + one.width + GAP > limit:
            left, top, shelf = 0.0, top + shelf, 0.0
        placed |= {node: (x - one.left + left, y - one.top + top) for node, (x, y) in part.items()}
        left, shelf = left + one.width + GAP, max(shelf, one.height + GAP)
    return placed


def ground(one: Frame) -> float:
    """What a part takes on a shelf."""
    return (one.width + GAP) * (one.height + GAP)
