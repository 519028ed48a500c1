"""A text as the encoder sees it: words, their wordpieces, and how each was cased (the encoder itself is uncased)."""

from __future__ import annotations

import bisect
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tokenizers import Tokenizer

LOWER, TITLE, UPPER, MIXED, OTHER, INSIDE = range(6)
FIRST_OPEN, FIRST_CLOSE, SECOND_OPEN, SECOND_CLOSE = range(6, 10)
KINDS = 10


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text: character offsets, and the range of wordpieces of each.

    Word ``w`` is ``text[starts[w]:ends[w]]`` and owns pieces ``first[w]`` up to ``first[w + 1]``.
    """

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    first: tuple[int, ...]
    pieces: tuple[int, ...]
    casings: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.starts)

    def range_of(self, start: int, end: int) -> tuple[int, int]:
        """The words that a stretch of characters touches, as a half-open range; empty where it touches none."""
        return bisect.bisect_right(self.ends, start), bisect.bisect_left(self.starts, end)

    def length(self, low: int, high: int) -> int:
        """How many wordpieces the words take."""
        return self.first[high] - self.first[low]


def casing(word: str) -> int:
    """How a word is written."""
    if not any(c.isalpha() for c in word):
        return OTHER
    if word.islower():
        return LOWER
    if word[0].isupper() and (word[1:].islower() or len(word) == 1):
        return TITLE
    return UPPER if word.isupper() else MIXED


def load(path: Path) -> Tokenizer:
    """The tokenizer without truncation, padding or special tokens of its own."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def words(tokenizer: Tokenizer, text: str) -> Words:
    """Split a text into words and pieces. Offsets count code points."""
    encoding = tokenizer.encode(text, add_special_tokens=False)
    starts: list[int] = []
    ends: list[int] = []
    first: list[int] = []
    casings: list[int] = []
    previous = None
    for number, (word, (start, end)) in enumerate(zip(encoding.word_ids, encoding.offsets, strict=True)):
        if word == previous:
            ends[-1] = max(end, ends[-1])
            continue
        starts.append(start)
        ends.append(end)
        first.append(number)
        previous = word
    first.append(len(encoding.ids))
    for number, (start, end) in enumerate(zip(starts, ends, strict=True)):
        casings += [casing(text[start:end])] + [INSIDE] * (first[number + 1] - first[number] - 1)
    return Words(tuple(starts), tuple(ends), tuple(first), tuple(encoding.ids), tuple(casings))
