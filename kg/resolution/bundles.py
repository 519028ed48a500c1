"""Units that are taken to be one thing so far, with what is known of them together."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from kg.model import EntityType
from kg.resolution.units import Unit

__all__ = ["Bundle", "Rules"]

T = TypeVar("T")
Mark = tuple[int, str]


class Rules:
    """What judgements and reference lists say of units.

    ``different`` are the marks that judgements set on units: two that bear the two sides of one are never one.
    ``references`` are the entries of reference lists that a unit's names stand for: no two different ones are one.
    """

    def __init__(self, different: dict[str, frozenset[Mark]], references: dict[tuple[EntityType, str], str]) -> None:
        self._different = different
        self._references = references

    def marks(self, unit: Unit) -> frozenset[Mark]:
        """The sides of judgements that a unit is on."""
        return self._different.get(unit.id, frozenset())

    def references(self, unit: Unit) -> frozenset[str]:
        """The entries that its name stands for, or else its other names."""
        if not self._references:
            return frozenset()
        own = self._references.get((unit.type, unit.primary))
        others = (self._references.get((unit.type, key)) for key in unit.keys)
        return frozenset({own}) if own else frozenset(other for other in others if other)

    def binds(self, unit: Unit) -> bool:
        """Whether anything is said of it."""
        return bool(unit.id in self._different or self.references(unit))


class Bundle:
    """Units taken as one thing. Grows by ``take``."""

    def __init__(self, units: Iterable[Unit], rules: Rules) -> None:
        self.units = sorted(units, key=lambda unit: unit.anchor)
        first = self.units[0]
        self.type, self.primary, self.name = first.type, first.primary, first.name
        self.keys = _all(unit.keys for unit in self.units)
        self.near, self.around = _all(u.near for u in self.units), _all(u.around for u in self.units)
        self.firms, self.seats = _all(u.firms for u in self.units), _all(u.seats for u in self.units)
        self.births, self.apart = _all(u.births for u in self.units), _all(u.apart for u in self.units)
        self.ids = frozenset(unit.id for unit in self.units)
        self.documents = frozenset(unit.document_id for unit in self.units)
        self.marks = _all(rules.marks(unit) for unit in self.units)
        self.references = _all(rules.references(unit) for unit in self.units)

    @property
    def anchor(self) -> tuple[str, str, str]:
        """That of its oldest unit."""
        return self.units[0].anchor

    @property
    def id(self) -> str:
        """The id of its oldest unit."""
        return self.units[0].id

    def take(self, other: Bundle) -> None:
        """Adds what another one holds."""
        self.units = sorted([*self.units, *other.units], key=lambda unit: unit.anchor)
        for name in ("keys", "near", "around", "firms", "seats", "births", "apart", "ids", "documents", "marks", "references"):
            setattr(self, name, getattr(self, name) | getattr(other, name))

    def forbids(self, other: Bundle) -> str:
        """The feature that keeps the two apart whatever their score, or ""."""
        if self.judged_apart(other):
            return "judgement"
        if self.references and other.references and self.references != other.references:
            return "other_identifier"
        if self.births and other.births and not self.births & other.births:
            return "other_birth_year"
        if self.apart & other.ids or other.apart & self.ids:
            return "claim_between_them"
        return ""

    def judged_apart(self, other: Bundle) -> bool:
        """Whether a judgement says that the two are different."""
        return any((number, OTHER[side]) in other.marks for number, side in self.marks)


OTHER = {"left": "right", "right": "left", "each": "each"}


def _all(sets: Iterable[frozenset[T]]) -> frozenset[T]:
    return frozenset().union(*sets)
