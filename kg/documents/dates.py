"""The day a document is from, where it is written out: 2026-05-07, May 7, 2026, 7 May 2026.

A sentence that tells of a day does not date the document, so only short lines and datelines are looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

__all__ = ["day_in", "day_in_name", "day_of_lines"]

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
YEAR = r"(?P<year>(?:19|20)\d\d)"
DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"

FORMS = tuple(
    re.compile(form, re.IGNORECASE | re.ASCII)
    for form in (
        rf"(?<!\d){YEAR}-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)",
        rf"\b{MONTH}\.?\s{{1,3}}{DAY},?\s{{1,3}}{YEAR}\b",
        rf"\b{DAY}\s{{1,3}}{MONTH}\.?,?\s{{1,3}}{YEAR}\b",
    )
)
NAME_FORM = re.compile(rf"(?<!\d){YEAR}(?P<mark>[-_./]?)(?P<month>\d\d)(?P=mark)(?P<day>\d\d)(?!\d)", re.ASCII)

LINE_LENGTH = 100
SENTENCE_END = re.compile(r"[.!?;:,][\"'\u201d\u2019)]*$")
DATELINE_END = re.compile(r"\s[\u2014\u2013-]{1,2}\s")


def day_in(text: str) -> date | None:
    """The first day written out in it."""
    found = (match for form in FORMS for match in form.finditer(text))
    return first_day(sorted(found, key=lambda match: match.start()))


def day_in_name(name: str) -> date | None:
    """The first day in a file's name or an address; there it may also be 2026_05_07, 20260507 or 2026/05/07."""
    return first_day(NAME_FORM.finditer(name))


def day_of_lines(lines: Iterable[str]) -> date | None:
    """The first day that stands in a short line of its own or in a dateline ("HSINCHU, May 7, 2026 — …")."""
    days = (day_in(dating_part(line.strip())) for line in lines)
    return next((day for day in days if day), None)


def dating_part(line: str) -> str:
    if len(line) <= LINE_LENGTH and not SENTENCE_END.search(line):
        return line
    end = DATELINE_END.search(line[:LINE_LENGTH])
    return line[: end.start()] if end else ""


def first_day(matches: Iterable[re.Match[str]]) -> date | None:
    return next((day for match in matches if (day := day_of(match))), None)


def day_of(match: re.Match[str]) -> date | None:
    """The day that a match names; None for the likes of 31 February."""
    month = match["month"].lower()
    number = int(month) if month.isdigit() else MONTHS.index(month[:3]) + 1
    try:
        return date(int(match["year"]), number, int(match["day"]))
    except ValueError:
        return None
