"""The components as spaCy users meet them."""

from __future__ import annotations

import subprocess
import sys

import pytest
import spacy

from kg.extraction import COMPONENTS
from kg.extraction.pipeline import blank

TEXT = "Kestrel Systems was bought by Halden Group in 2019. Its chief executive is Maria Lopez."


@pytest.fixture(scope="module")
def doc():
    nlp = spacy.blank("en")
    for name in COMPONENTS:
        nlp.add_pipe(name)
    return nlp(TEXT)


def test_names_are_entities(doc):
    found = {(ent.text, ent.label_) for ent in doc.ents}
    assert {("Kestrel Systems", "Organization"), ("Halden Group", "Organization"), ("Maria Lopez", "Person")} <= found


def test_pronouns_are_mentions_but_no_entities(doc):
    assert "Its" in {span.text for span in doc.spans["kg_mentions"]}
    assert "Its" not in {ent.text for ent in doc.ents}


def test_a_cluster_holds_a_name_and_its_pronoun(doc):
    together = [{span.text for span in cluster} for cluster in doc._.kg_clusters]
    assert any("Its" in texts and len(texts) > 1 for texts in together)


def test_relations_are_spans_with_label_and_sentence(doc):
    said = {(r.head.text, r.label, r.tail.text) for r in doc._.kg_relations}
    assert ("Halden Group", "acquired", "Kestrel Systems") in said
    (deal,) = [r for r in doc._.kg_relations if r.label == "acquired"]
    assert deal.sentence.text == "Kestrel Systems was bought by Halden Group in 2019."
    assert (deal.polarity, deal.modality, deal.tense) == ("affirmed", "asserted", "past")
    assert 0 < deal.confidence <= 1


def test_sentences_are_set(doc):
    assert [s.text for s in doc.sents] == [TEXT[:51], TEXT[52:]]


def test_a_doc_can_be_stored(doc):
    assert spacy.tokens.Doc(doc.vocab).from_bytes(doc.to_bytes(exclude=["user_data"])).text == TEXT


def test_a_component_without_the_encoder_says_so():
    nlp = spacy.blank("en")
    nlp.add_pipe("kg_entities")
    with pytest.raises(ValueError, match="kg_encoder"):
        nlp(TEXT)


def test_an_unknown_profile_says_which_there_are():
    with pytest.raises(Exception, match="accurate and fast"):
        blank("slow")


def test_batches_and_order_change_nothing(doc):
    nlp = blank()
    others = [TEXT, "The Norvik Labs board met in Oslo.", TEXT]
    read = [d._.kg_read for d in nlp.pipe(others, batch_size=1)]
    assert read == [d._.kg_read for d in nlp.pipe(others, batch_size=3)]
    assert read[0] == read[2] == doc._.kg_read


def test_spacy_finds_the_components_without_being_told_of_the_package():
    code = "import spacy; n = spacy.blank('en'); n.add_pipe('kg_encoder'); print(n.pipe_names)"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "['kg_encoder']"


def test_reading_needs_no_torch_and_no_network():
    code = (
        "import sys, socket\n"
        "socket.socket.connect = socket.create_connection = lambda *a, **k: sys.exit('asked the network')\n"
        "sys.modules['torch'] = None\n"
        "from kg.extraction import load\n"
        "from kg.model import Document\n"
        f"print(len(next(iter(load().extract([Document(text={TEXT!r}, source='a')]))).claims) > 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "True"
