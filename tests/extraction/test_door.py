"""What every reader of an extraction may rely on, whatever the text."""

from __future__ import annotations

import pytest

from kg.extraction import load
from kg.model import Document

STRANGE = [
    "",
    " \n\n\t ",
    "🚀🚀 Halden Group 🚀 bought Kestrel Systems 🎉.",
    "Halden\x00 Group\x07 bought\x1b Kestrel\u200b Systems.",
    "A lone surrogate \ud800 before Halden Group bought Kestrel Systems.",
    "<script>alert(1)</script> SELECT * WHERE { ?s ?p ?o } Halden Group bought Kestrel Systems.",
    "x" * 30_000,
    "?!.,;:()[]{}\"'" * 50,
    "日本語だけの文章です。",
    "\r\n\r\nHalden Group bought Kestrel Systems.\r\nMaria Lopez runs it.\r\n",
]


def test_one_extraction_a_document_in_order(extractor):
    documents = [Document(text="Halden Group bought Kestrel Systems.", source=name) for name in "cab"]
    assert [e.document.source for e in extractor.extract(documents)] == ["c", "a", "b"]


def test_documents_are_read_as_they_come(extractor):
    def documents():
        yield Document(text="Halden Group bought Kestrel Systems.", source="first")
        raise RuntimeError("asked for the second before the first was taken")

    assert next(iter(extractor.extract(documents()))).document.source == "first"


@pytest.mark.parametrize("text", STRANGE)
def test_no_text_breaks_it_and_every_quote_is_verbatim(read, text):
    extraction = read(text)
    spans = [m.span for m in extraction.mentions] + [c.evidence for c in extraction.claims]
    assert all(extraction.document.quotes(span) for span in [*spans, *extraction.sentences])


def test_every_mention_is_in_one_cluster_and_every_claim_names_two_of_them(read):
    extraction = read("Maria Lopez, chief executive of Kestrel Systems, said it bought Norvik Labs. She founded it.")
    ids = [mention.id for cluster in extraction.clusters for mention in cluster.mentions]
    assert len(ids) == len(set(ids))
    assert {i for c in extraction.claims for i in (c.subject.id, c.object.id)} <= set(ids)


def test_the_same_text_gives_the_same_extraction(read):
    text = "Halden Group, Kestrel Systems and Norvik Labs are competing. Maria Lopez runs Kestrel Systems."
    other = next(iter(load().extract([read(text).document])))
    assert read(text) == other
    assert [c.confidence for c in read(text).claims] == [c.confidence for c in other.claims]


def test_every_claim_carries_name_and_version_of_the_extractor(read, extractor):
    (claim,) = read("Halden Group bought Kestrel Systems.").claims
    assert claim.extractor == extractor.name


def test_sentences_end_at_line_breaks_and_carry_no_space_around(read):
    extraction = read("Halden Group grows \n  Kestrel Systems shrinks.  It is small. \n\n")
    assert [s.quote for s in extraction.sentences] == ["Halden Group grows", "Kestrel Systems shrinks.", "It is small."]


def test_evidence_is_the_sentence(read):
    (claim,) = read("Prices rose. Halden Group bought Kestrel Systems. Shares fell.").claims
    assert claim.evidence.quote == "Halden Group bought Kestrel Systems."


def test_header_lines_are_skipped(facts):
    text = "Title: Halden Group bought Norvik Labs\nPublisher: The Daily\n\nHalden Group bought Kestrel Systems."
    assert facts(text) == {("Halden Group", "acquired", "Kestrel Systems")}


def test_a_long_text_is_read_to_its_end(facts):
    filler = "Prices rose a little in the spring of that year, and nobody was surprised.\n" * 700
    text = f"Halden Group bought Kestrel Systems.\n{filler}Kestrel Systems sued Norvik Labs."
    assert facts(text) == {
        ("Halden Group", "acquired", "Kestrel Systems"),
        ("Kestrel Systems", "sued", "Norvik Labs"),
    }
