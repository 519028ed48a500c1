"""Moves boxes apart until none covers another: the last pass of a layout."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, product
from typing import TypeAlias

__all__ = ["Box", "overlaps", "spread"]

Box: TypeAlias = tuple[float, float]
Point: TypeAlias = tuple[float, float]

Line: TypeAlias = tuple[str, str]

ROUNDS = 160
GROWTH = 1.04
MARGIN = 16.0


def spread(
    places: Mapping[str, Point],
    boxes: Mapping[str, Box],
    lines: Sequence[Line] = (),
    *,
    rounds: int = ROUNDS,
    growth: float = GROWTH,
) -> dict[str, Point]:
    """The places, moved as little as it takes; ``boxes`` are half widths and half heights.

    Each round pushes every overlapping pair apart along the axis that needs less, and for the first half of the rounds
    also every node off the lines that are not its own. A crowd that has not come to rest after many rounds is inflated
    a little at a time, which always ends.
    """
    moved = dict(sorted(places.items()))
    cell = cell_of(boxes)
    for turn in range(rounds):
        crossed = turn < rounds // 2 and push_off(moved, lines, boxes)
        if not push_apart(moved, boxes, cell) and not crossed:
            break
        if turn > rounds // 2:
            moved = {node: (x * growth, y * growth) for node, (x, y) in moved.items()}
    return moved


def cell_of(boxes: Mapping[str, Box]) -> tuple[float, ...]:
    """Width and height of a cell in which only neighbours of neighbours can touch."""
    return tuple(2 * max((box[axis] for box in boxes.values()), default=1.0) for axis in (0, 1))


def overlaps(places: Mapping[str, Point], boxes: Mapping[str, Box], tolerance: float) -> bool:
    """Whether any two boxes cover each other by more than the tolerance in both directions."""
    return any(
        all(boxes[a][axis] + boxes[b][axis] - abs(places[a][axis] - places[b][axis]) > tolerance for axis in (0, 1))
        for a, b in close_pairs(places, cell_of(boxes))
    )


def push_off(moved: dict[str, Point], lines: Sequence[Line], boxes: Mapping[str, Box]) -> bool:
    """One round over all lines and nodes; whether a line ran through a node that it does not join."""
    touched = False
    for a, b in lines:
        for node in moved:
            step = None if node in (a, b) else sideways(moved[node], moved[a], moved[b], MARGIN + boxes[node][1] / 2)
            if step:
                touched = True
                moved[node] = (moved[node][0] + step[0], moved[node][1] + step[1])
    return touched


def sideways(point: Point, start: Point, end: Point, margin: float = MARGIN) -> Point | None:
    """A step off the line from start to end for a point that lies too near to it, else None."""
    along = (end[0] - start[0], end[1] - start[1])
    length = math.hypot(*along)
    if length < 1:
        return None
    offset = (point[0] - start[0], point[1] - start[1])
    share = (offset[0] * along[0] + offset[1] * along[1]) / length**2
    away = (offset[1] * along[0] - offset[0] * along[1]) / length
    if not 0 < share < 1 or abs(away) >= margin:
        return None
    step = math.copysign(min(6.0, margin - abs(away) + 0.5), away)
    return -along[1] / length * step, along[0] / length * step


def push_apart(moved: dict[str, Point], boxes: Mapping[str, Box], cell: tuple[float, ...]) -> bool:
    """One round over all close pairs; whether any overlapped."""
    touched = False
    for a, b in close_pairs(moved, cell):
        (ax, ay), (bx, by) = moved[a], moved[b]
        over_x = boxes[a][0] + boxes[b][0] - abs(ax - bx)
        over_y = boxes[a][1] + boxes[b][1] - abs(ay - by)
        if over_x <= 0.5 or over_y <= 0.5:
            continue
        touched = True
        if over_x < over_y:
            step = over_x / 2 if ax < bx or (ax == bx and a < b) else -over_x / 2
            moved[a], moved[b] = (ax - step, ay), (bx + step, by)
        else:
            step = over_y / 2 if ay < by or (ay == by and a < b) else -over_y / 2
            moved[a], moved[b] = (ax, ay - step), (bx, by + step)
    return touched


def close_pairs(moved: Mapping[str, Point], cell: tuple[float, ...]) -> Iterator[tuple[str, str]]:
    """Pairs in the same or adjoining cells of a grid, each pair once, in an order of its own."""
    grid: defaultdict[tuple[int, int], list[str]] = defaultdict(list)
    for node, (x, y) in moved.items():
        grid[int(x // cell[0]), int(y // cell[1])].append(node)
    for (column, row), here in list(grid.items()):
        yield from combinations(here, 2)
        for dx, dy in ((1, -1), (1, 0), (1, 1), (0, 1)):
            yield from product(here, grid.get((column + dx, row + dy), ()))
