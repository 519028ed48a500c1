"""Where a mention stands and how much is said of what it means: what the encoder's scores of antecedents leave out.

A small network over these features corrects the learned score of every candidate: how far it is and what stands
between, the grammatical place of both, and of the candidate's thing how often, how early and where in its sentences it
was named.
"""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.extraction.names import tokens
from kg.extraction.tags import FORMS, NAME, NOUN, PRONOUN

__all__ = [
    "BUCKETS",
    "DISTANCES",
    "FEATURES",
    "Place",
    "Salience",
    "case_of",
    "describe",
    "kinship",
    "person_of",
    "untaught",
]

DISTANCES = (1, 2, 3, 5)
BUCKETS = len(DISTANCES) + 2  # the last one: the candidate comes later
CASES = (
    frozenset(("he", "she", "they", "i", "we")),
    frozenset(("him", "them", "me", "us")),
    frozenset(("his", "its", "their", "my", "our", "whose", "hers", "theirs", "ours")),
    frozenset(("himself", "herself", "itself", "themselves", "myself", "ourselves")),
    frozenset(("who", "whom", "which")),
)
SUBJECT, OBJECT, POSSESSIVE = range(3)
PERSONS = (
    frozenset(("he", "him", "his", "himself")),
    frozenset(("she", "her", "hers", "herself")),
    frozenset(("it", "its", "itself")),
    frozenset(("they", "them", "their", "theirs", "themselves")),
    frozenset(("i", "me", "my", "myself", "we", "us", "our", "ours", "ourselves")),
    frozenset(("who", "whom", "whose", "which")),
)
THIRD = 3
FEATURES = 50
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Salience:
    """The learned numbers: a network of one hidden layer beside a linear one, and what the learned scores weigh."""

    hidden: Floats
    hidden_bias: Floats
    output: Floats
    direct: Floats
    scales: Floats
    alone: Floats

    def corrected(self, scores: Floats, described: Floats, forms: NDArray[np.int64]) -> Floats:
        """The scores of ``coreference.antecedent_scores``, those of pronouns corrected by the features of every pair.

        Noun phrases keep theirs: corrected they were linked more often, but to the wrong thing.
        """
        inner = np.maximum(described @ self.hidden + self.hidden_bias, 0)
        pairs = self.scales[0] * scores[:, :-1] + inner @ self.output + described @ self.direct
        alone = self.scales[1] * scores[:, -1] + self.alone[forms]
        corrected = np.concatenate([pairs, alone[:, None]], axis=1)
        return np.where((forms == FORMS.index(PRONOUN))[:, None], corrected, scores).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Place:
    """A mention: its surface and form, the number of its first word and of its sentence, and what it names.

    ``opens``: no mention of the sentence comes before; ``governed``: a preposition stands right before it;
    ``owns``: a possessive follows; ``quoted``: inside quotation marks.
    """

    surface: str
    form: str
    word: int
    sentence: int
    thing: int
    opens: bool
    governed: bool
    owns: bool
    quoted: bool


@dataclass(slots=True)
class Thing:
    """What was said of one thing up to some point."""

    mentions: int = 0
    openings: int = 0
    last: int = -1
    sentence: int = -1
    opened: int = -1


def untaught() -> Salience:
    """Numbers that correct nothing."""
    empty = np.zeros((FEATURES, 1), np.float32)
    return Salience(empty, empty[0], empty[0], empty[:, 0], np.ones(2, np.float32), np.zeros(len(FORMS), np.float32))


def kinship(a: str, b: str) -> int:
    """How much two surfaces share: 0 no word, 1 some, 2 all."""
    left, right = set(tokens(a)) - {"the", "a", "an"}, set(tokens(b)) - {"the", "a", "an"}
    return 2 if left == right else int(bool(left & right))


def case_of(word: str) -> int:
    """The number of a pronoun's case among ``CASES``, and one more for all other words."""
    return next((n for n, words in enumerate(CASES) if word.lower() in words), len(CASES))


def person_of(word: str) -> int:
    """The number of a pronoun's person and gender among ``PERSONS``, and one more for all other words."""
    return next((n for n, words in enumerate(PERSONS) if word.lower() in words), len(PERSONS))


