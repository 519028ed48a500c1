"""A text → its mentions in clusters and the relations that its sentences state, without spaCy."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.extraction.consistency import consistent
from kg.extraction.factuality import Stated, settle
from kg.extraction.models import Models
from kg.extraction.reading import Reading, encode, find_mentions, resolve
from kg.extraction.relations import find_relations
from kg.extraction.tags import NOUN

__all__ = ["Mentioned", "Read", "read", "summed"]

ARTICLE = re.compile(r"(?i)(the|an|a)\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class Mentioned:
    """Characters ``start`` to ``end`` as a mention of type ``type``; ``score`` is the probability of its tags."""

    start: int
    end: int
    type: str
    form: str
    cluster: int
    score: float


@dataclass(frozen=True, slots=True)
class Read:
    """What was read of a text. Mentions in the order of the text; noun phrases without their article."""

    text: str
    mentions: tuple[Mentioned, ...]
    stated: tuple[Stated, ...]
    sentences: tuple[tuple[int, int], ...]


def read(models: Models, text: str, *, with_relations: bool = True) -> Read:
    """Everything that the model reads, without known names, certain wordings and hedges."""
    reading = encode(models, text)
    find_mentions(reading)
    resolve(models, reading)
    ties = consistent(reading, find_relations(models, reading)) if with_relations else []
    return summed(reading, settle(reading, ties))


def summed(reading: Reading, stated: list[Stated]) -> Read:
    """A reading as values that need no models."""
    mentions = tuple(mentioned(reading, n) for n in range(len(reading.mentions)))
    bounds = tuple(reading.bounds(n) for n in range(len(reading.ranges)))
    return Read(reading.text, mentions, tuple(stated), bounds)


def mentioned(reading: Reading, number: int) -> Mentioned:
    """A mention; its type is its cluster's."""
    of = reading.mentions[number]
    start, end = reading.place(number)
    article = ARTICLE.match(reading.text[start:end]) if of.form == NOUN else None
    start += article.end() if article else 0
    cluster = reading.cluster[number]
    return Mentioned(start, end, reading.types[cluster], of.form, cluster, of.score)
