import numpy as np
import pytest

from kg.extraction.salience import FEATURES, Place, Salience, case_of, describe, kinship, person_of, untaught


def place(surface, form, word, sentence, thing, **known):
    rest = {"opens": False, "governed": False, "owns": False, "quoted": False}
    return Place(surface, form, word, sentence, thing, **(rest | known))


TEXT = [
    place("Ane Lund", "name", 0, 0, 0, opens=True),
    place("Ruth Vale", "name", 3, 0, 1),
    place("she", "pronoun", 6, 1, 2, opens=True),
    place("Lund", "name", 9, 1, 0),
]


def test_a_name_has_no_features():
    assert not describe(TEXT)[[0, 1, 3]].any()


def test_a_pronoun_is_compared_with_what_comes_before_and_with_later_names():
    assert [bool(row.any()) for row in describe(TEXT)[2]] == [True, True, False, True]


def test_who_opened_the_sentence_before_differs_from_who_did_not():
    first, second = describe(TEXT)[2, :2]
    assert (first != second).sum() > 3


def test_what_is_not_taught_corrects_nothing():
    scores = np.arange(20, dtype=np.float32).reshape(4, 5)
    assert (untaught().corrected(scores, describe(TEXT), np.array([0, 0, 2, 0])) == scores).all()


def test_the_numbers_add_up():
    described = np.zeros((2, 2, FEATURES), np.float32)
    described[1, 0, :2] = [2.0, 1.0]
    hidden, direct = np.zeros((FEATURES, 2), np.float32), np.zeros(FEATURES, np.float32)
    hidden[0], direct[1] = [1.0, -1.0], 5.0
    learned = Salience(
        hidden,
        np.zeros(2, np.float32),
        np.array([3.0, 7.0], np.float32),
        direct,
        np.array([2.0, 1.0], np.float32),
        np.array([0.0, 0.0, 0.5], np.float32),
    )
    scores = np.array([[0, 0, 0], [1, 0, 1]], np.float32)
    corrected = learned.corrected(scores, described, np.array([0, 2]))
    assert corrected[1].tolist() == [2 * 1 + 3 * 2 + 5 * 1, 0, 1.5]


@pytest.mark.parametrize(("word", "case"), [("He", 0), ("them", 1), ("its", 2), ("itself", 3), ("who", 4), ("it", 5)])
def test_a_pronoun_has_a_case(word, case):
    assert case_of(word) == case


def test_he_and_she_are_unlike_persons():
    assert person_of("His") == person_of("he") != person_of("her")


@pytest.mark.parametrize(
    ("a", "b", "shared"), [("the firm", "the firm", 2), ("the old firm", "firm", 1), ("it", "firm", 0)]
)
def test_surfaces_share_words(a, b, shared):
    assert kinship(a, b) == shared
