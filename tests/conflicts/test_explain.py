"""From an address down to the sentences."""

from dataclasses import replace

import pytest
from sketch import ONTOLOGY, graph

from kg.conflicts import as_text, explain, find
from kg.errors import NotFound
from kg.model import Graph, Reason, Verdict
from kg.rdf import canonical_tie, tie_id
from kg.vocab import iri

SKETCH = """same: Acme = wikidata:Q1
Jane Doe leads Acme; published=2024-01-10; source=a.txt; title=chief executive; from=2019
Jane Doe leads Acme; published=2024-01-11; source=b.txt; modality=alleged; says=Is Jane Doe head of Acme?
Jane Doe leads Bolt; published=2024-01-12; source=c.txt; tense=past; until=2020
Acme supplier_of Bolt; published=2024-01-12; source=d.txt
"""


@pytest.fixture
def told() -> Graph:
    """A graph with its findings."""
    without = graph(SKETCH)
    return replace(without, findings=find(without, ONTOLOGY))


def statement(told: Graph, source: str):
    return next(s for s in told.statements if told.documents[s.claim.evidence.document_id].source == source)


def test_an_entity_with_its_ties_and_their_best_sentences(told):
    reasons = [
        Reason("c1", "c2", Verdict.SAME, "same_name", "Jane Doe"),
        Reason("c3", "c4", Verdict.SAME, "x", "Other"),
    ]
    assert (
        explain(told, ONTOLOGY, "person:jane-doe", reasons)
        == """\
Jane Doe (Person)
  https://kg.example/entity/person/jane-doe
  written as Jane Doe (3)
  Jane Doe leads Acme (2 claims, holding)
    “Jane Doe leads Acme.” (2024-01-10, a.txt; asserted, from 2019)
  Jane Doe leads Bolt (1 claim, ended)
    “Jane Doe leads Bolt.” (2024-01-12, c.txt; asserted, past, until 2020)"""
    )


def test_an_entity_shows_its_identifiers_and_other_names(told):
    acme = replace(told.entities["organization/acme"], aliases=("Acme Inc", "ACME"))
    changed = replace(told, entities={**told.entities, acme.id: acme})
    assert explain(changed, ONTOLOGY, "acme inc").splitlines()[:4] == [
        "Acme (Organization)",
        "  https://kg.example/entity/organization/acme",
        "  also called Acme Inc, ACME",
        "  wikidata: Q1",
    ]


@pytest.mark.parametrize(
    "address",
    ["Jane Doe", "jane  doe", "person/jane-doe", "person:jane-doe", "<https://kg.example/entity/person/jane-doe>"],
)
def test_an_entity_by_name_id_or_address(told, address):
    assert explain(told, ONTOLOGY, address) == explain(told, ONTOLOGY, "https://kg.example/entity/person/jane-doe")


def test_a_claim_with_all_that_is_known_of_it(told):
    claim = statement(told, "a.txt")
    assert (
        explain(told, ONTOLOGY, iri("claim", claim.id))
        == f"""\
claim: Jane Doe leads Acme
  “Jane Doe leads Acme.” (2024-01-10, a.txt; asserted, from 2019)
  said of “Jane Doe” and “Acme”
  characters 6 to 26
  title: chief executive
  confidence 0.900, by sketch 1
  {iri("document", claim.claim.evidence.document_id)}"""
    )


def test_a_finding_is_told_as_in_the_report(told):
    found = told.findings[0]
    assert explain(told, ONTOLOGY, iri("finding", found.id)) == as_text([found], told, ONTOLOGY)


@pytest.mark.parametrize(
    "edge",
    [
        "organization:acme kg:supplierOf organization:bolt",
        "organization:bolt kg:customerOf organization:acme",
        "<https://kg.example/entity/organization/acme> <https://kg.example/ontology#supplierOf> organization:bolt",
    ],
)
def test_an_edge_either_way_round(told, edge):
    claim = statement(told, "d.txt")
    assert (
        explain(told, ONTOLOGY, edge)
        == f"""\
Acme supplies Bolt
  “Acme supplier of Bolt.” (2024-01-12, d.txt; asserted)
    {iri("claim", claim.id)}"""
    )


def test_a_tie_by_its_address(told):
    claim = statement(told, "a.txt")
    address = iri("tie", tie_id(canonical_tie(claim, ONTOLOGY), "2019", None))
    assert explain(told, ONTOLOGY, address).splitlines() == [
        "Jane Doe leads Acme",
        "  “Jane Doe leads Acme.” (2024-01-10, a.txt; asserted, from 2019)",
        f"    {iri('claim', claim.id)}",
    ]


@pytest.mark.parametrize(
    ("address", "message"),
    [
        (
            "person:jane-do",
            "nothing here is called 'person:jane-do'. Did you mean https://kg.example/entity/person/jane-doe?",
        ),
        ("Jan Doe", "nothing here is called 'Jan Doe'. Did you mean https://kg.example/entity/person/jane-doe?"),
        ("http://e.example/x", "nothing here is called 'http://e.example/x'. Give an IRI of this graph"),
        ("tie:0123", "nothing here is called 'tie:0123'. Give an IRI of this graph"),
        ("finding:0123", "nothing here is called 'finding:0123'. Give an IRI of this graph"),
        (
            "organization:acme kg:suplierOf organization:bolt",
            "no relation is called kg:suplierOf. Did you mean kg:supplierOf?",
        ),
        (
            "organization:acm kg:supplierOf organization:bolt",
            "no entity is called 'https://kg.example/entity/organization/acm'. Did you mean",
        ),
        ("organization:acme kg:sued organization:bolt", "no text says that Acme sued Bolt"),
    ],
)
def test_what_is_not_there_is_said_with_a_way_out(told, address, message):
    with pytest.raises(NotFound) as caught:
        explain(told, ONTOLOGY, address)
    assert str(caught.value).startswith(message)


def test_a_name_that_two_bear_is_not_guessed():
    namesakes = graph("John Smith [1] leads Acme\nJohn Smith [2] leads Bolt")
    with pytest.raises(NotFound):
        explain(namesakes, ONTOLOGY, "John Smith")
