"""Pairs of mentions of one sentence: which are worth a look, and how the relation model sees them.

The relation model reads the sentence with a marker piece before and after each of the two mentions; where one is a
pronoun or a noun phrase, the sentence before as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from training.reader.labels import LABELS, SIGNATURES
from training.reader.tags import NAME, Span
from training.reader.wordpieces import CLS, FIRST_CLOSE, FIRST_OPEN, OTHER, SECOND_CLOSE, SECOND_OPEN, SEP, Words

LONGEST = 120
MARGIN = 12
MARKERS = {FIRST_OPEN: 1, FIRST_CLOSE: 2, SECOND_OPEN: 3, SECOND_CLOSE: 4}


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence with two marked mentions: pieces, casings, and the rows of the two opening markers."""

    pieces: tuple[int, ...]
    casings: tuple[int, ...]
    places: tuple[int, int]


def admitted(first: str, second: str) -> list[int]:
    """The outputs that the types of two mentions allow: ``label`` forward, ``label + len(LABELS)`` backward."""
    forward = [n for n, label in enumerate(LABELS) if fits(label, first, second)]
    backward = [
        n + len(LABELS)
        for n, label in enumerate(LABELS)
        if not SIGNATURES[label].symmetric and fits(label, second, first)
    ]
    return forward + backward


def fits(label: str, head: str, tail: str) -> bool:
    """Whether a label may tie a head of one type to a tail of another."""
    signature = SIGNATURES[label]
    if head not in signature.heads or tail not in signature.tails:
        return False
    return not (signature.alike and head != tail)


def stretch(
    words: Words, ranges: Sequence[tuple[int, int]], number: int, first: Span, second: Span
) -> tuple[int, int] | None:
    """The words around two mentions of sentence ``number``; None where they lie too far apart."""
    low, high = ranges[number]
    if number > 0 and (first.form != NAME or second.form != NAME):
        low = ranges[number - 1][0]
    inner = (max(low, first.low - MARGIN), min(high, second.high + MARGIN))
    if words.length(*inner) > LONGEST:
        inner = (first.low, second.high)
    if words.length(*inner) > LONGEST:
        return None
    while words.length(low, high) > LONGEST and low < inner[0]:
        low += 1
    while words.length(low, high) > LONGEST:
        high -= 1
    return low, high


def mark(words: Words, ranges: Sequence[tuple[int, int]], number: int, first: Span, second: Span) -> Marked | None:
    """The input of the relation model for two mentions in the order of the text; None where they do not fit."""
    around = stretch(words, ranges, number, first, second)
    if around is None or second.low < first.high:
        return None
    pieces, casings, places = [CLS], [OTHER], []
    before = {first.low: FIRST_OPEN, second.low: SECOND_OPEN}
    after = {first.high: FIRST_CLOSE, second.high: SECOND_CLOSE}
    for word in range(around[0], around[1] + 1):
        for marker in (after.get(word), before.get(word)):
            if marker is not None:
                places += [len(pieces)] if marker in (FIRST_OPEN, SECOND_OPEN) else []
                pieces.append(MARKERS[marker])
                casings.append(marker)
        if word < around[1]:
            pieces += words.pieces[words.first[word] : words.first[word + 1]]
            casings += words.casings[words.first[word] : words.first[word + 1]]
    return Marked((*pieces, SEP), (*casings, OTHER), (places[0], places[1]))
