"""The second reading: which relations a sentence states between two mentions."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from kg.extraction.coreference import SIZE
from kg.extraction.facets import combined
from kg.extraction.labels import LABELS
from kg.extraction.models import Floats, Models, Paired
from kg.extraction.pairs import admitted, markers
from kg.extraction.reading import Reading, Seen
from kg.extraction.tags import NAME, NOUN
from kg.extraction.word_lists import COMPANY_WORDS

__all__ = ["Tie", "find_relations"]

AT_ONCE = 32
CERTAIN = 0.9  # set by hand: too few of these wordings stand in the passages to measure it
Forced = set[tuple[int, str, int]]


@dataclass(frozen=True, slots=True)
class Tie:
    """A relation that a sentence states between two mentions (numbers), before it is read how.

    ``facets`` scores the combinations of polarity, modality and tense; ``query`` points at the details; ``seen`` is the
    window that was read.
    """

    head: int
    label: str
    tail: int
    sentence: int
    confidence: float
    facets: Floats
    query: Floats
    seen: Seen


def find_relations(models: Models, reading: Reading, certain: Iterable[tuple[int, str, int]] = ()) -> list[Tie]:
    """All relations of a text, window by window; those of ``certain`` (head, label, tail) are found in any case."""
    forced = set(certain)
    return [tie for seen in reading.seen for tie in of_window(models, reading, seen, forced)]


def of_window(models: Models, reading: Reading, seen: Seen, forced: Forced) -> Iterator[Tie]:
    """The relations of a window's new sentences."""
    fresh = set(seen.fresh)
    sure = {
        (min(h, t), max(h, t)) for h, _, t in forced if {h, t} <= fresh and reading.cluster[h] != reading.cluster[t]
    }
    chosen = sorted(sure | set(candidates(models, reading, seen)))
    for start in range(0, len(chosen), AT_ONCE):
        batch = chosen[start : start + AT_ONCE]
        rows = [[seen.ends(reading.mentions[n]) for n in pair] for pair in batch]
        ends = [((a[0], a[2]), (b[0], b[2])) for a, b in rows]
        paired = models.read_pairs(seen.encoded, markers(ends, len(seen.encoded.tags)))
        for row, pair in enumerate(batch):
            yield from of_pair(models, reading, seen, pair, paired, row, forced)


def candidates(models: Models, reading: Reading, seen: Seen) -> Iterator[tuple[int, int]]:
    """The pairs worth a look: of one sentence and two clusters, types that may be tied, filter passed.

    A noun phrase counts only where its cluster has a name, or where it is "the company" or its like.
    """
    fresh = sorted(seen.fresh)
    if len(fresh) < 2:
        return
    cluster, types = reading.cluster, reading.types
    named = {cluster[n] for n, mention in enumerate(reading.mentions) if mention.form == NAME}
    scores = filter_scores(models, reading, seen, fresh)
    floor = models.settings.filter_floor
    lowest = math.log(floor / (1 - floor)) if floor > 0 else -math.inf
    for i, j in itertools.combinations(range(len(fresh)), 2):
        first, second = fresh[i], fresh[j]
        if scores[i, j] < lowest or reading.sentence(first) != reading.sentence(second):
            continue
        nameless = any(is_nameless(reading, n, named) for n in (first, second))
        strangers = cluster[first] != cluster[second] and admitted(types[cluster[first]], types[cluster[second]])
        if strangers and not nameless:
            yield first, second


def is_nameless(reading: Reading, number: int, named: set[int]) -> bool:
    """Whether a noun phrase stands for nothing with a name; "the company" is kept, as a text may name it elsewhere."""
    mention = reading.mentions[number]
    unnamed = mention.form == NOUN and reading.cluster[number] not in named
    return unnamed and reading.word(mention.high - 1) not in COMPANY_WORDS


def filter_scores(models: Models, reading: Reading, seen: Seen, fresh: Sequence[int]) -> Floats:
    """For each two mentions, how likely any relation is stated between them."""
    ends = np.array([seen.ends(reading.mentions[n])[:2] for n in fresh])
    vectors = seen.encoded.vectors
    members = np.maximum(vectors[ends[:, 0], 4 * SIZE : 5 * SIZE] + vectors[ends[:, 1], 5 * SIZE :], 0)
    return np.asarray((members * models.settings.filter_weights) @ members.T + models.settings.filter_bias)


def of_pair(
    models: Models,
    reading: Reading,
    seen: Seen,
    pair: tuple[int, int],
    paired: Paired,
    row: int,
    forced: Forced,
) -> list[Tie]:
    """The relations between two mentions; the types of their clusters bound the labels."""
    types = [reading.types[reading.cluster[n]] for n in pair]
    settings = models.settings
    found = []
    for number in admitted(types[0], types[1]):
        label, forward = LABELS[number % len(LABELS)], number < len(LABELS)
        raw = 1 / (1 + math.exp(-float(paired.labels[row, number])))
        confidence = float(np.interp(raw, *settings.calibration))
        head, tail = pair if forward else pair[::-1]
        if (head, label, tail) in forced:
            confidence = max(confidence, CERTAIN)
        if confidence >= settings.thresholds[label]:
            prior = settings.facet_prior[number % len(LABELS)]
            facets = combined(paired.facets[row] + settings.facets_of[number], prior)
            query = paired.queries[row] + settings.queries_of[number]
            found.append(Tie(head, label, tail, reading.sentence(pair[0]), confidence, facets, query, seen))
    return found
