"""What a text says of itself at its top: header lines (``Title: …``), else a headline, a day, a site's name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from itertools import takewhile

from kg.documents.dates import day_in, day_in_name, day_of_lines

__all__ = ["Header", "header_of", "split_site", "web_address"]

HEADER_LINE = re.compile(r"(title|publisher|date|source):[ \t]*(.*)", re.IGNORECASE)
FRONT_MATTER = "---"
LINES_LOOKED_AT = 12
TOP_LENGTH = 100_000
LINE_LENGTH = 1000
TITLE_LENGTH = 160
DATING_LENGTH = 30
TITLE_START = re.compile(r"[\w\"'\u201c\u2018«$€£(]")
HEADING_MARK = re.compile(r"#{1,6}[ \t]+")
SITE = re.compile(r"(.*\S)\s+[-\u2013\u2014|]\s+((?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,})")
WEB_ADDRESS = re.compile(r"https?://[^\s/<>\"{}|\\^`]+[^\s<>\"{}|\\^`]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Header:
    """Title, publisher, day and address, as far as the text gives them."""

    title: str | None = None
    publisher: str | None = None
    published: date | None = None
    source: str | None = None


def header_of(text: str, name: str) -> Header:
    """The header of a text in a file called ``name``. A header line beats what the text or the name suggests."""
    top = top_lines(text)
    if top[:1] == [FRONT_MATTER]:
        top = top[1:]
    said = [match for match in takewhile(bool, map(HEADER_LINE.fullmatch, top)) if match]
    fields = {match[1].lower(): match[2] for match in reversed(said)}
    below = top[len(said) :]
    title, site = split_site(fields.get("title") or headline(below))
    return Header(
        title=title,
        publisher=fields.get("publisher") or site,
        published=day_in(fields.get("date", "")) or day_of_lines(below) or day_in_name(name),
        source=web_address(fields.get("source")),
    )


def top_lines(text: str) -> list[str]:
    """The first lines, each cut where it is longer than anything that is looked for."""
    return [line[:LINE_LENGTH].strip() for line in text[:TOP_LENGTH].split("\n", LINES_LOOKED_AT)][:LINES_LOOKED_AT]


def headline(top: list[str]) -> str | None:
    """The first line, if it is short, ends no sentence and an empty line follows.

    Two lines may stand above it that can be no headline: a link back, a rule, a day.
    """
    written = [(number, HEADING_MARK.sub("", line)) for number, line in enumerate(top) if line][:3]
    number, line = next(((n, line) for n, line in written if may_be_title(line)), (0, ""))
    alone = top[number + 1 : number + 2] == [""]
    return line if alone and line and len(line) <= TITLE_LENGTH and not line.endswith((".", ",", ";", ":")) else None


def may_be_title(line: str) -> bool:
    dates_only = len(line) <= DATING_LENGTH and day_in(line) is not None
    return bool(TITLE_START.match(line)) and not dates_only


def split_site(title: str | None) -> tuple[str | None, str | None]:
    """A title and the site's name at its end ("Some headline - YourStory.com"), where that is a domain."""
    found = SITE.fullmatch(title) if title and len(title) <= TITLE_LENGTH else None
    return (found[1], found[2]) if found else (title or None, None)


def web_address(text: str | None) -> str | None:
    """The text if it is an http(s) address as a whole."""
    return text if text and WEB_ADDRESS.fullmatch(text) else None
