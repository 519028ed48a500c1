"""Who is who ↔ the quads of the identity graph."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode, Quad

from kg.model import Entity, EntityType, Judgement, Reason, Resolution, Statement, Verdict, digest
from kg.rdf.terms import Description, describe, kg, node, string, term
from kg.vocab import IDENTITY, KG, PREFIXES, class_iri, local

__all__ = ["identity_quads", "read_entities", "read_reasons"]

GRAPH = NamedNode(IDENTITY)
TYPE, LABEL, NAME, ALIAS = (term(t) for t in ("rdf:type", "rdfs:label", "skos:prefLabel", "skos:altLabel"))
IDENTIFIER, REFERS_TO, SAME_AS = term("schema:identifier"), kg("refersTo"), term("owl:sameAs")
ABOUT = kg("about")
WIKIDATA, ADDRESS = re.compile(r"Q[1-9][0-9]*"), re.compile(r"https?://[^\s<>\"{}|\\^`\x00-\x20]+")


def identity_quads(resolution: Resolution, statements: Iterable[Statement]) -> Iterator[Quad]:
    """Entities with names and mentions, the resolved ends of the claims, the reasons, the judgements."""
    for entity in resolution.entities:
        yield from _entity_quads(entity)
    for statement in statements:
        claim = node("claim", statement.id)
        yield Quad(claim, term("rdf:subject"), node("entity", statement.subject), GRAPH)
        yield Quad(claim, term("rdf:object"), node("entity", statement.object), GRAPH)
    for reason in resolution.reasons:
        yield from _reason_quads(reason)
    for judgement in resolution.judgements:
        yield from _judgement_quads(judgement)


def _entity_quads(entity: Entity) -> Iterator[Quad]:
    subject = node("entity", entity.id)
    yield Quad(subject, TYPE, NamedNode(class_iri(entity.type)), GRAPH)
    yield Quad(subject, LABEL, string(entity.name), GRAPH)
    yield Quad(subject, NAME, string(entity.name), GRAPH)
    for alias in entity.aliases:
        yield Quad(subject, ALIAS, string(alias), GRAPH)
    for scheme, value in entity.identifiers:
        yield Quad(subject, IDENTIFIER, string(f"{scheme}:{value}"), GRAPH)
        address = _address(scheme, value)
        if address:
            yield Quad(subject, SAME_AS, NamedNode(address), GRAPH)
    for mention in entity.mentions:
        yield Quad(node("mention", mention), REFERS_TO, subject, GRAPH)


def _address(scheme: str, value: str) -> str:
    """The IRI that an identifier names, "" where it names none."""
    if scheme == "wikidata" and WIKIDATA.fullmatch(value):
        return PREFIXES["wd"] + value
    return value if scheme == "iri" and ADDRESS.fullmatch(value) else ""


def _reason_quads(reason: Reason) -> Iterator[Quad]:
    said = {name: str(getattr(reason, name)) for name in ("left", "right", "verdict", "feature", "value", "score")}
    subject = node("reason", digest("reason", *said.values(), *reason.entities))
    yield Quad(subject, TYPE, kg("IdentityReason"), GRAPH)
    for name, value in said.items():
        yield Quad(subject, kg(name), string(value), GRAPH)
    for entity in reason.entities:
        yield Quad(subject, ABOUT, node("entity", entity), GRAPH)


def _judgement_quads(judgement: Judgement) -> Iterator[Quad]:
    said = {
        "left": judgement.left,
        "right": judgement.right,
        "verdict": str(judgement.verdict),
        "note": judgement.note,
        "author": judgement.author,
        "judgedOn": judgement.date,
    }
    subject = node("judgement", digest("judgement", *said.values()))
    yield Quad(subject, TYPE, kg("Judgement"), GRAPH)
    for name, value in said.items():
        if value:
            yield Quad(subject, kg(name), string(value), GRAPH)


def read_entities(quads: Iterable[Quad]) -> dict[str, Entity]:
    """Entity id → entity, of the identity graph, sorted by id."""
    described = describe(quads)
    mentions: dict[str, list[str]] = {}
    for subject, description in described.items():
        for address in description.get(REFERS_TO.value, []):
            mentions.setdefault(address, []).append(_id(subject))
    entities = (
        _entity(subject, description, mentions.get(subject, []))
        for subject, description in described.items()
        if NAME.value in description
    )
    return {entity.id: entity for entity in sorted(entities, key=lambda entity: entity.id)}


def read_reasons(quads: Iterable[Quad]) -> tuple[Reason, ...]:
    """The reasons of the identity graph, sorted."""
    described = [d for d in describe(quads).values() if KG + "feature" in d]
    reasons = (
        Reason(
            d[KG + "left"][0],
            d[KG + "right"][0],
            Verdict(d[KG + "verdict"][0]),
            d[KG + "feature"][0],
            d[KG + "value"][0],
            d[KG + "score"][0],
            tuple(sorted(_id(address) for address in d.get(ABOUT.value, []))),
        )
        for d in described
    )
    return tuple(sorted(reasons, key=lambda r: (r.left, r.right, r.verdict, r.feature, r.value, r.score, r.entities)))


def _entity(subject: str, described: Description, mentions: list[str]) -> Entity:
    identifiers = [value.partition(":") for value in described.get(IDENTIFIER.value, [])]
    return Entity(
        id=_id(subject),
        type=EntityType(described[TYPE.value][0].removeprefix(KG)),
        name=described[NAME.value][0],
        aliases=tuple(described.get(ALIAS.value, [])),
        identifiers=tuple((scheme, value) for scheme, _, value in identifiers),
        mentions=tuple(sorted(mentions)),
    )


def _id(address: str) -> str:
    known = local(address)
    if known is None:
        raise ValueError(f"{address} is no IRI of ours")
    return known[1]
