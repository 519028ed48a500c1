"""What was observed survives the way into quads and back."""

import dataclasses
from datetime import date

import pytest
from factory import document, extraction
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Document, Extraction
from kg.rdf import as_stored, extraction_quads, read_document, read_extraction

TEXT = "Elon Musk leads SpaceX (reported by=Reuters from=2002). Acme acquired Bolt (denied). Acme develops Rocket."


def test_an_extraction_comes_back_whole():
    said = extraction(TEXT, title="T", publisher="P", external_id="x-1", language="en")
    back = read_extraction(extraction_quads(said))
    assert (back.document, set(back.clusters), set(back.claims)) == (
        said.document,
        set(said.clusters),
        set(said.claims),
    )
    assert back.sentences == tuple(sorted({claim.evidence for claim in said.claims}))


def test_what_is_kept_at_hand_is_what_would_come_back():
    turned = extraction(TEXT)
    turned = dataclasses.replace(turned, clusters=turned.clusters[::-1], claims=turned.claims[::-1])
    back = read_extraction(extraction_quads(turned))
    assert back != turned
    assert as_stored(turned) == back
    assert (as_stored(turned).extractor, as_stored(turned).claims[0].confidence) == ("fake 1", 0.9)


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
