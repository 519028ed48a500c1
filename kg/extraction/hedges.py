"""Adverbs that make a plain statement a report or an allegation ("reportedly"), where the model has not seen them.

An adverb counts for what it stands between, or right before: "Kestrel reportedly bought Norvik", "reportedly, Kestrel
bought Norvik", not for what a comma and "which" part from it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from kg.extraction.factuality import Stated
from kg.extraction.reading import Reading
from kg.ontology import Ontology

__all__ = ["adverbs", "hedged"]

HEDGES = ("reported", "alleged")
BORDER = re.compile(r"[;:]|, (?:which|who|whose|where|and|but)\b", re.IGNORECASE)
BEFORE = 24


def adverbs(ontology: Ontology) -> dict[str, str]:
    """Adverb → modality."""
    return {entry: value for entry, value in ontology.lexicon("hedges") if value in HEDGES}


def hedged(reading: Reading, stated: Stated, words: Mapping[str, str]) -> str:
    """The modality of a relation, weakened where an adverb says so."""
    if stated.modality != "asserted":
        return stated.modality
    places = sorted(reading.place(number) for number in (stated.head, stated.tail))
    start, _ = reading.bounds(stated.sentence)
    between = reading.text[places[0][1] : places[1][0]]
    before = reading.text[max(start, places[0][0] - BEFORE) : places[0][0]]
    for stretch in (between, before):
        for word, modality in words.items():
            found = re.search(rf"\b{word}\b", stretch, re.IGNORECASE)
            if found and not BORDER.search(stretch[found.end() :]):
                return modality
    return stated.modality
