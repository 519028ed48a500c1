"""What was observed survives the way into quads and back."""

import dataclasses
from datetime import date

import pytest
from factory import document, extraction
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Document, Extraction
from kg.rdf import extraction_quads, read_document, read_extraction

TEXT = "Elon Musk leads SpaceX (reported by=Reuters from=2002). Acme acquired Bolt (denied). Acme develops Rocket."


def normal(said: Extraction) -> Extraction:
    """As it comes back: sorted, with only the quoted sentences."""
    return Extraction(
        said.document,
        tuple(sorted(said.clusters, key=lambda cluster: (cluster.mentions[0].span, cluster.mentions[0].type))),
        tuple(sorted(said.claims, key=lambda claim: claim.id)),
        tuple(sorted({claim.evidence for claim in said.claims})),
        said.extractor,
    )


def test_an_extraction_comes_back_whole():
    said = extraction(TEXT, title="T", publisher="P", external_id="x-1", language="en")
    assert read_extraction(extraction_quads(said)) == normal(said)


def test_confidence_and_extractor_come_back():
    claim = read_extraction(extraction_quads(extraction(TEXT))).claims[0]
    assert (claim.confidence, claim.extractor) == (0.9, "fake 1")


def test_a_document_without_claims_comes_back():
    said = document("Nothing is said here.", day=None)
    assert read_document(extraction_quads(Extraction(said))) == said


def test_quads_of_a_document_stand_in_its_graph():
    said = extraction(TEXT)
    assert {quad.graph_name.value for quad in extraction_quads(said)} == {
        f"https://kg.example/document/{said.document.id}"
    }


@given(
    text=st.text(st.characters(exclude_categories=["Cs"]), min_size=1),
    source=st.text(st.characters(exclude_categories=["Cs"])),
    title=st.none() | st.text(st.characters(exclude_categories=["Cs"])),
    day=st.none() | st.dates(date(1000, 1, 1)),
)
def test_any_text_comes_back_as_it_was(text, source, title, day):
    said = Document(text, source, title=title, published=day)
    assert read_document(extraction_quads(Extraction(said))) == said


@pytest.mark.parametrize("field", ["title", "publisher", "external_id"])
def test_what_a_document_lacks_stays_absent(field):
    said = dataclasses.replace(document(), **{field: None})
    assert getattr(read_document(extraction_quads(Extraction(said))), field) is None
