"""Documents → extractions: the pipeline over a document's parts, and what they say put together.

A long document is read in parts, so that memory stays bounded; names of one thing are put together over all parts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from spacy.language import Language
from tokenizers import Tokenizer

from kg.extraction.details import meant
from kg.extraction.factuality import Stated
from kg.extraction.hedges import hedges
from kg.extraction.known import known_names
from kg.extraction.models import version_of
from kg.extraction.names import same_name
from kg.extraction.phrases import read_phrases
from kg.extraction.pipeline import Knowledge, blank
from kg.extraction.read import Mentioned, Read
from kg.extraction.rivals import rival_makers
from kg.extraction.sentences import headline_end
from kg.extraction.tags import NAME
from kg.model import (
    Claim,
    Cluster,
    Document,
    EntityType,
    Extraction,
    Mention,
    MentionForm,
    Modality,
    PartialDate,
    Polarity,
    Tense,
    digest,
)
from kg.ontology import Ontology

__all__ = ["TrainedExtractor"]

CHARACTERS, PIECES = 12_000, 1600  # of a part at most; what the encoder keeps of a piece takes 36 KB (accurate)
RULES = 1  # raise it with whatever changes what these models' findings are made into: stored documents are read anew
NOBODY = ("not_names", "not_alone")
STRANGE = re.compile(r"[\ud800-\udfff]")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x85\u2028\u2029\u200b-\u200f\ufeff]")


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a document, and what was read of it."""

    start: int
    read: Read


