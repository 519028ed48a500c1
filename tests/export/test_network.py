"""The networkx graph: one edge a relation, symmetric ones once, each with its claims and what they amount to."""

from datetime import date

import networkx as nx
import pytest

from kg.export.network import independent_sources, to_networkx
from kg.model import Claim, Document, Entity, EntityType, Graph, Mention, Modality, Polarity, Source, Statement, Tense

TEXT = "Acme and Bolt are partners."
ACME = Entity("organization/acme", EntityType.ORGANIZATION, "Acme", ("Acme Inc.",))
BOLT = Entity("organization/bolt", EntityType.ORGANIZATION, "Bolt")


def document(number: int = 1, day: int = 1) -> Document:
    return Document(TEXT, f"n{number}.txt", publisher=f"Paper {number}", published=date(2026, 1, day))


def said(predicate: str = "supplier_of", turned: bool = False, source: Document | None = None, **more) -> Statement:
    given = source or document()
    acme, bolt = (Mention(given.span(a, a + 4), EntityType.ORGANIZATION) for a in (0, 9))
    claim = Claim(bolt if turned else acme, predicate, acme if turned else bolt, given.span(0, len(TEXT)), **more)
    ends = (BOLT.id, ACME.id) if turned else (ACME.id, BOLT.id)
    return Statement(claim, *ends)


def kept(given: Document) -> Source:
    return Source(given.id, given.key, given.source, given.text_id, given.title, given.publisher, given.published)


def network(*statements: Statement, documents: tuple[Document, ...] = (document(),)) -> nx.MultiDiGraph:
    return to_networkx(Graph({BOLT.id: BOLT, ACME.id: ACME}, statements, {d.id: kept(d) for d in documents}))


def test_a_node_carries_its_entity():
    assert dict(network().nodes(data=True))[ACME.id] == {
        "iri": "https://kg.example/entity/organization/acme",
        "type": "Organization",
        "name": "Acme",
        "aliases": ["Acme Inc."],
    }


def test_an_edge_carries_its_claims_and_their_sum():
    statement = said(confidence=0.75)
    assert network(statement).edges[ACME.id, BOLT.id, "supplier_of"] == {
        "predicate": "supplier_of",
        "symmetric": False,
        "lasting": True,
        "standing": "asserted",
        "modality": "asserted",
        "polarity": "affirmed",
        "past": False,
        "confidence": 0.75,
        "sources": 1,
        "first": "2026-01-01",
        "last": "2026-01-01",
        "claims": [
            {
                "id": statement.id,
                "quote": TEXT,
                "document": document().id,
                "source": "n1.txt",
                "published": "2026-01-01",
                "modality": "asserted",
                "polarity": "affirmed",
                "tense": "current",
                "valid_from": "",
                "valid_until": "",
                "confidence": 0.75,
            }
        ],
    }


def test_a_symmetric_relation_stands_once_whoever_is_named_first():
    edges = network(said("partner_of"), said("partner_of", turned=True)).edges(keys=True)
    assert list(edges) == [(ACME.id, BOLT.id, "partner_of")]


def test_a_directed_relation_keeps_both_directions():
    edges = network(said(), said(turned=True)).edges(keys=True)
    assert sorted(edges) == [(ACME.id, BOLT.id, "supplier_of"), (BOLT.id, ACME.id, "supplier_of")]


@pytest.mark.parametrize(
    ("claims", "standing"),
    [
        ([{}], "asserted"),
        ([{"modality": Modality.REPORTED}], "reported"),
        ([{"modality": Modality.ALLEGED}, {"modality": Modality.PLANNED}], "hedged"),
        ([{"polarity": Polarity.DENIED}], "denied"),
        ([{"polarity": Polarity.DENIED}, {"modality": Modality.REPORTED}], "reported"),
        ([{"polarity": Polarity.DENIED}, {"modality": Modality.POSSIBLE}], "hedged"),
    ],
)
def test_an_edge_stands_as_firmly_as_its_firmest_affirmed_claim(claims, standing):
    edge = network(*(said(**fields) for fields in claims)).edges[ACME.id, BOLT.id, "supplier_of"]
    assert edge["standing"] == standing


def test_an_edge_is_past_when_every_affirmed_claim_is_past():
    past, now = said(tense=Tense.PAST), said(modality=Modality.REPORTED)
    assert [network(*claims).edges[ACME.id, BOLT.id, "supplier_of"]["past"] for claims in ([past], [past, now])] == [
        True,
        False,
    ]


def test_first_and_last_are_the_days_of_the_documents():
    early, late = document(1, day=3), document(2, day=9)
    edge = network(said(source=late), said(source=early), documents=(early, late)).edges[
        ACME.id, BOLT.id, "supplier_of"
    ]
    assert (edge["first"], edge["last"], [c["document"] for c in edge["claims"]]) == (
        "2026-01-03",
        "2026-01-09",
        [early.id, late.id],
    )


def test_a_statement_about_an_entity_that_is_not_there_is_left_out():
    assert network(Statement(said().claim, ACME.id, "organization/gone")).number_of_edges() == 0


def source(name: str, text: str, publisher: str | None) -> Source:
    return Source(name, name, name, text, publisher=publisher)


@pytest.mark.parametrize(
    ("sources", "voices"),
    [
        ([], 0),
        ([("1", "t1", "A"), ("2", "t2", "B")], 2),
        ([("1", "wire", "A"), ("2", "wire", "B")], 1),
        ([("1", "t1", "A"), ("2", "t2", "A")], 1),
        ([("1", "t1", None), ("2", "t2", None)], 2),
        ([("1", "wire", "A"), ("2", "wire", "B"), ("3", "t3", "B"), ("4", "t4", "C")], 2),
    ],
)
def test_copies_and_one_publishers_texts_are_one_voice(sources, voices):
    assert independent_sources(source(*fields) for fields in sources) == voices


@pytest.mark.parametrize(("predicate", "lasting"), [("leads", True), ("acquired", False), ("unheard_of", True)])
def test_an_edge_says_whether_its_relation_lasts(predicate, lasting):
    assert network(said(predicate)).edges[ACME.id, BOLT.id, predicate]["lasting"] is lasting
