"""Keeps who is who up to date while documents come and go.

The result is a function of the documents, judgements and reference lists that it holds, never of the order in which
they came. A document costs what its own names and their candidates cost: groups are found through marks, and only the
components that a change touches are bundled again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from kg.model import Entity, EntityType, Extraction, Judgement, Reason, Reference, Resolution, Verdict
from kg.resolution.bundles import Bundle, Mark, Rules
from kg.resolution.clusters import Decision, bundle
from kg.resolution.entities import bare_id, make_entity, suffixed
from kg.resolution.groups import Group, GroupKey, asked, posted
from kg.resolution.judgements import Handle
from kg.resolution.lexicon import Lexicon
from kg.resolution.links import Link, link
from kg.resolution.references import keyed
from kg.resolution.units import Unit, units_of

__all__ = ["Resolver"]


class Component:
    """Groups that are tied by name, what became of them, and why."""

    def __init__(self, groups: Sequence[GroupKey], bundles: Sequence[Bundle], decisions: Sequence[Decision]) -> None:
        self.groups, self.bundles, self.decisions = groups, bundles, decisions


class Resolver:
    """Holds units, finds who is who. ``add`` and ``remove`` documents, then ask for the ``resolution``."""

    def __init__(
        self, lexicon: Lexicon, judgements: Iterable[Judgement] = (), references: Iterable[Reference] = ()
    ) -> None:
        self._lexicon = lexicon
        self._judgements = tuple(sorted(judgements, key=lambda said: (said.left, said.right, said.verdict, said.date)))
        self._references = {reference.id: reference for reference in references}
        self._keyed = keyed(self._references.values(), lexicon.naming)
        self._rivals = self._judged_names()
        self._rules = Rules({}, self._keyed)
        self._marks: dict[str, frozenset[Mark]] = {}
        self._same: tuple[tuple[frozenset[str], str], ...] = ()
        self._documents: dict[str, list[Unit]] = {}
        self._by_id: dict[str, Unit] = {}
        self._units: dict[GroupKey, dict[str, Unit]] = defaultdict(dict)
        self._groups: dict[GroupKey, Group] = {}
        self._posted: dict[str, list[GroupKey]] = defaultdict(list)
        self._posts: dict[GroupKey, tuple[str, ...]] = {}
        self._links: dict[GroupKey, dict[GroupKey, Link]] = defaultdict(dict)
        self._component: dict[GroupKey, Component] = {}
        self._bare: dict[str, list[Bundle]] = defaultdict(list)
        self._entities: dict[str, Entity] = {}
        self._ids: dict[str, str] = {}
        self._stale: set[GroupKey] = set()

    # ---- documents

    def add(self, extraction: Extraction) -> None:
        """Takes a document in, in place of what it held under its id."""
        self.remove(extraction.document.id)
        units = units_of(extraction, self._lexicon.naming, self._lexicon.renaming, self._are_rivals)
        self._documents[extraction.document.id] = units
        for unit in units:
            key = _home(unit)
            self._units[key][unit.id] = self._by_id[unit.id] = unit
            self._stale.add(key)

    def remove(self, document_id: str) -> None:
        """Forgets a document."""
        for unit in self._documents.pop(document_id, ()):
            key = _home(unit)
            del self._units[key][unit.id], self._by_id[unit.id]
            self._stale.add(key)

    # ---- results

    def resolution(self) -> Resolution:
        """Every named unit's entity, sorted by id, with the reasons."""
        self.refresh()
        entities = tuple(sorted(self._entities.values(), key=lambda entity: entity.id))
        components = {id(component): component for component in self._component.values()}.values()
        reasons = [self._reason(decision) for component in components for decision in component.decisions]
        return Resolution(entities, tuple(sorted(set(reasons), key=_reason_order)), self._judgements)

    def entity_of_unit(self, unit_id: str) -> Entity:
        """The entity that a unit became by the last refresh."""
        return self._entities[self._ids[unit_id]]

    def refresh(self) -> frozenset[str]:
        """Brings what follows from changed documents up to date; the ids of the units that may have a new entity."""
        self._regroup(self._stale)
        self._regroup(self._apply_judgements())
        touched = self._reach(self._stale)
        self._stale = set()
        changed = self._bundle_again(touched)
        return frozenset(unit.id for one in changed for unit in one.units)

    # ---- groups and links

    def _regroup(self, keys: Iterable[GroupKey]) -> None:
        """Makes groups anew and links them with those whose marks they share."""
        known, stale = self._lexicon.naming, sorted(keys)
        for key in stale:
            self._unlink(key)
            if self._units.get(key):
                self._groups[key] = group = Group(key, self._units[key].values())
                self._posts[key] = tuple(sorted(posted(group, known, self._references_of(group))))
                for mark in self._posts[key]:
                    self._posted[key.type.value + mark].append(key)
        for key in stale:
            if key in self._groups:
                self._link(key)

    def _unlink(self, key: GroupKey) -> None:
        for mark in self._posts.pop(key, ()):
            mates = self._posted[key.type.value + mark]
            mates.remove(key)
            if not mates:
                del self._posted[key.type.value + mark]
        for other in self._links.pop(key, ()):
            self._links[other].pop(key, None)
        self._groups.pop(key, None)
        if not self._units.get(key):
            self._units.pop(key, None)

    def _link(self, key: GroupKey) -> None:
        group, references = self._groups[key], self._references_of(self._groups[key])
        marks = asked(group, self._lexicon.naming, references)
        mates = set().union(*(self._posted.get(key.type.value + mark, ()) for mark in marks)) - {key}
        for other in mates:
            if other in self._links.get(key, ()):
                continue
            first, second = sorted((key, other))
            shared = bool(references & self._references_of(self._groups[other]))
            found = link(self._groups[first], self._groups[second], self._lexicon.naming, shared)
            if found:
                self._links[key][other] = self._links[other][key] = found

    def _references_of(self, group: Group) -> frozenset[str]:
        return frozenset().union(*(self._rules.references(unit) for unit in group.units)) if self._keyed else frozenset()

    # ---- judgements

    def _judged_names(self) -> frozenset[tuple[EntityType, frozenset[str]]]:
        key, apart = self._lexicon.naming.key, [j for j in self._judgements if j.verdict is Verdict.DIFFERENT]
        return frozenset((kind, frozenset((key(j.left, kind), key(j.right, kind)))) for j in apart for kind in EntityType)

    def _are_rivals(self, kind: EntityType, left: str, right: str) -> bool:
        one, other = self._keyed.get((kind, left)), self._keyed.get((kind, right))
        if one and other and one != other:
            return True
        return bool(self._rivals) and (kind, frozenset((left, right))) in self._rivals

    def _apply_judgements(self) -> set[GroupKey]:
        """Expands judgements to the units that they are about now; the groups for which that changed."""
        if not self._judgements:
            return set()
        marks: dict[str, set[Mark]] = defaultdict(set)
        same = []
        for number, said in enumerate(self._judgements):
            for kind in EntityType:
                left, right = (self._meant(Handle.parse(end), kind) for end in (said.left, said.right))
                if said.verdict is Verdict.SAME and left and right:
                    same.append((frozenset(unit.id for unit in (*left, *right)), _told(said)))
                for side, units in (("left", left), ("right", right)) if said.verdict is Verdict.DIFFERENT else ():
                    for unit in units:
                        marks[unit.id].add((number, "each" if said.left == said.right else side))
        return self._judge({key: frozenset(found) for key, found in marks.items()}, tuple(same))

    def _judge(
        self, marks: dict[str, frozenset[Mark]], same: tuple[tuple[frozenset[str], str], ...]
    ) -> set[GroupKey]:
        changed = {key for key in marks.keys() | self._marks.keys() if marks.get(key) != self._marks.get(key)}
        changed |= {key for units, _ in {*same} ^ {*self._same} for key in units}
        self._marks, self._same = marks, same
        self._rules = Rules(marks, self._keyed)
        touched = {_home(self._by_id[unit]) for unit in changed if unit in self._by_id}
        self._stale |= touched
        return touched

    def _meant(self, handle: Handle, kind: EntityType) -> list[Unit]:
        """The units that a name stands for: those that are called so first of all, or else those that bear it too."""
        key = self._lexicon.naming.key(handle.name, kind)
        mates = self._posted.get(f"{kind.value}={key}", [])
        bearers = [unit for mate in mates for unit in self._units[mate].values() if key in unit.keys]
        if handle.document:
            bearers = [unit for unit in bearers if handle.document in (unit.document_key, unit.document_id)]
        return [unit for unit in bearers if unit.primary == key] or bearers

    # ---- bundles and entities

    def _reach(self, keys: Iterable[GroupKey]) -> set[GroupKey]:
        """The changed groups and all that were or are in one component with them."""
        found = {key for key in keys if key in self._groups}
        for key in keys:
            found |= {*(self._component[key].groups if key in self._component else ())}
        for component in [self._component[key] for key in found if key in self._component]:
            found |= {*component.groups}
        return found

    def _neighbours(self, key: GroupKey) -> set[GroupKey]:
        judged = {group for units, _ in self._same if units & self._groups[key].ids for group in self._homes(units)}
        return {*self._links.get(key, ())} | judged

    def _homes(self, units: Iterable[str]) -> set[GroupKey]:
        return {_home(self._by_id[unit]) for unit in units}

    def _bundle_again(self, touched: set[GroupKey]) -> list[Bundle]:
        """Drops the components of these groups, makes theirs anew; the new bundles."""
        names = self._drop_components(touched)
        seen: set[GroupKey] = set()
        changed: list[Bundle] = []
        for key in sorted(touched):
            if key in self._groups and key not in seen:
                component = self._made(self._collect(key, seen))
                names |= self._drop_components(component.groups)
                self._component |= dict.fromkeys(component.groups, component)
                changed += component.bundles
        names |= {self._keep(one) for one in changed}
        for name in sorted(names):
            self._name(name)
        return changed

    def _drop_components(self, keys: Iterable[GroupKey]) -> set[str]:
        found = {id(old): old for key in keys if (old := self._component.get(key))}.values()
        for old in found:
            for key in old.groups:
                self._component.pop(key, None)
        return {self._drop(one) for old in found for one in old.bundles}

    def _collect(self, start: GroupKey, seen: set[GroupKey]) -> list[GroupKey]:
        found, edge = {start}, [start]
        while edge:
            for other in self._neighbours(edge.pop()):
                if other not in found:
                    found.add(other)
                    edge.append(other)
        seen |= found
        return sorted(found)

    def _made(self, keys: list[GroupKey]) -> Component:
        groups = [self._groups[key] for key in keys]
        ids = frozenset().union(*(group.ids for group in groups)) if self._same else frozenset()
        same = [(units & ids, told) for units, told in self._same if units & ids]
        bundles, decisions = bundle(groups, self._links, self._rules, self._lexicon.weights, same)
        return Component(keys, bundles, decisions)

    def _drop(self, one: Bundle) -> str:
        bare = bare_id(one, self._lexicon.naming)
        self._bare[bare] = [other for other in self._bare[bare] if other is not one]
        self._entities.pop(self._ids.get(one.id, ""), None)
        for unit in one.units:
            self._ids.pop(unit.id, None)
        return bare

    def _keep(self, one: Bundle) -> str:
        bare = bare_id(one, self._lexicon.naming)
        self._bare[bare].append(one)
        return bare

    def _name(self, bare: str) -> None:
        """Gives the bundles of a readable id their entities."""
        several = sorted(self._bare[bare], key=lambda one: one.anchor)
        if not several:
            del self._bare[bare]
        for one in several:
            self._entities.pop(self._ids.get(one.id, ""), None)
        for index, one in enumerate(several):
            entity = make_entity(one, suffixed(bare, one) if index else bare, self._identifiers(one))
            self._entities[entity.id] = entity
            self._ids |= dict.fromkeys((unit.id for unit in one.units), entity.id)

    def _identifiers(self, one: Bundle) -> tuple[tuple[str, str], ...]:
        """Those of the one entry that it stands for; of several people whose name is in a list, none has them."""
        if len(one.references) != 1:
            return ()
        (reference,) = one.references
        component = self._component[GroupKey(one.type, one.primary)]
        rivals = [other for other in component.bundles if other is not one and reference in other.references]
        return () if rivals else self._references[reference].identifiers

    def _reason(self, decision: Decision) -> Reason:
        left, right = self._ids[decision.left], self._ids[decision.right]
        names = [self._entities[left], self._entities[right]]
        return Reason(
            self._by_id[decision.left].name.text,
            self._by_id[decision.right].name.text,
            decision.verdict,
            decision.feature,
            decision.value,
            decision.score,
            tuple(sorted({entity.id for entity in names})),
        )


def _home(unit: Unit) -> GroupKey:
    return GroupKey(unit.type, unit.primary)


def _told(said: Judgement) -> str:
    about = ", ".join(word for word in (said.author, said.date, said.note) if word)
    return f"{said.left} | {said.right}" + (f" ({about})" if about else "")


def _reason_order(reason: Reason) -> tuple[str, ...]:
    return (reason.left, reason.right, reason.verdict, reason.feature, reason.value, reason.score, *reason.entities)
