"""Gold texts cut into the windows that the model learns from: tags, antecedents, pairs with labels and details."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from kg.extraction import windows as cutting
from kg.extraction.coreference import features, sentence_of
from kg.extraction.labels import FACETS, OUTPUTS, ROLES
from kg.extraction.sentences import sentences
from kg.extraction.tags import FORMS, NAME, PRONOUN, TYPES
from kg.extraction.wordpieces import Words, words
from training.gold import NO_ENTITY, Mark, Text
from training.pairing import Judged, judged_pairs
from training.tagging import allowed_tags, disjoint

Ints = NDArray[np.int64]
Ranges = list[tuple[int, int]]
PLACES, UNRELATED = 0.15, {"knowledgenet": 0.6, "redocred": 0.3}


@dataclass(slots=True)
class Example:
    """One window.

    ``rows`` first row of each word; ``allowed`` (words, tags); ``spans`` (mentions, 3): row of the first word, of the
    last word, of the last piece; ``antecedents`` (mentions, mentions + 1): 1 right, 0 wrong, -1 no candidate;
    ``types`` -1 where unsure; ``pairs`` (pairs, 2) numbers of mentions; ``target`` and ``weight`` (pairs, outputs);
    ``share`` (pairs): in how many epochs a pair is seen; ``happening`` (pairs): of an event, else -1; ``stated``
    (facts, 2): pair and output; ``values`` (facts, facets), -1 not known; ``details``: (fact, role, first row, last
    row), row 0 for none.
    """

    corpus: str
    id: str
    pieces: Ints
    kinds: Ints
    rows: Ints
    allowed: NDArray[np.bool_]
    spans: Ints
    forms: Ints
    types: Ints
    numbers: Ints
    antecedents: Ints
    pairs: Ints
    target: NDArray[np.float32]
    weight: NDArray[np.float32]
    filtered: NDArray[np.float32]
    share: NDArray[np.float32]
    happening: Ints
    stated: Ints
    values: Ints
    details: Ints


def examples(text: Text, tokenizer: Tokenizer, edges: tuple[int, int]) -> Iterator[Example]:
    """The windows of a text, without overlap."""
    split = words(tokenizer, text.text)
    ranges = cutting.sentence_words(split, sentences(text.text))
    if not ranges:
        return
    allowed = allowed_tags(text, split)
    judged = list(judged_pairs(text, split, ranges))
    for window in cutting.windows(split, ranges, shared=0):
        yield Cutter(text, split, ranges, window).example(allowed, judged, edges)


class Cutter:
    """One window of a text, with its marks as rows."""

    def __init__(self, text: Text, split: Words, ranges: Ranges, window: cutting.Window) -> None:
        self.text, self.split, self.window = text, split, window
        self.rows = cutting.first_rows(split, window)
        inside = {}
        for mark in sorted(disjoint(text), key=lambda m: m.start):
            first, last = split.range_of(mark.start, mark.end)
            if window.low <= first < last <= window.high and mark.type != NO_ENTITY:
                inside[mark] = (first - window.low, last - window.low)
        self.marks, self.ends = list(inside), list(inside.values())
        self.number = {mark: n for n, mark in enumerate(self.marks)}
        self.places = [sentence_of(ranges, first + window.low) for first, _ in self.ends]

    def example(self, allowed: NDArray[np.bool_], judged: list[Judged], edges: tuple[int, int]) -> Example:
        """The window as arrays."""
        low, high, marks = self.window.low, self.window.high, self.marks
        pieces, kinds = cutting.pieces(self.split, low, high, edges)
        antecedents = self.antecedents()
        pairs = [p for p in judged if all(self.text.marks[n] in self.number for n in (p.first, p.second))]
        target, weight = np.zeros((2, len(pairs), OUTPUTS), np.float32)
        for n, pair in enumerate(pairs):
            target[n], weight[n] = pair.target, pair.weight
        stated = [(n, output) for n, pair in enumerate(pairs) for output in pair.values]
        return Example(
            self.text.corpus,
            self.text.id,
            np.array(pieces),
            np.array(kinds),
            self.rows[:-1],
            allowed[low:high].copy(),
            np.array([(self.rows[f], self.rows[t - 1], self.rows[t] - 1) for f, t in self.ends]).reshape(-1, 3),
            np.array([FORMS.index(mark.form) for mark in marks], dtype=np.int64),
            np.array([TYPES.index(m.type) if m.type else -1 for m in marks], dtype=np.int64),
            features([self.text.text[m.start : m.end] for m in marks], [m.form for m in marks], self.places),
            antecedents,
            np.array([self.both(p) for p in pairs], dtype=np.int64).reshape(-1, 2),
            target,
            weight,
            np.array([self.for_filter(p) for p in pairs], dtype=np.float32),
            np.array([self.share(p) for p in pairs], dtype=np.float32),
            np.full(len(pairs), -1, dtype=np.int64),
            np.array(stated, dtype=np.int64).reshape(-1, 2),
            np.array([facets(pairs[n].values[o]) for n, o in stated], dtype=np.int64).reshape(-1, len(FACETS)),
            np.array(list(self.details(pairs, stated)), dtype=np.int64).reshape(-1, 4),
        )

    def both(self, pair: Judged) -> tuple[int, int]:
        """A pair by the numbers of the window's marks."""
        return self.number[self.text.marks[pair.first]], self.number[self.text.marks[pair.second]]

    def for_filter(self, pair: Judged) -> float:
        """Whether any relation is stated; -1 where KnowledgeNet's silence does not tell."""
        return -1.0 if self.text.corpus == "knowledgenet" and not pair.related else float(pair.related)

    def share(self, pair: Judged) -> float:
        """In how many epochs a pair is seen."""
        if all(self.text.marks[n].type == "Place" for n in (pair.first, pair.second)):
            return PLACES if self.text.corpus == "redocred" else 1.0
        return 1.0 if pair.related else UNRELATED.get(self.text.corpus, 1.0)

    def antecedents(self) -> Ints:
        """For every mark, which earlier ones it refers back to, a pronoun which later names; no 1 where nothing is
        known.
        """
        marks = self.marks
        table = np.full((len(marks), len(marks) + 1), -1, dtype=np.int64)
        size: dict[str, int] = {}
        for mark in self.text.marks:
            size[mark.entity] = size.get(mark.entity, 0) + 1
        for i, mark in enumerate(marks):
            if mark.form == NAME or (self.text.corpus == "knowledgenet" and size[mark.entity] == 1):
                continue
            for j in range(len(marks) if mark.form == PRONOUN else i):
                if (j < i or marks[j].form == NAME) and admissible(mark, marks[j]):
                    table[i, j] = marks[j].entity == mark.entity
            alone = self.text.corpus != "gap"  # GAP marks two candidates, not all
            table[i, -1] = alone and not (table[i] == 1).any()
        return table

    def details(self, pairs: list[Judged], stated: list[tuple[int, int]]) -> Iterator[tuple[int, int, int, int]]:
        """Fact, role, first and last row of every stretch that says it; row 0 where nothing does."""
        for fact, (n, output) in enumerate(stated):
            for role, stretches in enumerate(pairs[n].details.get(output, (None,) * len(ROLES))):
                if stretches == ():
                    yield fact, role, 0, 0
                for start, end in stretches or ():
                    first, last = self.split.range_of(start, end)
                    if self.window.low <= first < last <= self.window.high:
                        rows = self.rows[first - self.window.low], self.rows[last - self.window.low] - 1
                        yield fact, role, int(rows[0]), int(rows[1])


def facets(stated: tuple[str, str, str]) -> list[int]:
    """The numbers of the facets' values."""
    return [names.index(value) for names, value in zip(FACETS.values(), stated, strict=True)]


def admissible(mark: Mark, candidate: Mark) -> bool:
    """Whether the candidate's type fits, and only pronouns follow pronouns."""
    if candidate.form == PRONOUN and mark.form != PRONOUN:
        return False
    return not mark.type or not candidate.type or mark.type == candidate.type
