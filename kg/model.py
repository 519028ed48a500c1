"""The values that cross the doors between the rooms: frozen, slotted, without input or output.

Observed things (Document, Span, Mention, Cluster, Claim, Extraction) are kept apart from concluded ones (Entity,
Resolution, Finding): merging never destroys what was seen.

Every id is a hash of what it identifies, so the same input gives the same ids on every machine. Text offsets count
Unicode code points, ``text[start:end]``.
"""

from __future__ import annotations

import calendar
import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cached_property

__all__ = [
    "Claim",
    "Cluster",
    "Document",
    "Entity",
    "EntityType",
    "Extraction",
    "Finding",
    "Graph",
    "Judgement",
    "Mention",
    "MentionForm",
    "Modality",
    "PartialDate",
    "Polarity",
    "Qualifiers",
    "Reason",
    "Reference",
    "Remark",
    "Resolution",
    "Source",
    "Span",
    "Statement",
    "Tense",
    "Tier",
    "Verdict",
    "digest",
]


AS_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=str)


def digest(*parts: object) -> str:
    """Sixteen hexadecimal digits of SHA-256 over the parts as JSON: 64 bits, the same everywhere."""
    said = AS_JSON.encode(parts)
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:16]


class EntityType(StrEnum):
    """What a mention or an entity is."""

    PERSON = "Person"
    ORGANIZATION = "Organization"
    PRODUCT = "Product"
    PLACE = "Place"


class MentionForm(StrEnum):
    """How a mention is worded."""

    NAME = "name"
    NOUN_PHRASE = "noun_phrase"
    PRONOUN = "pronoun"


class Polarity(StrEnum):
    """Whether the text says that it is so, or that it is not."""

    AFFIRMED = "affirmed"
    DENIED = "denied"


class Modality(StrEnum):
    """How firmly the text says it, firmest first. Only asserted and reported claims enter the facts."""

    ASSERTED = "asserted"
    REPORTED = "reported"
    PLANNED = "planned"
    POSSIBLE = "possible"
    ALLEGED = "alleged"
    HYPOTHETICAL = "hypothetical"

    @property
    def factual(self) -> bool:
        """Whether a claim of this modality may enter the facts."""
        return self in (Modality.ASSERTED, Modality.REPORTED)

    @classmethod
    def weakest(cls, several: Iterable[Modality]) -> Modality:
        """The least firm of several; asserted where there is none."""
        order = list(cls)
        return max(several, key=order.index, default=cls.ASSERTED)

    @classmethod
    def firmest(cls, several: Iterable[Modality]) -> Modality:
        """The firmest of several; hypothetical where there is none."""
        order = list(cls)
        return min(several, key=order.index, default=cls.HYPOTHETICAL)


class Tense(StrEnum):
    """Whether the text places it before, at or after its own time."""

    PAST = "past"
    CURRENT = "current"
    FUTURE = "future"


class Tier(StrEnum):
    """How a finding is filed, gravest first."""

    STATUTORY = "statutory"
    RELATED_PARTY = "related-party"
    STRUCTURAL = "structural"
    WATCH = "watch"
    SUPPRESSED = "suppressed"


