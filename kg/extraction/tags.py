"""The tags of words: how mentions are written into them, and read out of a matrix of scores.

``O``, then begin and inside for every type as a name and as a noun phrase, then one a type for pronouns.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from kg.extraction.word_lists import PRONOUNS
from kg.extraction.wordpieces import Words

TYPES = ("Person", "Organization", "Product", "Place")
NAME, NOUN, PRONOUN = "name", "noun_phrase", "pronoun"
FORMS = (NAME, NOUN, PRONOUN)
OUTSIDE = 0
COUNT = 1 + 4 * len(TYPES) + len(TYPES)
LIKELY = {"Person": 0.5, "Organization": 0.5, "Product": 0.0, "Place": 0.5}  # a product often could be a firm, too
APART = 2.0  # how much less often, as a logarithm, two names of one type stand side by side than the model has it


@dataclass(frozen=True, slots=True)
class Span:
    """Words ``low`` up to ``high`` as a mention."""

    low: int
    high: int
    type: str
    form: str
    score: float = 1.0


def begin(kind: str, form: str) -> int:
    """The tag of a mention's first word."""
    number = TYPES.index(kind)
    return 1 + 4 * len(TYPES) + number if form == PRONOUN else 1 + 4 * number + 2 * FORMS.index(form)


def inside(kind: str, form: str) -> int:
    """The tag of a mention's further words."""
    return begin(kind, form) + 1


def spans(words: Words, text: str, low: int, logits: NDArray[np.float32]) -> list[Span]:
    """The best mentions of the words from ``low`` on, one row of scores a word, by Viterbi over legal tag sequences.

    A name that is more likely no name, or one of another type, is left out.
    """
    scores = log_softmax(logits.astype(np.float64))
    gaps = []
    for row in range(len(scores)):
        word = low + row
        scores[row] += pronoun_mask(text[words.starts[word] : words.ends[word]].lower())
        gaps += [text[words.ends[word - 1] : words.starts[word]]] if row else []
    found = read_path(low, viterbi(scores, [gap == " " for gap in gaps]), scores)
    return [span for span in found if likelihood(span, scores[span.low - low : span.high - low]) >= LIKELY[span.type]]


def likelihood(span: Span, scores: NDArray[np.float64]) -> float:
    """How likely the words of a name are of its type, whatever its borders: the mean over its rows of scores."""
    if span.form != NAME:
        return 1.0
    first = begin(span.type, NAME)
    return float(np.exp(scores[:, first : first + 4]).sum(axis=1).mean())


def log_softmax(logits: NDArray[np.float64]) -> NDArray[np.float64]:
    """Logarithms of probabilities along the last axis."""
    shifted = logits - logits.max(axis=-1, keepdims=True)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True)))


@lru_cache(maxsize=1 << 16)
def pronoun_mask(word: str) -> NDArray[np.float64]:
    """Pronouns are known by their words: the tags of other forms are closed to them, and theirs to other words."""
    mask = np.zeros(COUNT)
    if word in PRONOUNS:
        mask[1 : 1 + 4 * len(TYPES)] = -np.inf
    for number, kind in enumerate(TYPES):
        if kind not in PRONOUNS.get(word, ()):
            mask[1 + 4 * len(TYPES) + number] = -np.inf
    return mask


def transitions(apart: float) -> NDArray[np.float64]:
    """Zero where the column's tag may follow the row's, minus infinity where not.

    ``apart`` is taken off where a name follows another of its type.
    """
    table = np.zeros((COUNT, COUNT))
    for first in range(1, 1 + 4 * len(TYPES), 2):
        table[:, first + 1] = -np.inf
        table[[first, first + 1], first + 1] = 0
    for kind in TYPES:
        first = begin(kind, NAME)
        table[[first, first + 1], first] -= apart
    return table


TRANSITIONS = {False: transitions(0.0), True: transitions(APART)}


def viterbi(scores: NDArray[np.float64], close: Sequence[bool]) -> list[int]:
    """The best legal sequence of tags; ``close``: for each row but the first, whether only a space stands before it."""
    best = scores[0] + TRANSITIONS[False][OUTSIDE]
    back = []
    for row, near in zip(scores[1:], close, strict=True):
        ways = best[:, None] + TRANSITIONS[near]
        back.append(ways.argmax(axis=0))
        best = ways.max(axis=0) + row
    path = [int(best.argmax())]
    for pointers in reversed(back):
        path.append(int(pointers[path[-1]]))
    return path[::-1]


def read_path(low: int, path: list[int], scores: NDArray[np.float64]) -> list[Span]:
    """The mentions that a sequence of tags spells, each scored by its least certain word."""
    found = []
    row = 0
    while row < len(path):
        tag, end = path[row], row + 1
        if tag != OUTSIDE:
            kind, form = meaning(tag)
            while form != PRONOUN and end < len(path) and path[end] == inside(kind, form):
                end += 1
            score = float(np.exp(min(scores[r, path[r]] for r in range(row, end))))
            found.append(Span(low + row, low + end, kind, form, score))
        row = end
    return found


def meaning(tag: int) -> tuple[str, str]:
    """Type and form of a tag that begins a mention."""
    if tag > 4 * len(TYPES):
        return TYPES[tag - 1 - 4 * len(TYPES)], PRONOUN
    return TYPES[(tag - 1) // 4], FORMS[(tag - 1) % 4 // 2]
