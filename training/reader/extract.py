"""The door: ``Reader(folder).extract(text)`` gives the standoff of a text, relations with factuality and confidence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from training.reader import document
from training.reader.labels import LABELS
from training.reader.models import open_models
from training.reader.relations import Relation, relations
from training.reader.sentences import sentences as split_sentences
from training.reader.tags import FORMS, NOUN
from training.reader.windows import sentence_words
from training.reader.wordpieces import words

ARTICLE = re.compile(r"(?i)(the|an|a)\s+(?=\S)")


class Reader:
    """A folder of models, ready to read. Holds no state between texts."""

    def __init__(self, folder: Path, threads: int = 1, floor: float | None = None) -> None:
        """``floor`` stands in for every label's own threshold, to look at what lies below them."""
        self.models = open_models(folder, threads)
        if floor is not None:
            self.models.settings.thresholds.update(dict.fromkeys(LABELS, floor))

    def extract(self, text: str, sentences: Sequence[tuple[int, int]] | None = None) -> dict[str, Any]:
        """Mentions, entities and relations of a text, as in the standoff format.

        ``sentences`` are character ranges; without them the text is split by its punctuation. Noun phrases lose
        their article.
        """
        reading = self.read(text, sentences)
        cluster, types = document.settle(reading)
        found = relations(self.models, reading, cluster, types)
        return {
            "text": text,
            "mentions": [mention(reading, n, cluster, types) for n in range(len(reading.mentions))],
            "entities": [entity(reading, cluster, number, types[number]) for number in sorted(types)],
            "relations": [relation(reading, cluster, entry) for entry in found],
        }

    def mentions(self, text: str) -> list[dict[str, Any]]:
        """The mentions alone, as in ``extract``."""
        reading = self.read(text)
        cluster, types = document.settle(reading)
        return [mention(reading, n, cluster, types) for n in range(len(reading.mentions))]

    def read(self, text: str, sentences: Sequence[tuple[int, int]] | None = None) -> document.Reading:
        """The first reading: mentions, antecedents and pairs."""
        split = words(self.models.tokenizer, text)
        ranges = sentence_words(split, split_sentences(text) if sentences is None else sentences)
        return document.read(self.models, text, split, ranges)


def mention(reading: document.Reading, number: int, cluster: Sequence[int], types: dict[int, str]) -> dict[str, Any]:
    """A mention; its type is its cluster's."""
    of = reading.mentions[number]
    start, end = reading.words.starts[of.low], reading.words.ends[of.high - 1]
    article = ARTICLE.match(reading.text[start:end]) if of.form == NOUN else None
    start += article.end() if article else 0
    kind = types[cluster[number]]
    return {
        "id": f"m{number}",
        "start": start,
        "end": end,
        "type": kind,
        "form": of.form,
        "entity": f"e{cluster[number]}",
    }


def entity(reading: document.Reading, cluster: Sequence[int], number: int, kind: str) -> dict[str, Any]:
    """A cluster, named by its longest name, else noun phrase, else pronoun."""
    members = [n for n, c in enumerate(cluster) if c == number]
    best = min(members, key=lambda n: (FORMS.index(reading.mentions[n].form), -len(reading.surface(n)), n))
    return {"id": f"e{number}", "name": reading.surface(best), "type": kind}


def relation(reading: document.Reading, cluster: Sequence[int], of: Relation) -> dict[str, Any]:
    """A relation with its sentence as evidence."""
    low, high = reading.ranges[of.sentence]
    return {
        "head": f"e{cluster[of.head]}",
        "tail": f"e{cluster[of.tail]}",
        "type": of.label,
        "head_mention": f"m{of.head}",
        "tail_mention": f"m{of.tail}",
        "evidence": [reading.words.starts[low], reading.words.ends[high - 1]],
        "polarity": of.polarity,
        "modality": of.modality,
        "tense": of.tense,
        "confidence": round(of.confidence, 4),
    }
