"""Whose title makes them an officer."""

import pytest
from sketch import ONTOLOGY

from kg.conflicts.roles import OfficerTitles

TITLES = OfficerTitles(ONTOLOGY)


@pytest.mark.parametrize(
    "title",
    [
        "Chief Financial Officer",
        "chief artificial intelligence officer",
        "CFO",
        "the president",
        "interim co-president",
        "President of North America",
        "executive vice president and general counsel",
        "Treasurer, Secretary",
        "Managing Partner",
        "acting  chief\texecutive",
    ],
)
def test_an_officer(title):
    assert TITLES.admits(title)


@pytest.mark.parametrize(
    "title",
    [
        "",
        "engineer",
        "vice president",
        "assistant to the president",
        "partner manager",
        "presidential adviser",
        "chief",
    ],
)
def test_no_officer(title):
    assert not TITLES.admits(title)
