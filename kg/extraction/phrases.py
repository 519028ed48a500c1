"""Wordings that state a relation for certain: the expressions of ``lexicon/phrases.txt`` over a sentence's mentions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.errors import OntologyError
from kg.extraction.labels import LABELS, SIGNATURES
from kg.extraction.reading import Reading
from kg.ontology import Ontology

__all__ = ["Phrase", "matches", "read_phrases"]

OPEN, CLOSE = "\ue000", "\ue001"
TYPES = {"Person": "P", "Organization": "O", "Product": "R", "Place": "L"}
SLOT = re.compile(r"\{(head|tail|both):(Person|Organization|Product|Place)(s?)\}")
NUMBER = re.compile(rf"{OPEN}\w(\d+){CLOSE}")
BETWEEN = r"(?:,? and |,? or |, )"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A wording: the label that it states, and the expression with groups ``head`` and ``tail``, or ``both``.

    ``bars``: it does not state the label, whatever the model makes of it.
    """

    label: str
    expression: re.Pattern[str]
    bars: bool = False


def read_phrases(ontology: Ontology) -> tuple[Phrase, ...]:
    """The wordings of an ontology; raises OntologyError for an unknown relation or a broken expression."""
    return tuple(phrase(label, said) for label, said in ontology.lexicon("phrases"))


def phrase(label: str, said: str) -> Phrase:
    """One line."""
    label, bars = label.removeprefix("!"), label.startswith("!")
    if label not in LABELS:
        raise OntologyError(f"unknown relation {label}", where="lexicon/phrases.txt")
    try:
        return Phrase(label, re.compile(SLOT.sub(slot, said), re.IGNORECASE), bars)
    except re.error as error:
        raise OntologyError(f"not a regular expression: {said} ({error})", where="lexicon/phrases.txt") from error


def slot(match: re.Match[str]) -> str:
    """The expression of one slot."""
    role, kind, several = match.groups()
    one = rf"{OPEN}{TYPES[kind]}\d+{CLOSE}"
    return rf"(?P<{role}>{one}(?:{BETWEEN}{one})*)" if several else rf"(?P<{role}>{one})"


def matches(reading: Reading, phrases: Sequence[Phrase]) -> Iterator[tuple[int, str, int]]:
    """Head, label and tail (numbers of mentions) of everything that a wording states, sentence by sentence."""
    inside: dict[int, list[int]] = {}
    for number in range(len(reading.mentions)):
        inside.setdefault(reading.sentence(number), []).append(number)
    for sentence, numbers in sorted(inside.items()):
        if len(numbers) > 1:
            shown = rendered(reading, sentence, numbers)
            for each in phrases:
                for match in each.expression.finditer(shown):
                    yield from ties(each.label, match)


def rendered(reading: Reading, sentence: int, numbers: Sequence[int]) -> str:
    """A sentence with every mention as its cluster's type and its number."""
    start, end = reading.bounds(sentence)
    said, last = "", start
    for number in sorted(numbers, key=lambda n: reading.mentions[n].low):
        low, high = reading.place(number)
        if low >= last:
            kind = TYPES[reading.types[reading.cluster[number]]]
            said += f"{reading.text[last:low]}{OPEN}{kind}{number}{CLOSE}"
            last = high
    return said + reading.text[last:end]


def ties(label: str, match: re.Match[str]) -> Iterator[tuple[int, str, int]]:
    """What one match ties."""
    found = {role: [int(n) for n in NUMBER.findall(said)] for role, said in match.groupdict().items() if said}
    if "both" in found:
        several = found["both"]
        yield from ((a, label, b) for n, a in enumerate(several) for b in several[n + 1 :])
        return
    for head in found.get("head", []):
        for tail in found.get("tail", []):
            turned = SIGNATURES[label].symmetric and head > tail
            yield (tail, label, head) if turned else (head, label, tail)
