"""Our own passages with event words marked by whether the event happened: ``training/events/*.txt``, a passage a line.

``{word|+}`` happened or holds, ``{word|?}`` uncertain (planned, possible, alleged), ``{word|-}`` did not happen. An
event's word stands at both ends of a pair, so the same markers that read relations read it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from kg.extraction import windows as cutting
from kg.extraction.labels import FACETS, HAPPENING, OUTPUTS
from kg.extraction.sentences import sentences
from kg.extraction.tags import COUNT
from kg.extraction.wordpieces import Words, words
from training.examples import Example

FOLDER = Path(__file__).parent / "events"
EVENT = re.compile(r"\{([^{}|]+)\|([+?-])\}")
VALUES = {"+": "happened", "?": "uncertain", "-": "did not"}


@dataclass(frozen=True, slots=True)
class Passage:
    """A text and its events: start, end, number of the value in ``labels.HAPPENING``."""

    id: str
    text: str
    events: tuple[tuple[int, int, int], ...]


def read(folder: Path = FOLDER) -> Iterator[Passage]:
    """All passages, in the order of the files' names; raises ValueError for broken markup."""
    for path in sorted(folder.glob("*.txt")):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if line.strip() and not line.startswith("#"):
                yield parse(f"{path.stem}:{number}", line.strip())


def parse(name: str, line: str) -> Passage:
    """One line."""
    text, last, events = "", 0, []
    for match in EVENT.finditer(line):
        text += line[last : match.start()]
        events.append((len(text), len(text) + len(match[1]), HAPPENING.index(VALUES[match[2]])))
        text += match[1]
        last = match.end()
    text += line[last:]
    if set(text) & set("{}|"):
        raise ValueError(f"{name}: stray markup")
    return Passage(name, text, tuple(events))


def held_back(name: str) -> bool:
    """Whether a passage belongs to the tenth that is never trained on."""
    return hashlib.sha256(name.encode()).digest()[0] % 10 == 0


def examples(passage: Passage, tokenizer: Tokenizer, edges: tuple[int, int]) -> Iterator[Example]:
    """The windows of a passage; they teach nothing but what happened."""
    split = words(tokenizer, passage.text)
    for window in cutting.windows(split, cutting.sentence_words(split, sentences(passage.text)), shared=0):
        yield example(passage, split, window, edges)


def example(passage: Passage, split: Words, window: cutting.Window, edges: tuple[int, int]) -> Example:
    """One window."""
    rows = cutting.first_rows(split, window)
    pieces, kinds = cutting.pieces(split, window.low, window.high, edges)
    spans, happening = [], []
    for start, end, value in passage.events:
        first, last = (word - window.low for word in split.range_of(start, end))
        if 0 <= first < last <= window.high - window.low:
            spans.append((rows[first], rows[last - 1], rows[last] - 1))
            happening.append(value)
    count = len(spans)
    return Example(
        corpus="events",
        id=passage.id,
        pieces=np.array(pieces),
        kinds=np.array(kinds),
        rows=rows[:-1],
        allowed=np.ones((window.high - window.low, COUNT), dtype=bool),
        spans=np.array(spans, dtype=np.int64).reshape(-1, 3),
        forms=np.zeros(count, dtype=np.int64),
        types=np.full(count, -1, dtype=np.int64),
        numbers=np.zeros((count, count), dtype=np.int64),
        antecedents=np.full((count, count + 1), -1, dtype=np.int64),
        pairs=np.repeat(np.arange(count)[:, None], 2, axis=1),
        target=np.zeros((count, OUTPUTS), np.float32),
        weight=np.zeros((count, OUTPUTS), np.float32),
        filtered=np.full(count, -1.0, np.float32),
        share=np.ones(count, np.float32),
        happening=np.array(happening, dtype=np.int64),
        stated=np.zeros((0, 2), dtype=np.int64),
        values=np.zeros((0, len(FACETS)), dtype=np.int64),
        details=np.zeros((0, 4), dtype=np.int64),
    )
