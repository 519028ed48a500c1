"""A headline is short: what the text under it hedges every time, its headline states no more firmly."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.extraction.factuality import Stated, parties
from kg.extraction.reading import Reading
from kg.extraction.sentences import HEADLINE

__all__ = ["as_below"]

STOPPED = re.compile(r"[.!?\u2026:;,][\"'\u201d\u2019)\]]*$")
Key = tuple[int, int, str, str]


def as_below(reading: Reading, stated: Sequence[Stated]) -> list[Stated]:
    """The relations, each plain one of a headline with modality and tense of its surest mention in the sentences.

    One that the sentences do not come back to, or state plainly anywhere, stays as it is. A headline is a short line
    without a full stop, wherever it stands: pages have lines above it, and headings between.
    """
    said: dict[Key, list[Stated]] = {}
    for each in stated:
        if not in_headline(reading, each):
            said.setdefault(key(reading, each), []).append(each)
    return [softened(each, said.get(key(reading, each), [])) if in_headline(reading, each) else each for each in stated]


def in_headline(reading: Reading, stated: Stated) -> bool:
    """Whether a relation stands in a line of its own that ends in no stop."""
    start, end = reading.bounds(stated.sentence)
    text = reading.text
    alone = not text[text.rfind("\n", 0, start) + 1 : start].strip() and text[end : end + 1] in ("\n", "")
    return alone and end - start <= HEADLINE and not STOPPED.search(text[start:end])


def softened(plain: Stated, others: Sequence[Stated]) -> Stated:
    """A relation of a headline in the light of the same one in the sentences."""
    if plain.modality != "asserted" or not others or any(other.modality == "asserted" for other in others):
        return plain
    surest = max(others, key=lambda other: other.confidence)
    return replace(plain, modality=surest.modality, tense=surest.tense)


def key(reading: Reading, stated: Stated) -> Key:
    """Which relations say the same of the same things."""
    return *parties(reading, stated), stated.label, stated.polarity
