"""Which mentions refer to one thing: names by rule, noun phrases and pronouns by learned scores over their antecedents.

A name never takes a pronoun as antecedent; a pronoun may refer to a name that comes later. What a mention means is the
thing to which all chains of antecedents together lead most likely; a mention that most likely has none stays alone.
"""

from __future__ import annotations

import bisect
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.extraction.names import same_name
from kg.extraction.salience import BUCKETS, DISTANCES, kinship
from kg.extraction.tags import FORMS, NAME, NOUN, PRONOUN, Span

SIZE = 192
KINSHIPS = 3
SURE = 0.8
DOUBTFUL = frozenset("they them their theirs themselves".split())
FEATURES = len(FORMS) ** 2 * BUCKETS * KINSHIPS


@dataclass(frozen=True, slots=True)
class Scorer:
    """The learned tables: a bonus for every combination of features, and the score of having no antecedent."""

    bonus: NDArray[np.float32]
    alone: NDArray[np.float32]
    alone_bonus: NDArray[np.float32]


def sentence_of(ranges: Sequence[tuple[int, int]], word: int) -> int:
    """The number of the sentence that holds a word."""
    return bisect.bisect_right(ranges, word, key=lambda sentence: sentence[0]) - 1


def features(surfaces: Sequence[str], forms: Sequence[str], places: Sequence[int]) -> NDArray[np.int64]:
    """The number of the combination of features for mention ``i`` (row) and its candidate ``j`` (column)."""
    table = np.zeros((len(surfaces), len(surfaces)), dtype=np.int64)
    for i in range(len(surfaces)):
        if forms[i] == NAME:
            continue  # names are linked by rule
        for j in range(len(surfaces) if forms[i] == PRONOUN else i):
            pair = FORMS.index(forms[i]) * len(FORMS) + FORMS.index(forms[j])
            distance = BUCKETS - 1 if j > i else bisect.bisect_right(DISTANCES, places[i] - places[j])
            table[i, j] = (pair * BUCKETS + distance) * KINSHIPS + kinship(surfaces[i], surfaces[j])
    return table


def antecedent_scores(
    rows: NDArray[np.float32],
    spans: NDArray[np.int64],
    scorer: Scorer,
    numbers: NDArray[np.int64],
    forms: NDArray[np.int64],
) -> NDArray[np.float32]:
    """Score of every candidate (columns) as antecedent of every mention (rows); the last column is "none".

    ``rows`` are the word vectors of the window, ``spans`` (mentions, 2) first and last row of each mention.
    """
    first, last = spans.T
    anaphors = np.maximum(rows[first, :SIZE] + rows[last, SIZE : 2 * SIZE], 0)
    candidates = np.maximum(rows[first, 2 * SIZE : 3 * SIZE] + rows[last, 3 * SIZE : 4 * SIZE], 0)
    scores = anaphors @ candidates.T / np.float32(np.sqrt(SIZE)) + scorer.bonus[numbers]
    alone = anaphors @ scorer.alone + scorer.alone_bonus[forms]
    return np.concatenate([scores, alone[:, None]], axis=1)


def may_follow(mention: Span, candidate: Span, types: frozenset[str], kinds: frozenset[str]) -> bool:
    """Whether a candidate is allowed as antecedent: a type that both may have, and only pronouns follow pronouns."""
    if mention.form == PRONOUN:
        return bool(types & kinds) if candidate.form == PRONOUN else candidate.type in types
    return candidate.type == mention.type and candidate.form != PRONOUN


def allowed(
    mentions: Sequence[Span],
    number: int,
    types: Sequence[frozenset[str]],
    places: Sequence[int],
    apposed: Collection[int] = (),
) -> list[int]:
    """What a mention may refer to, by place and type; a name of the next sentence only if no name before it fits.

    One of ``apposed`` ("Halden bought Kestrel, its rival") refers to what stands before that name in its sentence: of
    138 in our passages with a firm there, 135 do (training/wordings.py).
    """
    fit = [
        j
        for j in candidates(mentions, number, places)
        if may_follow(mentions[number], mentions[j], types[number], types[j])
    ]
    inside = [j for j in fit if j < number - 1 and places[j] == places[number]] if number in apposed else []
    if inside:
        return inside
    named = any(mentions[j].form == NAME for j in fit if j < number)
    return [j for j in fit if places[j] <= places[number]] if named and places else fit


