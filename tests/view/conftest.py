"""A graph of about forty entities and eighty statements out of ``story.psv``, and one whose every text attacks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
from browsing import Opened, Seen, opened
from playwright.sync_api import Page

from kg.model import (
    Claim,
    Document,
    Entity,
    EntityType,
    Finding,
    Graph,
    Mention,
    Modality,
    PartialDate,
    Polarity,
    Qualifiers,
    Reason,
    Source,
    Span,
    Statement,
    Tense,
    Tier,
    Verdict,
)
from kg.view import draw, write
from kg.vocab import entity_name_id

PEOPLE = """Andy Jassy, Daniela Amodei, Dario Amodei, Elon Musk, James Murdoch, Jensen Huang, Kimbal Musk, Lina Khan,
Lisa Su, Reed Hastings, Reid Hoffman, Robyn Denholm, Sam Altman, Satya Nadella, Sundar Pichai"""
PRODUCTS = "ChatGPT, Claude, Grok, Kuiper, Prisma, Starlink"
PLACES = "Austin, Hsinchu, Mountain View, Santa Clara, Seattle, Starbase"
ALIASES = {"Elon Musk": ("Mr Musk", "Musk"), "Sam Altman": ("Altman",), "xAI": ("X.AI Corp.",)}
REASONS = (Reason("c1", "c2", Verdict.SAME, "alias", "musk"),)
READINGS = {
    "counterparty_rival": "{party} has roles at {a} and {b}; {a} deals with {c}, which competes with {b}",
    "common_investor": "{party} holds both {a} and {b}, which compete",
    "related_party_deal": "{party} has a role or shares in both {a} and {b}, which fund or acquire each other",
}
PUBLISHED = {
    "d1": ("SpaceX rents its halls to Anthropic", "The Daily Ledger", date(2026, 5, 6), "https://ledger.example/a"),
    "d2": ("Talks behind the deal", "Meridian News", date(2026, 5, 7), "https://meridian.example/b?x=1"),
    "d3": ("Who pays for Anthropic", "Harbor Post", date(2026, 4, 30), "https://harbor.example/c"),
    "d4": ("Tesla's board", "The Daily Ledger", date(2026, 3, 2), "https://ledger.example/d"),
    "d5": ("Chips for everyone", "Meridian News", date(2026, 2, 11), "archive/chips.txt"),
    "d6": ("Boards of the valley", "Harbor Post", date(2025, 11, 20), "https://harbor.example/f"),
    "d7": (None, None, None, "notes/briefing.txt"),
}


@dataclass(frozen=True)
class Told:
    """A line of the story."""

    document: str
    subject: str
    predicate: str
    object: str
    how: dict[str, str]
    sentence: str


def told() -> Iterator[Told]:
    lines = Path(__file__).with_name("story.psv").read_text("utf-8").splitlines()
    for line in lines:
        if not line.startswith("#"):
            document, subject, predicate, object_, how, sentence = line.split("|")
            pairs = (word.partition("=") for word in how.split(";") if word)
            yield Told(document, subject, predicate, object_, {key: value for key, _, value in pairs}, sentence)


def type_of(name: str) -> EntityType:
    listed = {EntityType.PERSON: PEOPLE, EntityType.PRODUCT: PRODUCTS, EntityType.PLACE: PLACES}
    return next((kind for kind, names in listed.items() if name in names), EntityType.ORGANIZATION)


def entity(name: str) -> Entity:
    kind = type_of(name)
    return Entity(entity_name_id(kind, name), kind, name, ALIASES.get(name, ()))


def mention(document: Document, sentence: Span, name: str) -> Mention:
    words = next(words for words in (name, *ALIASES.get(name, ())) if words in sentence.quote)
    start = sentence.start + sentence.quote.index(words)
    return Mention(document.span(start, start + len(words)), type_of(name))


def partial(text: str | None) -> PartialDate | None:
    return PartialDate.parse(text) if text else None


def statement(line: Told, document: Document) -> Statement:
    start = document.text.index(line.sentence)
    sentence, how = document.span(start, start + len(line.sentence)), line.how
    claim = Claim(
        subject=mention(document, sentence, line.subject),
        predicate=line.predicate,
        object=mention(document, sentence, line.object),
        evidence=sentence,
        polarity=Polarity.DENIED if "denied" in how else Polarity.AFFIRMED,
        modality=next((modality for modality in Modality if modality.value in how), Modality.ASSERTED),
        tense=Tense.PAST if "past" in how else Tense.CURRENT,
        attributed_to=how.get("by"),
        valid_from=partial(how.get("from")),
        valid_until=partial(how.get("until")),
        qualifiers=Qualifiers(how.get("title"), how.get("amount"), how.get("currency"), how.get("share")),
        confidence=0.91,
    )
    return Statement(claim, entity(line.subject).id, entity(line.object).id)


def source(document: Document) -> Source:
    parts = (document.title, document.publisher, document.published)
    return Source(document.id, document.key, document.source, document.text_id, *parts)


def story_graph() -> Graph:
    lines = list(told())
    texts = {key: "\n".join(dict.fromkeys(t.sentence for t in lines if t.document == key)) for key in PUBLISHED}
    documents = {
        key: Document(texts[key], address, title=title, publisher=publisher, published=day)
        for key, (title, publisher, day, address) in PUBLISHED.items()
    }
    statements = tuple(sorted((statement(t, documents[t.document]) for t in lines), key=lambda s: s.id))
    entities = {e.id: e for e in map(entity, sorted({n for t in lines for n in (t.subject, t.object)}))}
    sources = {s.id: s for s in map(source, documents.values())}
    return Graph(entities, statements, sources, findings(statements))


def premises(statements: tuple[Statement, ...], *ties: tuple[str, str, str]) -> tuple[str, ...]:
    wanted = {(entity(a).id, predicate, entity(b).id) for a, predicate, b in ties}
    return tuple(s.id for s in statements if (s.subject, s.claim.predicate, s.object) in wanted)


MUSK_AT_SPACEX = ("Elon Musk", "leads", "SpaceX")
MUSK_AT_XAI = ("Elon Musk", "leads", "xAI")
MUSK_AT_TESLA = ("Elon Musk", "leads", "Tesla")


def findings(statements: tuple[Statement, ...]) -> tuple[Finding, ...]:
    def found(pattern: str, tier: Tier, names: list[str], *ties: tuple[str, str, str], **more: object) -> Finding:
        party, *organizations = (entity(name).id for name in names)
        based_on = premises(statements, *ties)
        drivers = (("role", 0.4), ("deal", 0.22))
        fixed = (pattern, tier, party, tuple(organizations), date(2026, 5, 7), 0.62, drivers, Modality.REPORTED)
        return replace(Finding(*fixed, based_on), **more)

    deal, rivalry = ("SpaceX", "partner_of", "Anthropic"), ("xAI", "competitor_of", "Anthropic")
    owner = [("Amazon", "invested_in", "Anthropic"), ("Amazon", "invested_in", "Rivian")]
    planned = ("Tesla", "invested_in", "xAI")
    several = (
        found(
            "counterparty_rival",
            Tier.RELATED_PARTY,
            ["Elon Musk", "SpaceX", "xAI", "Anthropic"],
            MUSK_AT_SPACEX,
            MUSK_AT_XAI,
            deal,
            rivalry,
            mitigations=premises(statements, ("SpaceX", "acquired", "xAI")),
        ),
        found(
            "dual_role", Tier.STRUCTURAL, ["Elon Musk", "SpaceX", "Tesla"], MUSK_AT_SPACEX, MUSK_AT_TESLA, severity=0.2
        ),
        found("common_investor", Tier.STRUCTURAL, ["Amazon", "Anthropic", "Rivian"], *owner, severity=0.31),
        found(
            "related_party_deal",
            Tier.WATCH,
            ["Elon Musk", "Tesla", "xAI"],
            MUSK_AT_TESLA,
            MUSK_AT_XAI,
            planned,
            modality=Modality.PLANNED,
            reason="the deal is only planned",
        ),
        found(
            "dual_role",
            Tier.SUPPRESSED,
            ["Elon Musk", "SpaceX", "xAI"],
            MUSK_AT_SPACEX,
            MUSK_AT_XAI,
            reason="one corporate group since February 2026",
        ),
    )
    return tuple(sorted(several, key=lambda finding: finding.id))


@pytest.fixture(scope="session")
def story() -> Graph:
    return story_graph()


@pytest.fixture(scope="session")
def readings() -> dict[str, str]:
    return READINGS


ATTACKS = (
    "</script><script>window.__pwned=1</script>",
    "<img src=x onerror=window.__pwned=1>",
    '"><svg onload=window.__pwned=1> href',
    "javascript:window.__pwned=1",
    "{{7*7}}{% raw %}${7*7}",
    "<!--<script>\u2028\u2029'\"\\",
)


def hostile_graph() -> Graph:
    """Every text field carries every attack; sources are addresses that must not become links."""
    payload = " ".join(ATTACKS)
    sources = [f"{scheme}window.__pwned=1//{payload}" for scheme in ("javascript:", " data:text/html,", "https://x/\n")]
    entities = {
        e.id: e
        for e in (Entity(f"organization/{n}", EntityType.ORGANIZATION, f"{n} {payload}", (payload,)) for n in "abc")
    }
    documents = [Document(f"A {payload} B", address, title=payload, publisher=payload) for address in sources]
    statements = tuple(hostile_statement(document, n) for n, document in enumerate(documents))
    finding = Finding(
        payload,
        Tier.STATUTORY,
        "organization/a",
        ("organization/b", "organization/c"),
        date(2026, 1, 1),
        0.5,
        ((payload, 0.5),),
        Modality.ASSERTED,
        tuple(s.id for s in statements),
        tuple(s.id for s in statements),
        payload,
    )
    return Graph(entities, statements, {d.id: source(d) for d in documents}, (finding,))


def hostile_statement(document: Document, number: int) -> Statement:
    whole = document.span(0, len(document.text))
    subject = Mention(document.span(0, len(document.text) - 2), EntityType.ORGANIZATION)
    object_ = Mention(document.span(len(document.text) - 1, len(document.text)), EntityType.ORGANIZATION)
    payload = document.title
    predicate = ("partner_of", "supplier_of", payload)[number]
    extras = Qualifiers(payload, payload, payload, payload)
    claim = Claim(subject, predicate, object_, whole, attributed_to=payload, qualifiers=extras)
    return Statement(claim, f"organization/{'aab'[number]}", f"organization/{'bcc'[number]}")


@pytest.fixture(scope="session")
def hostile() -> Graph:
    return hostile_graph()


@pytest.fixture(scope="session")
def crowd(story) -> Graph:
    """The story beside a ring of 1,600 firms: more than is drawn at once."""
    firms = [entity(f"Northern Works {number:04}") for number in range(1600)]
    text = "Both firms are partners."
    document = Document(text, "ring.txt")
    ends = (
        Mention(document.span(0, 4), EntityType.ORGANIZATION),
        Mention(document.span(5, 10), EntityType.ORGANIZATION),
    )
    statements = tuple(
        Statement(
            Claim(ends[0], "partner_of", ends[1], document.span(0, len(text)), attributed_to=str(number)),
            firm.id,
            firms[number - 1].id,
        )
        for number, firm in enumerate(firms)
    )
    return Graph(
        {**story.entities, **{firm.id: firm for firm in firms}},
        story.statements + statements,
        {**story.documents, document.id: source(document)},
        story.findings,
    )


@pytest.fixture(scope="session")
def story_file(tmp_path_factory, story, readings) -> Path:
    path = tmp_path_factory.mktemp("page") / "story.html"
    write(draw(story, readings=readings, reasons=REASONS), path)
    return path


@pytest.fixture
def at(browser, story_file) -> Iterator[Opened]:
    """The story, and at the end: nothing was asked of any network and nothing went wrong."""
    for one in opened(browser, story_file):
        yield one
        assert one.seen == Seen(requests=[story_file.as_uri()])


@pytest.fixture
def page(at) -> Page:
    return at.page


@pytest.fixture(scope="session")
def crowd_file(tmp_path_factory, crowd) -> Path:
    path = tmp_path_factory.mktemp("page") / "crowd.html"
    write(draw(crowd), path)
    return path
