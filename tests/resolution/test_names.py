"""Names: what is one spelling of another, what is left out, how alike two are."""

import pytest

from kg.model import EntityType
from kg.ontology import load
from kg.resolution.naming import Naming
from kg.resolution.similarity import compare
from kg.resolution.spelling import plain, skeleton

NAMING = Naming.of(load())
PERSON, ORGANIZATION, PRODUCT, PLACE = EntityType


def likeness(left, right, kind=PERSON):
    return compare(NAMING.name(left, kind), NAMING.name(right, kind), NAMING).value


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Recep Tayyip Erdoğan", "recep tayyip erdogan"),
        ("O'Brien", "obrien"),
        ("U.S.", "us"),
        ("AT&T", "at and t"),
        ("Сергей Лавров", "sergey lavrov"),
        ("Ig0r Sech1n", "igor sechin"),
        ("  ", ""),
        ("…", ""),
    ],
)
def test_spellings_are_brought_to_plain_latin(written, expected):
    assert plain(written) == expected


@pytest.mark.parametrize(
    ("left", "right"), [("sergei", "sergey"), ("mohammed", "muhamad"), ("gadhafi", "gaddafi"), ("rouhani", "rohani")]
)
def test_transliterations_of_a_word_share_a_skeleton(left, right):
    assert skeleton(left) == skeleton(right)


@pytest.mark.parametrize(("left", "right"), [("mohamed", "ahmed"), ("sancho", "sanchez"), ("weber", "wagner")])
def test_other_words_have_other_skeletons(left, right):
    assert skeleton(left) != skeleton(right)


@pytest.mark.parametrize(
    ("kind", "written", "key"),
    [
        (ORGANIZATION, "Nvidia Corp.", "nvidia"),
        (ORGANIZATION, "The Bank for International Settlements", "bank for international settlements"),
        (ORGANIZATION, "OAO Gazprom", "gazprom"),
        (ORGANIZATION, "Open Joint Stock Company Gazprom", "gazprom"),
        (ORGANIZATION, "Goldman Sachs & Co. L.L.C.", "goldman sachs"),
        (ORGANIZATION, "Inc.", "inc"),
        (PERSON, "Putin, Vladimir", "vladimir putin"),
        (PERSON, "Dr. Rami Makhlouf", "rami makhlouf"),
        (PERSON, "Loudon Wainwright, Jr.", "loudon wainwright jr"),
        (PLACE, "U.S.", "united states"),
        (PRODUCT, "GPT-4", "gpt 4"),
        (PRODUCT, "!!!", ""),
    ],
)
def test_a_key_leaves_out_what_does_not_tell(kind, written, key):
    assert NAMING.key(written, kind) == key


@pytest.mark.parametrize(
    ("left", "right"),
    [("Bob Iger", "Robert Iger"), ("J. C. Juncker", "Jean-Claude Juncker"), ("Olaf Schloz", "Olaf Scholz")],
)
def test_likely_names_of_one_person(left, right):
    assert likeness(left, right) >= 0.7


@pytest.mark.parametrize(
    ("left", "right"),
    [("Barack Obama", "Michelle Obama"), ("Rami Makhlouf", "Hafez Makhlouf"), ("Roman Fico", "Robert Fico")],
)
def test_names_of_two_people(left, right):
    assert likeness(left, right) < 0.7


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("Good Will Company", "Goodwill Company", True),
        ("Walmart Inc.", "Wallmart Inc.", True),
        ("Saudi Arabian Oil Company", "Saudi Arabian Gas Company", False),
        ("Bowne of Boston, Inc.", "Bowne of Atlanta, Inc.", False),
    ],
)
def test_names_of_firms(left, right, same):
    assert (likeness(left, right, ORGANIZATION) >= 0.7) is same


@pytest.mark.parametrize(
    "name", ["Ann Lee", "C. C. Wei", "李明", "", "-", "a" * 5000, "so many words " * 400, "\u202eevil", "Q\x00Q"]
)
def test_likeness_is_symmetric_and_between_nothing_and_all(name):
    for other in ("Ann Lee", "Weber", ""):
        value = likeness(name, other)
        assert value == likeness(other, name)
        assert 0 <= value <= 1
