"""What a later text says of an earlier day, by the dates that it states."""

from datetime import date

import pytest
from sketch import ONTOLOGY, graph

from kg.conflicts import find
from kg.conflicts.snapshot import ties_at

TOLD_LATER = """Jane Doe leads Acme; published=2026-06-01; from=2010
Jane Doe leads Bolt; published=2026-06-01; from=2020; until=2024-03; tense=past
Acme supplier_of Bolt; published=2026-06-01; from=2019
"""


def patterns_at(sketch: str, day: str) -> list[tuple[str, str]]:
    return [(f.pattern, str(f.tier)) for f in find(graph(sketch), ONTOLOGY, date.fromisoformat(day))]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2009-01-01", []),
        ("2019-06-01", []),
        ("2022-01-01", [("related_party_deal", "related-party")]),
        ("2025-01-01", [("related_party_deal", "suppressed")]),
    ],
)
def test_stated_dates_reach_back_from_a_later_text(day, expected):
    assert patterns_at(TOLD_LATER, day) == expected


@pytest.mark.parametrize("how", ["", "; polarity=denied", "; modality=planned; from=2020", "; tense=past"])
def test_a_later_text_without_a_stated_fact_says_nothing_of_an_earlier_day(how):
    assert ties_at(graph(f"Ann leads Acme; published=2026-01-01{how}"), ONTOLOGY, date(2024, 1, 1)) == {}


def test_a_firm_has_no_ties_before_it_was_founded():
    sketch = "Jane Doe leads Acme\nAcme founded_by Jane Doe (Person); from=2023; published=2025-01-01"
    assert [len(ties_at(graph(sketch), ONTOLOGY, date(year, 1, 1))) for year in (2022, 2023)] == [0, 2]
