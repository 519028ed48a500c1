"""From what the windows of a document gave to its clusters and claims as values, sorted."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from kg.extraction.arguments import Argument
from kg.extraction.clusters import name_keys
from kg.extraction.lexicon import Lexicon
from kg.extraction.relations import Said, strongest
from kg.extraction.rivals import rival_makers
from kg.model import Claim, Cluster, Document, EntityType, Extraction, Mention, MentionForm

__all__ = ["Seen", "assembled"]

Place = tuple[int, int]


@dataclass
class Seen:
    """What the windows of one document have given so far."""

    votes: dict[str, dict[EntityType, float]] = field(default_factory=dict)
    names: set[tuple[str, EntityType]] = field(default_factory=set)
    brackets: dict[str, str] = field(default_factory=dict)
    arguments: dict[Place, Argument] = field(default_factory=dict)
    said: list[Said] = field(default_factory=list)
    sentences: list[Place] = field(default_factory=list)


def assembled(document: Document, seen: Seen, lexicon: Lexicon, extractor: str) -> Extraction:
    """A document's extraction."""
    mentions = {
        place: Mention(document.span(*place), argument.kind, argument.form)
        for place, argument in sorted(seen.arguments.items())
    }
    said = strongest(seen.said + rival_makers(seen.said, list(seen.arguments.values())), lexicon.ontology)
    claims = [claim(document, one, mentions, extractor) for one in said]
    return Extraction(
        document=document,
        clusters=clusters(seen, mentions, name_keys(seen.names, seen.brackets, lexicon)),
        claims=tuple(sorted(claims, key=lambda c: (c.evidence, c.predicate, c.subject.span, c.object.span, c.id))),
        sentences=tuple(document.span(*place) for place in seen.sentences),
    )


def clusters(
    seen: Seen, mentions: dict[Place, Mention], keys: dict[tuple[str, EntityType], str]
) -> tuple[Cluster, ...]:
    """Mentions of one key and type together, in the order of their first mentions."""
    groups: dict[tuple[str, EntityType], list[Mention]] = defaultdict(list)
    for place, mention in mentions.items():
        key = seen.arguments[place].key
        groups[keys.get((key, mention.type), key), mention.type].append(mention)
    made = [cluster(key, kind, group) for (key, kind), group in groups.items()]
    return tuple(sorted(made, key=lambda c: (c.mentions[0].span, c.type)))


def cluster(key: str, kind: EntityType, mentions: list[Mention]) -> Cluster:
    """A cluster, named by its fullest name."""
    names = sorted((m.text for m in mentions if m.form is MentionForm.NAME), key=lambda name: (-len(name), name))
    return Cluster(names[0] if names else key, kind, tuple(mentions))


def claim(document: Document, said: Said, mentions: dict[Place, Mention], extractor: str) -> Claim:
    """One claim as a value."""
    frame = said.frame
    return Claim(
        subject=mentions[said.subject.start, said.subject.end],
        predicate=frame.predicate,
        object=mentions[said.object.start, said.object.end],
        evidence=document.span(*frame.sentence),
        polarity=frame.polarity,
        modality=frame.modality,
        tense=frame.tense,
        attributed_to=frame.source,
        valid_from=frame.valid_from,
        valid_until=frame.valid_until,
        qualifiers=frame.qualifiers,
        confidence=said.confidence,
        extractor=extractor,
    )
