"""Corporate groups at a date, out of the ownership that stands then.

Two organizations are of one group if they share an owner at any remove, or one owns the other. A joint venture, which
several own that are not of one group, belongs to no single group: it is close to each of its parents, does not make
them one group, and what it does is not done by them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from kg.conflicts.tie import Edge, Standing, Tie
from kg.model import Entity, EntityType

__all__ = ["Groups", "ownership", "with_sales"]

Paths = dict[str, tuple[Tie, ...]]


class Groups:
    """Who belongs to whom."""

    def __init__(self, links: Iterable[Tie]) -> None:
        self._above: dict[str, list[Tie]] = defaultdict(list)
        self._below: dict[str, list[Tie]] = defaultdict(list)
        ordered = sorted(links, key=lambda tie: tie.edge)
        self.links = tuple(link.edge for link in ordered)
        for link in ordered:
            self._above[link.object].append(link)
            self._below[link.subject].append(link)

    def owned(self, organization: str) -> tuple[str, ...]:
        """The organization and what it owns at any remove."""
        found = [organization]
        for owner in found:
            found += [link.object for link in self._below.get(owner, ()) if link.object not in found]
        return tuple(dict.fromkeys(found))

    def owners(self, organization: str, without: frozenset[Edge] = frozenset()) -> Paths:
        """The organization and its owners at any remove, each with the links that lead up to it.

        ``without`` are links that are not followed.
        """
        found: Paths = {organization: ()}
        waiting = [organization]
        for owned in waiting:
            for link in self._above.get(owned, ()):
                if link.edge not in without and link.subject not in found:
                    found[link.subject] = (*found[owned], link)
                    waiting.append(link.subject)
        return found

    def sole_owners(self, organization: str) -> Paths:
        """The organization and its owners, as far up as each step has but one owner."""
        found: Paths = {organization: ()}
        links = self._above.get(organization, [])
        while len({link.subject for link in links}) == 1 and links[0].subject not in found:
            found[links[0].subject] = (*next(reversed(found.values())), links[0])
            links = self._above.get(links[0].subject, [])
        return found

    def head(self, organization: str) -> str:
        """The topmost sole owner: what stands for the group."""
        if organization not in self._above:
            return organization
        return next(reversed(self.sole_owners(organization)))

    def link(self, left: str, right: str, without: frozenset[Edge] = frozenset()) -> tuple[Tie, ...] | None:
        """The ties that make two organizations one group, the shortest way; None where they are not."""
        upwards, also = self.owners(left, without), self.owners(right, without)
        common = sorted(upwards.keys() & also.keys(), key=lambda owner: (len(upwards[owner] + also[owner]), owner))
        return (*upwards[common[0]], *reversed(also[common[0]])) if common else None


def ownership(ties: Mapping[Edge, Tie], entities: Mapping[str, Entity]) -> tuple[Tie, ...]:
    """The links between owners and owned organizations that stand."""
    links = (tie for tie in ties.values() if tie.relation in ("parent_of", "acquired") and tie.stands)
    return tuple(tie for tie in links if entities[tie.object].type is EntityType.ORGANIZATION)


def with_sales(ties: Mapping[Edge, Tie]) -> dict[Edge, Tie]:
    """The ties, with purchases ended once the firm was sold on.

    That is when another bought it later, or when the text says that the buyer has ceased to be its parent.
    """
    purchases: dict[str, list[Tie]] = defaultdict(list)
    for tie in ties.values():
        if tie.relation == "acquired" and tie.stands:
            purchases[tie.object].append(tie)
    return {edge: _purchase(tie, ties, purchases[tie.object]) if tie.stands else tie for edge, tie in ties.items()}


def _purchase(tie: Tie, ties: Mapping[Edge, Tie], purchases: Sequence[Tie]) -> Tie:
    if tie.relation != "acquired":
        return tie
    later = [said for other in purchases if other.since > tie.since for said in other.support]
    parent = ties.get((tie.subject, "parent_of", tie.object))
    over = [*later, *(parent.against if parent and parent.standing is Standing.ENDED else ())]
    return replace(tie, standing=Standing.ENDED, against=tuple(over)) if over else tie