class Verdict(StrEnum):
    """What a judgement says of two names."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


PARTIAL_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A year, a month or a day: as much of a date as the text gives. Prints and parses as ISO 8601 (2014, 2014-03)."""

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.day is not None and self.month is None:
            raise ValueError("a day needs a month")
        date(self.year, self.month or 1, self.day or 1)

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """From ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``; raises ValueError for anything else."""
        found = PARTIAL_DATE.fullmatch(text)
        if not found:
            raise ValueError(f"{text!r} is not a date of the form YYYY, YYYY-MM or YYYY-MM-DD")
        return cls(*(int(part) if part else None for part in found.groups()))  # type: ignore[arg-type]

    @classmethod
    def of(cls, day: date) -> PartialDate:
        """A whole day."""
        return cls(day.year, day.month, day.day)

    def __str__(self) -> str:
        parts = [f"{self.year:04d}"] + [f"{part:02d}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)

    @property
    def earliest(self) -> date:
        """The first day that it may mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> date:
        """The last day that it may mean."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])


@dataclass(frozen=True)
class Document:
    """A text and where it came from.

    ``source`` is its path or URL. ``key`` tells versions of one document apart from other documents: a document with
    the key of a stored one replaces it. ``external_id`` is the id that the input gave, if any.
    """

    text: str
    source: str
    external_id: str | None = None
    title: str | None = None
    publisher: str | None = None
    published: date | None = None
    language: str = "en"

    @cached_property
    def id(self) -> str:
        """Hash of where it came from and what it says."""
        return digest("document", self.key, self.text)

    @cached_property
    def text_id(self) -> str:
        """Hash of the text alone: copies of one text share it."""
        return digest("text", self.text)

    @property
    def key(self) -> str:
        """The external id where there is one, else the source."""
        return self.source if self.external_id is None else self.external_id

    def span(self, start: int, end: int) -> Span:
        """The stretch ``text[start:end]``; raises ValueError where that is empty or outside the text."""
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"no text at {start}:{end} of a document of {len(self.text)} characters")
        return Span(self.id, start, end, self.text[start:end])

    def quotes(self, span: Span) -> bool:
        """Whether the span's quote stands in this document, verbatim, where it says."""
        return span.document_id == self.id and self.text[span.start : span.end] == span.quote


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A verbatim stretch of a document's text. Made by ``Document.span``."""

    document_id: str
    start: int
    end: int
    quote: str

    def contains(self, other: Span) -> bool:
        """Whether the other lies inside."""
        return self.document_id == other.document_id and self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of text that refers to a person, an organization, a product or a place.

    Neither an article nor a possessive belongs to it.
    """

    span: Span
    type: EntityType
    form: MentionForm = MentionForm.NAME
    _id: str = field(default="", init=False, repr=False, compare=False)

    @property
    def id(self) -> str:
        """Hash of the place and the type; worked out once, for it is asked for often."""
        if not self._id:
            known = digest("mention", self.span.document_id, self.span.start, self.span.end, self.type)
            object.__setattr__(self, "_id", known)
        return self._id

    @property
    def text(self) -> str:
        """As it is written."""
        return self.span.quote


@dataclass(frozen=True, slots=True)
class Cluster:
    """Mentions of one document that refer to one thing. ``name`` is the fullest name among them, or noun phrase."""

    name: str
    type: EntityType
    mentions: tuple[Mention, ...]

    @property
    def id(self) -> str:
        """Hash of its mentions."""
        return digest("cluster", sorted(mention.id for mention in self.mentions))

    @property
    def names(self) -> tuple[str, ...]:
        """The distinct names among its mentions, sorted."""
        return tuple(sorted({m.text for m in self.mentions if m.form is MentionForm.NAME}))


@dataclass(frozen=True, slots=True)
class Qualifiers:
    """What a text adds to a tie: the title of a role, an amount with its currency (ISO 4217), a share in percent.

    Amounts and shares are decimal strings, as exact as the text.
    """

    title: str | None = None
    amount: str | None = None
    currency: str | None = None
    share: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """In ``evidence``, subject is said to stand in ``predicate`` to object.

    ``predicate`` is a canonical label such as ``board_member_of``, head first. The id hashes what is said and where,
    not the confidence, so a better model that reads the same keeps the id.
    """

    subject: Mention
    predicate: str
    object: Mention
    evidence: Span
    polarity: Polarity = Polarity.AFFIRMED
    modality: Modality = Modality.ASSERTED
    tense: Tense = Tense.CURRENT
    attributed_to: str | None = None
    valid_from: PartialDate | None = None
    valid_until: PartialDate | None = None
    qualifiers: Qualifiers = Qualifiers()
    confidence: float = field(default=1.0, compare=False)
    extractor: str = field(default="", compare=False)
    _id: str = field(default="", init=False, repr=False, compare=False)

    @property
    def id(self) -> str:
        """Hash of what is said and where; worked out once, for it is asked for often."""
        if not self._id:
            object.__setattr__(self, "_id", self._digest())
        return self._id

    def _digest(self) -> str:
        q = self.qualifiers
        return digest(
            "claim",
            self.evidence.document_id,
            (self.evidence.start, self.evidence.end),
            self.subject.id,
            self.predicate,
            self.object.id,
            (self.polarity, self.modality, self.tense),
            self.attributed_to,
            (self.valid_from, self.valid_until),
            (q.title, q.amount, q.currency, q.share),
        )

    @property
    def factual(self) -> bool:
        """Whether it may enter the facts: affirmed, and asserted or reported."""
        return self.polarity is Polarity.AFFIRMED and self.modality.factual


@dataclass(frozen=True, slots=True)
class Extraction:
    """What was read from one document, and by which extractor (name and version).

    Every mention is in exactly one cluster; claims name mentions of clusters.
    """

    document: Document
    clusters: tuple[Cluster, ...] = ()
    claims: tuple[Claim, ...] = ()
    sentences: tuple[Span, ...] = ()
    extractor: str = ""

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """All mentions in the order of the text."""
        return tuple(sorted((m for c in self.clusters for m in c.mentions), key=lambda m: (m.span, m.type)))


@dataclass(frozen=True, slots=True)
class Entity:
    """One person, organization, product or place, and the mentions that were concluded to mean it.

    The id is readable and safe in an IRI path: ``person/elon-musk``. Identifiers are pairs such as
    ``("wikidata", "Q478214")``.
    """

    id: str
    type: EntityType
    name: str
    aliases: tuple[str, ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()
    mentions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    """Somebody decided that two names or ids mean the same, or not. Beats every score; "different" is never merged."""

    left: str
    right: str
    verdict: Verdict
    note: str = ""
    author: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """An entity of a reference list. Identifiers are pairs such as ``("wikidata", "Q478214")``."""

    type: EntityType
    name: str
    aliases: tuple[str, ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()

    @property
    def id(self) -> str:
        """Hash of the type and the identifiers, or of the name where it has none."""
        return digest("reference", self.type, sorted(self.identifiers) or self.name)

    @property
    def names(self) -> tuple[str, ...]:
        """The name and the aliases."""
        return (self.name, *self.aliases)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why two names were taken as one entity, or why they are kept apart or left open.

    ``left`` and ``right`` are names as they are written; ``entities`` the ids of what they became, one or two.
    ``score`` is the probability that they are one, as a decimal string ("" for a judgement).
    """

    left: str
    right: str
    verdict: Verdict
    feature: str
    value: str = ""
    score: str = ""
    entities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Resolution:
    """Who is who: every mention's entity, with the reasons."""

    entities: tuple[Entity, ...]
    reasons: tuple[Reason, ...] = ()
    judgements: tuple[Judgement, ...] = ()

    def entity_of(self) -> Mapping[str, Entity]:
        """Mention id → entity."""
        return {mention: entity for entity in self.entities for mention in entity.mentions}


