"""Days written out, and where they count as the document's own."""

from datetime import date

import pytest

from kg.documents.dates import day_in, day_in_name, day_of_lines

MAY_7 = date(2026, 5, 7)


@pytest.mark.parametrize(
    "text",
    [
        "2026-05-07",
        "2026-05-07T08:30:00Z",
        "May 7, 2026",
        "MAY 07 2026",
        "Thursday, May 7th, 2026",
        "7 May 2026",
        "7th May, 2026",
        "Google News · May 7, 2026",
        "7 May 2026, updated 9 May 2026",
        "2026-02-31, or rather 2026-05-07",
    ],
)
def test_a_day_is_read(text):
    assert day_in(text) == MAY_7


@pytest.mark.parametrize(("text", "month"), [("Sept. 3, 2025", 9), ("3 Dec. 2025", 12), ("June 3, 2025", 6)])
def test_months_may_be_cut_short(text, month):
    assert day_in(text) == date(2025, month, 3)


@pytest.mark.parametrize(
    "text", ["", "2026", "May 2026", "05/07/2026", "2026-13-01", "February 30, 2026", "12026-05-07", "Mayor 7, 2026"]
)
def test_what_names_no_day_gives_none(text):
    assert day_in(text) is None


@pytest.mark.parametrize("name", ["2026-05-07-deal.txt", "deal_2026_05_07.txt", "deal-20260507.txt", "2026.05.07.txt"])
def test_a_day_in_a_file_name_is_read(name):
    assert day_in_name(name) == MAY_7


@pytest.mark.parametrize("name", ["deal.txt", "2026-0507.txt", "120260507.txt", "99999999.txt", "20261301.txt"])
def test_other_digits_in_a_file_name_are_no_day(name):
    assert day_in_name(name) is None


def test_a_line_of_its_own_dates_a_text():
    assert day_of_lines(["TSMC denies talks", "", "Published May 7, 2026", "January 1, 2020"]) == MAY_7


@pytest.mark.parametrize("dash", ["—", "\u2013", "-", "--"])
def test_a_dateline_dates_a_text(dash):
    assert day_of_lines([f"HSINCHU, May 7, 2026 {dash} TSMC denied that it was in talks with Intel. " * 3]) == MAY_7


def test_a_sentence_that_tells_of_a_day_does_not():
    lines = ["On 23 April 2005 Karim uploaded a video.", "It was seen " + "often " * 20 + "after May 7, 2026"]
    assert day_of_lines(lines) is None
