"""The relations of one sentence set against one another."""

from types import SimpleNamespace

import numpy as np
import pytest

from kg.extraction.consistency import consistent
from kg.extraction.relations import Tie

NONE = np.zeros(0, np.float32)


def kept(text, names, *told, cluster=None, sureness=None):
    """The (head, label, tail) that stay of some (head, label, tail, confidence); mentions are told by their words."""
    places = [(text.index(name), text.index(name) + len(name)) for name in names]
    reading = SimpleNamespace(
        text=text,
        mentions=[SimpleNamespace(form="pronoun" if name.islower() else "name") for name in names],
        sureness=sureness or {},
        cluster=[(cluster or {}).get(name, n) for n, name in enumerate(names)],
        place=places.__getitem__,
        bounds=lambda _: (0, len(text)),
    )
    ties = [Tie(names.index(h), label, names.index(t), 0, sure, NONE, NONE, None) for h, label, t, sure in told]
    return {(names[tie.head], tie.label, names[tie.tail]) for tie in consistent(reading, ties)}


def test_an_office_outdoes_employment_at_the_same_firm_even_by_another_mention():
    text = "Reid Hoffman, a director of Halden, sat on its board until he left."
    office, work = ("Reid Hoffman", "board_member_of", "Halden", 0.9), ("he", "employed_by", "Halden", 0.7)
    names = ["Reid Hoffman", "Halden", "he "]
    told = [office, ("he ", *work[1:])]
    assert kept(text, names, *told, cluster={"he ": 0}) == {office[:3]}
    assert kept(text, names, *told) == {office[:3], ("he ", "employed_by", "Halden")}


def test_of_two_inverse_relations_of_a_pair_the_surer_one_stays():
    told = [("Halden", "supplier_of", "Kestrel", 0.9), ("Kestrel", "customer_of", "Halden", 0.6)]
    assert kept("Halden supplies Kestrel.", ["Halden", "Kestrel"], *told) == {("Halden", "supplier_of", "Kestrel")}


@pytest.mark.parametrize(
    ("text", "sure", "stays"),
    [
        ("Halden competes with it: Kestrel develops Orla.", 0.6, False),
        ("Halden competes with it: Kestrel develops Orla.", 0.9, True),
        ("Halden and Kestrel develop Orla.", 0.6, True),
    ],
)
def test_a_product_of_a_sentence_has_no_second_maker_that_is_far_less_sure(text, sure, stays):
    told = [("Halden", "develops", "Orla", sure), ("Kestrel", "develops", "Orla", 0.96)]
    found = kept(text, ["Halden", "Kestrel", "Orla"], *told)
    assert (("Halden", "develops", "Orla") in found) == stays
    assert ("Kestrel", "develops", "Orla") in found


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("chairs", "leads"),
        ("chairs the board of", "leads"),
        ("chairs the safety committee of", "board_member_of"),
        ("runs the German arm of", "employed_by"),
        ("heads the cloud division at the", "employed_by"),
    ],
)
def test_who_heads_a_part_of_a_firm_does_not_lead_the_firm(words, label):
    told = ("Weber", "leads", "Halden", 0.9)
    assert kept(f"Weber {words} Halden.", ["Weber", "Halden"], told) == {("Weber", label, "Halden")}


def test_a_pronoun_that_opens_an_apposition_is_no_second_end():
    told = [("Pichai", "leads", "Alphabet", 0.8), ("Pichai", "leads", "its", 0.9)]
    text = "Pichai leads Google and Alphabet, its parent."
    assert kept(text, ["Pichai", "Alphabet", "its"], *told) == {("Pichai", "leads", "Alphabet")}
    text = "Pichai leads Alphabet and its parent."
    assert len(kept(text, ["Pichai", "Alphabet", "its"], *told)) == 2


@pytest.mark.parametrize(("sure", "stays"), [(0.5, False), (0.7, True)])
def test_what_a_pronoun_says_counts_only_where_it_is_likely_linked_right(sure, stays):
    told = ("Tan", "leads", "its", 0.99)
    assert bool(kept("Tan became its chief.", ["Tan", "its"], told, sureness={1: sure})) == stays


def test_a_firm_is_no_rival_of_its_own_product():
    text = "Amazon has a model of its own, Titan."
    told = [("Amazon", "competitor_of", "Titan", 0.6), ("its", "parent_of", "Titan", 0.9)]
    assert kept(text, ["Amazon", "its", "Titan"], *told, cluster={"its": 0}, sureness={1: 0.5}) == set()
