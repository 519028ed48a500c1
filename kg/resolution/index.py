"""Groups of units, and which of them are linked by name; kept up to date as units come and go.

A group posts marks and asks for marks; only groups that meet at one are compared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from kg.model import EntityType
from kg.resolution.bundles import Rules
from kg.resolution.groups import Group, GroupKey, asked, posted
from kg.resolution.links import Link, link
from kg.resolution.meant import called
from kg.resolution.naming import Naming
from kg.resolution.units import Unit

__all__ = ["Index", "home"]


def home(unit: Unit) -> GroupKey:
    """The key of the group that a unit belongs to."""
    return GroupKey(unit.type, unit.primary)


class Index:
    """Units by id and by group, groups by mark, links between groups."""

    def __init__(self, naming: Naming) -> None:
        self._naming = naming
        self._units: dict[GroupKey, dict[str, Unit]] = defaultdict(dict)
        self._posted: dict[str, list[GroupKey]] = defaultdict(list)
        self._posts: dict[GroupKey, tuple[str, ...]] = {}
        self.by_id: dict[str, Unit] = {}
        self.groups: dict[GroupKey, Group] = {}
        self.links: dict[GroupKey, dict[GroupKey, Link]] = {}

    def add(self, unit: Unit) -> None:
        """Takes a unit in; its group is made anew by ``regroup``."""
        self._units[home(unit)][unit.id] = self.by_id[unit.id] = unit

    def remove(self, unit: Unit) -> None:
        """Lets a unit go."""
        del self._units[home(unit)][unit.id], self.by_id[unit.id]

    def bearers(self, kind: EntityType, name: str) -> list[Unit]:
        """The units that are called so first of all, or else those that bear the name too."""
        key = self._naming.key(name, kind)
        mates = self._posted.get(f"{kind.value}={key}", [])
        return called((unit for mate in mates for unit in self._units[mate].values()), key)

    def regroup(self, keys: Iterable[GroupKey], rules: Rules) -> None:
        """Makes groups anew, and their links with those whose marks they share."""
        stale = sorted(keys)
        for key in stale:
            self._unlink(key)
            if self._units.get(key):
                self._post(Group(key, self._units[key].values()), rules)
        for key in stale:
            if key in self.groups:
                self._link(key, rules)

    def _post(self, group: Group, rules: Rules) -> None:
        key, kind = group.key, group.key.type.value
        self.groups[key] = group
        marks = posted(group, self._naming, rules.references_of(group.units))
        self._posts[key] = tuple(sorted(kind + mark for mark in marks))
        for mark in self._posts[key]:
            self._posted[mark].append(key)

    def _unlink(self, key: GroupKey) -> None:
        for mark in self._posts.pop(key, ()):
            self._posted[mark].remove(key)
            if not self._posted[mark]:
                del self._posted[mark]
        for other in self.links.pop(key, ()):
            self.links[other].pop(key, None)
        self.groups.pop(key, None)
        if not self._units.get(key):
            self._units.pop(key, None)

    def _link(self, key: GroupKey, rules: Rules) -> None:
        group, kind = self.groups[key], key.type.value
        references = rules.references_of(group.units)
        marks = asked(group, self._naming, references)
        mates = {other for mark in marks for other in self._posted.get(kind + mark, ())} - {key}
        for other in mates - {*self.links.get(key, ())}:
            first, second = sorted((key, other))
            shared = bool(references & rules.references_of(self.groups[other].units))
            found = link(self.groups[first], self.groups[second], self._naming, shared)
            if found:
                self.links.setdefault(key, {})[other] = found
                self.links.setdefault(other, {})[key] = found
