"""How firmly a sentence says what it says, and with which details: polarity, modality, tense; title, source, dates,
sums.

The details are stretches of the sentence that the model points at; what they mean is read by ``details``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from kg.extraction.facets import likeliest
from kg.extraction.labels import ROLES, SIGNATURES
from kg.extraction.models import Floats
from kg.extraction.reading import Reading
from kg.extraction.relations import Tie

__all__ = ["Stated", "settle"]

LONGEST = 16


@dataclass(frozen=True, slots=True)
class Stated:
    """A relation between two mentions (numbers) as a sentence states it.

    ``details``: where the text gives title, source, since, until, money, share.
    """

    head: int
    label: str
    tail: int
    sentence: int
    polarity: str
    modality: str
    tense: str
    confidence: float
    details: tuple[tuple[str, tuple[int, int]], ...] = ()


def settle(reading: Reading, ties: Iterable[Tie]) -> list[Stated]:
    """The relations as stated, in the order of the text; of two clusters the surest of a sentence stands for all."""
    best: dict[tuple[int, int, str, int], Stated] = {}
    for tie in ties:
        polarity, modality, tense = likeliest(tie.facets)
        said = tuple(details(reading, tie))
        stated = Stated(tie.head, tie.label, tie.tail, tie.sentence, polarity, modality, tense, tie.confidence, said)
        ends = reading.cluster[tie.head], reading.cluster[tie.tail]
        first, second = sorted(ends) if SIGNATURES[tie.label].symmetric else ends
        key = (first, second, tie.label, tie.sentence)
        if key not in best or best[key].confidence < stated.confidence:
            best[key] = stated
    return sorted(best.values(), key=lambda r: (r.sentence, r.head, r.tail, r.label))


def details(reading: Reading, tie: Tie) -> Iterator[tuple[str, tuple[int, int]]]:
    """Where the sentence says each detail: the likeliest stretch, if likelier than none (row 0)."""
    seen = tie.seen
    low, high = reading.ranges[tie.sentence]
    rows = seen.rows[low - seen.window.low : high - seen.window.low]
    lasts = seen.rows[low - seen.window.low + 1 : high - seen.window.low + 1] - 1
    queries = tie.query.reshape(len(ROLES), 2, -1)
    keys = seen.encoded.keys.reshape(len(seen.encoded.keys), 2, -1)
    for role, (first, last) in zip(ROLES, queries, strict=True):
        starts, ends = keys[rows, 0] @ first, keys[lasts, 1] @ last
        table = np.where(stretches(len(rows)), starts[:, None] + ends[None, :], -np.inf)
        begin, end = divmod(int(np.argmax(table)), len(rows))
        if table[begin, end] > keys[0, 0] @ first + keys[0, 1] @ last:
            yield role, (reading.words.starts[low + begin], reading.words.ends[low + end])


def stretches(size: int) -> Floats:
    """Which (first, last) words make a stretch of at most ``LONGEST``."""
    ones = np.ones((size, size), dtype=bool)
    return np.asarray(np.triu(ones) & ~np.triu(ones, LONGEST))
