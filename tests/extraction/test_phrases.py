"""Wordings that are certain, and adverbs that hedge."""

from __future__ import annotations

import pytest

from kg.errors import OntologyError
from kg.extraction.phrases import phrase


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Maria Lopez's simultaneous leadership of Halden Group and Norvik Labs, a direct Kestrel Systems "
            "competitor, raised questions.",
            {
                ("Maria Lopez", "leads", "Halden Group"),
                ("Maria Lopez", "leads", "Norvik Labs"),
                ("Norvik Labs", "competitor_of", "Kestrel Systems"),
            },
        ),
        ("Maria Lopez runs Kestrel Systems.", {("Maria Lopez", "leads", "Kestrel Systems")}),
        (
            "Halden Group, which is based in Dublin, makes vans and competes with Kestrel Systems and Norvik Labs.",
            {
                ("Halden Group", "competitor_of", "Kestrel Systems"),
                ("Halden Group", "competitor_of", "Norvik Labs"),
            },
        ),
        (
            "Halden Group, a rival to Kestrel Systems, grew.",
            {("Halden Group", "competitor_of", "Kestrel Systems")},
        ),
    ],
)
def test_a_certain_wording_is_always_found(facts, text, expected):
    assert expected <= facts(text)


def test_a_list_of_rivals_makes_each_two_rivals(facts):
    found = facts("Companies like Halden Group, Kestrel Systems and Norvik Labs are now competing for customers.")
    assert {
        ("Halden Group", "competitor_of", "Kestrel Systems"),
        ("Halden Group", "competitor_of", "Norvik Labs"),
        ("Kestrel Systems", "competitor_of", "Norvik Labs"),
    } <= found


@pytest.mark.parametrize("words", ["competes with", "is a counterweight to", "is the cheaper alternative to"])
def test_whom_one_firm_stands_against_are_no_rivals_of_each_other(facts, words):
    found = facts(f"Norvik Labs {words} Halden Group and Kestrel Systems.")
    assert (
        not {("Halden Group", "competitor_of", "Kestrel Systems"), ("Kestrel Systems", "competitor_of", "Halden Group")}
        & found
    )


def test_an_unknown_relation_is_named():
    with pytest.raises(OntologyError, match="unknown relation likes"):
        phrase("likes", "{head:Person} likes {tail:Person}")


def test_a_broken_expression_is_named():
    with pytest.raises(OntologyError, match="not a regular expression"):
        phrase("leads", "{head:Person} (leads {tail:Organization}")


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Halden Group reportedly bought Kestrel Systems.", "reported"),
        ("Reportedly, Halden Group bought Kestrel Systems.", "reported"),
        ("Halden Group bought Kestrel Systems.", "asserted"),
    ],
)
def test_an_adverb_makes_a_report(read, text, modality):
    assert {c.modality.value for c in read(text).claims if c.predicate == "acquired"} == {modality}


def test_a_hedge_does_not_reach_into_a_relative_clause(read):
    text = "Prices reportedly fell at Halden Group, which competes with Kestrel Systems."
    said = {c.modality.value for c in read(text).claims if c.predicate == "competitor_of"}
    assert said == {"asserted"}


def test_capitalised_words_that_name_nobody_are_no_mentions(read):
    names = {m.text for m in read("AI changes how Kestrel Systems works, and AI costs money.").mentions}
    assert "AI" not in names
