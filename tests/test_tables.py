"""Answers as text: for people and for tools."""

import json
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest

from kg.errors import UsageError
from kg.tables import answer_bytes, table


@pytest.fixture
def store():
    made = ox.Store()
    person, leads = (
        ox.NamedNode("https://kg.example/entity/person/ann"),
        ox.NamedNode("https://kg.example/ontology#leads"),
    )
    made.add(ox.Quad(person, leads, ox.Literal("A\tb\x1b[31m")))
    return made


SELECT, ASK, CONSTRUCT = "SELECT ?s ?o ?none { ?s ?p ?o }", "ASK { ?s ?p ?o }", "CONSTRUCT WHERE { ?s ?p ?o }"


def test_a_table_shortens_addresses_and_drops_control_characters(store):
    said = answer_bytes(store.query(SELECT), "table").decode()
    assert said.splitlines()[0].split() == ["s", "o", "none"]
    assert "person:ann" in said
    assert "\x1b" not in said
    assert said.endswith("1 row\n")


def test_long_cells_are_cut():
    assert "…" in table(["a"], [["x" * 500]])


def test_a_table_without_rows_says_so():
    assert table(["a"], []).endswith("0 rows\n")


def test_standard_formats(store):
    assert json.loads(answer_bytes(store.query(SELECT), "json"))["head"]["vars"] == ["s", "o", "none"]
    assert answer_bytes(store.query(SELECT), "csv").startswith(b"s,o,none\r\n")
    assert answer_bytes(store.query(SELECT), "tsv").startswith(b"?s\t?o\t?none\n")
    assert answer_bytes(store.query(SELECT), "xml").startswith(b"<?xml")


def test_yes_and_no(store):
    assert answer_bytes(store.query(ASK), "table") == b"yes\n"
    assert json.loads(answer_bytes(store.query(ASK), "json"))["boolean"] is True


def test_triples_are_turtle(store):
    assert b"kg:leads" in answer_bytes(store.query(CONSTRUCT), "table")


@pytest.mark.parametrize(("query", "name"), [(CONSTRUCT, "csv"), (SELECT, "turtle"), (ASK, "turtle")])
def test_a_form_that_an_answer_lacks_is_refused(store, query, name):
    with pytest.raises(UsageError):
        answer_bytes(store.query(query), name)


def test_xml_is_well_formed_whatever_a_text_holds(store):
    read = ElementTree.fromstring(answer_bytes(store.query(SELECT), "xml"))  # noqa: S314 - our own
    assert [literal.text for literal in read.iter("{http://www.w3.org/2005/sparql-results#}literal")] == [
        "A\tb\ufffd[31m"
    ]
