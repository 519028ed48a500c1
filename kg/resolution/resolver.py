"""Keeps who is who up to date while documents come and go.

The result is a function of the documents, judgements and reference lists that it holds, never of the order in which
they came. A document costs what its own names and their candidates cost: only the components that a change touches are
bundled again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.model import Entity, Extraction, Judgement, Reason, Reference, Resolution
from kg.resolution.bundles import Bundle, Rules
from kg.resolution.clusters import Decision, bundle
from kg.resolution.groups import GroupKey
from kg.resolution.index import Index, home
from kg.resolution.lexicon import Lexicon
from kg.resolution.meant import Same, meant, sorted_judgements
from kg.resolution.reasons import reason_of, sorted_reasons
from kg.resolution.references import identifiers_of, keyed
from kg.resolution.registry import Registry
from kg.resolution.rivals import Rivals
from kg.resolution.units import Unit, units_of

__all__ = ["Resolver"]


@dataclass(frozen=True, slots=True, eq=False)
class Component:
    """Groups that are tied by name, what became of them, and why."""

    groups: Sequence[GroupKey]
    bundles: Sequence[Bundle]
    decisions: Sequence[Decision]


class Resolver:
    """Holds units, finds who is who. ``add`` and ``remove`` documents, then ask for the ``resolution``."""

    def __init__(
        self, lexicon: Lexicon, judgements: Iterable[Judgement] = (), references: Iterable[Reference] = ()
    ) -> None:
        self._lexicon = lexicon
        self._judgements = sorted_judgements(judgements)
        self._references = {reference.id: reference for reference in references}
        self._keyed = keyed(self._references.values(), lexicon.naming)
        self._rivals = Rivals(lexicon.naming, self._judgements, self._keyed)
        self._rules = Rules({}, self._keyed)
        self._same: tuple[Same, ...] = ()
        self._judged: dict[GroupKey, set[GroupKey]] = {}
        self._documents: dict[str, list[Unit]] = {}
        self._index = Index(lexicon.naming)
        self._registry = Registry(lexicon.naming)
        self._component: dict[GroupKey, Component] = {}
        self._stale: set[GroupKey] = set()

    # ---- documents

    def add(self, extraction: Extraction) -> None:
        """Takes a document in, in place of what it held under its id."""
        self.remove(extraction.document.id)
        units = units_of(extraction, self._lexicon.naming, self._lexicon.renaming, self._rivals)
        self._documents[extraction.document.id] = units
        for unit in units:
            self._index.add(unit)
            self._stale.add(home(unit))

    def remove(self, document_id: str) -> None:
        """Forgets a document."""
        for unit in self._documents.pop(document_id, ()):
            self._index.remove(unit)
            self._stale.add(home(unit))

    # ---- results

    def resolution(self) -> Resolution:
        """Every named unit's entity, sorted by id, with the reasons."""
        self.refresh()
        reasons = sorted_reasons(self._reason(decision) for _, _, decision in self.decisions())
        return Resolution(self._registry.entities(), reasons, self._judgements)

    def decisions(self) -> Iterator[tuple[Unit, Unit, Decision]]:
        """What was decided of pairs of units by the last refresh, with the units."""
        components = {id(component): component for component in self._component.values()}.values()
        for decision in (decision for component in components for decision in component.decisions):
            yield self._index.by_id[decision.left], self._index.by_id[decision.right], decision

    def refresh(self) -> tuple[Entity, ...]:
        """Brings what follows from changed documents up to date; the entities that were made anew, sorted by id."""
        self._index.regroup(self._stale, self._rules)
        self._index.regroup(self._apply_judgements(), self._rules)
        touched = {key for stale in self._stale for key in (stale, *self._mates(stale))}
        self._stale = set()
        changed = self._bundle_again(touched)
        found = {entity.id: entity for one in changed for entity in [self._registry.of_unit(one.id)]}
        return tuple(found[key] for key in sorted(found))

    def _reason(self, decision: Decision) -> Reason:
        left, right = (self._index.by_id[unit].name.text for unit in (decision.left, decision.right))
        entities = (self._registry.of_unit(unit).id for unit in (decision.left, decision.right))
        return reason_of(decision, (left, right), entities)

    # ---- judgements

    def _apply_judgements(self) -> set[GroupKey]:
        """Expands judgements to the units that they are about now; the groups for which that changed."""
        if not self._judgements:
            return set()
        said = meant(self._judgements, self._index.bearers)
        return self._judge(Rules(said.different, self._keyed), said.same)

    def _judge(self, rules: Rules, same: tuple[Same, ...]) -> set[GroupKey]:
        changed = rules.differ(self._rules) | {unit for units, _ in {*same} ^ {*self._same} for unit in units}
        self._rules, self._same, self._judged = rules, same, {}
        for units, _ in same:
            homes = {home(self._index.by_id[unit]) for unit in units}
            for key in homes:
                self._judged.setdefault(key, set()).update(homes)
        touched = {home(self._index.by_id[unit]) for unit in changed if unit in self._index.by_id}
        self._stale |= touched
        return touched

    # ---- components

    def _mates(self, key: GroupKey) -> Sequence[GroupKey]:
        """The groups of the component that a group was in."""
        component = self._component.get(key)
        return component.groups if component else ()

    def _bundle_again(self, touched: set[GroupKey]) -> list[Bundle]:
        """Drops the components of these groups, makes theirs anew; the new bundles."""
        gone = self._drop_components(touched)
        seen: set[GroupKey] = set()
        made: list[Component] = []
        for key in sorted(touched):
            if key in self._index.groups and key not in seen:
                component = self._made(self._reached(key))
                seen |= {*component.groups}
                gone += self._drop_components(component.groups)
                self._component |= dict.fromkeys(component.groups, component)
                made.append(component)
        known = {one.id: identifiers_of(one, c.bundles, self._references) for c in made for one in c.bundles}
        changed = [one for component in made for one in component.bundles]
        self._registry.exchange(gone, changed, known)
        return changed

    def _drop_components(self, keys: Iterable[GroupKey]) -> list[Bundle]:
        found = {id(old): old for key in keys if (old := self._component.get(key))}.values()
        for old in found:
            for key in old.groups:
                self._component.pop(key, None)
        return [one for old in found for one in old.bundles]

    def _reached(self, start: GroupKey) -> list[GroupKey]:
        found, edge = {start}, [start]
        while edge:
            key = edge.pop()
            more = {*self._index.links.get(key, ()), *self._judged.get(key, ())} - found
            found |= more
            edge += more
        return sorted(found)

    def _made(self, keys: list[GroupKey]) -> Component:
        groups = [self._index.groups[key] for key in keys]
        same: list[Same] = []
        if any(key in self._judged for key in keys):
            ids = frozenset(unit.id for group in groups for unit in group.units)
            same = [(units & ids, told) for units, told in self._same if units & ids]
        return Component(keys, *bundle(groups, self._index.links, self._rules, self._lexicon.weights, same))
