"""Graphs sketched in lines, for tests: ``Elon Musk leads SpaceX; published=2025-07-14; modality=reported``.

A line is a claim, told by a document of its own. Keys after the semicolons: published, publisher, source, copy (lines
with one copy have one text), says (the sentence), modality, polarity, tense, from, until, title, by (attributed to).
A name may carry its type or tell namesakes apart: ``Grok (Product)``, ``John Smith [2]``; without a type it is an
organization where the relation allows that. ``same: A = wikidata:Q1`` gives an identifier. ``as of: 2024-01-10`` is for
who runs the sketch. ``remark: recused; names=A|B; says=…`` is a sentence that is no claim. ``#`` begins a comment.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from kg.model import (
    Claim,
    Document,
    Entity,
    EntityType,
    Graph,
    Mention,
    Modality,
    PartialDate,
    Polarity,
    Qualifiers,
    Remark,
    Source,
    Statement,
    Tense,
)
from kg.ontology import load
from kg.vocab import entity_name_id

ONTOLOGY = load()
NAME = re.compile(r"(?P<name>.*?)(?: \((?P<type>\w+)\))?(?: \[(?P<number>\d+)\])?")
RELATION = re.compile(rf"(.+?) ({'|'.join(sorted(ONTOLOGY.relations, key=len, reverse=True))}) (.+)")


def graph(sketch: str) -> Graph:
    """The graph that a sketch describes."""
    paper = Paper()
    for line in sketch.splitlines():
        said = line.partition("#")[0].strip()
        if said and not said.startswith("as of:"):
            paper.read(said)
    return paper.graph()


def as_of(sketch: str) -> date | None:
    """The date that a sketch is to be looked at, None where it names none."""
    found = re.search(r"(?m)^as of: (\S+)$", sketch)
    return date.fromisoformat(found[1]) if found else None


@dataclass
class Paper:
    """What was read of a sketch."""

    entities: dict[str, Entity] = field(default_factory=dict)
    documents: dict[str, Source] = field(default_factory=dict)
    statements: list[Statement] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    def read(self, line: str) -> None:
        if line.startswith("remark:"):
            self.remark(line.removeprefix("remark:"))
        elif line.startswith("same:"):
            name, _, identifier = line.removeprefix("same:").partition("=")
            scheme, _, value = identifier.strip().partition(":")
            entity = self.entity(name.strip(), set(EntityType))
            self.entities[entity.id] = replace(entity, identifiers=((scheme, value),))
        else:
            self.claim(line)

    def remark(self, line: str) -> None:
        kind, *rest = (part.strip() for part in line.split(";"))
        keys = dict(part.split("=", 1) for part in rest)
        document = self.document(keys["says"], keys | {"source": f"remark-{len(self.remarks) + 1}"})
        start = document.text.index(keys["says"])
        named = tuple(sorted(self.entity(name, set(EntityType)).id for name in keys["names"].split("|")))
        self.remarks.append(Remark(kind, document.span(start, start + len(keys["says"])), named, named))

    def claim(self, line: str) -> None:
        said, *rest = (part.strip() for part in line.split(";"))
        keys = dict(part.split("=", 1) for part in rest)
        found = RELATION.fullmatch(said)
        assert found, f"no relation in {line!r}"
        relation = ONTOLOGY.relations[found[2]]
        subject, object_ = self.entity(found[1], relation.domain), self.entity(found[3], relation.range)
        sentence = keys.get("says", f"{subject.name} {found[2].replace('_', ' ')} {object_.name}.")
        document = self.document(sentence, keys)
        claim = written(document, sentence, subject, found[2], object_, keys)
        self.statements.append(Statement(claim, subject.id, object_.id))

    def entity(self, said: str, types: Iterable[EntityType]) -> Entity:
        found = NAME.fullmatch(said)
        assert found
        fitting = [kind for kind in EntityType if kind in set(types)]
        known = [entity for entity in self.entities.values() if entity.name == said]
        if known and set(types) == set(EntityType):
            return known[0]
        for kind in [EntityType(found["type"])] if found["type"] else [EntityType.ORGANIZATION, *fitting]:
            key = entity_name_id(kind, found["name"]) + (f"-{found['number']}" if found["number"] else "")
            if key in self.entities or kind in fitting:
                return self.entities.setdefault(key, Entity(key, kind, found["name"]))
        raise AssertionError(f"{said!r} does not fit {types}")

    def document(self, sentence: str, keys: dict[str, str]) -> Document:
        source = keys.get("source", f"line-{len(self.statements) + 1}")
        head = keys.get("copy", source)
        day = date.fromisoformat(keys["published"]) if "published" in keys else None
        document = Document(f"{head}\n{sentence}", source, publisher=keys.get("publisher"), published=day)
        self.documents[document.id] = Source(
            document.id, document.key, source, document.text_id, None, document.publisher, day
        )
        return document

    def graph(self) -> Graph:
        entities = dict(sorted(self.entities.items()))
        statements = tuple(sorted(self.statements, key=lambda s: s.id))
        remarks = tuple(sorted(self.remarks, key=lambda r: r.id))
        return Graph(entities, statements, dict(sorted(self.documents.items())), remarks=remarks)


def written(
    document: Document, sentence: str, subject: Entity, relation: str, object_: Entity, keys: dict[str, str]
) -> Claim:
    """The claim that the sentence makes, with what the keys say of it."""
    start = document.text.index(sentence)
    return Claim(
        mention(document, subject, start),
        relation,
        mention(document, object_, start),
        document.span(start, start + len(sentence)),
        Polarity(keys.get("polarity", "affirmed")),
        Modality(keys.get("modality", "asserted")),
        Tense(keys.get("tense", "current")),
        keys.get("by"),
        PartialDate.parse(keys["from"]) if "from" in keys else None,
        PartialDate.parse(keys["until"]) if "until" in keys else None,
        Qualifiers(title=keys.get("title")),
        confidence=0.9,
        extractor="sketch 1",
    )


def mention(document: Document, entity: Entity, start: int) -> Mention:
    """Where the sentence names the entity."""
    place = document.text.index(entity.name, start)
    return Mention(document.span(place, place + len(entity.name)), entity.type)
