"""Cases of identity in a little language: documents with marked names, and which of the names are one.

A case is a text file. ``--- a 2025-01-31`` begins document a of that day (the day may be left out); ``===`` begins what
is expected. In a document ``<p Ann Lee>`` is a person, ``<o …>`` an organization, ``<d …>`` a product, ``<l …>`` a
place; ``<p=1 Lee>`` puts mentions of one number into one in-document cluster (without a number, equal names are one). A
relation between two names is a claim: ``<p Ann Lee> leads <o Acme>.`` An expected line lists the names of one entity,
``Ann Lee @ a; Lee @ b``.
"""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from pathlib import Path

from kg.model import Claim, Cluster, Document, EntityType, Extraction, Mention
from kg.ontology import load

CASES = Path(__file__).parent / "cases"
KINDS = dict(zip("podl", EntityType, strict=True))
MARK = re.compile(r"<([podl])(?:=(\w+))? ([^>]+)>")


def read_case(path: Path) -> tuple[list[Extraction], list[set[str]]]:
    """The documents of a case, and the sets of ``name @ document`` that are one."""
    said, _, expected = path.read_text("utf-8").partition("===")
    made = [
        made_document(part)
        for part in re.split(r"^--- ", said, flags=re.M)
        if part.strip() and not part.startswith("#")
    ]
    lines = [line for line in expected.splitlines() if line.strip()]
    return made, [{name.strip() for name in line.split(";")} for line in lines]


def made_document(part: str) -> Extraction:
    """A document from its heading and marked text."""
    heading, _, marked = part.partition("\n")
    key, _, day = heading.strip().partition(" ")
    text, spots, last = "", [], 0
    for found in MARK.finditer(marked):
        text += marked[last : found.start()]
        spots.append((len(text), found[1], found[2] or found[3], found[3]))
        text, last = text + found[3], found.end()
    document = Document(text + marked[last:], key, published=date.fromisoformat(day) if day else None)
    mentions = [(Mention(document.span(at, at + len(name)), KINDS[kind]), label) for at, kind, label, name in spots]
    clusters: dict[tuple[EntityType, str], list[Mention]] = {}
    for mention, label in mentions:
        clusters.setdefault((mention.type, label), []).append(mention)
    return Extraction(
        document,
        tuple(Cluster(max((m.text for m in c), key=len), kind, tuple(c)) for (kind, _), c in clusters.items()),
        tuple(claims(document, [mention for mention, _ in mentions])),
    )


def claims(document: Document, mentions: list[Mention]) -> list[Claim]:
    """A claim for each relation that stands between two names."""
    between = [(a, document.text[a.span.end : b.span.start].strip(), b) for a, b in pairwise(mentions)]
    return [
        Claim(a, said, b, document.span(a.span.start, b.span.end)) for a, said, b in between if said in load().relations
    ]


def named(extraction: Extraction) -> dict[str, str]:
    """Mention id → ``name @ document``."""
    return {m.id: f"{m.text} @ {extraction.document.key}" for m in extraction.mentions}
