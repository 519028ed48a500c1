"""Names that are known beforehand: the ontology's well-known names, and a user's own list (``--known FILE``).

A known name is found as it is cased, whole words only, and beats what the model made of its words. One that is an
ordinary word too (value "word") only tells its type where the model has found a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from kg.extraction.reading import Reading, number_mentions
from kg.extraction.tags import NAME, Span
from kg.model import EntityType
from kg.ontology import Ontology

__all__ = ["Known", "insert", "known_names"]

UNBROKEN = re.compile(r"\S*")


@dataclass(frozen=True, slots=True)
class Known:
    """``types``: name → type; ``timid``: those that are words, too; ``firsts``: first word → names, longest first."""

    types: Mapping[str, str]
    timid: frozenset[str]
    firsts: Mapping[str, tuple[str, ...]]


def known_names(ontology: Ontology, own: Iterable[tuple[str, str]] = ()) -> Known:
    """The ontology's names of organizations and products, and a user's."""
    types: dict[str, str] = {}
    timid = set()
    for name, kind in (("organizations", EntityType.ORGANIZATION), ("products", EntityType.PRODUCT)):
        for entry, value in ontology.lexicon(name):
            types.setdefault(entry, kind)
            timid |= {entry} if value == "word" else set()
    own = tuple(own)
    types |= dict(own)
    firsts: dict[str, list[str]] = {}
    for name in sorted(types, key=lambda n: (-len(n), n)):
        firsts.setdefault(name.split()[0], []).append(name)
    return Known(types, frozenset(timid - {name for name, _ in own}), {k: tuple(v) for k, v in firsts.items()})


def insert(reading: Reading, known: Known) -> None:
    """Sets known names among the mentions that the model found; those that they overlap make way."""
    found = list(places(reading, known))
    if not found:
        return
    exact = {(span.low, span.high): span.type for span, timid in found if timid}
    sure = [span for span, timid in found if not timid]
    taken = {word for span in sure for word in range(span.low, span.high)}
    kept = [m for m in reading.mentions if not taken & set(range(m.low, m.high))]
    typed = [replace(m, type=exact.get((m.low, m.high), m.type)) if m.form == NAME else m for m in kept]
    reading.mentions = sorted([*typed, *sure], key=lambda m: m.low)
    last = 0
    for seen in reading.seen:
        inside = [n for n, m in enumerate(reading.mentions) if m.high <= seen.window.high]
        number_mentions(reading, seen, last, len(inside))
        last = len(inside)


def places(reading: Reading, known: Known) -> Iterator[tuple[Span, bool]]:
    """Where known names stand, and whether each only tells a type."""
    words, text = reading.words, reading.text
    low = 0
    while low < len(words):
        step = 1
        for name in known.firsts.get(first_word(reading, low), ()):
            start = words.starts[low]
            if text.startswith(name, start) and not text[start + len(name) : start + len(name) + 1].isalnum():
                low_, high = words.range_of(start, start + len(name))
                if low_ == low:
                    yield Span(low, high, known.types[name], NAME), name in known.timid
                    step = high - low
                    break
        low += step


def first_word(reading: Reading, number: int) -> str:
    """What stands between a word's begin and the next white space, cut where a known name would end."""
    start = reading.words.starts[number]
    if start and reading.text[start - 1].isalnum():
        return ""
    rest = UNBROKEN.match(reading.text, start)
    return (rest.group() if rest else "").rstrip(".,;:!?)\"'\u2019\u201d").removesuffix("'s").removesuffix("\u2019s")
