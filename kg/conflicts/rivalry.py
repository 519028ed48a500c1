"""Rivals by their products: where one firm's product is said to compete with another's, their makers compete."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from kg.conflicts.tie import Edge, Tie
from kg.model import Entity, EntityType

__all__ = ["rivals_by_product"]

MAKING = ("develops", "acquired")


def rivals_by_product(
    ties: Mapping[Edge, Tie], entities: Mapping[str, Entity]
) -> Iterator[tuple[str, str, tuple[Tie, ...]]]:
    """Two makers and the ties that make them rivals: that the products compete, and who makes or bought each."""
    makers = _makers(ties, entities)
    for tie in ties.values():
        if tie.relation != "competitor_of" or not tie.ends & makers.keys():
            continue
        for left, left_ties in makers.get(tie.subject, [(tie.subject, ())]):
            for right, right_ties in makers.get(tie.object, [(tie.object, ())]):
                if left != right and _are_organizations((left, right), entities):
                    yield left, right, (tie, *left_ties, *right_ties)


def _makers(ties: Mapping[Edge, Tie], entities: Mapping[str, Entity]) -> dict[str, list[tuple[str, tuple[Tie, ...]]]]:
    found: dict[str, list[tuple[str, tuple[Tie, ...]]]] = defaultdict(list)
    for tie in ties.values():
        if tie.relation in MAKING and entities[tie.object].type is EntityType.PRODUCT:
            found[tie.object].append((tie.subject, (tie,)))
    return dict(found)


def _are_organizations(ends: tuple[str, str], entities: Mapping[str, Entity]) -> bool:
    return all(entities[end].type is EntityType.ORGANIZATION for end in ends)
