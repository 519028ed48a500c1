"""Bundles → entities with a name, aliases and a readable id.

The id comes from the oldest document's wording, so that a newer document renames nothing. Of several entities that
would share an id, the one of the oldest document has it bare; the others get a suffix, a hash of their oldest unit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from kg.model import Entity, EntityType
from kg.resolution.bundles import Bundle
from kg.resolution.naming import Naming
from kg.resolution.units import Unit
from kg.vocab import entity_id, entity_name_id

__all__ = ["bare_id", "make_entity", "suffixed"]


def make_entity(bundle: Bundle, identifier: str, identifiers: tuple[tuple[str, str], ...] = ()) -> Entity:
    """The entity of a bundle under an id."""
    first, *others = names(bundle)
    return Entity(
        id=identifier,
        type=bundle.type,
        name=first,
        aliases=tuple(sorted(others)),
        identifiers=identifiers,
        mentions=tuple(sorted(mention for unit in bundle.units for mention in unit.mentions)),
    )


def names(bundle: Bundle) -> list[str]:
    """Its names, the best first: for people the fullest, else the most used; then the longer, then by alphabet."""
    used = _used(bundle.units)
    person = bundle.type is EntityType.PERSON
    return sorted(used, key=lambda name: (-len(name.split()) if person else 0, -used[name], -len(name), name))


def bare_id(bundle: Bundle, naming: Naming) -> str:
    """A readable id, ``person/elon-musk``: for people the first whole name, else the oldest document's usual one."""
    unit = bundle.units[0]
    if bundle.type is EntityType.PERSON:
        unit = next((one for one in bundle.units if _whole(one)), unit)
        return entity_name_id(bundle.type, unit.name.key)
    first = [one for one in bundle.units if one.anchor[:2] == unit.anchor[:2]]
    usual = min(_used(first).items(), key=lambda said: (-said[1], -len(said[0]), said[0]))[0]
    return entity_name_id(bundle.type, naming.key(usual, bundle.type) or usual)


def suffixed(identifier: str, oldest: str) -> str:
    """The id of one that shares its name with an older one; ``oldest`` is the id of its oldest unit."""
    return f"{identifier}-{entity_id(oldest)}"


def _used(units: Iterable[Unit]) -> Counter[str]:
    used: Counter[str] = Counter()
    for unit in units:
        used.update(dict(unit.names))
    return used


def _whole(unit: Unit) -> bool:
    return len(unit.name.words) > 1 and all(len(word) > 1 for word in (unit.name.words[0], unit.name.words[-1]))
