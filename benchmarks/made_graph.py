"""A made-up graph of any size for measuring the page: trades of firms with their people, products and places.

Names, sentences and ties are drawn from a fixed seed: this measures speed and size, and says nothing of accuracy.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from random import Random

from kg.model import Claim, Document, Entity, EntityType, Finding, Graph, Mention, Modality, Source, Statement, Tier

__all__ = ["made_graph"]

FIRST = [
    "Atlas",
    "Birch",
    "Cedar",
    "Delta",
    "Ember",
    "Falcon",
    "Granite",
    "Harbor",
    "Iris",
    "Juniper",
    "Kestrel",
    "Lumen",
    "Meridian",
    "Nimbus",
    "Orbit",
    "Pioneer",
]
SECOND = [
    "Works",
    "Energy",
    "Capital",
    "Systems",
    "Labs",
    "Robotics",
    "Motors",
    "Pharma",
    "Media",
    "Foods",
    "Shipping",
    "Mining",
    "Software",
    "Chips",
]
GIVEN = [
    "Ada",
    "Boris",
    "Chen",
    "Dana",
    "Emil",
    "Fatima",
    "Goran",
    "Hana",
    "Ivan",
    "Jun",
    "Kira",
    "Lars",
    "Mona",
    "Nils",
    "Olga",
    "Pavel",
    "Rosa",
    "Sven",
    "Tara",
    "Umar",
]
TRADE = 120
SENTENCES = {
    "partner_of": "{a} and {b} said on Monday that they would work together on new {trade} services.",
    "supplier_of": "{a} will supply {b} with parts for its {trade} business for three years, both firms said.",
    "invested_in": "{a} took part in the latest round of {b}, which values the {trade} firm at a billion dollars.",
    "competitor_of": "{a} competes with {b} for the same {trade} customers in most of their markets.",
    "leads": "{a}, who has been with the company for a decade, leads {b} as its chief executive.",
    "board_member_of": "{a} joined the board of {b} in spring, the annual report of the {trade} company says.",
    "develops": "{a} develops {b}, one of the better known products of the {trade} trade.",
}
BETWEEN_FIRMS = ["partner_of", "supplier_of", "invested_in", "competitor_of"]


def made_graph(entities: int, statements_each: float = 1.5) -> Graph:
    """A graph of that many entities and one and a half times as many sentences, in trades of 120."""
    random = Random(11)  # noqa: S311 - made-up data
    made = [entity(number) for number in range(entities)]
    documents = [document(number, random) for number in range(max(2, entities // 8))]
    said = dict[str, Statement]()
    numbers = count()
    while len(said) < round(entities * statements_each):
        one = statement(next(numbers), made, documents, random)
        said[one.id] = one
    statements = tuple(sorted(said.values(), key=lambda s: s.id))
    return Graph(
        {one.id: one for one in sorted(made, key=lambda one: one.id)},
        statements,
        {one.id: Source.of(one) for one in documents},
        findings(statements),
    )


def entity(number: int) -> Entity:
    kind = [EntityType.ORGANIZATION, EntityType.PERSON, EntityType.ORGANIZATION, EntityType.PRODUCT][number % 4]
    first, second = FIRST[number % 16], SECOND[number // 16 % 14]
    name = f"{GIVEN[number % 20]} {first}son {number}" if kind is EntityType.PERSON else f"{first} {second} {number}"
    return Entity(f"{kind.value.lower()}/{name.lower().replace(' ', '-')}", kind, name)


def document(number: int, random: Random) -> Document:
    day = date(2023, 1, 1) + timedelta(days=random.randrange(1200))
    publisher = f"{FIRST[number % 16]} {('Post', 'Times', 'Ledger')[number % 3]}"
    address = f"https://news.example/{day.year}/{number}"
    return Document(
        f"Article {number}", address, title=f"What happened in trade {number}", publisher=publisher, published=day
    )


def statement(number: int, made: list[Entity], documents: list[Document], random: Random) -> Statement:
    """Most ties stay within a trade, and the older half of a trade is tied more often, so hubs arise."""
    a = random.randrange(len(made))
    start = a // TRADE * TRADE
    within = random.random() < 0.9
    b = (
        start + int((min(TRADE, len(made) - start)) * random.random() ** 3)
        if within
        else int(len(made) * random.random() ** 2)
    )
    subject, target = made[a], made[b if b != a else (b + 1) % len(made)]
    predicate = {"Person": random.choice(["leads", "board_member_of"]), "Product": "develops"}.get(
        subject.type.value, random.choice(BETWEEN_FIRMS)
    )
    if target.type is not EntityType.ORGANIZATION:
        target = made[int(target.name.split()[-1]) // 4 * 4] if predicate != "develops" else target
    if predicate == "develops":
        subject, target = made[a // 4 * 4], subject
    if subject is target:
        target = made[(a + 4) // 4 * 4 % len(made)]
    return said(number, subject, predicate, target, documents[number % len(documents)], random)


def said(number: int, subject: Entity, predicate: str, target: Entity, source: Document, random: Random) -> Statement:
    quote = SENTENCES[predicate].format(a=subject.name, b=target.name, trade=SECOND[number % 14].lower())
    text = Document(quote, source.source, title=source.title, publisher=source.publisher, published=source.published)

    def mention(one: Entity) -> Mention:
        start = quote.index(one.name)
        return Mention(text.span(start, start + len(one.name)), one.type)

    evidence = text.span(0, len(quote))
    modality = random.choices(list(Modality)[:3], [80, 15, 5])[0]
    claim = Claim(
        mention(subject),
        predicate,
        mention(target),
        evidence,
        modality=modality,
        confidence=round(random.uniform(0.5, 1), 2),
    )
    return Statement(moved(claim, source.id), subject.id, target.id)


def moved(claim: Claim, document_id: str) -> Claim:
    """The claim as if its sentence stood in the document."""

    def there(mention: Mention) -> Mention:
        return replace(mention, span=replace(mention.span, document_id=document_id))

    return replace(
        claim,
        subject=there(claim.subject),
        object=there(claim.object),
        evidence=replace(claim.evidence, document_id=document_id),
    )


def findings(statements: tuple[Statement, ...]) -> tuple[Finding, ...]:
    """A dual role for the first ten people who lead or sit on the board of two firms."""
    roles = dict[str, list[Statement]]()
    for one in statements:
        if one.claim.predicate in ("leads", "board_member_of"):
            roles.setdefault(one.subject, []).append(one)
    double = [(party, held) for party, held in sorted(roles.items()) if len({one.object for one in held}) > 1][:10]
    return tuple(
        Finding(
            "dual_role",
            Tier.STRUCTURAL,
            party,
            tuple(sorted({one.object for one in held})[:2]),
            date(2026, 4, 15),
            0.3,
            (("role", 0.3),),
            Modality.ASSERTED,
            tuple(one.id for one in held),
        )
        for party, held in double
    )
