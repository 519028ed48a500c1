"""Units that are taken to be one thing so far, with what is known of them together."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import TypeVar

from kg.model import EntityType
from kg.resolution.naming import Name
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

    def references_of(self, units: Iterable[Unit]) -> frozenset[str]:
        """The entries that the names of units stand for."""
        return _all(self.references(unit) for unit in units) if self._references else frozenset()

    def differ(self, other: Rules) -> set[str]:
        """The units of which two sets of rules say something else."""
        mine, others = self._different, other._different
        return {unit for unit in mine.keys() | others.keys() if mine.get(unit) != others.get(unit)}

    def binds(self, unit: Unit) -> bool:
        """Whether anything is said of it."""
        return bool(unit.id in self._different or self.references(unit))


class Bundle:
    """Units taken as one thing, the oldest first. What is known of them together is worked out when asked for."""

    def __init__(self, units: Iterable[Unit], rules: Rules) -> None:
        self.units = sorted(units, key=lambda unit: unit.anchor)
        self._rules = rules

    def with_all(self, other: Bundle) -> Bundle:
        """A bundle of the units of both."""
        return Bundle((*self.units, *other.units), self._rules)

    @property
    def type(self) -> EntityType:
        """That of its units."""
        return self.units[0].type

    @property
    def name(self) -> Name:
        """That of its oldest unit."""
        return self.units[0].name

    @property
    def primary(self) -> str:
        """The key of its oldest unit's name."""
        return self.units[0].primary

    @property
    def anchor(self) -> tuple[str, str, str]:
        """That of its oldest unit."""
        return self.units[0].anchor

    @property
    def id(self) -> str:
        """The id of its oldest unit."""
        return self.units[0].id

    @cached_property
    def keys(self) -> frozenset[str]:
        """The keys of all its names."""
        return _all(unit.keys for unit in self.units)

    @cached_property
    def near(self) -> frozenset[str]:
        """What stands near one of its units."""
        return _all(unit.near for unit in self.units)

    @cached_property
    def around(self) -> frozenset[str]:
        """What stands in a document of one of its units."""
        return _all(unit.around for unit in self.units)

    @cached_property
    def firms(self) -> frozenset[str]:
        """The organizations that it belongs to."""
        return _all(unit.firms for unit in self.units)

    @cached_property
    def seats(self) -> frozenset[str]:
        """Its places."""
        return _all(unit.seats for unit in self.units)

    @cached_property
    def births(self) -> frozenset[str]:
        """The years of birth that texts give."""
        return _all(unit.births for unit in self.units)

    @cached_property
    def apart(self) -> frozenset[str]:
        """The units that claims tie to it."""
        return _all(unit.apart for unit in self.units)

    @cached_property
    def ids(self) -> frozenset[str]:
        """The ids of its units."""
        return frozenset(unit.id for unit in self.units)

    @cached_property
    def documents(self) -> frozenset[str]:
        """The documents of its units."""
        return frozenset(unit.document_id for unit in self.units)

    @cached_property
    def marks(self) -> frozenset[Mark]:
        """The sides of judgements that it is on."""
        return _all(self._rules.marks(unit) for unit in self.units)

    @cached_property
    def references(self) -> frozenset[str]:
        """The entries of reference lists that its names stand for."""
        return _all(self._rules.references(unit) for unit in self.units)

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
    first, *others = sets
    return first.union(*others) if others else first
