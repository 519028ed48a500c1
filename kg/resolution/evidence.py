"""What a text says about its names: "Facebook, now Meta", "(TSMC)", "(born 1961)"; and who stands near whom."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from kg.model import Cluster, EntityType, Extraction, Mention, MentionForm
from kg.resolution.naming import Naming
from kg.resolution.spelling import acronym, plain

__all__ = ["NEAR", "Place", "births", "firms", "near", "places", "same_by_text"]

NEAR = 150
"""Characters between two mentions that still stand near each other: about a sentence."""

BESIDE = 40
"""Characters between a person and the firm of a title or an apposition."""

BORN = re.compile(r"[\s,]*\(?(?:born|b\.)(?: on| in)?(?: \d{1,2})?(?: [A-Z][a-z]+)?(?: \d{1,2},)? (1[89]\d\d|20\d\d)\b")
LIFE = re.compile(r"\s*\((1[89]\d\d|20\d\d)\s?[-\u2013]\s?(?:\d{4})?\)")
QUOTES = "\"'\u201c\u201d\u2018\u2019"


class Place(NamedTuple):
    """A mention at its place, with its cluster's index."""

    start: int
    end: int
    cluster: int
    mention: Mention


def places(clusters: Sequence[Cluster]) -> list[Place]:
    """The mentions of clusters in the order of the text."""
    found = (Place(m.span.start, m.span.end, i, m) for i, c in enumerate(clusters) for m in c.mentions)
    return sorted(found, key=lambda place: place[:3])


def near(found: Sequence[Place], reach: int = NEAR) -> set[tuple[int, int]]:
    """Pairs of clusters with mentions near each other, each way round."""
    pairs = set()
    for index, left in enumerate(found):
        for right in found[index + 1 :]:
            if right.start > left.end + reach:
                break
            pairs |= {(left.cluster, right.cluster), (right.cluster, left.cluster)}
    return pairs


def firms(found: Sequence[Place], text: str) -> set[tuple[int, int]]:
    """(Person, organization) where the one stands beside the other in a sentence: "Ann Lee, who heads Acme"."""
    pairs = set()
    for left, right in pairwise(found):
        kinds = left.mention.type, right.mention.type
        between = text[left.end : right.start]
        if len(between) <= BESIDE and not re.search(r"[.!?;]\s|\n", between):
            if kinds == (EntityType.PERSON, EntityType.ORGANIZATION):
                pairs.add((left.cluster, right.cluster))
            elif kinds == (EntityType.ORGANIZATION, EntityType.PERSON) and "," not in between:
                pairs.add((right.cluster, left.cluster))
    return pairs


def births(cluster: Cluster, text: str) -> frozenset[str]:
    """Years in which the text says that a person was born."""
    if cluster.type is not EntityType.PERSON:
        return frozenset()
    rests = (text[m.span.end : m.span.end + 60] for m in cluster.mentions)
    return frozenset(said[1] for rest in rests for said in [BORN.match(rest) or LIFE.match(rest)] if said)


def same_by_text(
    extraction: Extraction, found: Sequence[Place], naming: Naming, cues: frozenset[str]
) -> Iterator[tuple[Place, Place, str]]:
    """Names of different clusters that the text calls one thing: (one, other, feature)."""
    text = extraction.document.text
    named = [place for place in found if place.mention.form is MentionForm.NAME]
    for left, right in pairwise(named):
        if left.cluster == right.cluster or left.mention.type is not right.mention.type:
            continue
        between = text[left.end : right.start]
        if plain_cue(between) in cues:
            yield left, right, "renamed_in_text"
        elif _in_brackets(between, text[right.end : right.end + 4]) and _stands_for(
            right.mention, left.mention, naming
        ):
            yield left, right, "abbreviation_in_text"


def _in_brackets(before: str, after: str) -> bool:
    return before.strip(QUOTES + " ") == "(" and re.match(rf"[{QUOTES}]?\s?\)", after) is not None


def plain_cue(between: str) -> str:
    """The words between two names, without what only joins them."""
    words = re.sub(r"[(),\u2013\u2014\"'\u201c\u201d\u2018\u2019-]", " ", between.casefold()).split()
    return " ".join(words[:-1] if words[-1:] == ["the"] else words)


def _stands_for(short: Mention, full: Mention, naming: Naming) -> bool:
    brief = plain(short.text).replace(" ", "")
    spelled = naming.key(full.text, full.type).split(), plain(full.text).split()
    return len(brief) > 1 and any(acronym(words) == brief or "".join(w[0] for w in words) == brief for words in spelled)
