"""Why two parties are in no finding: which pattern comes nearest, and which edge or guard is missing.

Each pattern is asked again with one of its ties left out, then with two; what it then finds is a near miss.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations, permutations
from typing import cast

from pyoxigraph import NamedNode, QuerySolutions

from kg.conflicts.finding import find
from kg.conflicts.pattern import ORGANIZATIONS, Pattern, patterns
from kg.conflicts.snapshot import Snapshot, newest, take
from kg.model import Entity, EntityType, Finding, Graph
from kg.ontology import Ontology
from kg.vocab import iri, local

__all__ = ["Missing", "NearMiss", "WhyNot", "why_not"]

LINKS = ("acquired", "parent_of")
MOST_LEFT_OUT = 2
CLASS = re.compile(r"\ba kg:(\w+)")
ENDS = re.compile(r"kg:(heldBy|at|from|to|between|leaves) \?(\w+)(?:, \?(\w+))?")
PERSONAL = re.compile(r"kg:heldBy \?party|FamilyTie ; kg:between \?party")
Bound = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Missing:
    """A tie that a pattern needs: the class of the snapshot's vocabulary, and its ends, an id or None for anybody."""

    kind: str
    ends: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A pattern that lacks some ties for the two parties, with who else it names."""

    pattern: str
    party: str | None
    organizations: tuple[str | None, ...]
    missing: tuple[Missing, ...]


@dataclass(frozen=True, slots=True)
class WhyNot:
    """The findings that name both parties, whatever their tier, and the near misses, the nearest first."""

    findings: tuple[Finding, ...]
    near_misses: tuple[NearMiss, ...]


def why_not(graph: Graph, ontology: Ontology, left: str, right: str, as_of: date | None = None) -> WhyNot:
    """What is found, or nearly found, about two entities (ids) at a date, by default that of the newest document."""
    day = newest(graph) if as_of is None else as_of
    near = _around(graph, left, right)
    findings = tuple(f for f in find(near, ontology, day) if {left, right} <= {f.party, *f.organizations})
    snapshot = take(near, ontology, day)
    known = patterns(ontology)
    misses = [one for pattern in known if (one := _nearest(pattern, snapshot, (left, right)))]
    order = [pattern.name for pattern in sorted(known, key=lambda p: (-p.severity, p.name))]
    return WhyNot(findings, tuple(sorted(misses, key=lambda m: (len(m.missing), order.index(m.pattern)))))


def _around(graph: Graph, left: str, right: str) -> Graph:
    """What is at most two steps away from either, and who owns whom."""
    sides = {left, right}
    for _ in range(2):
        sides |= {end for s in graph.statements if sides & {s.subject, s.object} for end in (s.subject, s.object)}
    kept = (s for s in graph.statements if s.claim.predicate in LINKS or {s.subject, s.object} <= sides)
    return replace(graph, statements=tuple(kept))


def _nearest(pattern: Pattern, snapshot: Snapshot, parties: tuple[str, str]) -> NearMiss | None:
    """The pattern with as few ties left out as are enough; None where it holds whole, or is too far away."""
    places = list(_places(pattern, snapshot.graph.entities, parties))
    if any(True for place in places for _ in _answers(pattern, (), snapshot, place)):
        return None
    ties = [name for name in pattern.selected if name not in ("party", *ORGANIZATIONS)]
    for count in range(1, min(MOST_LEFT_OUT, len(ties) - 1) + 1):
        for left_out in combinations(ties, count):
            for place in places:
                for bound in _answers(pattern, left_out, snapshot, place):
                    return _near_miss(pattern, left_out, bound)
    return None


def _places(pattern: Pattern, entities: Mapping[str, Entity], parties: tuple[str, str]) -> Iterator[Bound]:
    """The ways in which the two may be what the pattern selects."""
    sides = [name for name in ("party", *ORGANIZATIONS) if name in pattern.selected]
    if "AS ?party" in pattern.query:
        sides.remove("party")
    personal = PERSONAL.search(pattern.query) is not None
    for names in permutations(sides, 2):
        place = dict(zip(names, parties, strict=True))
        types = {name: entities[entity].type for name, entity in place.items()}
        if all(kind is EntityType.ORGANIZATION or name == "party" for name, kind in types.items()) and (
            not personal or types.get("party", EntityType.PERSON) is EntityType.PERSON
        ):
            yield place


def _answers(pattern: Pattern, left_out: tuple[str, ...], snapshot: Snapshot, place: Bound) -> Iterator[Bound]:
    """What the pattern gives without some of its ties, with the two parties at their places; sorted, sides distinct."""
    names, values = " ".join(f"?{name}" for name in place), " ".join(f"<{iri('entity', e)}>" for e in place.values())
    query = pattern.query
    for name in left_out:
        query = _stretch(name).sub("", re.sub(rf"FILTER\([^()]*\?{name}\b[^()]*\)", "", query))
    query = query.replace("WHERE {", f"WHERE {{ VALUES ({names}) {{ ({values}) }} ")
    rows = []
    for solution in cast(QuerySolutions, snapshot.store.query(query)):
        terms = {name: solution[name] for name in ("party", *ORGANIZATIONS) if name in pattern.selected}
        bound = {n: found[1] for n, t in terms.items() if isinstance(t, NamedNode) and (found := local(t.value))}
        organizations = [bound[name] for name in ORGANIZATIONS if name in bound]
        others = [bound["party"]] if "party" in bound and "AS ?party" not in pattern.query else []
        if len({*organizations, *others}) == len(organizations) + len(others):
            rows.append(bound)
    yield from sorted(rows, key=lambda bound: (-len(bound), sorted(bound.items())))


def _stretch(name: str) -> re.Pattern[str]:
    """Where a query speaks of a tie: from its variable to the full stop or the end of the group."""
    return re.compile(rf"\?{name}\s+(?:a|kg:\w+)\s[^.{{}}]*(?:\.|(?=}}))")


def _near_miss(pattern: Pattern, left_out: tuple[str, ...], bound: Bound) -> NearMiss:
    organizations = tuple(bound.get(name) for name in ORGANIZATIONS if name in pattern.selected)
    missing = tuple(_missing(pattern, name, bound) for name in left_out)
    return NearMiss(pattern.name, bound.get("party"), organizations, missing)


def _missing(pattern: Pattern, name: str, bound: Bound) -> Missing:
    said = " ".join(_stretch(name).findall(pattern.query))
    kind = CLASS.search(said)
    ends = dict.fromkeys(end for found in ENDS.findall(said) for end in found[1:] if end)
    return Missing(kind[1] if kind else "", tuple(bound.get(end) for end in ends))
