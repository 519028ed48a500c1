"""Wordings that settle when a relation holds."""

from types import SimpleNamespace

import pytest

from kg.extraction.factuality import Stated
from kg.extraction.tenses import timed

HEAD, TAIL = "Maria Lopez", "Halden"


def tense(text, label, said, *, since="", title=""):
    places = [(text.index(name), text.index(name) + len(name)) for name in (HEAD, TAIL)]
    reading = SimpleNamespace(text=text, bounds=lambda _: (0, len(text)), place=places.__getitem__)
    details = [(role, (text.index(w), text.index(w) + len(w))) for role, w in (("since", since), ("title", title)) if w]
    stated = Stated(0, label, 1, 0, "affirmed", "asserted", said, 0.9, tuple(details))
    return timed(reading, stated).tense


@pytest.mark.parametrize(
    ("text", "label", "expected"),
    [
        ("Kestrel hires ex-Halden banker Maria Lopez.", "employed_by", "past"),
        ("The ex-chief of Halden, Maria Lopez, won.", "leads", "past"),
        ("The ex-banker Maria Lopez leads Halden.", "leads", "current"),
        ("Halden hires ex-banker Maria Lopez.", "employed_by", "current"),
        ("Halden and its ex-director, Maria Lopez, won.", "board_member_of", "past"),
        ("Maria Lopez no longer advises Halden.", "employed_by", "past"),
        ("Halden was led for nine years by Maria Lopez.", "leads", "past"),
        ("The chief of Halden, Maria Lopez, who resigned in May, won.", "leads", "past"),
        ("Halden has thanked Maria Lopez, who stepped down in May.", "leads", "past"),
        ("Halden is led by Maria Lopez, who was once fired.", "leads", "current"),
        ("Maria Lopez advises Halden, which no longer trades.", "employed_by", "current"),
    ],
)
def test_what_has_ended_is_past(text, label, expected):
    assert tense(text, label, "current") == expected


@pytest.mark.parametrize(
    ("text", "label", "expected"),
    [
        ("Maria Lopez, a director of Halden since 2017, sat there until she left.", "board_member_of", "current"),
        ("Maria Lopez had led Halden since 2017.", "leads", "past"),
        ("Maria Lopez, an investor in Halden since 2017, won.", "invested_in", "past"),
    ],
)
def test_what_began_and_did_not_end_lasts(text, label, expected):
    assert tense(text, label, "past", since="2017") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Halden grew. Its founder and chief executive, Maria Lopez, said that it had.", "current"),
        ("Halden grew. Its founder and chief executive, Maria Lopez, left in May.", "past"),
        ("Halden grew. Its former chief executive, Maria Lopez, said that it had.", "past"),
    ],
)
def test_a_founder_and_chief_is_still_chief(text, expected):
    assert tense(text, "leads", "past", title="chief executive") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Maria Lopez succeeded Ane Lund at Halden in May.", "current"),
        ("Maria Lopez, until then its lawyer, has replaced Ane Lund at Halden.", "current"),
        ("Ane Lund was succeeded by her sister Maria Lopez at Halden.", "current"),
        ("Maria Lopez succeeded Ane Lund at Halden and left in May.", "past"),
        ("Ane Lund succeeded Maria Lopez at Halden.", "past"),
        ("Maria Lopez, until then chief of Halden, succeeded Ane Lund at Norvik.", "past"),
        ("Maria Lopez, who had led Halden, succeeded Ane Lund at Norvik.", "past"),
        ("Maria Lopez succeeded Ane Lund at Norvik after nine years at Halden.", "past"),
        ("Ane Lund was succeeded by Maria Lopez, who had led Halden.", "past"),
    ],
)
def test_who_succeeded_somebody_holds_the_office(text, expected):
    assert tense(text, "leads", "past", title="lawyer" if "lawyer" in text else "") == expected


def test_what_a_successor_was_before_is_not_her_title(read):
    text = "Ane Lund led Halden Group. Maria Lopez, until then its chief product officer, succeeded her in May."
    (claim,) = (c for c in read(text).claims if c.predicate == "leads" and c.subject.text == "Maria Lopez")
    assert (claim.tense.value, claim.qualifiers.title) == ("current", None)
