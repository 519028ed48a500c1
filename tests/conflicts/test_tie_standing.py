"""How a tie stands at a date, out of what the texts say."""

from datetime import date

import pytest
from sketch import ONTOLOGY, graph

from kg.conflicts.snapshot import ties_at
from kg.model import Modality


def tie(sketch: str, day: str = "2024-06-30"):
    ties = ties_at(graph(sketch), ONTOLOGY, date.fromisoformat(day))
    assert len(ties) <= 1
    return next(iter(ties.values()), None)


def standing(sketch: str, day: str = "2024-06-30") -> str:
    found = tie(sketch, day)
    return str(found.standing) if found else "absent"


@pytest.mark.parametrize(
    ("sketch", "expected"),
    [
        ("Ann leads Acme; published=2024-01-01", "holding"),
        ("Ann leads Acme; published=2024-01-01; modality=reported", "holding"),
        ("Ann leads Acme", "holding"),
        ("Ann leads Acme; published=2024-07-01", "absent"),
        ("Ann leads Acme; published=2024-01-01; from=2024-06", "holding"),
        ("Ann leads Acme; published=2024-01-01; from=2024-07", "hedged"),
        ("Ann leads Acme; from=2024-07", "absent"),
        ("Ann leads Acme; published=2024-01-01; tense=future", "hedged"),
        ("Ann leads Acme; published=2024-01-01; until=2024", "holding"),
        ("Ann leads Acme; published=2024-01-01; until=2024-05", "ended"),
        ("Ann leads Acme; published=2024-01-01; tense=past", "ended"),
        ("Ann leads Acme; tense=past", "ended"),
        ("Ann leads Acme; published=2024-01-01; modality=alleged", "hedged"),
        ("Ann leads Acme; published=2024-01-01; modality=alleged; tense=past", "absent"),
        ("Ann leads Acme; published=2024-01-01; polarity=denied", "denied"),
        ("Acme acquired Bolt; published=2024-01-01; tense=past", "holding"),
        ("Acme acquired Bolt; published=2024-01-01; tense=future", "hedged"),
        ("Acme invested_in Bolt; published=2024-01-01; until=2023", "ended"),
        ("Acme partner_of Acme", "absent"),
    ],
)
def test_one_claim_gives_the_standing(sketch, expected):
    assert standing(sketch) == expected


def test_what_is_said_later_ends_what_was_said_before():
    assert standing("Ann leads Acme; published=2023-01-01\nAnn leads Acme; published=2024-01-01; tense=past") == "ended"


def test_a_later_text_takes_the_role_up_again():
    sketch = "Ann leads Acme; published=2023-01-01; tense=past\nAnn leads Acme; published=2024-01-01"
    assert standing(sketch) == "holding"


def test_of_one_day_the_ending_counts():
    assert standing("Ann leads Acme; published=2024-01-01\nAnn leads Acme; published=2024-01-01; tense=past") == "ended"


def test_a_second_tenure_begins_after_the_first_has_ended():
    sketch = """Ann leads Acme; published=2024-01-01; tense=past; from=2010; until=2015
    Ann leads Acme; published=2024-01-01; from=2020"""
    assert standing(sketch) == "holding"


def test_an_undated_text_is_older_than_any_dated_one():
    assert standing("Ann leads Acme; published=2020-01-01\nAnn leads Acme; tense=past") == "holding"


@pytest.mark.parametrize(
    ("affirmed", "denied", "expected"),
    [
        ("2024-01-01", "2024-01-02", "denied"),
        ("2024-01-01", "2024-01-01", "contested"),
        ("2024-01-02", "2024-01-01", "contested"),
    ],
)
def test_the_last_word_on_a_denied_tie_counts(affirmed, denied, expected):
    sketch = f"Acme partner_of Bolt; published={affirmed}\nAcme partner_of Bolt; published={denied}; polarity=denied"
    assert standing(sketch) == expected


@pytest.mark.parametrize(("planned", "expected"), [("2024-01-01", "denied"), ("2024-01-02", "hedged")])
def test_a_plan_is_denied_unless_it_is_newer_than_the_denial(planned, expected):
    sketch = f"""Acme partner_of Bolt; published={planned}; modality=planned
    Acme partner_of Bolt; published=2024-01-01; polarity=denied"""
    assert standing(sketch) == expected


def test_a_denial_that_is_not_yet_known_does_not_count():
    sketch = "Acme partner_of Bolt; published=2024-01-01\nAcme partner_of Bolt; published=2024-02-01; polarity=denied"
    assert (standing(sketch, "2024-01-15"), standing(sketch, "2024-02-01")) == ("holding", "denied")


def test_inverse_and_turned_claims_are_of_one_tie():
    sketch = "Acme supplier_of Bolt; published=2024-01-01\nBolt customer_of Acme; published=2024-01-02"
    assert len(tie(sketch).support) == 2


def test_the_firmest_claim_gives_the_modality():
    sketch = (
        "Acme partner_of Bolt; modality=reported\nAcme partner_of Bolt; modality=alleged; says=It may be Acme or Bolt."
    )
    assert tie(sketch).modality is Modality.REPORTED


def test_what_is_only_announced_is_a_plan():
    assert tie("Ann leads Acme; published=2024-01-01; from=2024-09").modality is Modality.PLANNED


def test_only_factual_claims_support_a_tie_that_holds():
    sketch = "Acme partner_of Bolt; says=Acme and Bolt work together.\nAcme partner_of Bolt; modality=planned"
    assert [said.claim.evidence.quote for said in tie(sketch).support] == ["Acme and Bolt work together."]


def test_the_firmest_and_newest_claim_comes_first():
    sketch = """Ann leads Acme; published=2024-01-01; says=Old, Ann at Acme.
    Ann leads Acme; published=2024-02-01; says=New, Ann at Acme.
    Ann leads Acme; published=2024-03-01; modality=reported; says=Reported, Ann at Acme."""
    quotes = [said.claim.evidence.quote for said in tie(sketch).support]
    assert quotes == ["New, Ann at Acme.", "Old, Ann at Acme.", "Reported, Ann at Acme."]


def test_copies_of_one_text_are_one_and_the_first_published_stands():
    sketch = """Ann leads Acme; published=2024-01-02; copy=wire; source=second
    Ann leads Acme; published=2024-01-01; copy=wire; source=first
    Ann leads Acme; copy=wire; source=undated"""
    assert [said.source.source for said in tie(sketch).support] == ["first"]


def test_a_sentence_that_stands_word_for_word_under_two_headlines_is_one():
    sketch = "Ann leads Acme; published=2024-01-01; source=a\nAnn leads Acme; published=2024-01-02; source=b"
    assert [said.source.source for said in tie(sketch).support] == ["a"]


@pytest.mark.parametrize(("copy", "expected"), [("copy=wire", "denied"), ("source=other", "contested")])
def test_a_copy_that_is_printed_after_a_denial_does_not_take_it_back(copy, expected):
    sketch = (
        "Ann leads Acme; published=2024-01-01; copy=wire\n"
        "Ann leads Acme; published=2024-01-02; polarity=denied; says=It is not so that Ann leads Acme.\n"
        f"Ann leads Acme; published=2024-01-03; {copy}"
    )
    assert standing(sketch) == expected
