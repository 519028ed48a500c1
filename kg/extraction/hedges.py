"""Wordings that make a plain statement a report, an allegation or a supposition, where the model has not seen it.

An adverb ("reportedly") counts for what it stands between, or right before, not for what a comma and "which" part from
it. A reporting clause ("the complaint alleges that") counts for all of its sentence that follows, and names its source.
What would have happened did not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from kg.extraction.factuality import Stated
from kg.extraction.reading import Reading
from kg.ontology import Ontology

__all__ = ["hedged", "hedges"]

BORDER = re.compile(r"[;:]|, (?:which|who|whose|where|and|but)\b", re.IGNORECASE)
OPEN_QUESTION = re.compile(r"\b(?:may|might|could|talks|consider\w*|weigh\w*|explor\w*|approach\w*)\b", re.IGNORECASE)
UNDECIDED = re.compile(r"\b(?:may|might|could|talks|consider(?:s|ed|ing)?|weigh(?:s|ed|ing)?|explor(?:es|ed|ing))\b")
"""Words of what is only weighed. "May" with a capital is a month, and "considerable" weighs nothing."""
UNREAL = re.compile(
    r"\b(?:would|could)(?:n't|n\u2019t)?\s+(?:\w+\s+)?(?:have|'ve|\u2019ve)\s+(?:\w+ly\s+)?"
    r"(?:been|become|had|bought|sold|paid|made|led|built|held|run|won|gone|put|kept|left|met|sat|\w+ed|\w+en)\b"
    r"|\bwould\s+(?P<now>today|now|still)\s+be\b",
    re.IGNORECASE,
)
BEFORE = 24
REPORTED, ALLEGED = "reported", "alleged"


def hedges(ontology: Ontology) -> dict[str, str]:
    """Wording → what it makes of a claim. One that ends in "that" is a reporting clause."""
    return dict(ontology.lexicon("hedges"))


def hedged(reading: Reading, stated: Stated, words: Mapping[str, str]) -> Stated:
    """The relation, weakened where a wording says so: what may happen, or is talked of, is no plan yet."""
    (_, middle), (end, _) = places(reading, stated)
    if unreal := UNREAL.search(reading.text, middle, end):
        return replace(stated, modality="hypothetical", tense="current" if unreal["now"] else "past")
    if stated.modality == "planned" and UNDECIDED.search(sentence(reading, stated)):
        stated = replace(stated, modality="possible")
    modality = adverb(reading, stated, words)
    if modality == REPORTED and stated.modality == "possible" and not OPEN_QUESTION.search(sentence(reading, stated)):
        return replace(stated, modality=modality, tense="current" if stated.tense == "future" else stated.tense)
    if modality and stated.modality == "asserted":
        return replace(stated, modality=modality)
    clause = reporting(reading, stated, words)
    if clause and stated.modality in ("asserted", REPORTED):
        modality, place = clause
        details = (
            stated.details
            if any(role == "source" for role, _ in stated.details)
            else (("source", place), *stated.details)
        )
        return replace(stated, modality=modality, details=details)
    return stated


def sentence(reading: Reading, stated: Stated) -> str:
    """The sentence of a relation."""
    start, end = reading.bounds(stated.sentence)
    return reading.text[start:end]


def places(reading: Reading, stated: Stated) -> list[tuple[int, int]]:
    """The two mentions, in the order of the text."""
    return sorted(reading.place(number) for number in (stated.head, stated.tail))


def adverb(reading: Reading, stated: Stated, words: Mapping[str, str]) -> str:
    """What an adverb between or right before the two mentions makes of the relation, or ""."""
    (low, middle), (end, _) = places(reading, stated)
    start, _ = reading.bounds(stated.sentence)
    for stretch in (reading.text[middle:end], reading.text[max(start, low - BEFORE) : low]):
        for word, modality in words.items():
            found = re.search(rf"\b{re.escape(word)}\b", stretch, re.IGNORECASE) if not word.endswith(" that") else None
            if found and not BORDER.search(stretch[found.end() :]):
                return modality
    return ""


def reporting(reading: Reading, stated: Stated, words: Mapping[str, str]) -> tuple[str, tuple[int, int]] | None:
    """What a reporting clause before both mentions makes of the relation, and where its speaker stands."""
    start, _ = reading.bounds(stated.sentence)
    before = reading.text[start : places(reading, stated)[0][0]]
    for clause, modality in clauses(words):
        found = re.search(rf"(?P<who>\w+)\s+{clause}\b", before, re.IGNORECASE)
        if found:
            return modality, (start + found.start("who"), start + found.end("who"))
    return None


def clauses(words: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The reporting clauses as expressions, and what they make of a claim."""
    for word, modality in words.items():
        if word.endswith(" that"):
            yield r"\s+".join(re.escape(part) for part in word.split()), modality
