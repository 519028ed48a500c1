"""What judgements mean for units: the names in them stand for all that bear them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from kg.model import EntityType, Judgement, Verdict
from kg.resolution.bundles import Mark
from kg.resolution.judgements import Handle
from kg.resolution.units import Unit

__all__ = ["Bearers", "Meant", "Same", "called", "meant", "sorted_judgements"]

Same = tuple[frozenset[str], str]
"""Units that a judgement makes one (their ids), and what it says."""

Bearers = Callable[[EntityType, str], list[Unit]]
"""The units of a type that a name stands for."""


@dataclass(frozen=True, slots=True)
class Meant:
    """The sides of "different" that units are on, by their ids; the units that are the same, judgement by judgement."""

    different: dict[str, frozenset[Mark]]
    same: tuple[Same, ...]


def meant(judgements: Sequence[Judgement], bearers: Bearers) -> Meant:
    """Expands sorted judgements to the units that they are about."""
    marks: dict[str, set[Mark]] = defaultdict(set)
    same: list[Same] = []
    for number, said in enumerate(judgements):
        for kind in EntityType:
            left, right = _side(said.left, kind, bearers), _side(said.right, kind, bearers)
            if said.verdict is Verdict.SAME and left and right:
                same.append((frozenset(unit.id for unit in (*left, *right)), _told(said)))
            if said.verdict is Verdict.DIFFERENT:
                for side, units in (("left", left), ("right", right)):
                    for unit in units:
                        marks[unit.id].add((number, "each" if said.left == said.right else side))
    return Meant({key: frozenset(found) for key, found in marks.items()}, tuple(same))


def called(units: Iterable[Unit], key: str) -> list[Unit]:
    """The units that are called so first of all, or else those that bear the name too."""
    found = [unit for unit in units if key in unit.keys]
    return [unit for unit in found if unit.primary == key] or found


def sorted_judgements(judgements: Iterable[Judgement]) -> tuple[Judgement, ...]:
    """In an order that does not depend on that of the lines."""
    return tuple(sorted(judgements, key=lambda said: (said.left, said.right, said.verdict, said.date)))


def _side(said: str, kind: EntityType, bearers: Bearers) -> list[Unit]:
    handle = Handle.parse(said)
    found = bearers(kind, handle.name)
    if not handle.document:
        return found
    return [unit for unit in found if handle.document in (unit.document_key, unit.document_id)]


def _told(said: Judgement) -> str:
    about = ", ".join(word for word in (said.author, said.date, said.note) if word)
    return f"{said.left} | {said.right}" + (f" ({about})" if about else "")
