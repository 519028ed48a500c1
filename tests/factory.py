"""Builders of values for tests, and a fake extractor that reads a little language instead of English.

A document of that language has one claim a sentence: ``Elon Musk leads SpaceX.`` or
``Acme acquired Bolt (planned).`` Names are typed by the relation's domain and range; brackets hold polarity, modality,
tense, or ``from=2014`` and the like.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from kg.extraction.wordpieces import Words, casing
from kg.model import (
    Claim,
    Cluster,
    Document,
    EntityType,
    Extraction,
    Mention,
    Modality,
    PartialDate,
    Polarity,
    Qualifiers,
    Tense,
)
from kg.ontology import load

EXAMPLES = Path(__file__).parent.parent / "examples"
LABEL = r"[a-z]+(?:_[a-z]+)+|leads|acquired|develops|sued|regulates"
SENTENCE = re.compile(rf"(?P<head>[^.()]+?) (?P<label>{LABEL}) (?P<tail>[^.()]+?)(?: \((?P<how>[^)]*)\))?\.")
PREFERRED = [EntityType.PERSON, EntityType.ORGANIZATION, EntityType.PRODUCT, EntityType.PLACE]


def document(
    text: str = "Acme acquired Bolt.", source: str = "a.txt", day: str | None = "2025-07-14", **more
) -> Document:
    """A document of some text."""
    return Document(text, source, published=date.fromisoformat(day) if day else None, **more)


def extraction(
    text: str = "Acme acquired Bolt.", source: str = "a.txt", day: str | None = "2025-07-14", **more
) -> Extraction:
    """What the fake extractor reads in a text of the little language."""
    return read(document(text, source, day, **more))


def read(said: Document) -> Extraction:
    """The claims of a document of the little language, one a sentence; names that are equal are one cluster."""
    relations = load().relations
    mentions: dict[tuple[str, EntityType], list[Mention]] = {}
    claims, known = [], {}

    def mention(found: re.Match[str], side: str, allowed: frozenset[EntityType]) -> Mention:
        name = found[side].strip()
        kind = known.setdefault(name, min(allowed, key=PREFERRED.index))
        start = found.start(side) + len(found[side]) - len(found[side].lstrip())
        made = Mention(said.span(start, start + len(name)), kind)
        mentions.setdefault((name, kind), []).append(made)
        return made

    for found in SENTENCE.finditer(said.text):
        relation = relations[found["label"]]
        head = mention(found, "head", relation.domain)
        tail = mention(found, "tail", relation.range)
        start = head.span.start
        claims.append(
            Claim(
                head,
                relation.label,
                tail,
                said.span(start, found.end()),
                **how(found["how"] or ""),
                confidence=0.9,
                extractor="fake 1",
            )
        )
    clusters = tuple(Cluster(name, kind, tuple(made)) for (name, kind), made in mentions.items())
    return Extraction(said, clusters, tuple(claims), tuple(claim.evidence for claim in claims), "fake 1")


def how(words: str) -> dict[str, object]:
    """Fields of a claim from the words in brackets."""
    fields: dict[str, object] = {}
    for word in filter(None, re.split(r"[ ,]+", words)):
        key, _, value = word.partition("=")
        if key in ("from", "until"):
            fields[f"valid_{key}"] = PartialDate.parse(value)
        elif key == "title":
            fields["qualifiers"] = Qualifiers(title=value)
        elif key == "by":
            fields["attributed_to"] = value
        else:
            fields |= next({name: kind(key)} for name, kind in KINDS.items() if key in set(kind))
    return fields


KINDS = {"polarity": Polarity, "modality": Modality, "tense": Tense}


class FakeExtractor:
    """Reads the little language; counts what it was given."""

    name = "fake 1"

    def __init__(self) -> None:
        self.seen: list[str] = []

    def extract(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        for said in documents:
            self.seen.append(said.source)
            yield replace(read(said), extractor=self.name)


def words_of(text: str) -> Words:
    """Words and marks of punctuation, each its own piece."""
    found = list(re.finditer(r"\w+|[^\w\s]", text))
    return Words(
        tuple(m.start() for m in found),
        tuple(m.end() for m in found),
        tuple(range(len(found) + 1)),
        tuple(1000 + n for n in range(len(found))),
        tuple(casing(m.group()) for m in found),
    )
