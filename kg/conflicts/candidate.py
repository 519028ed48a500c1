"""One way in which a pattern holds: who, which organizations, and the ties it rests on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, combinations
from typing import cast

from pyoxigraph import NamedNode, QuerySolution, QuerySolutions

from kg.conflicts.pattern import ORGANIZATIONS, Pattern
from kg.conflicts.snapshot import Snapshot
from kg.conflicts.tie import Tie
from kg.model import Entity
from kg.vocab import local

__all__ = ["Candidate", "candidates"]

Sides = tuple[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row of a pattern's answer.

    ``slots`` are the ties behind each selected tie, in the order of the query; ``ties`` are all of them, each once;
    ``by_group`` those by which something is a whole group's.
    """

    party: str
    organizations: tuple[str, ...]
    slots: tuple[tuple[Tie, ...], ...]
    ties: tuple[Tie, ...]
    by_group: tuple[Tie, ...] = ()

    @property
    def named(self) -> frozenset[str]:
        """Everybody that it or one of its ties names."""
        ends = (end for tie in self.ties for end in (tie.subject, tie.object))
        return frozenset((self.party, *self.organizations, *ends))


def candidates(pattern: Pattern, snapshot: Snapshot) -> dict[Sides, list[Candidate]]:
    """The rows of the pattern's answer by party and organizations, sorted.

    Rows that take one entity for two, under one id or one identifier, are left out.
    """
    found: dict[Sides, list[Candidate]] = defaultdict(list)
    for row in _rows(pattern, snapshot):
        if _are_distinct(row.organizations, snapshot.graph.entities):
            found[row.party, row.organizations].append(row)
    return {sides: sorted(rows, key=_edges) for sides, rows in sorted(found.items())}


def _rows(pattern: Pattern, snapshot: Snapshot) -> Iterator[Candidate]:
    answer = cast(QuerySolutions, snapshot.store.query(pattern.query))
    variables = [variable.value for variable in answer.variables]
    sides = [name for name in ORGANIZATIONS if name in variables]
    ties = [name for name in variables if name not in ("party", *ORGANIZATIONS)]
    for solution in answer:
        organizations = tuple(_entity(solution, name) for name in sides)
        nodes = [snapshot.nodes.get(_value(solution, name)) for name in ties]
        slots = tuple(node.ties if node else () for node in nodes)
        by_group = tuple(dict.fromkeys(chain(*(node.by_group for node in nodes if node))))
        yield Candidate(_entity(solution, "party"), organizations, slots, tuple(dict.fromkeys(chain(*slots))), by_group)


def _value(solution: QuerySolution, name: str) -> str:
    term = solution[name]
    return term.value if isinstance(term, NamedNode) else ""


def _entity(solution: QuerySolution, name: str) -> str:
    kind, identifier = local(_value(solution, name)) or ("", "")
    return identifier if kind == "entity" else ""


def _are_distinct(organizations: tuple[str, ...], entities: Mapping[str, Entity]) -> bool:
    pairs = combinations([entities[organization] for organization in organizations], 2)
    return not any(left.id == right.id or set(left.identifiers) & set(right.identifiers) for left, right in pairs)


def _edges(row: Candidate) -> list[list[tuple[str, str, str]]]:
    return [[tie.edge for tie in slot] for slot in row.slots]
