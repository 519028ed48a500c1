"""Units → groups of units that are one entity, with the reasons."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from itertools import pairwise

from kg.model import EntityType, Reason, Verdict
from kg.resolution.units import Unit

__all__ = ["group"]

Group = list[Unit]


class Partition:
    """Union-find over things known by their index, the smallest index of a set standing for it."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))

    def root(self, item: int) -> int:
        """The one that stands for the set of this item."""
        while self._parent[item] != item:
            self._parent[item] = self._parent[self._parent[item]]
            item = self._parent[item]
        return item

    def join(self, left: int, right: int) -> None:
        """Makes one set of two."""
        low, high = sorted((self.root(left), self.root(right)))
        self._parent[high] = low

    def sets(self) -> list[list[int]]:
        """All sets, each sorted, in the order of their smallest."""
        found: dict[int, list[int]] = defaultdict(list)
        for item in range(len(self._parent)):
            found[self.root(item)].append(item)
        return list(found.values())


def group(units: Sequence[Unit]) -> tuple[list[Group], list[Reason]]:
    """Groups of one entity each, and why: by fullest name, for people by common company, then by alias."""
    groups: list[Group] = []
    reasons: list[Reason] = []
    for same_name in _by(units, lambda unit: (unit.cluster.type, unit.primary)).values():
        parts = _people(same_name) if same_name[0].cluster.type is EntityType.PERSON else [same_name]
        groups += parts
        reasons += _merge_reasons(parts) + _namesake_reasons(parts)
    merged, alias_reasons = _by_alias(groups)
    return merged, reasons + alias_reasons


def _by(units: Iterable[Unit], key: Callable[[Unit], Hashable]) -> dict[Hashable, Group]:
    found: dict[Hashable, Group] = defaultdict(list)
    for unit in units:
        found[key(unit)].append(unit)
    return found


def _people(namesakes: Group) -> list[Group]:
    """People of one name: one where something near the one turns up around the other, or where nothing tells."""
    told = [unit for unit in namesakes if unit.near]
    untold = [unit for unit in namesakes if not unit.near]
    partition = Partition(len(told))
    homes: dict[str, list[int]] = defaultdict(list)
    for index, unit in enumerate(told):
        for key in unit.near:
            homes[key].append(index)
    for index, unit in enumerate(told):
        for key in sorted(unit.around):
            for other in homes.get(key, ()):
                partition.join(index, other)
    parts = [[told[i] for i in members] for members in partition.sets()]
    if len(parts) > 1:
        return parts + [[unit] for unit in untold]
    return [sorted([*told, *untold], key=lambda unit: unit.id)]


def _by_alias(groups: list[Group]) -> tuple[list[Group], list[Reason]]:
    """A group whose fullest name is an alias of exactly one other group's joins it; of several, none."""
    bearers: dict[tuple[EntityType, str], list[int]] = defaultdict(list)
    for index, members in enumerate(groups):
        kind, primary = members[0].cluster.type, members[0].primary
        for key in sorted({key for unit in members for key in unit.keys} - {primary}):
            bearers[kind, key].append(index)
    partition, reasons = Partition(len(groups)), []
    for index, members in enumerate(groups):
        kind, primary = members[0].cluster.type, members[0].primary
        others = [other for other in bearers.get((kind, primary), []) if other != index]
        others = [other for other in others if _related(members, groups[other])]
        if len(others) == 1:
            partition.join(index, others[0])
        for other in others:
            verdict = Verdict.SAME if len(others) == 1 else Verdict.UNSURE
            reasons.append(Reason(members[0].id, groups[other][0].id, verdict, "alias", primary))
    merged = [[unit for index in indexes for unit in groups[index]] for indexes in partition.sets()]
    return merged, reasons


def _related(known_by_alias: Group, full: Group) -> bool:
    """Firms and products share an alias by bearing it; people only beside a common firm, product or person."""
    if full[0].cluster.type is not EntityType.PERSON:
        return True
    near, around = {k for u in full for k in u.near}, {k for u in full for k in u.around}
    return any(unit.near & around or unit.around & near for unit in known_by_alias)


def _merge_reasons(parts: list[Group]) -> list[Reason]:
    return [
        Reason(first.id, unit.id, Verdict.SAME, "same_name", unit.primary)
        for first, *others in parts
        for unit in others
    ]


def _namesake_reasons(parts: list[Group]) -> list[Reason]:
    return [
        Reason(left[0].id, right[0].id, Verdict.UNSURE, "namesakes_without_common_company", left[0].primary)
        for left, right in pairwise(parts)
    ]
