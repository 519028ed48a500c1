"""The table of named, weighted features: how likely two bearers of names are one, and why.

The weights stand in ``ontology/lexicon/identity_weights.txt``; a sum of log odds becomes a probability. What forbids a
pair whatever its score: a claim that ties the two, other birth years, other identifiers, a judgement.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from kg.model import EntityType
from kg.resolution.bundles import Bundle
from kg.resolution.links import Link

__all__ = ["HALF", "Score", "score"]

HALF = 0.5
PERSON = EntityType.PERSON
SHORT = frozenset({"surname_only", "short_form", "acronym", "initials", "added_names"})
SHOWN = 3


@dataclass(frozen=True, slots=True)
class Score:
    """How probable it is that two are one, by which feature first, and what all of them add."""

    value: float
    feature: str
    told: str


def score(left: Bundle, right: Bundle, tie: Link, weights: Mapping[str, float]) -> Score:
    """The probability that two bundles of units are one; 0 where something forbids it."""
    forbidden = left.forbids(right)
    if forbidden:
        return Score(0.0, forbidden, tie.detail)
    found = {tie.feature: tie.detail} | _context(left, right, tie)
    total = weights["bias"] + sum(weights[feature] for feature in found)
    value = 1 / (1 + math.exp(-total))
    told = "; ".join(f"{feature} {weights[feature]:+.1f} ({detail})" for feature, detail in found.items())
    feature = tie.feature if value >= HALF or len(found) == 1 else min(found, key=lambda name: (weights[name], name))
    return Score(round(value, 3), feature, told)


def _context(left: Bundle, right: Bundle, tie: Link) -> dict[str, str]:
    own = left.keys | right.keys
    both, one = (left.near & right.near) - own, ((left.near & right.around) | (left.around & right.near)) - own
    found = {}
    if both:
        found["stand_near_the_same"] = _some(both)
    elif one:
        found["shared_surroundings"] = _some(one)
    if left.firms & right.firms:
        found["same_firm"] = _some(left.firms & right.firms)
    elif left.type is PERSON and left.firms and right.firms and not both and not one:
        found["unrelated_firms"] = f"{_some(left.firms)} / {_some(right.firms)}"
    if left.seats & right.seats:
        found["same_place"] = _some(left.seats & right.seats)
    if left.births & right.births:
        found["same_birth_year"] = _some(left.births & right.births)
    if left.documents & right.documents:
        found["same_document" if tie.feature in SHORT else "told_apart_in_one_document"] = "1 document or more"
    return found


def _some(keys: frozenset[str] | set[str]) -> str:
    shown = sorted(keys)[:SHOWN]
    return ", ".join(shown) + (" …" if len(keys) > SHOWN else "")
