"""Groups of units → entities with a name, aliases and a readable id."""

from __future__ import annotations

from collections import Counter

from kg.model import Entity, EntityType, MentionForm
from kg.resolution.units import Unit
from kg.vocab import entity_id, entity_name_id

__all__ = ["make_entities"]


def make_entities(groups: list[list[Unit]]) -> tuple[Entity, ...]:
    """One entity a group, sorted by id. Groups that would share an id get one with a suffix each."""
    named = [(_names(units), units) for units in groups]
    wanted = Counter(entity_name_id(units[0].cluster.type, names[0]) for names, units in named)
    entities = [_entity(names, units, wanted) for names, units in named]
    return tuple(sorted(entities, key=lambda entity: entity.id))


def _entity(names: list[str], units: list[Unit], wanted: Counter[str]) -> Entity:
    identifier = entity_name_id(units[0].cluster.type, names[0])
    if wanted[identifier] > 1:
        identifier += "-" + entity_id(min(unit.id for unit in units))
    return Entity(
        id=identifier,
        type=units[0].cluster.type,
        name=names[0],
        aliases=tuple(sorted(names[1:])),
        mentions=tuple(sorted(mention.id for unit in units for mention in unit.cluster.mentions)),
    )


def _names(units: list[Unit]) -> list[str]:
    """Its names, the best first: for people the fullest, else the most used; then the longer, then by alphabet."""
    used = Counter(m.text for u in units for m in u.cluster.mentions if m.form is MentionForm.NAME)
    person = units[0].cluster.type is EntityType.PERSON
    return sorted(used, key=lambda name: (-len(name.split()) if person else 0, -used[name], -len(name), name))
