"""The ontology answers what may relate to what, and every word of it means something."""

import pytest
from rdflib.namespace import OWL, RDF, RDFS

from kg.errors import NotFound, OntologyError
from kg.model import EntityType
from kg.ontology import Ontology, entries, load

CANONICAL = [
    "acquired",
    "board_member_of",
    "competitor_of",
    "customer_of",
    "develops",
    "educated_at",
    "employed_by",
    "founded_by",
    "headquartered_in",
    "holds_shares_in",
    "invested_in",
    "leads",
    "located_in",
    "member_of",
    "parent_of",
    "partner_of",
    "political_affiliation",
    "regulates",
    "relative_of",
    "spouse_of",
    "sued",
    "supplier_of",
]


def test_the_relations_are_the_canonical_ones():
    assert list(load().relations) == CANONICAL


def test_a_relation_ties_its_domain_to_its_range_in_this_direction():
    leads = load().relations["leads"]
    assert leads.allows(EntityType.PERSON, EntityType.ORGANIZATION)
    assert not leads.allows(EntityType.ORGANIZATION, EntityType.PERSON)


def test_symmetric_relations_and_inverses():
    relations = load().relations
    assert {label for label, r in relations.items() if r.symmetric} == {
        "partner_of",
        "competitor_of",
        "spouse_of",
        "relative_of",
    }
    assert {label: r.inverse for label, r in relations.items() if r.inverse} == {
        "supplier_of": "customer_of",
        "customer_of": "supplier_of",
    }


def test_every_relation_reads_aloud():
    assert [
        label for label, r in load().relations.items() if "SUBJECT" not in r.reading or "OBJECT" not in r.reading
    ] == []


def test_every_term_has_a_label_and_a_comment():
    graph = load().graph
    ours = {s for kind in (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty) for s in graph.subjects(RDF.type, kind)}
    named = {s for s in ours if str(s).startswith("https://kg.example/")}
    assert [
        s for s in sorted(named) if graph.value(s, RDFS.label) is None or graph.value(s, RDFS.comment) is None
    ] == []


def test_a_misspelt_term_is_met_with_a_suggestion():
    assert load().suggestion("boardMember") == "Did you mean kg:boardMemberOf?"


def test_a_folder_without_an_ontology_is_not_found(tmp_path):
    with pytest.raises(NotFound, match=r"kg\.ttl: no ontology here"):
        Ontology(tmp_path)


def test_a_broken_ontology_is_named(tmp_path):
    (tmp_path / "kg.ttl").write_text("kg:x a", "utf-8")
    with pytest.raises(OntologyError, match="not Turtle"):
        _ = Ontology(tmp_path).relations


def test_lexicon_entries_have_values_and_remarks():
    assert list(entries(["# all", "chief executive\tleads  # CEO", "", "chair"])) == [
        ("chief executive", "leads"),
        ("chair", ""),
    ]
