"""The relation labels, which types each ties, and the values of a statement's polarity, modality and tense."""

from __future__ import annotations

from dataclasses import dataclass

from kg.extraction.word_lists import FOLDER, entries


@dataclass(frozen=True, slots=True)
class Signature:
    """What a label ties. ``alike``: head and tail are of one type."""

    heads: frozenset[str]
    tails: frozenset[str]
    symmetric: bool
    alike: bool


SIGNATURES = {
    label: Signature(frozenset(heads.split(",")), frozenset(tails.split(",")), "symmetric" in rest, "alike" in rest)
    for label, heads, tails, *rest in entries(FOLDER / "labels.txt")
}
LABELS = tuple(SIGNATURES)
OUTPUTS = 2 * len(LABELS)
POLARITIES = ("affirmed", "denied")
MODALITIES = ("asserted", "reported", "planned", "possible", "alleged", "hypothetical")
TENSES = ("past", "current", "future")
FACETS = {"polarity": POLARITIES, "modality": MODALITIES, "tense": TENSES}
VALUES = sum(len(values) for values in FACETS.values())
INVERSE = {"supplier_of": "customer_of", "customer_of": "supplier_of"}


def output(label: str, forward: bool) -> int:
    """The number of the output for a label whose head comes first in the text, or second."""
    number = LABELS.index(label)
    return number if forward or SIGNATURES[label].symmetric else number + len(LABELS)


ROLES = ("title", "source", "since", "until", "money", "share")
HAPPENING = ("happened", "uncertain", "did not")
