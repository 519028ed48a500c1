"""A stored graph that carries the whole corpus of attacks in every field, written as ``kg build`` writes one.

An attack's number names its person and its firm. Each person leads its firm, the firm before it, which is a rival, and
one firm that all lead: what a page of that firm shows holds every attack at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from payloads import payloads

from kg.model import (
    Claim,
    Cluster,
    Document,
    Entity,
    EntityType,
    Extraction,
    Finding,
    Graph,
    Judgement,
    Mention,
    Modality,
    Qualifiers,
    Reason,
    Remark,
    Resolution,
    Statement,
    Tier,
    Verdict,
)
from kg.ontology import load
from kg.rdf import fact_quads, finding_quads, identity_quads, remark_quads
from kg.store import Store
from kg.vocab import FACTS, IDENTITY, INFERRED
from kg.workspace import Workspace

__all__ = ["ALL", "ATTACKS", "hostile"]

ATTACKS = [attack.encode("utf-16", "surrogatepass").decode("utf-16", "replace") for attack in payloads()]
"""The corpus, without half pairs of surrogates: no store holds and no request sends them."""
ALL = "organization/all"
DAY = date(2026, 1, 1)


def hostile(folder: Path) -> Path:
    """The workspace of that graph."""
    with Store(Workspace(folder).store, create=True) as store:
        extractions = [extraction(number, attack) for number, attack in enumerate(ATTACKS)]
        for one in extractions:
            store.replace(one)
        resolution = Resolution(tuple(entities(extractions)), tuple(reasons()), tuple(judgements()))
        graph = Graph.of(extractions, {entity.id: entity for entity in resolution.entities})
        remarks = [remark(number, one) for number, one in enumerate(extractions)]
        onto = load()
        store.derive(
            {
                IDENTITY: identity_quads(resolution, graph.statements),
                FACTS: fact_quads(graph.statements, graph.documents, onto),
                INFERRED: [*finding_quads(findings(extractions, remarks)), *remark_quads(remarks)],
            },
            onto,
            Workspace(folder).decided,
        )
    return folder


def extraction(number: int, attack: str) -> Extraction:
    """One document: "<attack> ABC", of which the attack is the person, and A, B and C are firms."""
    said = Document(f"{attack} ABC", attack, attack, attack, attack, date(2026, 1, 1 + number % 28))
    end = len(said.text)
    person = Mention(said.span(0, end - 4), EntityType.PERSON)
    own, rival, everybodys = (
        Mention(said.span(at, at + 1), EntityType.ORGANIZATION) for at in (end - 3, end - 2, end - 1)
    )

    def claim(head: Mention, label: str, tail: Mention) -> Claim:
        extras = Qualifiers(attack, attack, attack, attack)
        return Claim(
            head, label, tail, said.span(0, end), attributed_to=attack, qualifiers=extras, confidence=0.9, extractor="a"
        )

    claims = tuple(claim(person, "leads", firm) for firm in (own, rival, everybodys))
    claims += (claim(own, "competitor_of", rival),)
    clusters = tuple(Cluster(attack, mention.type, (mention,)) for mention in (person, own, rival, everybodys))
    return Extraction(said, clusters, claims, (said.span(0, end),), attack)


def mention_of(one: Extraction, place: int) -> str:
    return one.clusters[place].mentions[0].id


def entities(extractions: list[Extraction]) -> Iterator[Entity]:
    count = len(ATTACKS)
    for number, attack in enumerate(ATTACKS):
        names = (attack, (f"{attack} too",), ((attack, attack), ("iri", attack)))
        own, after = extractions[number], extractions[(number + 1) % count]
        mentions = tuple(sorted((mention_of(own, 1), mention_of(after, 2))))
        yield Entity(f"person/e{number}", EntityType.PERSON, *names, (mention_of(own, 0),))
        yield Entity(f"organization/e{number}", EntityType.ORGANIZATION, *names, mentions)
    every = tuple(sorted(mention_of(one, 3) for one in extractions))
    named = ("".join(ATTACKS), tuple(ATTACKS), tuple((attack, attack) for attack in ATTACKS))
    yield Entity(ALL, EntityType.ORGANIZATION, *named, every)


def reasons() -> Iterator[Reason]:
    for attack in ATTACKS:
        yield Reason(attack, attack, Verdict.SAME, attack, attack, attack, (ALL,))


def judgements() -> Iterator[Judgement]:
    for attack in ATTACKS:
        yield Judgement(attack, attack, Verdict.SAME, attack, attack, attack)


def remark(number: int, one: Extraction) -> Remark:
    return Remark("recused", one.sentences[0], (f"person/e{number}",), (ALL,))


def findings(extractions: list[Extraction], remarks: list[Remark]) -> Iterator[Finding]:
    for number, attack in enumerate(ATTACKS):
        claims = tuple(Statement(claim, "", "").id for claim in extractions[number].claims)
        yield Finding(
            attack,
            Tier.STATUTORY,
            f"person/e{number}",
            (f"organization/e{number}", f"organization/e{number - 1 if number else len(ATTACKS) - 1}", ALL),
            DAY,
            0.5,
            ((attack, 0.5),),
            Modality.ASSERTED,
            claims,
            claims,
            attack,
            (remarks[number].id,),
        )
