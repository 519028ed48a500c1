"""What may happen, or is talked of, is no plan yet."""

from types import SimpleNamespace

import pytest

from kg.extraction.factuality import Stated
from kg.extraction.hedges import hedged, hedges
from kg.ontology import load


def modality(text, said, words=None):
    head, tail = "Halden Group", "Kestrel Systems"
    places = [(text.index(name), text.index(name) + len(name)) for name in (head, tail)]
    reading = SimpleNamespace(text=text, bounds=lambda _: (0, len(text)), place=places.__getitem__)
    return hedged(reading, Stated(0, "acquired", 1, 0, "affirmed", said, "future", 0.9, ()), words or {}).modality


@pytest.mark.parametrize(
    "words", ["may buy", "could buy", "is in talks to buy", "is weighing a bid for", "considers buying"]
)
def test_what_is_only_weighed_is_possible_and_not_planned(words):
    assert modality(f"Halden Group {words} Kestrel Systems.", "planned") == "possible"


@pytest.mark.parametrize("words", ["plans to buy", "will in May 2026 buy", "after considerable delay will buy"])
def test_a_plan_stays_a_plan(words):
    assert modality(f"Halden Group {words} Kestrel Systems.", "planned") == "planned"


def test_what_is_asserted_is_not_weakened_by_a_modal_elsewhere():
    assert modality("Halden Group bought Kestrel Systems and may sell it.", "asserted") == "asserted"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("would have bought", "hypothetical"),
        ("could probably have had", "hypothetical"),
        ("wouldn't have sold", "hypothetical"),
        ("would still be the owner of", "hypothetical"),
        ("would have to buy", "planned"),
        ("would have 30 percent of", "planned"),
    ],
)
def test_what_would_have_happened_is_hypothetical(words, expected):
    assert modality(f"Halden Group {words} Kestrel Systems.", "planned") == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("is said to own", "reported"),
        ("has, it is reported, bought", "reported"),
        ("may have bought", "possible"),
        ("bought what is said of", "asserted"),
    ],
)
def test_wordings_of_the_list_make_a_plain_statement_less(words, expected):
    text = f"Halden Group {words} Kestrel Systems."
    assert modality(text, "asserted", hedges(load())) == expected
