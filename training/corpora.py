"""Reads every training set into ``gold.Text``: types and forms made ours, silences and held-back parts named."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kg.extraction.labels import LABELS
from kg.extraction.tags import NAME, NOUN, PRONOUN
from kg.extraction.word_lists import PRONOUNS, entries
from training import passages
from training.details import details
from training.gold import NO_ENTITY, Fact, Mark, Scope, Text, fraction

TYPES = {
    "PER": "Person",
    "Person": "Person",
    "person": "Person",
    "PRON": "Person",
    "ORG": "Organization",
    "Company": "Organization",
    "organization": "Organization",
    "LOC": "Place",
    "Location": "Place",
    "GeopoliticalEntity": "Place",
    "place": "Place",
    "PRODUCT": "Product",
    "Product": "Product",
    "MISC": "",
    "object": "",
    "BusinessUnit": "",
    "FinancialEntity": "",
}
FILES = {
    "knowledgenet": ("knowledgenet/fold1.jsonl", "knowledgenet/fold2.jsonl"),
    "core": ("core/train.jsonl",),
    "redocred": ("redocred/dev.jsonl",),
    "fire": ("fire/dev.jsonl",),
    "gum_news": ("gum_news/train.jsonl", "gum_news/dev.jsonl"),
    "gum_other": ("gum_other/train.jsonl", "gum_other/dev.jsonl"),
    "gap": ("gap/development.jsonl",),
}
HELD_BACK = {"core": 0.1, "fire": 0.2}
NATIONALITY = re.compile(r"\w+(ian|ean|ican|ish|ese|erman|fghan|ench|utch|wiss|reek|zech|aqi|aeli|ani)s?$")
ARTICLE = re.compile(r"(?i)(the|an|a)\s+(?=\S)")


def read(data: Path, corpora: tuple[str, ...] = (*FILES, "own")) -> list[Text]:
    """All texts of the sets, held-back ones included, in a fixed order."""
    return [text for corpus in corpora for text in (own() if corpus == "own" else public(data, corpus))]


def public(data: Path, corpus: str) -> Iterator[Text]:
    """The texts of one public set."""
    for name in FILES[corpus]:
        with (data / name).open(encoding="utf-8") as lines:
            for document in map(json.loads, lines):
                yield text_of(document, corpus, fraction("held", document["id"]) < HELD_BACK.get(corpus, 0))


def own() -> Iterator[Text]:
    """Our own passages; one that breaks the markup is named and left out."""
    for path in sorted(passages.FOLDER.glob("*.txt")):
        for first, lines in passages.blocks(path):
            try:
                document = passages.parse(path, first, lines)
            except passages.PassageError as error:
                print(f"left out: {error}", file=sys.stderr)
                continue
            yield text_of(document, "own", passages.held_back(document["id"]))


def text_of(document: dict[str, Any], corpus: str, held: bool) -> Text:
    """A standoff document as ours. Marks that are no entity of ours (dates, amounts) are left out."""
    marks, number = [], {}
    for mention in document["mentions"]:
        if mention["type"] in TYPES or corpus == "own":
            number[mention["id"]] = len(marks)
            marks.append(mark_of(mention, document["text"], corpus))
    facts = [fact_of(relation, number, document) for relation in document["relations"] if relation.get("mapped")]
    return Text(
        document["id"], corpus, document["text"], tuple(marks), tuple(facts), tuple(scopes(document, corpus)), held
    )


def mark_of(mention: dict[str, Any], text: str, corpus: str) -> Mark:
    """A mention as a mark: a name loses its article and its possessive."""
    start, end = mention["start"], mention["end"]
    kind = mention["type"] if corpus == "own" else TYPES[mention["type"]]
    form = mention.get("form") or form_of(text, start, end)
    if form == NAME:
        article = ARTICLE.match(text[start:end])
        start += article.end() if article else 0
        end -= 2 if text[start:end].endswith(("'s", "\u2019s")) else 0
        if corpus != "own" and kind == "Place" and NATIONALITY.fullmatch(text[start:end]):
            kind = NO_ENTITY
    return Mark(start, end, kind, form, mention["entity"])


def form_of(text: str, start: int, end: int) -> str:
    """How a stretch is worded: a pronoun by its word, a name by a capital or digit that no sentence start explains."""
    surface = text[start:end]
    if surface.lower() in PRONOUNS or surface.lower() in passages.PRONOUNS:
        return PRONOUN
    article = ARTICLE.match(surface)
    rest = surface[article.end() :] if article else surface
    return NAME if re.search(r"[A-Z0-9À-Þ]", rest) and not noun_with_name(rest) else NOUN


def noun_with_name(surface: str) -> bool:
    """Whether it is a noun phrase that only holds a name or a nationality: its last word is in small letters."""
    words = surface.split()
    return len(words) > 1 and words[-1].islower() and words[-1].isalpha()


def fact_of(relation: dict[str, Any], number: dict[str, int], document: dict[str, Any]) -> Fact:
    """A relation as a fact."""
    head, tail = number.get(relation.get("head_mention")), number.get(relation.get("tail_mention"))
    places = (head, tail) if head is not None and tail is not None else None
    ends = relation["head"], relation["mapped"], relation["tail"]
    if "polarity" not in relation:
        return Fact(*ends, places)
    start, end = relation["evidence"]
    return Fact(
        *ends,
        places,
        (start, end),
        (relation["polarity"], relation["modality"], relation["tense"]),
        details(relation, document),
    )


def exhaustive() -> dict[str, frozenset[str]]:
    """For every set the labels that its annotators gave to every pair that has them."""
    labels: dict[str, set[str]] = {"own": set(LABELS)}
    for corpus, *several in entries(Path(__file__).with_name("exhaustive.txt")):
        labels.setdefault(corpus, set()).update(several)
    return {corpus: frozenset(several) for corpus, several in labels.items()}


EXHAUSTIVE = exhaustive()


def scopes(document: dict[str, Any], corpus: str) -> Iterator[Scope]:
    """Where a pair that is not annotated is known to have no relation, and for which labels."""
    if corpus in EXHAUSTIVE and not outside_labels(document, corpus):
        yield Scope(0, len(document["text"]), EXHAUSTIVE[corpus])
    for passage in document.get("passages", []):
        yield Scope(passage["start"], passage["end"], frozenset(filter(None, passage["exhaustive"])))


def outside_labels(document: dict[str, Any], corpus: str) -> bool:
    """Whether CORE's pair has a relation outside our labels (a merger, a listing): then it denies nothing."""
    return corpus == "core" and any(r["mapped"] is None and r["type"] != "undefined" for r in document["relations"])
