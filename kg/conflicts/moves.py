"""People who left one side of a public power and joined the other within the window of cooling off."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import product

from kg.conflicts.tie import Edge, Standing, Tie

__all__ = ["Move", "moves"]

ROLES = ("leads", "board_member_of", "employed_by", "member_of")


@dataclass(frozen=True, slots=True)
class Move:
    """A person, the tie that they left and the one that they took; one of the two is with a public body."""

    person: str
    left: Tie
    taken: Tie

    @property
    def to(self) -> str:
        """The organization that they joined."""
        return self.taken.object


def moves(
    ties: Mapping[Edge, Tie], public: frozenset[str], is_role: Callable[[Tie], bool], window: int, day: date
) -> Iterator[Move]:
    """Every move whose days lie in the window and that is not older than the window on that day.

    The role that was left counts as past, not as ended: that it is over is what the pattern asks. Where no text says
    when it was left, the day on which the new role was taken decides alone.
    """
    left: dict[str, list[Tie]] = defaultdict(list)
    taken: dict[str, list[Tie]] = defaultdict(list)
    for tie in ties.values():
        if tie.relation in ROLES and is_role(tie):
            if tie.standing is Standing.ENDED:
                left[tie.subject].append(tie)
            elif tie.standing is not Standing.DENIED:
                taken[tie.subject].append(tie)
    days = timedelta(days=window)
    for person, gone in left.items():
        for old, new in product(gone, taken.get(person, ())):
            if _crosses(old, new, public) and _in_window(old, new, days, day):
                yield Move(person, replace(old, standing=Standing.PAST), new)


def _crosses(old: Tie, new: Tie, public: frozenset[str]) -> bool:
    return old.object != new.object and (old.object in public) != (new.object in public)


def _in_window(old: Tie, new: Tie, days: timedelta, day: date) -> bool:
    if day > date.min + days and new.since < day - days:
        return False
    over = old.ended_on
    return over is None or abs(new.since - over) <= days
