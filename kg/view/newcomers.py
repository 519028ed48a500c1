"""A layout that grows: what has a place keeps it, what is new comes to stand beside whom it is tied to."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import TypeAlias

import networkx as nx

from kg.view.spread import Box, overlaps, spread

__all__ = ["joined"]

Point: TypeAlias = tuple[float, float]

NEAREST = 130.0
RING = 70.0
RINGS = 40
DIRECTIONS = 12
TOUCHING = 2.0


def joined(tied: nx.Graph, old: Mapping[str, tuple[int, int]], boxes: Mapping[str, Box]) -> dict[str, Point]:
    """Places for all nodes. Only where a box has grown into another are known nodes moved, as little as it takes."""
    placed: dict[str, Point] = {node: (float(x), float(y)) for node, (x, y) in old.items()}
    for node in arrivals(tied, placed):
        placed[node] = free_place(node, placed, boxes, middle(tied, node, placed))
    return spread(placed, boxes) if overlaps(placed, boxes, TOUCHING) else placed


def arrivals(tied: nx.Graph, placed: Mapping[str, Point]) -> Iterator[str]:
    """The new nodes, each after one that it is tied to where there is such a one."""
    waiting = sorted(set(tied).difference(placed))
    while waiting:
        ready = [node for node in waiting if any(other in placed for other in tied[node])] or waiting[:1]
        yield from ready
        waiting = [node for node in waiting if node not in set(ready)]


def middle(tied: nx.Graph, node: str, placed: Mapping[str, Point]) -> Point:
    """Between its neighbours that have a place; for one without any, below all others."""
    near = [placed[other] for other in sorted(tied[node]) if other in placed]
    if near:
        return sum(x for x, _ in near) / len(near), sum(y for _, y in near) / len(near)
    return min((x for x, _ in placed.values()), default=0.0), max(
        (y for _, y in placed.values()), default=0.0
    ) + NEAREST


def free_place(node: str, placed: Mapping[str, Point], boxes: Mapping[str, Box], near: Point) -> Point:
    """The first place on widening rings around a point where the node's box covers no other."""
    width, height = boxes[node]
    taken = [(*placed[other], *boxes[other]) for other in placed]
    for ring in range(RINGS):
        for step in range(DIRECTIONS):
            angle = 2 * math.pi * step / DIRECTIONS
            x, y = (
                near[0] + 1.3 * (NEAREST + ring * RING) * math.cos(angle),
                near[1] + (NEAREST + ring * RING) * math.sin(angle),
            )
            if all(abs(x - left) >= width + wide or abs(y - top) >= height + high for left, top, wide, high in taken):
                return x, y
    return near
