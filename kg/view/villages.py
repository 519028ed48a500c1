"""Communities side by side, as villages on a map: each keeps its own layout, and tied ones stand near each other."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import networkx as nx

from kg.view.spread import Box, spread
from kg.view.stress import stress_layout

__all__ = ["Frame", "frame", "villages"]

Point: TypeAlias = tuple[float, float]
Places: TypeAlias = Mapping[str, Point]

ROUNDS = 3
IMAGES = ((1, 1), (1, -1), (-1, 1), (-1, -1))
APART = 40.0
SIZES = 0.3
FILLED = 0.5
ASPECT = 1.25
PATIENT = 900
SLOWLY = 1.01


@dataclass(frozen=True, slots=True)
class Frame:
    """The rectangle that nodes take with their labels."""

    left: float
    top: float
    width: float
    height: float

    @property
    def middle(self) -> Point:
        """Its centre."""
        return self.left + self.width / 2, self.top + self.height / 2


def frame(part: Places, boxes: Mapping[str, Box]) -> Frame:
    """The frame of some nodes."""
    left = min(x - boxes[node][0] for node, (x, _) in part.items())
    top = min(y - boxes[node][1] for node, (_, y) in part.items())
    right = max(x + boxes[node][0] for node, (x, _) in part.items())
    bottom = max(y + boxes[node][1] for node, (_, y) in part.items())
    return Frame(left, top, right - left, bottom - top)


def villages(tied: nx.Graph, made: Sequence[Places], boxes: Mapping[str, Box], edge: float) -> dict[str, Point]:
    """The communities ``made``, each moved and mirrored as a whole so that ties between them are short."""
    frames = [frame(part, boxes) for part in made]
    centred: Sequence[Places] = [
        {node: (x - f.middle[0], y - f.middle[1]) for node, (x, y) in part.items()}
        for part, f in zip(made, frames, strict=True)
    ]
    seats = seated(between(tied, made), frames, edge)
    outside = ties_outside(tied, made)
    for _ in range(ROUNDS):
        placed = moved(centred, seats)
        centred = [
            mirrored(part, seat, outside[index], placed)
            for index, (part, seat) in enumerate(zip(centred, seats, strict=True))
        ]
    return moved(centred, seats)


def between(tied: nx.Graph, made: Sequence[Places]) -> Counter[tuple[int, int]]:
    """How many ties there are between two communities."""
    home = {node: index for index, part in enumerate(made) for node in part}
    pairs = ((home[a], home[b]) for a, b in tied.edges())
    return Counter((min(pair), max(pair)) for pair in pairs if pair[0] != pair[1])


def ties_outside(tied: nx.Graph, made: Sequence[Places]) -> list[list[tuple[str, str]]]:
    """For each community its ties to others, the own end first."""
    return [
        [(node, other) for node in sorted(part) for other in sorted(tied[node]) if other not in part] for part in made
    ]


def seated(ties: Mapping[tuple[int, int], int], frames: Sequence[Frame], edge: float) -> list[Point]:
    """The middle of each community's place."""
    names = [f"{index:06}" for index in range(len(frames))]
    across = [(f.width + f.height) / 2 for f in frames]
    quotient = nx.Graph()
    quotient.add_nodes_from(names)
    for a, b in sorted(ties):
        quotient.add_edge(names[a], names[b], length=(SIZES * (across[a] + across[b]) + APART) / edge)
    boxes = {name: (f.width / 2 + APART, f.height / 2 + APART) for name, f in zip(names, frames, strict=True)}
    places = spread(roomy(stress_layout(quotient, edge), boxes), boxes, rounds=PATIENT, growth=SLOWLY)
    return [places[name] for name in names]


def roomy(places: Places, boxes: Mapping[str, Box]) -> dict[str, Point]:
    """Stretched to a landscape that the boxes fill by half, so that pushing them apart changes little."""
    ground = sum(4 * width * height for width, height in boxes.values()) / FILLED
    wished = math.sqrt(ground * ASPECT), math.sqrt(ground / ASPECT)
    ends = [(min(p[axis] for p in places.values()), max(p[axis] for p in places.values())) for axis in (0, 1)]
    factors = [wish / max(1.0, high - low) for wish, (low, high) in zip(wished, ends, strict=True)]
    return {node: (x * factors[0], y * factors[1]) for node, (x, y) in places.items()}


def moved(centred: Iterable[Places], seats: Iterable[Point]) -> dict[str, Point]:
    """Every node where its community's seat puts it."""
    return {
        node: (x + left, y + top)
        for part, (left, top) in zip(centred, seats, strict=True)
        for node, (x, y) in part.items()
    }


def mirrored(part: Places, seat: Point, outside: Sequence[tuple[str, str]], placed: Places) -> Places:
    """The one of the four mirror images whose ties to the outside are shortest; mirroring moves no box onto another."""

    def length(sides: tuple[int, int]) -> float:
        return sum(
            abs(seat[0] + sides[0] * part[node][0] - placed[other][0])
            + abs(seat[1] + sides[1] * part[node][1] - placed[other][1])
            for node, other in outside
        )

    across, down = min(IMAGES, key=length)
    return {node: (across * x, down * y) for node, (x, y) in part.items()}
