"""How long all conflict patterns take at one date, and again after one more document, on generated graphs.

    python -m benchmarks.conflicts --triples 100000 300000 1000000

The graph is made of documents of twelve claims each, by a seeded generator: persons with a few roles, firms with deals,
rivals, owners and products, a few of either named very often (Zipf). Triples are counted in the quads that the store
would hold. Each size runs in a process of its own, whose peak memory is reported. Times are of the processor, in one
process: on a machine that does nothing else they are what the clock shows. Reading the graph from disk is not in them.
"""

from __future__ import annotations

import argparse
import bisect
import itertools
import json
import random
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from kg.conflicts import Review, patterns
from kg.model import (
    Claim,
    Cluster,
    Document,
    Entity,
    EntityType,
    Extraction,
    Graph,
    Mention,
    Modality,
    PartialDate,
    Polarity,
    Qualifiers,
    Resolution,
    Tense,
)
from kg.ontology import load
from kg.rdf import extraction_quads, fact_quads, identity_quads

CLAIMS_PER_DOCUMENT = 12
TRIPLES_PER_DOCUMENT = 590  # about; the table gives what was counted
RETOLD = 0.5  # so many claims say again what another document said
FIRST_DAY = date(2015, 1, 1)
DAYS = 3650
RELATIONS = {  # weight of each relation among the claims
    "leads": 18, "board_member_of": 12, "employed_by": 10, "founded_by": 6, "holds_shares_in": 4, "member_of": 3,
    "relative_of": 1, "spouse_of": 1, "partner_of": 9, "supplier_of": 6, "customer_of": 4, "invested_in": 7,
    "acquired": 5, "parent_of": 5, "competitor_of": 6, "regulates": 2, "sued": 2, "develops": 6,
}  # fmt: skip
Tie = tuple[Entity, str, Entity]
KINDS = {
    EntityType.PERSON: "Person", EntityType.ORGANIZATION: "Firm", EntityType.PRODUCT: "Product",
}  # fmt: skip


@dataclass(frozen=True)
class World:
    """Who there is, and how often each is named."""

    entities: dict[EntityType, list[Entity]]
    weights: dict[EntityType, list[float]]
    owned: dict[Entity, tuple[Entity, Entity]] = field(default_factory=dict)

    @classmethod
    def of(cls, size: int) -> World:
        entities: dict[EntityType, list[Entity]] = {}
        shares = {EntityType.PERSON: 0.45, EntityType.ORGANIZATION: 0.45, EntityType.PRODUCT: 0.1}
        for kind, share in shares.items():
            names = [f"{KINDS[kind]} {number}" for number in range(max(5, int(size * share)))]
            if kind is EntityType.ORGANIZATION:
                names = [f"Authority {n}" if n % 100 == 7 else name for n, name in enumerate(names)]
            entities[kind] = [Entity(f"{kind.value.lower()}/{n.lower().replace(' ', '-')}", kind, n) for n in names]
        weights = {
            kind: list(itertools.accumulate(1 / (rank + 20) ** 0.8 for rank in range(len(some))))
            for kind, some in entities.items()
        }
        return cls(entities, weights)

    def draw(self, kind: EntityType, chance: random.Random) -> Entity:
        cumulated = self.weights[kind]
        return self.entities[kind][bisect.bisect(cumulated, chance.random() * cumulated[-1])]


def extraction(number: int, world: World, told: list[Tie], chance: random.Random) -> Extraction:
    """A document of some claims, one a sentence; ``told`` are the ties so far, and grows."""
    drawn = [_told_or_new(world, told, chance) for _ in range(CLAIMS_PER_DOCUMENT)]
    sentences = [f"{head.name} {relation.replace('_', ' ')} {tail.name}." for head, relation, tail in drawn]
    day = FIRST_DAY + timedelta(days=chance.randrange(DAYS))
    document = Document(
        " ".join(sentences), f"doc-{number}.txt", publisher=f"Paper {chance.randrange(200)}", published=day
    )
    mentions: dict[Entity, list[Mention]] = {}
    claims, start = [], 0
    for (head, relation, tail), sentence in zip(drawn, sentences, strict=True):
        end = start + len(sentence)
        ends = (start, start + len(head.name)), (end - 1 - len(tail.name), end - 1)
        made = [Mention(document.span(*place), entity.type) for entity, place in zip((head, tail), ends, strict=True)]
        for entity, mention in zip((head, tail), made, strict=True):
            mentions.setdefault(entity, []).append(mention)
        claims.append(Claim(made[0], relation, made[1], document.span(start, end), **_how(relation, day, chance)))
        start = end + 1
    clusters = tuple(Cluster(entity.name, entity.type, tuple(said)) for entity, said in mentions.items())
    return Extraction(document, clusters, tuple(claims), tuple(claim.evidence for claim in claims), "generated 1")


def _told_or_new(world: World, told: list[Tie], chance: random.Random) -> Tie:
    if told and chance.random() < RETOLD:
        return chance.choice(told)
    told.append(_drawn(world, chance))
    return told[-1]


