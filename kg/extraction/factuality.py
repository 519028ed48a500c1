"""How firmly a sentence says what it says: polarity, modality, tense, beside the details that ``stretches`` finds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.extraction.facets import likeliest
from kg.extraction.labels import SIGNATURES
from kg.extraction.reading import Reading
from kg.extraction.relations import Tie
from kg.extraction.stretches import Detail, Place, shared_out

__all__ = ["Stated", "parties", "settle"]


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
    details: tuple[tuple[str, Place], ...] = ()


def settle(reading: Reading, ties: Iterable[Tie]) -> list[Stated]:
    """The relations as stated, in the order of the text; of two clusters the surest of a sentence stands for all."""
    every = list(ties)
    best: dict[tuple[int, int, str, int], Tie] = {}
    for tie in every:
        key = (*parties(reading, tie), tie.label, tie.sentence)
        if key not in best or best[key].confidence < tie.confidence:
            best[key] = tie
    chosen = sorted(best.values(), key=lambda r: (r.sentence, r.head, r.tail, r.label))
    return [stated(tie, said) for tie, said in zip(chosen, shared_out(reading, chosen, every), strict=True)]


def parties(reading: Reading, of: Tie | Stated) -> tuple[int, int]:
    """The clusters that a relation ties, in one order whichever way a symmetric one is said."""
    first, second = reading.cluster[of.head], reading.cluster[of.tail]
    swapped = SIGNATURES[of.label].symmetric and first > second
    return (second, first) if swapped else (first, second)


def stated(tie: Tie, said: Iterable[Detail]) -> Stated:
    """A relation with how firmly it is said and its details."""
    polarity, modality, tense = likeliest(tie.facets)
    places = tuple((detail.role, detail.place) for detail in said)
    return Stated(tie.head, tie.label, tie.tail, tie.sentence, polarity, modality, tense, tie.confidence, places)
