"""What conflict patterns see of a snapshot: each tie under the classes of its views, and what follows from several.

What follows: makers of rival products are rivals; what a subsidiary does, its group does; who contracts with a public
body is in its power; who left one side and joined the other has moved.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from kg.conflicts.groups import Groups
from kg.conflicts.moves import moves
from kg.conflicts.rivalry import rivals_by_product
from kg.conflicts.roles import OfficerTitles
from kg.conflicts.tie import Edge, Standing, Tie
from kg.conflicts.views import Views
from kg.conflicts.words import Cues
from kg.model import Entity, EntityType
from kg.ontology import Ontology

__all__ = ["Node", "Nodes"]

STANDINGS = list(Standing)
ACTORS = (EntityType.PERSON, EntityType.ORGANIZATION)
HELD = frozenset({"Interest", "PublicOffice", "Move"})
THROUGH = {"Rivalry": "GroupRivalry", "Funding": "GroupFunding", "Supply": "GroupSupply"}
SYMMETRIC = frozenset({"Rivalry"})


@dataclass(frozen=True, slots=True)
class Node:
    """A tie as patterns see it: its ends in order, its classes, and the ties behind it.

    ``by_group`` are the links of ownership by which it is a whole group's; they are among the ties.
    """

    start: str
    finish: str
    classes: tuple[str, ...]
    ties: tuple[Tie, ...]
    by_group: tuple[Tie, ...] = ()

    @property
    def standing(self) -> Standing:
        """That of the least firm of its ties."""
        return max((tie.standing for tie in self.ties), key=STANDINGS.index)

    @property
    def held(self) -> bool:
        """Whether somebody holds it at an organization."""
        return not HELD.isdisjoint(self.classes)


class Nodes:
    """Sees the ties of a snapshot."""

    def __init__(
        self,
        ties: Mapping[Edge, Tie],
        entities: Mapping[str, Entity],
        views: Views,
        groups: Groups,
        ontology: Ontology,
        day: date,
        overseers: frozenset[str],
    ) -> None:
        self._ties, self._entities, self._views, self._groups, self._day = ties, entities, views, groups, day
        self._titles = OfficerTitles(ontology)
        self._cues = Cues(ontology)
        named = {key for key, entity in entities.items() if self._cues.is_public_body(entity)}
        self._public = overseers | named
        self._window = int(dict(ontology.lexicon("windows"))["cooling_off_days"])

    def all(self) -> Iterator[Node]:
        """Every node, in the order of the ties."""
        direct = [*self._direct(), *self._by_products()]
        yield from direct
        for node in direct:
            yield from self._through_groups(node)
            yield from self._procurement(node)
            if "Partnership" in node.classes:
                yield Node(node.start, node.finish, ("Service",), node.ties)
                yield Node(node.finish, node.start, ("Service",), node.ties)
        for move in moves(self._ties, self._public, self._is_role, self._window, self._day):
            yield Node(move.person, move.to, self._views.with_wider(("Move",)), (move.left, move.taken))

    def _direct(self) -> Iterator[Node]:
        for tie in self._ties.values():
            if all(self._entities[end].type in ACTORS for end in (tie.subject, tie.object)):
                seen = [name for name in self._views.of(tie.relation) if self._admits(name, tie)]
                if seen:
                    yield Node(tie.subject, tie.object, self._views.with_wider(seen), (tie,))

    def _by_products(self) -> Iterator[Node]:
        for left, right, several in rivals_by_product(self._ties, self._entities):
            yield Node(left, right, self._views.with_wider(self._views.of("competitor_of")), several)

    def _admits(self, view: str, tie: Tie) -> bool:
        """Whether a tie of the view's relation is seen as it, as the comments of the vocabulary narrow it."""
        subject, object_ = self._entities[tie.subject], self._entities[tie.object]
        if view == "Founding":
            return object_.type is EntityType.PERSON
        if view == "Funding":
            return subject.type is EntityType.ORGANIZATION
        if view == "Office":
            return self._is_officer(tie)
        if view == "PublicOffice":
            return tie.object in self._public
        if view == "Advice":
            return self._cues.is_advice(subject, tie)
        return self._cues.is_political_money(tie) if view == "PoliticalMoney" else True

    def _is_officer(self, tie: Tie) -> bool:
        return any(self._titles.admits(said.claim.qualifiers.title or "") for said in (*tie.support, *tie.against))

    def _is_role(self, tie: Tie) -> bool:
        officer = tie.relation == "employed_by" and self._is_officer(tie)
        return officer or tie.relation in ("leads", "board_member_of") or tie.object in self._public

    def _procurement(self, node: Node) -> Iterator[Node]:
        """A public body that deals with a firm has power over it; from the body to the firm."""
        if "DealTie" in node.classes and "Acquisition" not in node.classes:
            for body, firm in ((node.start, node.finish), (node.finish, node.start)):
                if body in self._public and firm not in self._public:
                    yield Node(body, firm, self._views.with_wider(("Procurement",)), node.ties)

    def _through_groups(self, node: Node) -> Iterator[Node]:
        """What a subsidiary does, as its owners': of a symmetric tie at both ends, else at the head."""
        for narrow in THROUGH.keys() & set(node.classes):
            above = self._groups.sole_owners(node.start)
            beyond = self._groups.sole_owners(node.finish) if narrow in SYMMETRIC else {node.finish: ()}
            for left, left_links in above.items():
                for right, right_links in beyond.items():
                    links = (*left_links, *right_links)
                    if links and left != right and not self._groups.link(left, right):
                        wider = self._views.with_wider((THROUGH[narrow],))
                        yield Node(left, right, wider, (*node.ties, *links), links)
