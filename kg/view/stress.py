"""Distances on paper that follow distances in the graph: stress minimised by stochastic gradient descent.

After Zheng, Pawar & Goodman, "Graph drawing by stochastic gradient descent" (2018). Pure arithmetic from a fixed seed:
the same on every machine.
"""

from __future__ import annotations

import math
from itertools import combinations
from random import Random
from typing import TypeAlias

import networkx as nx

__all__ = ["stress_layout"]

Point: TypeAlias = tuple[float, float]
Term: TypeAlias = tuple[str, str, float]

SEED = 7
EPOCHS = 30
SAMPLE = 20_000
EMPHASIS = 3
FINEST_STEP = 0.05


def stress_layout(part: nx.Graph, edge: float) -> dict[str, Point]:
    """A connected graph laid out so that neighbours are about ``edge`` apart, its longer side lying down."""
    random = Random(SEED)  # noqa: S311 - for looks, not for secrets
    terms = wished(part, edge, random)
    reach = edge * math.sqrt(len(part))
    nodes = sorted(part)
    places = [(random.uniform(-reach, reach), random.uniform(-reach, reach)) for _ in nodes]
    xs, ys = [x for x, _ in places], [y for _, y in places]
    number = {node: index for index, node in enumerate(nodes)}
    numbered = [(number[a], number[b], distance) for a, b, distance in terms]
    for step in steps(terms):
        random.shuffle(numbered)
        settle(xs, ys, numbered, step)
    return lying_down(dict(zip(nodes, zip(xs, ys, strict=True), strict=True)))


def wished(part: nx.Graph, edge: float, random: Random) -> list[Term]:
    """Pairs with their wished distance: every tie, thrice so that it counts, and of the other pairs a sample
    where there are too many.
    """
    lengths = nx.Graph()
    lengths.add_weighted_edges_from((a, b, edge * room(part, a, b)) for a, b in sorted(part.edges()))
    reached = {node: nx.single_source_dijkstra_path_length(lengths, node) for node in sorted(lengths)}
    near = [pair for pair in combinations(sorted(lengths), 2) if part.has_edge(*pair)]
    far = [pair for pair in combinations(sorted(lengths), 2) if not part.has_edge(*pair)]
    if len(far) > SAMPLE:
        far = random.sample(far, SAMPLE)
    return [(a, b, reached[a][b]) for a, b in near * EMPHASIS + far]


def room(part: nx.Graph, a: str, b: str) -> float:
    """Grows with the number of neighbours that only one of the two has, and with the ``length`` of the edge."""
    apart = len(set(part[a]) ^ set(part[b]))
    return float(part[a][b].get("length", 1.0)) * (0.8 + 0.1 * math.sqrt(apart))


def steps(terms: list[Term]) -> list[float]:
    """Step sizes from the coarsest to the finest, falling by one factor."""
    distances = [distance for _, _, distance in terms]
    coarsest, finest = max(distances) ** 2, FINEST_STEP * min(distances) ** 2
    fall = math.log(finest / coarsest) / (EPOCHS - 1)
    return [coarsest * math.exp(fall * epoch) for epoch in range(EPOCHS)]


def settle(xs: list[float], ys: list[float], terms: list[tuple[int, int, float]], step: float) -> None:
    """Moves each pair in turn towards its wished distance, half way each; nearly all of a layout's time goes here."""
    root = math.sqrt
    for a, b, distance in terms:
        dx, dy = xs[a] - xs[b], ys[a] - ys[b]
        apart = root(dx * dx + dy * dy) or 1e-9
        pull = step / (distance * distance)
        share = (pull if pull < 1.0 else 1.0) * (apart - distance) / (2 * apart)
        dx, dy = share * dx, share * dy
        xs[a] -= dx
        ys[a] -= dy
        xs[b] += dx
        ys[b] += dy


def lying_down(places: dict[str, Point]) -> dict[str, Point]:
    """Turned about the middle so that the main axis is horizontal."""
    count = len(places)
    middle_x, middle_y = (sum(place[axis] for place in places.values()) / count for axis in (0, 1))
    centred = {node: (x - middle_x, y - middle_y) for node, (x, y) in places.items()}
    xx, yy = (sum(place[axis] ** 2 for place in centred.values()) for axis in (0, 1))
    xy = sum(x * y for x, y in centred.values())
    angle = 0.5 * math.atan2(2 * xy, xx - yy)
    cos, sin = math.cos(angle), math.sin(angle)
    return {node: (x * cos + y * sin, y * cos - x * sin) for node, (x, y) in centred.items()}
