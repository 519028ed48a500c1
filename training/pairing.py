"""What gold says of every pair of mentions in a sentence: relations that hold, that do not, that nobody judged."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.extraction.coreference import sentence_of
from kg.extraction.labels import INVERSE, LABELS, OUTPUTS, output
from kg.extraction.pairs import admitted
from kg.extraction.tags import NAME
from kg.extraction.wordpieces import Words
from training.gold import Fact, Text
from training.tagging import disjoint

OFFICE = {"leads", "board_member_of"}
SEAT = {"headquartered_in", "located_in"}  # sets draw the line between a seat and another place differently
COMPATIBLE = (
    {"leads", "board_member_of", "employed_by", "founded_by", "holds_shares_in", "member_of", "invested_in"},
    {"parent_of", "acquired", "invested_in", "founded_by"},
    {"partner_of", "customer_of", "supplier_of", "invested_in"},
    {"headquartered_in", "located_in"},
    {"spouse_of", "relative_of"},
    {"employed_by", "educated_at", "member_of"},
    {"member_of", "political_affiliation", "leads"},
)
EXCLUSION = 0.3
ELSEWHERE = 0.5


@dataclass(frozen=True, slots=True)
class Judged:
    """Two marks (numbers, in the order of the text) of one sentence, and what is known of each output.

    ``weight`` is zero where nothing is known. ``values`` gives polarity, modality and tense by output.
    """

    sentence: int
    first: int
    second: int
    target: NDArray[np.float32]
    weight: NDArray[np.float32]
    values: dict[int, tuple[str, str, str]]
    details: dict[int, tuple[tuple[tuple[int, int], ...] | None, ...]]

    @property
    def related(self) -> bool:
        """Whether any relation holds."""
        return bool(self.target.any())

    @property
    def judged(self) -> bool:
        """Whether anything is known."""
        return bool(self.weight.any())


def judged_pairs(text: Text, words: Words, ranges: Sequence[tuple[int, int]]) -> Iterator[Judged]:
    """Every pair of a sentence about which gold says something."""
    kept = set(disjoint(text))
    by_sentence: dict[int, list[int]] = {}
    for number, mark in enumerate(text.marks):
        low, high = words.range_of(mark.start, mark.end)
        if mark in kept and mark.type and low < high and sentence_of(ranges, low) == sentence_of(ranges, high - 1):
            by_sentence.setdefault(sentence_of(ranges, low), []).append(number)
    for sentence, numbers in sorted(by_sentence.items()):
        ordered = sorted(numbers, key=lambda n: text.marks[n].start)
        for first, second in itertools.combinations(ordered, 2):
            pair = judge(text, sentence, first, second)
            if pair is not None and pair.judged:
                yield pair


def judge(text: Text, sentence: int, first: int, second: int) -> Judged | None:
    """What gold says of two marks; None where their types admit no relation or they are one entity."""
    a, b = text.marks[first], text.marks[second]
    possible = admitted(a.type, b.type)
    if a.entity == b.entity or not possible:
        return None
    pair = Judged(sentence, first, second, np.zeros(OUTPUTS, np.float32), np.zeros(OUTPUTS, np.float32), {}, {})
    middle = (a.start + b.end) // 2
    labels = {label for scope in text.scopes if scope.start <= middle <= scope.end for label in scope.labels}
    for number in possible:
        if LABELS[number % len(LABELS)] in labels:
            pair.weight[number] = 1.0
    for fact in text.facts:
        if {fact.head, fact.tail} == {a.entity, b.entity}:
            note_fact(text, pair, fact)
        elif text.corpus == "knowledgenet":
            forgive_unlinked(text, pair, fact)
    if pair.related:
        settle_neighbours(text, pair, possible)
    return pair


def note_fact(text: Text, pair: Judged, fact: Fact) -> None:
    """A fact about the two entities: said by these very marks, or somewhere else in the text."""
    a, b = text.marks[pair.first], text.marks[pair.second]
    number = output(fact.label, fact.head == a.entity)
    here = fact.evidence is None or (fact.evidence[0] <= a.start and b.end <= fact.evidence[1])
    if text.corpus == "redocred" or (here and fact.places and set(fact.places) == {pair.first, pair.second}):
        pair.target[number] = 1.0
        pair.weight[number] = ELSEWHERE if text.corpus == "redocred" else 1.0
        if fact.values:
            pair.values[number] = fact.values
            pair.details[number] = fact.details
    elif not pair.target[number]:
        pair.weight[number] = 0.0 if here else ELSEWHERE


def forgive_unlinked(text: Text, pair: Judged, fact: Fact) -> None:
    """KnowledgeNet leaves pronouns unlinked: a pair that shares one side with a fact may state it through one."""
    marks = (text.marks[pair.first], text.marks[pair.second])
    shared = [m for m in marks if m.entity in (fact.head, fact.tail)]
    if len(shared) != 1:
        return
    other = next(m for m in marks if m is not shared[0])
    missing = fact.tail if fact.head == shared[0].entity else fact.head
    if unlinked(text, other.entity) or unlinked(text, missing):
        forward = (fact.head == shared[0].entity) == (shared[0] is marks[0])
        number = output(fact.label, forward)
        pair.weight[number] = pair.target[number]


def unlinked(text: Text, entity: str) -> bool:
    """Whether an entity has no name: it may be any other of the text."""
    return all(mark.form != NAME for mark in text.marks if mark.entity == entity)


def settle_neighbours(text: Text, pair: Judged, possible: list[int]) -> None:
    """What a stated relation says of the other outputs: its inverse is one fact, an unlike label weakly excluded."""
    stated = [number for number in possible if pair.target[number]]
    labels = {LABELS[number % len(LABELS)] for number in stated}
    for number in possible:
        label = LABELS[number % len(LABELS)]
        if pair.target[number]:
            continue
        office = label == "employed_by" and labels & OFFICE and text.corpus == "own"
        if INVERSE.get(label) in labels or office or (label in SEAT and labels & SEAT):
            pair.weight[number] = 0.0
        elif not pair.weight[number] and text.corpus in ("knowledgenet", "core") and not compatible(label, labels):
            pair.weight[number] = EXCLUSION


def compatible(label: str, others: set[str]) -> bool:
    """Whether a label often holds beside one of the others."""
    return label in others or any(label in group and others & group for group in COMPATIBLE)
