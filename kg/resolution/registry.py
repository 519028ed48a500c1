"""Bundles → entities under ids that nothing else has; kept up to date as bundles come and go."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from kg.model import Entity
from kg.resolution.bundles import Bundle
from kg.resolution.entities import bare_id, make_entity, suffixed
from kg.resolution.naming import Naming

__all__ = ["Registry"]

Identifiers = tuple[tuple[str, str], ...]


class Registry:
    """Which entity every unit became."""

    def __init__(self, naming: Naming) -> None:
        self._naming = naming
        self._bare: dict[str, list[Bundle]] = defaultdict(list)
        self._entities: dict[str, Entity] = {}
        self._ids: dict[str, str] = {}

    def entities(self) -> tuple[Entity, ...]:
        """All of them, sorted by id."""
        return tuple(sorted(self._entities.values(), key=lambda entity: entity.id))

    def of_unit(self, unit_id: str) -> Entity:
        """The entity that a unit became."""
        return self._entities[self._ids[unit_id]]

    def exchange(self, gone: Iterable[Bundle], new: Iterable[Bundle], identifiers: Mapping[str, Identifiers]) -> None:
        """Drops bundles and takes others in, whose identifiers stand under their ids; names anew what shares a name."""
        touched = {self._drop(one) for one in gone} | {self._keep(one) for one in new}
        for bare in sorted(touched):
            self._name(bare, identifiers)

    def _drop(self, one: Bundle) -> str:
        bare = bare_id(one, self._naming)
        self._bare[bare] = [other for other in self._bare[bare] if other is not one]
        self._entities.pop(self._ids.get(one.id, ""), None)
        for unit in one.units:
            self._ids.pop(unit.id, None)
        return bare

    def _keep(self, one: Bundle) -> str:
        bare = bare_id(one, self._naming)
        self._bare[bare].append(one)
        return bare

    def _name(self, bare: str, identifiers: Mapping[str, Identifiers]) -> None:
        several = sorted(self._bare[bare], key=lambda one: one.anchor)
        if not several:
            del self._bare[bare]
        known = {one.id: self._known(one, identifiers) for one in several}
        for one in several:
            self._entities.pop(self._ids.get(one.id, ""), None)
        for index, one in enumerate(several):
            entity = make_entity(one, suffixed(bare, one.id) if index else bare, known[one.id])
            self._entities[entity.id] = entity
            self._ids |= dict.fromkeys((unit.id for unit in one.units), entity.id)

    def _known(self, one: Bundle, identifiers: Mapping[str, Identifiers]) -> Identifiers:
        """The identifiers of a new bundle, or those that an old one has."""
        if one.id in identifiers:
            return identifiers[one.id]
        entity = self._entities.get(self._ids.get(one.id, ""))
        return entity.identifiers if entity else ()
