"""Windows of whole sentences that the mention model reads at once; neighbours share some sentences for context."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.extraction.wordpieces import OTHER, Words

LONGEST = 254
SHARED = 32


@dataclass(frozen=True, slots=True)
class Window:
    """Words ``low`` up to ``high``; those before ``fresh`` were already in the window before."""

    low: int
    high: int
    fresh: int


def sentence_words(words: Words, sentences: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The sentences as ranges of words, those without a word left out, each at most one window long."""
    ranges = [words.range_of(start, end) for start, end in sentences]
    return [part for low, high in ranges if low < high for part in cut(words, low, high)]


def cut(words: Words, low: int, high: int) -> list[tuple[int, int]]:
    """A range in parts of at most one window."""
    parts = []
    while words.length(low, high) > LONGEST:
        end = low + 1
        while words.length(low, end + 1) <= LONGEST:
            end += 1
        parts.append((low, end))
        low = end
    return [*parts, (low, high)]


def windows(words: Words, ranges: Sequence[tuple[int, int]], shared: int = SHARED) -> list[Window]:
    """Windows over all sentences, each as full as it gets, with up to ``shared`` wordpieces of the one before."""
    found: list[Window] = []
    number = 0
    while number < len(ranges):
        fresh = low = ranges[number][0]
        back = number
        while back > 0 and words.length(ranges[back - 1][0], fresh) <= shared:
            back -= 1
            low = ranges[back][0]
        if words.length(low, ranges[number][1]) > LONGEST:
            low = fresh
        high = ranges[number][1]
        while number < len(ranges) and words.length(low, ranges[number][1]) <= LONGEST:
            high = ranges[number][1]
            number += 1
        found.append(Window(low, high, fresh))
    return found


def pieces(words: Words, low: int, high: int, edges: tuple[int, int]) -> tuple[list[int], list[int]]:
    """Wordpieces and kinds of a range of words between the two special pieces, ``edges``."""
    start, end = words.first[low], words.first[high]
    return [edges[0], *words.pieces[start:end], edges[1]], [OTHER, *words.casings[start:end], OTHER]


def first_rows(words: Words, window: Window) -> NDArray[np.int64]:
    """The row of the first piece of every word of a window, and one past the last piece at the end."""
    return np.array(words.first[window.low : window.high + 1], dtype=np.int64) - words.first[window.low] + 1
