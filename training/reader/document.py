"""First reading of a document: its mentions, who refers to whom, and which pairs may be related."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from training.reader.coreference import (
    SIZE,
    antecedent_scores,
    cluster_types,
    clusters,
    features,
    link,
    sentence_of,
    vector_rows,
)
from training.reader.models import Floats, Models
from training.reader.tags import FORMS, TYPES, Span, spans
from training.reader.windows import Window, pieces, windows
from training.reader.word_lists import PRONOUNS
from training.reader.wordpieces import Words

ALL_TYPES = frozenset(TYPES)


@dataclass(slots=True)
class Reading:
    """What is known of a document so far. ``pairs``: two mentions (numbers) of a sentence, their filter score."""

    text: str
    words: Words
    ranges: Sequence[tuple[int, int]]
    mentions: list[Span] = field(default_factory=list)
    antecedents: dict[int, int] = field(default_factory=dict)
    pairs: list[tuple[int, int, float]] = field(default_factory=list)

    def surface(self, number: int) -> str:
        """A mention as it is written."""
        mention = self.mentions[number]
        return self.text[self.words.starts[mention.low] : self.words.ends[mention.high - 1]]

    def sentence(self, number: int) -> int:
        """The sentence of a mention."""
        return sentence_of(self.ranges, self.mentions[number].low)


def read(models: Models, text: str, words: Words, ranges: Sequence[tuple[int, int]]) -> Reading:
    """Read all windows of a document, in order."""
    reading = Reading(text, words, ranges)
    for window in windows(words, ranges):
        read_window(models, reading, window)
    return reading


def read_window(models: Models, reading: Reading, window: Window) -> None:
    """Find the mentions of a window's new words, link them back, and score their pairs."""
    tags, vectors = models.read_window(*pieces(reading.words, window.low, window.high))
    rows = vector_rows(reading.words, window.low)
    fresh = rows[window.fresh - window.low : window.high - window.low]
    known = len(reading.mentions)
    reading.mentions += spans(reading.words, reading.text, window.fresh, tags[fresh])
    present = [n for n, mention in enumerate(reading.mentions) if mention.low >= window.low]
    if present:
        ends = np.array([(reading.mentions[n].low, reading.mentions[n].high - 1) for n in present]) - window.low
        link_back(models, reading, present, known, vectors, rows[ends])
        score_pairs(models, reading, present, known, vectors, rows[ends])


def link_back(
    models: Models, reading: Reading, present: list[int], known: int, vectors: Floats, ends: np.ndarray
) -> None:
    """Choose the antecedents of the new mentions among those of the window."""
    surfaces = [reading.surface(n) for n in present]
    forms = [reading.mentions[n].form for n in present]
    numbers = features(surfaces, forms, [reading.sentence(n) for n in present])
    marks = np.array([FORMS.index(form) for form in forms])
    scores = antecedent_scores(vectors, ends, models.settings.coreference, numbers, marks)
    types = [PRONOUNS.get(surface.lower(), ALL_TYPES) for surface in surfaces]
    chosen = link([reading.mentions[n] for n in present], scores, types, models.settings.link_margin)
    reading.antecedents.update({present[i]: present[j] for i, j in chosen.items() if present[i] >= known})


def score_pairs(
    models: Models, reading: Reading, present: list[int], known: int, vectors: Floats, ends: np.ndarray
) -> None:
    """Score every pair of new mentions of one sentence by whether it may be related at all."""
    first, last = vectors[ends[:, 0]], vectors[ends[:, 1]]
    members = np.maximum(first[:, 4 * SIZE : 5 * SIZE] + last[:, 5 * SIZE :], 0)
    weighed = members * models.settings.filter_weights
    for i, j in itertools.combinations(range(len(present)), 2):
        if present[i] >= known and reading.sentence(present[i]) == reading.sentence(present[j]):
            score = float(weighed[i] @ members[j]) + models.settings.filter_bias
            reading.pairs.append((present[i], present[j], score))


def settle(reading: Reading) -> tuple[list[int], dict[int, str]]:
    """The cluster of every mention, and the type of every cluster."""
    surfaces = [reading.surface(n) for n in range(len(reading.mentions))]
    cluster = clusters(reading.mentions, surfaces, reading.antecedents)
    return cluster, cluster_types(reading.mentions, cluster)
