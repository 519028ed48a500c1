"""Sentences that speak against a conflict: recused, divested, blind trust, independent committee, disclosed.

They are no claims, so they are looked for in the texts themselves, by the cues of ``lexicon/mitigations.txt``. One
that is undone before the cue ("refused to recuse", "should divest") is no remark: promises and demands change nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from kg.conflicts.words import cue_pattern
from kg.model import Document, Entity, Extraction, Graph, Remark, Span
from kg.ontology import Ontology

__all__ = ["Register", "remarks"]

LONGEST = 1000  # a longer stretch without a full stop is no sentence
SHORT = r"(?<!\b[A-Z]\.)(?<!\b(?:Mr|Ms|Dr|Co|St|vs|No)\.)(?<!\b(?:Mrs|Inc|Ltd)\.)(?<!\bCorp\.)"
END = re.compile(SHORT + r"(?<=[.!?])[\"”\u2019)]*\s+|\n\s*\n")


def remarks(
    extractions: Iterable[Extraction], entities: Mapping[str, Entity], ontology: Ontology
) -> tuple[Remark, ...]:
    """Every remark of the texts, sorted by id; one that names nothing known is left out."""
    entity_of = {mention: entity.id for entity in entities.values() for mention in entity.mentions}
    finder = Finder(ontology)
    found = {one.id: one for extraction in extractions for one in finder.remarks(extraction, entity_of)}
    return tuple(found[key] for key in sorted(found))


class Finder:
    """Finds the cues of an ontology in texts."""

    def __init__(self, ontology: Ontology) -> None:
        cues: dict[str, list[str]] = defaultdict(list)
        for entry, kind in ontology.lexicon("mitigations"):
            cues[kind].append(entry)
        self._kinds = {kind: cue_pattern(entries) for kind, entries in sorted(cues.items())}
        self._undone = cue_pattern([entry for entry, _ in ontology.lexicon("mitigations_undone")])

    def remarks(self, extraction: Extraction, entity_of: Mapping[str, str]) -> Iterator[Remark]:
        """The remarks of one document."""
        text = extraction.document.text
        kinds = {kind: cues for kind, cues in self._kinds.items() if cues.search(text)}
        if not kinds:
            return
        spans = sentences(extraction.document)
        named = _named(extraction, spans, entity_of)
        for place, span in enumerate(spans):
            nearby = frozenset[str]().union(*named[max(0, place - 1) : place + 2])
            for kind in kinds if named[place] else ():
                if self._says(kinds[kind], span.quote):
                    yield Remark(kind, span, tuple(sorted(named[place])), tuple(sorted(nearby)))

    def _says(self, cues: re.Pattern[str], sentence: str) -> bool:
        return any(not self._undone.search(sentence, 0, found.start()) for found in cues.finditer(sentence))


def sentences(document: Document) -> list[Span]:
    """The sentences of a document, found by their full stops; overlong stretches are left out."""
    edges = [0, *(place for found in END.finditer(document.text) for place in found.span()), len(document.text)]
    stretches = zip(edges[::2], edges[1::2], strict=True)
    return [document.span(start, end) for start, end in stretches if 0 < end - start <= LONGEST]


def _named(extraction: Extraction, spans: list[Span], entity_of: Mapping[str, str]) -> list[frozenset[str]]:
    """The entities that each sentence names."""
    mentions = [(m.span, entity_of[m.id]) for m in extraction.mentions if m.id in entity_of]
    return [frozenset(entity for mention, entity in mentions if span.contains(mention)) for span in spans]


class Register:
    """The remarks that a graph holds, by what they name."""

    def __init__(self, graph: Graph, day: date) -> None:
        self._known: dict[str, list[Remark]] = defaultdict(list)
        self._published: dict[str, date] = {}
        for remark in graph.remarks:
            published = graph.documents[remark.span.document_id].published
            self._published[remark.id] = published or date.max
            if published is None or published <= day:
                for entity in remark.entities:
                    self._known[entity].append(remark)

    def about(self, parties: Iterable[str], documents: frozenset[str]) -> tuple[Remark, ...]:
        """The remarks that name one of the parties, and with a neighbouring sentence two, or stand in the documents.

        Of a sentence that several documents have word for word, the first published.
        """
        sides = frozenset(parties)
        near = {remark.id: remark for side in sides for remark in self._known.get(side, ())}
        fitting = [r for r in near.values() if r.span.document_id in documents or len(sides & set(r.nearby)) > 1]
        fitting.sort(key=lambda remark: (self._published[remark.id], remark.id))
        first: dict[tuple[str, str], Remark] = {}
        for remark in fitting:
            first.setdefault((remark.kind, remark.span.quote), remark)
        return tuple(sorted(first.values(), key=lambda remark: remark.id))
