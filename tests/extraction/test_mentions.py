"""What counts as a mention, and of which type."""

from __future__ import annotations

import pytest


@pytest.fixture(scope="session")
def names(read):
    """(Text, type) of all names of a text."""

    def pairs(text: str) -> set[tuple[str, str]]:
        return {(m.text, m.type.value) for m in read(text).mentions if m.form == "name"}

    return pairs


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Anthropic hired engineers.", "Anthropic", "Organization"),
        ("Users praised Claude for its patience.", "Claude", "Product"),
        ("Shares of xAI rose.", "xAI", "Organization"),
        ("Brightwell Solar Inc. opened a plant.", "Brightwell Solar Inc.", "Organization"),
        ("Officials met Quexo, a chipmaker, on Monday.", "Quexo", "Organization"),
        ("The chipmaker Quexo hired engineers.", "Quexo", "Organization"),
        ("Doctors use the Zelmo scanner.", "Zelmo", "Product"),
        ("Mr. Ostrander spoke first.", "Ostrander", "Person"),
        ("The Hamburg-based lender fell.", "Hamburg", "Place"),
        ("The University of Oslo replied.", "University of Oslo", "Organization"),
        ("Marks & Verhoeven LLP advised the bank.", "Marks & Verhoeven LLP", "Organization"),
        ("A letter came from Google Cloud yesterday.", "Google Cloud", "Organization"),
    ],
)
def test_a_name_has_its_type(names, text, name, kind):
    assert (name, kind) in names(text)


@pytest.mark.parametrize(
    "text", ["Apple pie is sweet.", "Target prices rose.", "Meta analysis shows little.", "The orange juice was cold."]
)
def test_a_word_is_no_firm(names, text):
    assert names(text) == set()


@pytest.mark.parametrize(
    ("text", "firm"),
    [("Sales at Apple grew.", "Apple"), ("Workers of Amazon met.", "Amazon"), ("They left Meta.", "Meta")],
)
def test_a_wordlike_firm_is_a_firm_by_case_and_context(names, text, firm):
    assert (firm, "Organization") in names(text)


def test_neither_article_nor_possessive_nor_title_belongs_to_a_name(names):
    text = "The Maritime Authority met Kestrel Systems's chief executive, Dr. Maria Lopez."
    assert names(text) == {
        ("Maritime Authority", "Organization"),
        ("Kestrel Systems", "Organization"),
        ("Maria Lopez", "Person"),
    }


def test_a_surname_alone_is_the_person_named_in_full(names):
    text = "Elon Musk runs Tesla. On Monday Musk met engineers."
    assert {("Elon Musk", "Person"), ("Musk", "Person")} <= names(text)


def test_a_noun_phrase_leaves_out_its_article(read):
    text = "Kestrel Systems grew. The company hired engineers."
    assert [m.text for m in read(text).mentions if m.form == "noun_phrase"] == ["company"]


def test_a_dateline_is_no_mention(names):
    assert names("ROTTERDAM, Feb 6 - Kestrel Systems grew.") == {("Kestrel Systems", "Organization")}


def test_what_goes_back_to_nothing_is_no_mention(read):
    assert read("It grew. The company hired engineers. She left.").mentions == ()
