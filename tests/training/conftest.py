"""Builders for the tests of the training code: gold texts from marked-up lines, words without a tokenizer."""

import re

import pytest

from training.gold import Fact, Mark, Scope, Text
from training.reader.labels import LABELS
from training.reader.wordpieces import Words, casing

TYPES = {"p": "Person", "o": "Organization", "r": "Product", "l": "Place"}
FORMS = {"": "name", "~": "noun_phrase", "*": "pronoun"}


def split(text):
    """Words and marks of punctuation, each its own piece."""
    found = list(re.finditer(r"\w+|[^\w\s]", text))
    return Words(
        tuple(m.start() for m in found),
        tuple(m.end() for m in found),
        tuple(range(len(found) + 1)),
        tuple(1000 + n for n in range(len(found))),
        tuple(casing(m.group()) for m in found),
    )


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
    return split
