"""The spaCy pipeline: ``kg_encoder``, ``kg_entities``, ``kg_coreference``, ``kg_relations``, ``kg_factuality``.

    nlp = spacy.blank("en")
    for name in kg.extraction.COMPONENTS:
        nlp.add_pipe(name)                              # config={"profile": "fast"} for the small model
    doc = nlp("Kestrel Systems was bought by Halden Group. Its chief executive is Maria Lopez.")
    doc.ents, doc.spans["kg_mentions"], doc._.kg_clusters, doc._.kg_relations

Names are ``doc.ents``; names, noun phrases and pronouns ``doc.spans["kg_mentions"]``, labelled by type. A relation
holds two spans, its label, the sentence, polarity, modality, tense, confidence, and the spans of its details. What
passes from one component to the next lies in ``doc.user_data`` until ``kg_factuality`` takes it away.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from spacy.attrs import SENT_START
from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup
from spacy.util import filter_spans

from kg.extraction import COMPONENTS
from kg.extraction.consistency import consistent
from kg.extraction.factuality import Stated, settle
from kg.extraction.granted import granted
from kg.extraction.headlines import as_below
from kg.extraction.hedges import hedged
from kg.extraction.known import Known, insert
from kg.extraction.models import Models, folder_of, open_models
from kg.extraction.nobody import leave_out_credits, leave_out_headers, leave_out_peoples, leave_out_words
from kg.extraction.phrases import Phrase, matches
from kg.extraction.read import Read, summed
from kg.extraction.reading import Reading, encode, find_mentions, resolve
from kg.extraction.relations import Tie, find_relations
from kg.extraction.tags import NAME
from kg.extraction.tenses import timed

__all__ = ["Knowledge", "Relation", "blank", "models_of"]

STATE = "kg_state"
MENTIONS = "kg_mentions"


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation of a document, as spans of it."""

    head: Span
    label: str
    tail: Span
    sentence: Span
    polarity: str
    modality: str
    tense: str
    confidence: float
    details: dict[str, Span]


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What lists and the user know: names, words that name nobody, wordings that are certain, hedges, header words."""

    known: Known | None = None
    phrases: tuple[Phrase, ...] = ()
    hedges: Mapping[str, str] = field(default_factory=dict)
    headers: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    peoples: frozenset[str] = frozenset()


@dataclass(slots=True)
class State:
    """What the components have found so far."""

    models: Models
    reading: Reading
    ties: list[Tie] = field(default_factory=list)


@cache
def models_of(profile: str, folder: str = "") -> Models:
    """The models of a profile, or of a folder of one's own, loaded once; raises NotFound for a name that is none."""
    return open_models(Path(folder) if folder else folder_of(profile))


def blank(profile: str = "accurate", knowledge: Knowledge | None = None) -> Language:
    """An English pipeline of our five components, with what a person knows beside the model."""
    from spacy.lang.en import English

    nlp = English()
    nlp.max_length = 10**9  # windows bound the memory, whatever the length
    for name in COMPONENTS:
        nlp.add_pipe(name, config={"profile": profile} if name == "kg_encoder" else {})
    knowledge = knowledge or Knowledge()
    nlp.get_pipe("kg_entities").known = knowledge.known  # type: ignore[attr-defined]
    nlp.get_pipe("kg_entities").headers = knowledge.headers  # type: ignore[attr-defined]
    nlp.get_pipe("kg_entities").words = knowledge.words  # type: ignore[attr-defined]
    nlp.get_pipe("kg_entities").peoples = knowledge.peoples  # type: ignore[attr-defined]
    nlp.get_pipe("kg_relations").phrases = knowledge.phrases  # type: ignore[attr-defined]
    nlp.get_pipe("kg_factuality").hedges = knowledge.hedges  # type: ignore[attr-defined]
    return nlp


@Language.factory("kg_encoder", default_config={"profile": "accurate", "folder": ""})
class EncoderComponent:
    """Reads the text window by window; sets the sentences."""

    def __init__(self, nlp: Language, name: str, profile: str, folder: str) -> None:
        self.models = models_of(profile, folder)

    def __call__(self, doc: Doc) -> Doc:
        reading = encode(self.models, doc.text)
        doc.user_data[STATE] = State(self.models, reading)
        starts = {reading.bounds(n)[0] for n in range(len(reading.ranges))}
        begins = [1 if token.i == 0 or token.idx in starts else -1 for token in doc]
        if not begins:
            return doc
        column = np.array(begins, dtype="int64").astype("uint64").reshape(-1, 1)
        marked: Doc = doc.from_array([SENT_START], column)  # type: ignore[arg-type]
        return marked