class TrainedExtractor:
    """The trained pipeline with the bundled models. The same document always gives the same extraction.

    ``known`` are names with types that the user knows beforehand; claims below ``least`` are left out.
    """

    def __init__(
        self, ontology: Ontology, profile: str = "accurate", known: Iterable[tuple[str, str]] = (), least: float = 0.0
    ) -> None:
        self.ontology, self.profile, self.least = ontology, profile, least
        own = sorted(set(known))
        self.knowledge = Knowledge(
            known=known_names(ontology, own),
            phrases=read_phrases(ontology),
            hedges=hedges(ontology),
            headers=frozenset(word for word, _ in ontology.lexicon("headers")),
            words=frozenset(word for name in NOBODY for word, _ in ontology.lexicon(name)) - {name for name, _ in own},
            peoples=frozenset(word for word, _ in ontology.lexicon("peoples")) - {name for name, _ in own},
        )
        self.choices = [digest("known", *(part for entry in own for part in entry))[:8]] * bool(own)
        self.choices += [f"least{least}"] * bool(least)

    @cached_property
    def name(self) -> str:
        """Name and version of models and rules, with what the user has chosen: another choice reads anew."""
        return "+".join([f"kg-{self.profile}-{version_of(self.profile)}.{RULES}", *self.choices])

    @cached_property
    def nlp(self) -> Language:
        """The pipeline."""
        return blank(self.profile, self.knowledge)

    def extract(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        """One extraction a document, in order."""
        for document in documents:
            yield self.extraction(document)

    def extraction(self, document: Document) -> Extraction:
        """Everything that one document says."""
        tokenizer = self.nlp.get_pipe("kg_encoder").models.tokenizer  # type: ignore[attr-defined]
        parts = [Part(start, self.read(text)) for start, text in parts_of(document.text, tokenizer)]
        return Assembly(document, parts, self.ontology, self.name, self.least).extraction()

    def read(self, text: str) -> Read:
        """What the pipeline reads; words that it had not met before are forgotten, or memory would grow for ever."""
        with self.nlp.memory_zone():
            read: Read = self.nlp(text)._.kg_read
            return read


def parts_of(
    text: str, tokenizer: Tokenizer, characters: int = CHARACTERS, pieces: int = PIECES
) -> Iterator[tuple[int, str]]:
    """A text in stretches of some characters and wordpieces at most, cut between lines or sentences where possible."""
    start = 0
    while start < len(text):
        end = cut(text, start, characters)
        offsets = tokenizer.encode(readable(text[start:end]), add_special_tokens=False).offsets
        if len(offsets) > pieces:
            end = cut(text, start, max(1, offsets[pieces][0]))
        yield start, readable(text[start:end])
        start = end


def cut(text: str, start: int, size: int) -> int:
    """Where the part that begins at ``start`` ends."""
    if len(text) - start <= size:
        return len(text)
    for border in ("\n", ". ", " "):
        found = text.rfind(border, start + size // 2, start + size)
        if found >= 0:
            return found + len(border)
    return start + size


def readable(text: str) -> str:
    """The text without what no model can take; of the same length."""
    return CONTROL.sub(" ", STRANGE.sub("\ufffd", text))


class Assembly:
    """The parts of one document on their way to an extraction."""

    def __init__(self, document: Document, parts: list[Part], ontology: Ontology, name: str, least: float) -> None:
        self.document, self.parts, self.ontology, self.name, self.least = document, parts, ontology, name, least
        self.home = homes(document.text, parts)

    def extraction(self) -> Extraction:
        """The values, sorted."""
        claims = self.claims()
        told = {mention.id for claim in claims for mention in (claim.subject, claim.object)}
        sentences = (
            self.document.span(part.start + start, part.start + end)
            for part in self.parts
            for start, end in part.read.sentences
        )
        return Extraction(
            document=self.document,
            clusters=tuple(c for c in self.clusters if named(c) or told & {m.id for m in c.mentions}),
            claims=tuple(sorted(claims, key=lambda c: (c.evidence, c.predicate, c.subject.span, c.object.span, c.id))),
            sentences=tuple(sentences),
            extractor=self.name,
        )

    @cached_property
    def mentions(self) -> dict[tuple[int, int], Mention]:
        """(Part, number) → mention."""
        found = {}
        for number, part in enumerate(self.parts):
            for n, m in enumerate(part.read.mentions):
                span = self.document.span(part.start + m.start, part.start + m.end)
                found[number, n] = Mention(span, EntityType(self.kind(number, m)), MentionForm(m.form))
        return found

    def kind(self, part: int, mention: Mentioned) -> str:
        """The type of a mention's cluster, that of its first part."""
        part, cluster = self.home[part, mention.cluster]
        return next(m.type for m in self.parts[part].read.mentions if m.cluster == cluster)

    @cached_property
    def clusters(self) -> list[Cluster]:
        """Mentions of one thing together, in the order of their first mentions."""
        groups: dict[tuple[int, int], list[Mention]] = {}
        for (part, number), mention in self.mentions.items():
            home = self.home[part, self.parts[part].read.mentions[number].cluster]
            groups.setdefault(home, []).append(mention)
        made = [cluster(sorted(group, key=lambda m: m.span)) for group in groups.values()]
        return sorted(made, key=lambda c: (c.mentions[0].span, c.type))

    def claims(self) -> list[Claim]:
        """What the sentences state, and what follows from rival products."""
        found = [
            c for n, part in enumerate(self.parts) for s in part.read.stated if (c := self.claim(n, s)) is not None
        ]
        return [c for c in [*found, *rival_makers(found, self.clusters)] if c.confidence >= self.least]

    def claim(self, part: int, stated: Stated) -> Claim | None:
        """One claim; None where the types of the whole document's clusters do not admit it."""
        head, tail = self.mentions[part, stated.head], self.mentions[part, stated.tail]
        relation = self.ontology.relations.get(stated.label)
        if relation is None or not relation.allows(head.type, tail.type) or self.one(part, stated):
            return None
        published = self.document.published
        details = meant(
            stated.label, self.stretches(part, stated), published, lambda role: self.who(part, stated, role)
        )
        start, end = self.parts[part].read.sentences[stated.sentence]
        offset = self.parts[part].start
        return Claim(
            subject=head,
            predicate=stated.label,
            object=tail,
            evidence=self.document.span(offset + start, offset + end),
            polarity=Polarity(stated.polarity),
            modality=Modality(stated.modality),
            tense=tense_of(Tense(stated.tense), details.valid_until, self),
            attributed_to=details.source,
            valid_from=details.valid_from,
            valid_until=details.valid_until,
            qualifiers=details.qualifiers,
            confidence=round(stated.confidence, 3),
            extractor=self.name,
        )

    def one(self, part: int, stated: Stated) -> bool:
        """Whether both ends are one thing, seen over the whole document."""
        mentions = self.parts[part].read.mentions
        return self.home[part, mentions[stated.head].cluster] == self.home[part, mentions[stated.tail].cluster]

    def stretches(self, part: int, stated: Stated) -> dict[str, str]:
        """Role → the words."""
        offset = self.parts[part].start
        return {role: self.document.text[offset + start : offset + end] for role, (start, end) in stated.details}

    def who(self, part: int, stated: Stated, role: str) -> str | None:
        """The name of whom a detail names or stands for."""
        place = dict(stated.details).get(role)
        if place is None:
            return None
        mentions = self.parts[part].read.mentions
        inside = [m for m in mentions if place[0] <= m.start and m.end <= place[1]]
        if len(inside) != 1:
            return None
        number = next(n for n, m in enumerate(mentions) if m is inside[0])
        return self.names.get(self.mentions[part, number].id)

    @cached_property
    def names(self) -> dict[str, str]:
        """Mention id → the name of its cluster, where it has one."""
        return {mention.id: c.name for c in self.clusters if named(c) for mention in c.mentions}


Home = tuple[int, int]


def homes(text: str, parts: list[Part]) -> dict[Home, Home]:
    """(Part, cluster) → the (part, cluster) that stands for it: clusters whose names mean the same are one."""
    keys: list[Home] = []
    names: list[tuple[str, str]] = []
    for number, part in enumerate(parts):
        for mention in part.read.mentions:
            if mention.form == NAME:
                keys.append((number, mention.cluster))
                names.append((text[part.start + mention.start : part.start + mention.end], mention.type))
    every = {(n, m.cluster): (n, m.cluster) for n, part in enumerate(parts) for m in part.read.mentions}
    if len(parts) < 2:
        return every
    end = headline_end(text)
    above = sum(parts[0].start + m.end <= end for m in parts[0].read.mentions if m.form == NAME)
    for key, group in zip(keys, same_name(names, above), strict=True):
        a, b = sorted((root(every, keys[group]), root(every, key)))
        every[b] = a
    return {key: root(every, key) for key in every}


def root(parents: dict[Home, Home], key: Home) -> Home:
    """What stands for a cluster in the end."""
    while parents[key] != key:
        key = parents[key]
    return key


def cluster(mentions: list[Mention]) -> Cluster:
    """A cluster, named by its fullest name."""
    names = sorted((m.text for m in mentions if m.form is MentionForm.NAME), key=lambda name: (-len(name), name))
    return Cluster(names[0] if names else mentions[0].text, mentions[0].type, tuple(mentions))


def named(of: Cluster) -> bool:
    """Whether a cluster has a name."""
    return any(mention.form is MentionForm.NAME for mention in of.mentions)


def tense_of(tense: Tense, until: PartialDate | None, assembly: Assembly) -> Tense:
    """The tense: what ended before the day of publication is past."""
    published = assembly.document.published
    return Tense.PAST if until is not None and published is not None and until.latest < published else tense
