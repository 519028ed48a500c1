"""Builders for the tests of the training code: gold texts from marked-up lines."""

import re

import pytest
from factory import words_of

from kg.extraction.labels import LABELS
from training.gold import Fact, Mark, Scope, Text

TYPES = {"p": "Person", "o": "Organization", "r": "Product", "l": "Place"}
FORMS = {"": "name", "~": "noun_phrase", "*": "pronoun"}


def gold(markup, *facts, corpus="own", labels=LABELS):
    """``gold("[Ane|p1] runs [it|*o1]", ("leads", "p1", "o1", 0, 1))`` as a gold text."""
    text, marks, last = "", [], 0
    for m in re.finditer(r"\[([^|]+)\|([~*]?)(\w+)\]", markup):
        text += markup[last : m.start()]
        kind, form = TYPES[m[3][0]], FORMS[m[2]]
        marks.append(Mark(len(text), len(text) + len(m[1]), kind, form, m[3]))
        text, last = text + m[1], m.end()
    text += markup[last:]
    stated = [
        Fact(head, label, tail, (first, second), (0, len(text)), ("affirmed", "asserted", "current"))
        for label, head, tail, first, second in facts
    ]
    return Text("t", corpus, text, tuple(marks), tuple(stated), (Scope(0, len(text), frozenset(labels)),))


@pytest.fixture
def make_gold():
    return gold


@pytest.fixture
def make_words():
    return words_of