def _drawn(world: World, chance: random.Random) -> Tie:
    relation = chance.choices(list(RELATIONS), list(RELATIONS.values()))[0]
    known = load().relations[relation]
    order = [EntityType.PERSON, EntityType.ORGANIZATION, EntityType.PRODUCT]
    head_kind = (
        EntityType.ORGANIZATION
        if relation in ("sued", "invested_in")
        else min(known.domain & {*order}, key=order.index)
    )
    tail_kind = (
        EntityType.ORGANIZATION if relation in ("sued", "acquired") else min(known.range & {*order}, key=order.index)
    )
    head, tail = world.draw(head_kind, chance), world.draw(tail_kind, chance)
    if relation in ("acquired", "parent_of"):  # the larger owns the smaller, and each has but one owner
        head, tail = sorted((head, tail), key=lambda firm: int(firm.name.split()[1]))
        tail = world.owned.setdefault(tail, (head, tail))[1]
        head = world.owned[tail][0]
    return (head, relation, tail) if head != tail else _drawn(world, chance)


def _how(relation: str, day: date, chance: random.Random) -> dict[str, object]:
    modality = chance.choices(list(Modality), [84, 8, 3, 2, 2, 1])[0]
    past = relation in ("leads", "board_member_of", "employed_by") and chance.random() < 0.15
    since = PartialDate(day.year - chance.randrange(1, 10)) if chance.random() < 0.25 else None
    return {
        "polarity": Polarity.DENIED if chance.random() < 0.02 else Polarity.AFFIRMED,
        "modality": modality,
        "tense": Tense.PAST if past else Tense.CURRENT,
        "valid_from": since,
        "valid_until": PartialDate(day.year) if past and chance.random() < 0.5 else None,
        "qualifiers": Qualifiers(title="chief financial officer" if relation == "employed_by" else None),
        "confidence": 0.9,
        "extractor": "generated 1",
    }


def resolution(extractions: list[Extraction], world: World) -> Resolution:
    """Names are unique in this world: who is who is known."""
    named = {entity.name: entity for some in world.entities.values() for entity in some}
    mentions: dict[Entity, list[str]] = {entity: [] for entity in named.values()}
    for extracted in extractions:
        for cluster in extracted.clusters:
            mentions[named[cluster.name]] += [mention.id for mention in cluster.mentions]
    told = (Entity(e.id, e.type, e.name, mentions=tuple(sorted(m))) for e, m in mentions.items() if m)
    return Resolution(tuple(sorted(told, key=lambda entity: entity.id)))


def graph_of(extractions: list[Extraction], world: World) -> Graph:
    return Graph.of(extractions, {entity.id: entity for entity in resolution(extractions, world).entities})


def count_triples(extractions: list[Extraction], world: World) -> int:
    """The quads that a store of these documents holds, without the findings."""
    who = resolution(extractions, world)
    graph = graph_of(extractions, world)
    quads: Iterator[object] = itertools.chain(
        (quad for extracted in extractions for quad in extraction_quads(extracted)),
        identity_quads(who, graph.statements),
        fact_quads(graph.statements, graph.documents, load()),
    )
    return sum(1 for _ in quads)


def measure(triples: int) -> dict[str, object]:
    """One size, in this process."""
    documents = triples // TRIPLES_PER_DOCUMENT
    world = World.of(documents * CLAIMS_PER_DOCUMENT // 3)
    chance = random.Random(20260101)  # noqa: S311 - a benchmark's graph, no secret
    told: list[Tie] = []
    extractions = [extraction(number, world, told, chance) for number in range(documents + 1)]
    counted = count_triples(extractions[:-1], world)
    graph, more = graph_of(extractions[:-1], world), graph_of(extractions, world)
    ontology, day = load(), FIRST_DAY + timedelta(days=DAYS)
    started = time.process_time()
    review = Review(graph, ontology, day)
    found = review.findings
    whole = time.process_time() - started
    started = time.process_time()
    renewed = review.after(more).findings
    again = time.process_time() - started
    assert renewed == Review(more, ontology, day).findings
    return {
        "triples": counted,
        "claims": len(graph.statements),
        "entities": len(graph.entities),
        "patterns": len(patterns(ontology)),
        "findings": len(found),
        "all patterns, CPU s": round(whole, 2),
        "after one document, CPU s": round(again, 3),
        "peak memory, MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--triples", type=int, nargs="+", default=[100_000, 300_000, 1_000_000])
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        print(json.dumps(measure(given.one)))
        return
    rows = []
    for size in given.triples:
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.conflicts", "--one", str(size)], check=True, stdout=subprocess.PIPE
        )
        rows.append(json.loads(done.stdout))
        heads = list(rows[0])
        if len(rows) == 1:
            print("| " + " | ".join(heads) + " |\n|" + " ---: |" * len(heads))
        print("| " + " | ".join(f"{rows[-1][head]:,}" for head in heads) + " |", flush=True)


if __name__ == "__main__":
    main()