def describe(places: Sequence[Place]) -> Floats:
    """(mentions, mentions, FEATURES): every candidate (second axis) as antecedent of every mention but names."""
    table = np.zeros((len(places), len(places), FEATURES), dtype=np.float32)
    total, rank = counts(places)
    things: dict[int, Thing] = {}
    cases, persons = [case_of(p.surface) for p in places], [person_of(p.surface) for p in places]
    for i, anaphor in enumerate(places):
        if anaphor.form != NAME:
            own = of_anaphor(anaphor, cases[i], persons[i], len(rank))
            for j in range(len(places) if anaphor.form == PRONOUN else i):
                if j == i or (j > i and places[j].form != NAME):
                    continue
                candidate = places[j]
                thing = things.get(candidate.thing, Thing())
                between = {p.thing for p in places[min(i, j) + 1 : max(i, j)] if p.form != PRONOUN}
                table[i, j] = [
                    *own,
                    *of_pair(anaphor, candidate, len(between), cases[i]),
                    *of_persons(persons[i], persons[j]),
                    *of_thing(anaphor, thing, j, total[candidate.thing]),
                    candidate.thing == places[0].thing,
                    np.log1p(rank.get(candidate.thing, len(rank))),
                ]
        note(things.setdefault(anaphor.thing, Thing()), anaphor, i)
    return table


def counts(places: Sequence[Place]) -> tuple[dict[int, int], dict[int, int]]:
    """How often each thing is mentioned, and the named things in their order."""
    total: dict[int, int] = {}
    rank: dict[int, int] = {}
    for place in places:
        total[place.thing] = total.get(place.thing, 0) + 1
        if place.form == NAME:
            rank.setdefault(place.thing, len(rank))
    return total, rank


def note(thing: Thing, place: Place, number: int) -> None:
    """Count one more mention of a thing."""
    thing.mentions += 1
    thing.openings += place.opens
    thing.last, thing.sentence = number, place.sentence
    thing.opened = place.sentence if place.opens else thing.opened


def of_anaphor(anaphor: Place, case: int, person: int, named: int) -> list[float]:
    """What does not depend on the candidate: case, person, place, how many things are named."""
    cases = [float(case == n) for n in range(len(CASES) + 1)]
    persons = [float(person == n) for n in range(len(PERSONS) + 1)]
    return [*cases, *persons, anaphor.form == NOUN, anaphor.opens, anaphor.quoted, float(np.log1p(named))]


def of_pair(anaphor: Place, candidate: Place, between: int, case: int) -> list[float]:
    """How the two stand to one another, and the place of the candidate."""
    later, distance = candidate.word > anaphor.word, anaphor.sentence - candidate.sentence
    bucket = BUCKETS - 1 if later else bisect.bisect_right(DISTANCES, distance)
    shared = kinship(anaphor.surface, candidate.surface) if anaphor.form == NOUN else 0
    here = candidate.opens and distance == 0
    return [
        *(float(bucket == n) for n in range(BUCKETS)),
        float(np.log1p(between)),
        float(np.log1p(abs(anaphor.word - candidate.word))),
        *(float(candidate.form == form) for form in FORMS),
        candidate.opens,
        candidate.governed,
        candidate.owns,
        candidate.quoted == anaphor.quoted,
        candidate.opens and anaphor.opens,
        candidate.opens and case == SUBJECT,
        here and case == OBJECT,
        here and case == POSSESSIVE,
        shared == 1,
        shared == 2,
    ]


def of_persons(anaphor: int, candidate: int) -> list[float]:
    """Whether two pronouns agree, and whether he, she and it are set against each other."""
    both = anaphor < len(PERSONS) and candidate < len(PERSONS)
    return [both and anaphor == candidate, both and anaphor != candidate and max(anaphor, candidate) < THIRD]


def of_thing(anaphor: Place, thing: Thing, number: int, total: int) -> list[float]:
    """What was said of the candidate's thing before: how often, how lately, whether it opened sentences."""
    return [
        float(np.log1p(thing.mentions)),
        float(np.log1p(total)),
        float(np.log1p(thing.openings)),
        thing.last == number,
        thing.sentence == anaphor.sentence,
        thing.sentence == anaphor.sentence - 1,
        thing.opened == anaphor.sentence,
        thing.opened == anaphor.sentence - 1,
    ]
