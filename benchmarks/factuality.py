"""How well the model tells what happened from what did not or may: event words of the MEANTIME corpus.

An event's word is marked as both ends of a pair, as in ``training/events``. Nothing of the corpus trains the model.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from kg.extraction.labels import HAPPENING
from kg.extraction.models import Models, open_models
from kg.extraction.pairs import markers
from kg.extraction.reading import Reading, encode

HAPPENED, DID_NOT = 2.0, -2.0


def macro_f1(folder: Path, data: Path, part: str = "dev") -> float:
    """Mean F1 of the three classes."""
    models = open_models(folder)
    pairs = Counter(judged(models, data / "factuality_meantime" / f"{part}.jsonl"))
    scores = []
    for name in HAPPENING:
        right = pairs[name, name]
        said = sum(n for (_, got), n in pairs.items() if got == name)
        true = sum(n for (want, _), n in pairs.items() if want == name)
        scores.append(2 * right / max(1, said + true))
    return sum(scores) / len(scores)


def judged(models: Models, path: Path) -> Iterator[tuple[str, str]]:
    """(True class, class read) of every event."""
    with path.open(encoding="utf-8") as lines:
        for document in map(json.loads, lines):
            reading = encode(models, document["text"])
            for event in document["mentions"]:
                yield true_class(event["factuality"]), read_class(models, reading, event["start"], event["end"])


def true_class(value: float) -> str:
    """The class of a value from -3 to 3."""
    return "happened" if value >= HAPPENED else "did not" if value <= DID_NOT else "uncertain"


def read_class(models: Models, reading: Reading, start: int, end: int) -> str:
    """The class that the model reads for an event word."""
    low, high = reading.words.range_of(start, end)
    seen = next(s for s in reading.seen if s.window.fresh <= low and high <= s.window.high)
    row, last = int(seen.rows[low - seen.window.low]), int(seen.rows[high - seen.window.low]) - 1
    paired = models.read_pairs(seen.encoded, markers([((row, last), (row, last))], len(seen.encoded.tags)))
    return HAPPENING[int(np.argmax(paired.happening[0]))]