@Language.factory("kg_entities")
class EntitiesComponent:
    """Finds names, noun phrases and pronouns, with their types; ``known`` names of a user's own come first."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.known: Known | None = None
        self.headers: frozenset[str] = frozenset()
        self.words: frozenset[str] = frozenset()
        self.peoples: frozenset[str] = frozenset()

    def __call__(self, doc: Doc) -> Doc:
        reading = state(doc).reading
        find_mentions(reading)
        if self.known is not None:
            insert(reading, self.known)
        leave_out_headers(reading, self.headers)
        leave_out_credits(reading)
        leave_out_words(reading, self.words)
        leave_out_peoples(reading, self.peoples)
        show(doc, reading)
        return doc


@Language.factory("kg_coreference")
class CoreferenceComponent:
    """Says which mentions are one thing."""

    def __init__(self, nlp: Language, name: str) -> None:
        pass

    def __call__(self, doc: Doc) -> Doc:
        of = state(doc)
        resolve(of.models, of.reading)
        show(doc, of.reading)
        groups: dict[int, list[Span]] = {}
        for mention in summed(of.reading, []).mentions:
            groups.setdefault(mention.cluster, []).append(span(doc, mention.start, mention.end, mention.type))
        doc._.kg_clusters = list(groups.values())
        return doc


@Language.factory("kg_relations")
class RelationsComponent:
    """Finds what is stated between two mentions of a sentence; ``phrases`` are certain."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.phrases: tuple[Phrase, ...] = ()

    def __call__(self, doc: Doc) -> Doc:
        of = state(doc)
        barred = set(matches(of.reading, [phrase for phrase in self.phrases if phrase.bars]))
        certain = matches(of.reading, [phrase for phrase in self.phrases if not phrase.bars])
        found = consistent(of.reading, find_relations(of.models, of.reading, certain))
        of.ties = [
            tie for tie in found if not {(tie.head, tie.label, tie.tail), (tie.tail, tie.label, tie.head)} & barred
        ]
        return doc


@Language.factory("kg_factuality")
class FactualityComponent:
    """Reads how firmly each relation is said, and its details; leaves ``doc._.kg_relations`` and ``doc._.kg_read``."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.hedges: Mapping[str, str] = {}

    def __call__(self, doc: Doc) -> Doc:
        of = state(doc)
        found = settle(of.reading, of.ties)
        read = [timed(of.reading, hedged(of.reading, granted(of.reading, each), self.hedges)) for each in found]
        stated = as_below(of.reading, read)
        doc._.kg_read = summed(of.reading, stated)
        doc._.kg_relations = [relation(doc, doc._.kg_read, stated) for stated in doc._.kg_read.stated]
        del doc.user_data[STATE]
        return doc


def state(doc: Doc) -> State:
    """What came before; raises ValueError where ``kg_encoder`` did not."""
    if STATE not in doc.user_data:
        raise ValueError("kg_encoder has to come first: nlp.add_pipe('kg_encoder')")
    found: State = doc.user_data[STATE]
    return found


def show(doc: Doc, reading: Reading) -> None:
    """Sets the mentions as spans, and the names as entities."""
    types = reading.types or {n: m.type for n, m in enumerate(reading.mentions)}
    cluster = reading.cluster or list(range(len(reading.mentions)))
    mentions = [span(doc, *reading.place(n), types[cluster[n]]) for n in range(len(reading.mentions))]
    doc.spans[MENTIONS] = SpanGroup(doc, name=MENTIONS, spans=mentions)
    names = (m for m, of in zip(mentions, reading.mentions, strict=True) if of.form == NAME)
    doc.ents = filter_spans(names)


def span(doc: Doc, start: int, end: int, label: str = "") -> Span:
    """The tokens that a stretch of characters touches."""
    found = doc.char_span(start, end, label=label, alignment_mode="expand")
    return found if found is not None else doc[0:0]


def relation(doc: Doc, read: Read, stated: Stated) -> Relation:
    """A relation as spans."""
    head, tail = (read.mentions[n] for n in (stated.head, stated.tail))
    return Relation(
        span(doc, head.start, head.end, head.type),
        stated.label,
        span(doc, tail.start, tail.end, tail.type),
        span(doc, *read.sentences[stated.sentence]),
        stated.polarity,
        stated.modality,
        stated.tense,
        stated.confidence,
        {role: span(doc, start, end, role) for role, (start, end) in stated.details},
    )


EXTENSIONS: dict[str, Any] = {"kg_clusters": None, "kg_relations": None, "kg_read": None}
for extension, value in EXTENSIONS.items():
    if not Doc.has_extension(extension):
        Doc.set_extension(extension, default=value)
