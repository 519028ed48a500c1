"""Where a sentence says the title, source, dates, sum and share of its relations, and whose each date and title is.

The model points at the details; a date that stands right behind the second mention needs no pointing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, product

import networkx as nx
import numpy as np

from kg.extraction.dates import NAMES
from kg.extraction.details import TITLED
from kg.extraction.labels import ROLES
from kg.extraction.models import Floats
from kg.extraction.reading import Reading
from kg.extraction.relations import Tie

__all__ = ["Detail", "Place", "shared_out"]

LONGEST = 16
DATES, TITLE = ("since", "until"), "title"
LISTED = re.compile(r"(?:[\s,]|\b(?:and|or|as well as|both|the|of|by|at)\b)*", re.IGNORECASE)
LASTING = frozenset(
    "leads board_member_of employed_by member_of parent_of supplier_of holds_shares_in regulates "
    "political_affiliation partner_of".split()
)
DONE = frozenset(("acquired", "founded_by", "invested_in", "sued"))
DATE = rf"(?:(?:\d{{1,2}} )?(?i:{NAMES})(?: \d{{1,2}},)? )?(?:19|20)\d\d\b"
BEHIND = (
    (DONE, re.compile(rf"\s+(?:in|on) (?P<since>{DATE})")),
    (LASTING, re.compile(rf",?\s+(?:since|from) (?P<since>{DATE})")),
    (LASTING, re.compile(rf",?\s+(?:from {DATE} to|(?:from {DATE} )?until) (?P<until>{DATE})")),
)
LEFT = re.compile(r"\bwho (?:stepped down|resigned|retired|left|quit|departed)\b[^,;.]*\b(?:in|on) $")
CERTAIN = 1e3
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Detail:
    """Where a sentence says a detail; ``margin``: how much likelier than that it says none, as a logarithm."""

    role: str
    place: Place
    margin: float


def shared_out(reading: Reading, ties: Sequence[Tie], beside: Sequence[Tie]) -> list[list[Detail]]:
    """The details of each relation; ``beside`` are all readings of the text, these and others of the same pairs.

    A date that several claim belongs to the one that points at it most surely, and to those that are one statement with
    it: unlike relations of a sentence hardly ever share one. All readings of a pair have a say in its title.
    """
    found = [[ending(reading, tie, detail) for detail in details(reading, tie)] for tie in ties]
    titled: dict[int, Detail] = {}
    for _, group in groupby(sorted(beside, key=lambda tie: tie.sentence), key=lambda tie: tie.sentence):
        several = list(group)
        titled |= {id(several[n]): title for n, title in titles(reading, several).items()}
    for tie, said in zip(ties, found, strict=True):
        said += [titled[id(tie)]] if id(tie) in titled else []
    for tie, said in zip(ties, found, strict=True):
        for certain in dates_behind(reading, tie):
            said[:] = [*(detail for detail in said if detail.role != certain.role), certain]
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


def ending(reading: Reading, tie: Tie, detail: Detail) -> Detail:
    """The detail; what was taken for the begin of an office is its end in "Ane Lund, who stepped down in 2023"."""
    after = reading.place(tie.head)[1]
    left = detail.role == "since" and tie.label in TITLED and LEFT.search(reading.text, after, detail.place[0])
    return replace(detail, role="until") if left else detail


def dates_behind(reading: Reading, tie: Tie) -> Iterator[Detail]:
    """Dates right behind the second mention: "director of Halden since 2017", "founded Halden in 2002"."""
    after = max(reading.place(tie.head), reading.place(tie.tail))[1]
    for labels, wording in BEHIND:
        if tie.label in labels and (found := wording.match(reading.text, after)):
            (role,) = found.groupdict()
            yield Detail(role, found.span(role), CERTAIN)


def one_statement(reading: Reading, tie: Tie, margin: float, owner: Tie) -> bool:
    """Whether a relation is one statement with the owner of a date: a label and an end in common, the other ends in one
    list. Of a common head the list is asked for only where the date stands right behind the owner's mention, and not of
    a founding.
    """
    heads, tails = (
        reading.cluster[a] == reading.cluster[b] for a, b in ((tie.head, owner.head), (tie.tail, owner.tail))
    )
    if tie.label != owner.label or not (heads or tails):
        return False
    if heads and (margin < CERTAIN or tie.label == "founded_by"):
        return True
    return one_list(reading, tie, owner)


def one_list(reading: Reading, tie: Tie, owner: Tie) -> bool:
    """Whether two relations have an end in common, and their other ends stand in one list."""
    heads, tails = (
        reading.cluster[a] == reading.cluster[b] for a, b in ((tie.head, owner.head), (tie.tail, owner.tail))
    )
    if not (heads or tails):
        return False
    pair = (tie.tail, owner.tail) if heads else (tie.head, owner.head)
    (_, end), (start, _) = sorted(map(reading.place, pair))
    between = reading.text[end:start]
    for number in range(min(pair), max(pair)):
        between = between.replace(reading.surface(number), " ")
    return LISTED.fullmatch(between) is not None


def details(reading: Reading, tie: Tie) -> Iterator[Detail]:
    """Where the sentence says each detail but the title of an office: the likeliest stretch, if likelier than none."""
    for role in ROLES:
        if role == TITLE and tie.label in TITLED:
            continue
        likelier = margins(reading, tie, role)
        first, last = divmod(int(np.argmax(likelier)), len(likelier))
        if likelier[first, last] > 0:
            yield Detail(role, place(reading, tie, (first, last)), float(likelier[first, last]))


def margins(reading: Reading, tie: Tie, role: str) -> Floats:
    """How much likelier every stretch (first word, last word) of the sentence is for a role than none (row 0)."""
    seen = tie.seen
    low, high = reading.ranges[tie.sentence]
    rows = seen.rows[low - seen.window.low : high - seen.window.low]
    lasts = seen.rows[low - seen.window.low + 1 : high - seen.window.low + 1] - 1
    first, last = tie.query.reshape(len(ROLES), 2, -1)[ROLES.index(role)]
    keys = seen.encoded.keys.reshape(len(seen.encoded.keys), 2, -1)
    starts, ends = keys[rows, 0] @ first, keys[lasts, 1] @ last
    none = keys[0, 0] @ first + keys[0, 1] @ last
    return np.where(stretches(len(rows)), starts[:, None] + ends[None, :] - none, -np.inf)


def place(reading: Reading, tie: Tie, stretch: tuple[int, int]) -> Place:
    """Where a stretch of words of the sentence of a relation begins and ends in the text."""
    low, _ = reading.ranges[tie.sentence]
    return reading.words.starts[low + stretch[0]], reading.words.ends[low + stretch[1]]


def titles(reading: Reading, ties: Sequence[Tie]) -> dict[int, Detail]:
    """The title of each relation of a sentence, by number: one to each pair of person and firm, those that are the
    likeliest together; who is left without one may share another's.
    """
    titled = {n: margins(reading, tie, TITLE) for n, tie in enumerate(ties) if tie.label in TITLED}
    words = apart(list(titled.values()))
    pairs: dict[tuple[int, int], list[int]] = {}
    for n in titled:
        pairs.setdefault((reading.cluster[ties[n].head], reading.cluster[ties[n].tail]), []).append(n)
    members = list(pairs.values())
    graph = nx.Graph()
    for pair, word in product(range(len(members)), range(len(words))):
        sure = max(float(titled[n][words[word]]) for n in members[pair])
        if sure > 0:
            graph.add_edge(pair, -1 - word, weight=sure)
    given: dict[int, tuple[int, int]] = {}
    for edge in nx.max_weight_matching(graph):
        given |= dict.fromkeys(members[max(edge)], words[-1 - min(edge)])
    for n in sorted(titled.keys() - given.keys()):
        owner = next((m for m in sorted(given) if shares_title(reading, ties[n], ties[m])), None)
        if owner is not None and titled[n][given[owner]] > 0:
            given[n] = given[owner]
    return {n: Detail(TITLE, place(reading, ties[n], word), float(titled[n][word])) for n, word in given.items()}


def shares_title(reading: Reading, tie: Tie, owner: Tie) -> bool:
    """Whether a relation without a title may have that of another: one office after another, or ends of one list."""
    successors = tie.label == owner.label and reading.cluster[tie.tail] == reading.cluster[owner.tail]
    return successors or one_list(reading, tie, owner)


def apart(tables: Sequence[Floats]) -> list[tuple[int, int]]:
    """The likeliest stretches of a sentence for any of its relations that have no word in common."""
    found: list[tuple[int, int]] = []
    best = np.max(tables, axis=0) if tables else np.zeros((0, 0))
    while best.size and best.max() > 0:
        first, last = (int(n) for n in np.unravel_index(int(best.argmax()), best.shape))
        found.append((first, last))
        best[: last + 1, first:] = 0
    return found


def stretches(size: int) -> Floats:
    """Which (first, last) words make a stretch of at most ``LONGEST``."""
    ones = np.ones((size, size), dtype=bool)
    return np.asarray(np.triu(ones) & ~np.triu(ones, LONGEST))
