"""Sentences that speak against a conflict of interest, out of the texts themselves."""

import pytest
from factory import extraction

from kg.conflicts.remarks import remarks
from kg.model import EntityType, Extraction, Graph
from kg.ontology import load
from kg.rdf import read_remarks, remark_quads
from kg.resolution import Lexicon, resolve


def told(text: str) -> tuple:
    """Kind and sentence of the remarks of a text whose first sentence is a claim of the little language."""
    read = extraction(f"Jane Doe leads Acme. {text}")
    extended = with_mentions(read)
    return tuple((one.kind, one.span.quote) for one in remarks([extended], entities(extended), load()))


def with_mentions(read: Extraction) -> Extraction:
    """The extraction with every later mention of its names."""
    from dataclasses import replace

    from kg.model import Mention

    clusters = []
    for cluster in read.clusters:
        places = [i for i in range(len(read.document.text)) if read.document.text.startswith(cluster.name, i)]
        spans = (read.document.span(place, place + len(cluster.name)) for place in places)
        clusters.append(replace(cluster, mentions=tuple(Mention(span, cluster.type) for span in spans)))
    return replace(read, clusters=tuple(clusters))


def entities(read: Extraction):
    return {entity.id: entity for entity in resolve([read], Lexicon.of(load())).entities}


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Jane Doe recused herself from the vote.", "recused"),
        ("Jane Doe has divested her holding.", "divested"),
        ("Jane Doe put her shares into a blind trust.", "blind_trust"),
        ("A special committee of Acme approved the deal.", "independent_committee"),
        ("Acme disclosed the payment in its annual report.", "disclosed"),
    ],
)
def test_a_mitigating_sentence_is_a_remark(sentence, kind):
    assert told(sentence) == ((kind, sentence),)


@pytest.mark.parametrize(
    "sentence",
    [
        "Jane Doe refused to say whether she recused herself.",
        "Jane Doe never disclosed the payment.",
        "Critics say that Jane Doe should divest.",
        "Somebody else recused himself.",
        "Jane Doe works with a committee.",
    ],
)
def test_what_is_undone_or_names_nobody_known_is_none(sentence):
    assert told(sentence) == ()


def test_a_full_stop_after_an_initial_or_a_form_of_firm_ends_no_sentence():
    sentence = "Mr. J. Roe and Jane Doe of Acme Inc. recused themselves."
    assert told(sentence) == (("recused", sentence),)


def test_remarks_come_back_from_their_quads():
    read = with_mentions(extraction("Jane Doe leads Acme. Jane Doe recused herself."))
    found = remarks([read], entities(read), load())
    assert len(found) == 1 and found[0].entities == ("person/jane-doe",)
    assert found[0].nearby == ("organization/acme", "person/jane-doe")
    assert read_remarks(remark_quads(found)) == found


def test_a_text_without_cues_has_no_remarks():
    read = extraction("Jane Doe leads Acme.")
    assert remarks([read], entities(read), load()) == ()
    assert Graph.of([read], entities(read)).remarks == ()
    assert EntityType.PERSON in {cluster.type for cluster in read.clusters}
