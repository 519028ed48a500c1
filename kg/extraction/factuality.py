"""How firmly a sentence says what it says, and with which details: polarity, modality, tense; title, source, dates,
sums.

The details are stretches of the sentence that the model points at; what they mean is read by ``details``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from kg.extraction.facets import likeliest
from kg.extraction.labels import ROLES, SIGNATURES
from kg.extraction.models import Floats
from kg.extraction.reading import Reading
from kg.extraction.relations import Tie

__all__ = ["Stated", "settle"]

LONGEST = 16
DATES = ("since", "until")
LISTED = re.compile(r"(?:[\s,]|\b(?:and|or|as well as|both|the|of|by|at)\b)*", re.IGNORECASE)
LASTING = frozenset(
    "leads board_member_of employed_by member_of parent_of supplier_of holds_shares_in regulates "
    "political_affiliation partner_of".split()
)
BEGIN = re.compile(r",?\s+since\s+(?P<date>(?:[A-Z]\w+\s+)?(?:19|20)\d\d)\b")
CERTAIN = 1e3
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Stated:
    """A relation between two mentions (numbers) as a sentence states it.

    ``details``: where the text gives title, source, since, until, money, share.
    """

    head: int
    label: str
    tail: int
    sentence: int
    polarity: str
    modality: str
    tense: str
    confidence: float
    details: tuple[tuple[str, Place], ...] = ()


@dataclass(frozen=True, slots=True)
class Detail:
    """Where a sentence says a detail; ``margin``: how much likelier than that it says none, as a logarithm."""

    role: str
    place: Place
    margin: float


def settle(reading: Reading, ties: Iterable[Tie]) -> list[Stated]:
    """The relations as stated, in the order of the text; of two clusters the surest of a sentence stands for all."""
    best: dict[tuple[int, int, str, int], Tie] = {}
    for tie in ties:
        ends = reading.cluster[tie.head], reading.cluster[tie.tail]
        first, second = sorted(ends) if SIGNATURES[tie.label].symmetric else ends
        key = (first, second, tie.label, tie.sentence)
        if key not in best or best[key].confidence < tie.confidence:
            best[key] = tie
    chosen = sorted(best.values(), key=lambda r: (r.sentence, r.head, r.tail, r.label))
    return [stated(tie, said) for tie, said in zip(chosen, shared_out(reading, chosen), strict=True)]


def stated(tie: Tie, said: Iterable[Detail]) -> Stated:
    """A relation with how firmly it is said and its details."""
    polarity, modality, tense = likeliest(tie.facets)
    places = tuple((detail.role, detail.place) for detail in said)
    return Stated(tie.head, tie.label, tie.tail, tie.sentence, polarity, modality, tense, tie.confidence, places)


def shared_out(reading: Reading, ties: Sequence[Tie]) -> list[list[Detail]]:
    """The details of each relation. A date that several claim belongs to the one that points at it most surely, and to
    those that are one statement with it: of 13 dates that unlike relations shared in our held-back passages, one was
    right for both.
    """
    found = [[*details(reading, tie)] for tie in ties]
    for tie, said in zip(ties, found, strict=True):
        if begun := begin(reading, tie):
            said[:] = [*(detail for detail in said if detail.role != begun.role), begun]
    owners: dict[tuple[int, str, Place], tuple[float, Tie]] = {}
    for tie, said in zip(ties, found, strict=True):
        for detail in said:
            key = (tie.sentence, detail.role, detail.place)
            if key not in owners or owners[key][0] < detail.margin:
                owners[key] = detail.margin, tie
    return [
        [
            detail
            for detail in said
            if detail.role not in DATES or one_statement(reading, tie, *owners[tie.sentence, detail.role, detail.place])
        ]
        for tie, said in zip(ties, found, strict=True)
    ]


def begin(reading: Reading, tie: Tie) -> Detail | None:
    """When a relation that lasts began, where the date follows its second mention: "director of Halden since 2017"."""
    after = max(reading.place(tie.head), reading.place(tie.tail))[1]
    found = BEGIN.match(reading.text, after) if tie.label in LASTING else None
    return Detail("since", found.span("date"), CERTAIN) if found else None


def one_statement(reading: Reading, tie: Tie, margin: float, owner: Tie) -> bool:
    """Whether a relation is one statement with the owner of a date: a label and an end in common, and the other ends in
    one list. Of a common head the list is not asked for, unless the date stands right behind the owner's mention.
    """
    heads, tails = (
        reading.cluster[a] == reading.cluster[b] for a, b in ((tie.head, owner.head), (tie.tail, owner.tail))
    )
    if tie.label != owner.label or not (heads or tails):
        return False
    if heads and margin < CERTAIN:
        return True
    pair = (tie.tail, owner.tail) if heads else (tie.head, owner.head)
    (_, end), (start, _) = sorted(map(reading.place, pair))
    between = reading.text[end:start]
    for number in range(min(pair), max(pair)):
        between = between.replace(reading.surface(number), " ")
    return LISTED.fullmatch(between) is not None


def details(reading: Reading, tie: Tie) -> Iterator[Detail]:
    """Where the sentence says each detail: the likeliest stretch, if likelier than none (row 0)."""
    seen = tie.seen
    low, high = reading.ranges[tie.sentence]
    rows = seen.rows[low - seen.window.low : high - seen.window.low]
    lasts = seen.rows[low - seen.window.low + 1 : high - seen.window.low + 1] - 1
    queries = tie.query.reshape(len(ROLES), 2, -1)
    keys = seen.encoded.keys.reshape(len(seen.encoded.keys), 2, -1)
    for role, (first, last) in zip(ROLES, queries, strict=True):
        starts, ends = keys[rows, 0] @ first, keys[lasts, 1] @ last
        table = np.where(stretches(len(rows)), starts[:, None] + ends[None, :], -np.inf)
        begin, end = divmod(int(np.argmax(table)), len(rows))
        margin = float(table[begin, end] - (keys[0, 0] @ first + keys[0, 1] @ last))
        if margin > 0:
            yield Detail(role, (reading.words.starts[low + begin], reading.words.ends[low + end]), margin)


def stretches(size: int) -> Floats:
    """Which (first, last) words make a stretch of at most ``LONGEST``."""
    ones = np.ones((size, size), dtype=bool)
    return np.asarray(np.triu(ones) & ~np.triu(ones, LONGEST))