@dataclass(frozen=True, slots=True)
class Source:
    """A stored document without its text: where it came from and when.

    Copies of one text share ``text_id``, copies of one story in nearly the same words ``story``.
    """

    id: str
    key: str
    source: str
    text_id: str
    title: str | None = None
    publisher: str | None = None
    published: date | None = None
    copy_of: str | None = None

    @property
    def story(self) -> str:
        """The text id of the first document that tells its story so; its own where it is no copy."""
        return self.copy_of or self.text_id

    @classmethod
    def of(cls, document: Document) -> Source:
        """Where a document came from."""
        return cls(
            id=document.id,
            key=document.key,
            source=document.source,
            text_id=document.text_id,
            title=document.title,
            publisher=document.publisher,
            published=document.published,
        )


@dataclass(frozen=True, slots=True)
class Statement:
    """A claim with its two mentions resolved to entities (their ids)."""

    claim: Claim
    subject: str
    object: str

    @property
    def id(self) -> str:
        """The claim's id."""
        return self.claim.id


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence that is no claim but bears on a conflict of interest: ``kind`` as in recused, divested, disclosed.

    ``entities`` are the ids of what the sentence names, ``nearby`` also of what its neighbours name; both sorted.
    """

    kind: str
    span: Span
    entities: tuple[str, ...]
    nearby: tuple[str, ...]

    @property
    def id(self) -> str:
        """Hash of the kind and the place."""
        return digest("remark", self.kind, self.span.document_id, self.span.start, self.span.end)


@dataclass(frozen=True, slots=True)
class Finding:
    """An indicator of a potential conflict of interest, for review; never an accusation.

    ``party`` and ``organizations`` (the firms that the pattern names, a and b first, then c) are entity ids,
    ``premises`` and ``mitigations`` claim ids, ``remarks`` ids of remarks that speak against it. ``reason`` says why
    a finding is only watched or was suppressed. ``drivers`` are the named parts of the severity, in the order shown.
    """

    pattern: str
    tier: Tier
    party: str
    organizations: tuple[str, ...]
    as_of: date
    severity: float
    drivers: tuple[tuple[str, float], ...]
    modality: Modality
    premises: tuple[str, ...]
    mitigations: tuple[str, ...] = ()
    reason: str = ""
    remarks: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.premises:
            raise ValueError(f"a finding of {self.pattern} without premises")

    @property
    def id(self) -> str:
        """Hash of the pattern, the parties and the date."""
        return digest("finding", self.pattern, self.party, self.organizations, self.as_of)


@dataclass(frozen=True, slots=True)
class Graph:
    """What a store holds, as values: entities and documents by id, statements, findings and remarks sorted by id."""

    entities: Mapping[str, Entity]
    statements: tuple[Statement, ...]
    documents: Mapping[str, Source]
    findings: tuple[Finding, ...] = ()
    remarks: tuple[Remark, ...] = ()

    @classmethod
    def of(
        cls,
        extractions: Iterable[Extraction],
        entities: Mapping[str, Entity],
        findings: tuple[Finding, ...] = (),
        remarks: tuple[Remark, ...] = (),
        copies: Mapping[str, str] | None = None,
    ) -> Graph:
        """The claims with their ends resolved; a claim about a mention that became no entity is left out.

        ``copies`` says which document is a copy of which, by their ids.
        """
        entity_of = {mention: entity.id for entity in entities.values() for mention in entity.mentions}
        documents: dict[str, Source] = {}
        statements: list[Statement] = []
        for extraction in extractions:
            documents[extraction.document.id] = Source.of(extraction.document)
            for claim in extraction.claims:
                ends = entity_of.get(claim.subject.id), entity_of.get(claim.object.id)
                if ends[0] and ends[1]:
                    statements.append(Statement(claim, ends[0], ends[1]))
        statements.sort(key=lambda statement: statement.id)
        for copy, first in (copies or {}).items():
            if copy in documents and first in documents:
                documents[copy] = replace(documents[copy], copy_of=documents[first].text_id)
        return cls(entities, tuple(statements), documents, findings, remarks)
