"""Why the names of an entity were taken to mean one, or were kept apart: the reasons of the resolution by name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TypeAlias

from kg.model import Entity, Reason, Verdict

__all__ = ["Why", "merged", "reasons_by_name"]

Why: TypeAlias = Mapping[str, Counter[tuple[str, str, str]]]

SHOWN = 12


def reasons_by_name(reasons: Iterable[Reason]) -> Why:
    """A name, its case folded → (verdict, feature, name) and how often each decided."""
    spoken: dict[str, Counter[tuple[str, str, str]]] = {}
    for reason in reasons:
        said = (reason.verdict.value, reason.feature.replace("_", " "), reason.value)
        spoken.setdefault(reason.value.casefold(), Counter())[said] += 1
    return spoken


def merged(entity: Entity, why: Why) -> list[list[str]]:
    """At most twelve (verdict, feature, name, how often), those that join before those that part."""
    names = sorted({name.casefold() for name in (entity.name, *entity.aliases)})
    found = sum((why[name] for name in names if name in why), Counter[tuple[str, str, str]]())
    order = sorted(found.items(), key=lambda one: (one[0][0] != Verdict.SAME, one[0]))
    return [[*said, str(times)] for said, times in order][:SHOWN]
