import numpy as np
import pytest

from kg.extraction.tags import OUTSIDE, begin, inside
from training.tagging import allowed_tags


def allowed(make_words, text):
    return [np.flatnonzero(row).tolist() for row in allowed_tags(text, make_words(text.text))]


def test_our_own_passages_leave_no_freedom(make_gold, make_words):
    tags = allowed(make_words, make_gold("[Ane Lund|p1] met [her|*p1]"))
    person = begin("Person", "name"), inside("Person", "name"), begin("Person", "pronoun")
    assert tags == [[person[0]], [person[1]], [OUTSIDE], [person[2]]]


@pytest.mark.parametrize("corpus", ["knowledgenet", "core", "gap"])
def test_an_unmarked_capital_teaches_nothing_where_only_some_names_are_marked(make_gold, make_words, corpus):
    rows = allowed(make_words, make_gold("Halvard and Volt", corpus=corpus))
    assert set(range(17)) <= set(rows[0])


def test_an_unmarked_word_of_redocred_is_no_name(make_gold, make_words):
    (row,) = allowed(make_words, make_gold("Halvard", corpus="redocred"))
    assert begin("Organization", "name") not in row
    assert OUTSIDE in row


def test_of_nested_marks_the_name_wins_over_the_noun_phrase_around_it(make_gold, make_words):
    text = make_gold("[Halvard|o1]")
    around = type(text.marks[0])(0, 13, "Person", "noun_phrase", "p1")
    text = type(text)("t", "own", "Halvard owner", (around, *text.marks))
    assert allowed(make_words, text) == [[begin("Organization", "name")], [OUTSIDE]]


def test_the_word_after_a_mark_does_not_go_on_with_it(make_gold, make_words):
    rows = allowed(make_words, make_gold("[Tampa|l1] Bay", corpus="knowledgenet"))
    assert inside("Place", "name") not in rows[1]


def test_an_adjective_of_nationality_that_a_set_marks_is_no_mention(make_words):
    from training.corpora import text_of

    mention = {"id": "m0", "start": 0, "end": 9, "type": "LOC", "entity": "e0"}
    document = {"id": "d", "text": "Norwegian", "mentions": [mention], "relations": []}
    assert allowed(make_words, text_of(document, "knowledgenet", held=False)) == [[OUTSIDE]]
