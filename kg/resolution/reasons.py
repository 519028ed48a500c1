"""Decisions about units → reasons for who is who, in one order."""

from __future__ import annotations

from collections.abc import Iterable

from kg.model import Reason
from kg.resolution.clusters import Decision

__all__ = ["reason_of", "sorted_reasons"]


def reason_of(decision: Decision, names: tuple[str, str], entities: Iterable[str]) -> Reason:
    """A decision with the names of its two units and the ids of what they became."""
    told = (decision.verdict, decision.feature, decision.value, decision.score)
    return Reason(names[0], names[1], *told, tuple(sorted({*entities})))


def sorted_reasons(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    """Each once, sorted by all that it says."""
    return tuple(sorted({*reasons}, key=_order))


def _order(reason: Reason) -> tuple[str, ...]:
    return (reason.left, reason.right, reason.verdict, reason.feature, reason.value, reason.score, *reason.entities)
