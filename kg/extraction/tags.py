"""The tags of words: how mentions are written into them, and read out of a matrix of scores.

``O``, then begin and inside for every type as a name and as a noun phrase, then one a type for pronouns.
"""

from __future__ import annotations

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
    """The best mentions of the words from ``low`` on, one row of scores a word, by Viterbi over legal tag sequences."""
    scores = log_softmax(logits.astype(np.float64))
    for row in range(len(scores)):
        scores[row] += pronoun_mask(text[words.starts[low + row] : words.ends[low + row]].lower())
    return read_path(low, viterbi(scores), scores)


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


def transitions() -> NDArray[np.float64]:
    """Zero where the column's tag may follow the row's, minus infinity where not."""
    table = np.zeros((COUNT, COUNT))
    for first in range(1, 1 + 4 * len(TYPES), 2):
        table[:, first + 1] = -np.inf
        table[[first, first + 1], first + 1] = 0
    return table


TRANSITIONS = transitions()


def viterbi(scores: NDArray[np.float64]) -> list[int]:
    """The best legal sequence of tags."""
    best = scores[0] + TRANSITIONS[OUTSIDE]
    back = []
    for row in scores[1:]:
        ways = best[:, None] + TRANSITIONS
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