def least_sure(surface: str, form: str) -> float:
    """How sure a link has to be: noun phrases often mean another firm of the text, "they" often several."""
    return SURE if form == NOUN or surface.lower() in DOUBTFUL else 0.0


def link(
    mentions: Sequence[Span],
    groups: Sequence[int],
    scores: NDArray[np.float32],
    types: Sequence[frozenset[str]],
    places: Sequence[int] = (),
    least: Sequence[float] = (),
    apposed: Collection[int] = (),
) -> dict[int, tuple[int, float]]:
    """The first mention of the thing that a noun phrase or pronoun refers to, where it does, and how likely that is.

    ``groups`` tells which names are one thing, ``least`` how sure each link has to be. Chains count: a pronoun that
    follows another means what that one means.
    """
    chosen: dict[int, tuple[int, float]] = {}
    meant = np.zeros((len(mentions), len(mentions)))
    for i, mention in enumerate(mentions):
        if mention.form == NAME:
            meant[i, groups[i]] = 1.0
    for i, mention in enumerate(mentions):
        if mention.form == NAME:
            continue
        before = allowed(mentions, i, types, places, apposed)
        shares = softmax(scores[i, [*before, -1]])
        meant[i] = (shares[:-1] @ meant[before]) * [m.form != NAME or m.type in types[i] for m in mentions]
        meant[i, i] = shares[-1]
        best = int(meant[i].argmax())
        if best != i and meant[i, best] > (least[i] if least else 0.0):
            chosen[i] = best, float(meant[i, best])
    return chosen


def softmax(scores: NDArray[np.float32]) -> NDArray[np.float64]:
    """Scores as shares of one."""
    powers = np.exp(scores.astype(np.float64) - scores.max())
    return np.asarray(powers / powers.sum())


def candidates(mentions: Sequence[Span], number: int, places: Sequence[int]) -> list[int]:
    """What a mention may refer to: all before it, and for a pronoun the names of its sentence and the next."""
    later = range(number + 1, len(mentions)) if mentions[number].form == PRONOUN else ()
    near = (j for j in later if not places or places[j] <= places[number] + 1)
    return [*range(number), *(j for j in near if mentions[j].form == NAME)]


def clusters(
    mentions: Sequence[Span], surfaces: Sequence[str], antecedents: dict[int, int], headline: int = 0
) -> list[int]:
    """The cluster number of every mention: names by rule, then each linked mention with its antecedent.

    ``headline``: how many of the mentions stand in the headline.
    """
    cluster = name_groups(mentions, surfaces, headline)
    for i in sorted(antecedents, key=lambda i: (antecedents[i] < i, i)):
        cluster[i] = cluster[antecedents[i]]
    return cluster


def name_groups(mentions: Sequence[Span], surfaces: Sequence[str], headline: int = 0) -> list[int]:
    """The number of the first name that means the same, for every name; other mentions have their own number."""
    names = [i for i, mention in enumerate(mentions) if mention.form == NAME]
    groups = same_name([(surfaces[i], mentions[i].type) for i in names], sum(i < headline for i in names))
    found = list(range(len(mentions)))
    for i, group in zip(names, groups, strict=True):
        found[i] = names[group]
    return found


def cluster_types(mentions: Sequence[Span], cluster: Sequence[int]) -> dict[int, str]:
    """The type of every cluster: what most of its names say, else its noun phrases, else its pronouns."""
    found = {}
    for number in set(cluster):
        members = [m for m, c in zip(mentions, cluster, strict=True) if c == number]
        strongest = [m.type for m in members if m.form == min((x.form for x in members), key=FORMS.index)]
        found[number] = max(strongest, key=lambda kind: (strongest.count(kind), -strongest.index(kind)))
    return found
