"""Where a passage says the details of a relation that are annotated by value: title, source, dates, sum, share."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from kg.extraction import amounts, dates
from kg.extraction.labels import ROLES

Stretches = tuple[tuple[int, int], ...]


def details(relation: dict[str, Any], document: dict[str, Any]) -> tuple[Stretches | None, ...]:
    """For every role the stretches of the evidence that say it; none if it has no value, None if none is found."""
    stated = relation["qualifiers"]
    values = {
        "title": stated.get("title"),
        "source": relation["attributed_to"],
        "since": relation["valid_from"],
        "until": relation["valid_until"],
        "money": stated.get("amount"),
        "share": stated.get("share"),
    }
    return tuple(found(role, values[role], relation["evidence"], document) for role in ROLES)


def found(role: str, value: str | None, evidence: list[int], document: dict[str, Any]) -> Stretches | None:
    """The stretches for one role."""
    if value is None:
        return ()
    start, end = evidence
    text = document["text"][start:end]
    stretches = {
        "title": lambda: words_in(text, value),
        "source": lambda: words_in(text, value),
        "since": lambda: dates_in(text, value, document),
        "until": lambda: dates_in(text, value, document),
        "money": lambda: sums_in(text, value),
        "share": lambda: ((m.start(), m.end()) for m in amounts.SHARE.finditer(text) if float(m[1]) == float(value)),
    }[role]()
    return tuple((start + low, start + high) for low, high in stretches) or None


def words_in(text: str, value: str) -> Iterator[tuple[int, int]]:
    """Where the words stand."""
    yield from ((m.start(), m.end()) for m in re.finditer(re.escape(value), text, re.IGNORECASE))


def dates_in(text: str, value: str, document: dict[str, Any]) -> Iterator[tuple[int, int]]:
    """Where a date stands that means this one."""
    published = date.fromisoformat(document["published"]) if len(document["published"] or "") == 10 else None
    for match in re.finditer(dates.WHEN, text, re.IGNORECASE):
        day = dates.read(match, published)
        if day is not None and str(day) == value:
            yield match.start(), match.end()


def sums_in(text: str, value: str) -> Iterator[tuple[int, int]]:
    """Where a sum of this size stands."""
    for form in amounts.MONEY:
        for match in form.finditer(text):
            if amounts.sum_of(match)[0] == value:
                yield match.start(), match.end()
