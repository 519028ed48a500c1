"""From when until when: "since 2014", "from 2010 to 2014", "until last month", as partial dates.

Relative words are read against the day of publication; without one they say nothing.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from kg.model import PartialDate

__all__ = ["event_date", "periods"]

MONTHS = {name.lower(): i for i, name in enumerate(calendar.month_name) if name}
MONTHS |= {name.lower(): i for i, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
NAMES = "|".join(sorted(MONTHS, key=len, reverse=True))
DAY_FIRST = rf"(?P<d1>\d{{1,2}}) (?P<m1>{NAMES})\.?,? (?P<y1>\d{{4}})"
MONTH_FIRST = rf"(?P<m2>{NAMES})\.? (?P<d2>\d{{1,2}}),? (?P<y2>\d{{4}})"
DAY = rf"(?:{DAY_FIRST}|{MONTH_FIRST})"
MONTH = rf"(?:(?:the end of |early |late |mid-)?(?P<m3>{NAMES})\.?,? (?:of )?(?P<y3>\d{{4}}))"
YEAR = r"(?:(?:early |late |mid-|the end of |the start of )?(?P<y4>(?:1[89]|20)\d\d)(?![\d,.]*\d|%))"
RELATIVE = r"(?P<relative>(?:last|this|next) (?:year|month)|yesterday|today|tomorrow)"
BARE = rf"(?:(?P<d5>\d{{1,2}}) (?P<m5>{NAMES})\b|(?:the end of )?(?P<m6>{NAMES})\b(?: (?P<d6>\d{{1,2}})\b)?)"
WHEN = rf"(?:{DAY}|{MONTH}|{YEAR}|{RELATIVE}|{BARE})"
SINCE = re.compile(rf"\b(?:since|from|effective|as of|starting(?: in)?) {WHEN}", re.IGNORECASE)
UNTIL = re.compile(
    rf"\b(?:until|till|through|up to) (?:(?:he|she|it|they) \w+ (?:down |out |off )?in )?{WHEN}", re.IGNORECASE
)
PLAIN = re.sub(r"\?P<\w+>", "?:", WHEN)
RANGE = re.compile(
    rf"\b(?:from|between) (?P<since>{PLAIN}) (?:to|until|till|and|through) (?P<until>{PLAIN})", re.IGNORECASE
)
EVENT = re.compile(rf"\b(?:in|on|at|during) {WHEN}", re.IGNORECASE)


def periods(text: str, published: date | None) -> tuple[PartialDate | None, PartialDate | None]:
    """Since when and until when a stretch says that something holds."""
    if (
        (span := RANGE.search(text))
        and (both := (when(span["since"], published), when(span["until"], published)))
        and all(both)
    ):
        return both
    since, until = SINCE.search(text), UNTIL.search(text)
    begun = not_after(read(since, published), published) if since and since[0].lower().startswith("since") else None
    return begun or (read(since, published) if since else None), (read(until, published) if until else None)


def event_date(text: str, published: date | None, *, past: bool = True) -> PartialDate | None:
    """The one date at which a stretch says that something happened, or will happen."""
    found = [read(match, published) for match in EVENT.finditer(text)]
    dates = {not_after(day, published) if past else day for day in found if day is not None}
    return dates.pop() if len(dates) == 1 else None


def when(text: str, published: date | None) -> PartialDate | None:
    """A date that is the whole stretch."""
    found = re.fullmatch(WHEN, text.strip(), re.IGNORECASE)
    return read(found, published) if found else None


def read(match: re.Match[str], published: date | None) -> PartialDate | None:
    """The date that a match holds; None for one that the calendar lacks or that needs a day of publication."""
    try:
        return absolute(match) or relative(match, published)
    except ValueError:
        return None


def absolute(match: re.Match[str]) -> PartialDate | None:
    """A date with a year."""
    for n in "12":
        if match[f"y{n}"]:
            return PartialDate(int(match[f"y{n}"]), month_of(match[f"m{n}"]), int(match[f"d{n}"]))
    if match["y3"]:
        return PartialDate(int(match["y3"]), month_of(match["m3"]))
    return PartialDate(int(match["y4"])) if match["y4"] else None


def relative(match: re.Match[str], published: date | None) -> PartialDate | None:
    """A date that counts from the day of publication."""
    if published is None:
        return None
    if match["relative"]:
        return shifted(match["relative"].lower(), published)
    name = match["m5"] or match["m6"]
    day = match["d5"] or match["d6"]
    return PartialDate(published.year, month_of(name), int(day) if day else None) if name else None


def not_after(day: PartialDate | None, published: date | None) -> PartialDate | None:
    """The day a year earlier, where a month without a year would lie ahead though it is past: "bought it in May"."""
    if day is None or published is None or day.earliest <= published or day.year > published.year:
        return day
    return PartialDate(day.year - 1, day.month, day.day)


def shifted(words: str, published: date) -> PartialDate:
    """As in "last year", "next month", "yesterday"."""
    days = {"yesterday": -1, "today": 0, "tomorrow": 1}
    if words in days:
        return PartialDate.of(published + timedelta(days=days[words]))
    step = {"last": -1, "this": 0, "next": 1}[words.split()[0]]
    if words.endswith("year"):
        return PartialDate(published.year + step)
    months = published.year * 12 + published.month - 1 + step
    return PartialDate(months // 12, months % 12 + 1)


def month_of(name: str) -> int:
    """The number of a month."""
    return MONTHS[name.lower()]
