"""The corpus of attacks, and a graph that carries all of them in every field."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from kg.model import (
    Claim,
    Document,
    Entity,
    EntityType,
    Finding,
    Graph,
    Mention,
    Modality,
    Qualifiers,
    Reason,
    Source,
    Statement,
    Tier,
    Verdict,
)

ESCAPE = re.compile(r"\\(?:u([0-9a-f]{4})|([ntr\\]))")
PLAIN = {"n": "\n", "t": "\t", "r": "\r", "\\": "\\"}


def payloads() -> list[str]:
    lines = Path(__file__).with_name("payloads.txt").read_text("utf-8").splitlines()
    return [ESCAPE.sub(unescaped, line) for line in lines if not line.startswith("# ")]


def unescaped(found: re.Match[str]) -> str:
    return chr(int(found[1], 16)) if found[1] else PLAIN[found[2]]


def attacked(several: list[str]) -> tuple[Graph, tuple[Reason, ...]]:
    """A ring of entities, one an attack, with the attack in every field of it, of its sentence and of its document."""
    kinds = list(EntityType)
    entities = [entity(number, attack, kinds[number % 4]) for number, attack in enumerate(several)]
    documents = [
        Document(f"A{attack}B", attack, title=attack, publisher=attack, published=date(2026, 1, 1 + number % 28))
        for number, attack in enumerate(several)
    ]
    statements = tuple(
        statement(documents[n], attack, entities[n], entities[n - 1]) for n, attack in enumerate(several)
    )
    findings = tuple(finding(attack, statements[n]) for n, attack in enumerate(several))
    reasons = tuple(Reason(attack, attack, Verdict.SAME, attack, attack) for attack in several)
    held = {one.id: one for one in entities}
    return Graph(held, statements, {d.id: Source.of(d) for d in documents}, findings), reasons


def entity(number: int, attack: str, kind: EntityType) -> Entity:
    return Entity(f"{kind.value.lower()}/e{number}", kind, attack, (f"{attack} too",), ((attack, attack),), ("m",))


def statement(document: Document, attack: str, subject: Entity, target: Entity) -> Statement:
    end = len(document.text)
    first = Mention(document.span(0, end - 1), subject.type)
    last = Mention(document.span(end - 1, end), target.type)
    extras = Qualifiers(attack, attack, attack, attack)
    claim = Claim(
        first,
        attack,
        last,
        document.span(0, end),
        attributed_to=attack,
        qualifiers=extras,
        confidence=0.9,
        extractor=attack,
    )
    return Statement(claim, subject.id, target.id)


def finding(attack: str, on: Statement) -> Finding:
    named = (on.subject, (on.object,))
    return Finding(
        attack,
        Tier.STATUTORY,
        *named,
        date(2026, 1, 1),
        0.5,
        ((attack, 0.5),),
        Modality.ASSERTED,
        (on.id,),
        (on.id,),
        attack,
    )
