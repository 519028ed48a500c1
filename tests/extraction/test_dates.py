"""Dates as the text gives them."""

from __future__ import annotations

from datetime import date

import pytest

from kg.extraction.dates import event_date, periods
from kg.model import PartialDate

PUBLISHED = date(2024, 1, 15)


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("director since 2014", "2014", None),
        ("director since March 2014", "2014-03", None),
        ("director since 3 March 2014", "2014-03-03", None),
        ("director since March 3, 2014", "2014-03-03", None),
        ("chair from 2010 to 2014", "2010", "2014"),
        ("chair between May 2010 and June 2014,", "2010-05", "2014-06"),
        ("chair until 2019", None, "2019"),
        ("chair until she stepped down in March 2019", None, "2019-03"),
        ("chair until last year", None, "2023"),
        ("chair until last month", None, "2023-12"),
        ("chair from next month", "2024-02", None),
        ("chair since yesterday", "2024-01-14", None),
        ("chair since the start of the century", None, None),
        ("since 30 February 2014", None, None),
    ],
)
def test_periods(text, since, until):
    expected = tuple(PartialDate.parse(day) if day else None for day in (since, until))
    assert periods(text, PUBLISHED) == expected


def test_relative_words_say_nothing_without_a_day_of_publication():
    assert periods("chair until last year", None) == (None, None)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("bought it in 2006", "2006"),
        ("bought it in May 2006", "2006-05"),
        ("in 2006 and in 2008", None),
        ("in 2,014 shops", None),
    ],
)
def test_the_date_of_an_event(text, day):
    assert event_date(text, PUBLISHED) == (PartialDate.parse(day) if day else None)


def test_a_month_without_a_year_lies_before_publication_for_what_happened():
    assert event_date("bought it in May", PUBLISHED) == PartialDate(2023, 5)


def test_a_month_without_a_year_lies_ahead_for_what_will_happen():
    assert event_date("will leave in May", PUBLISHED, past=False) == PartialDate(2024, 5)
