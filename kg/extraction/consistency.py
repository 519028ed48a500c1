"""The relations of a sentence set against one another: what another one says better, or makes unlikely, is left out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.extraction.labels import INVERSE
from kg.extraction.reading import Reading
from kg.extraction.relations import Tie
from kg.extraction.tags import PRONOUN

__all__ = ["consistent"]

OVERRIDES = {"employed_by": ("leads", "board_member_of"), "relative_of": ("spouse_of",)}
LIKELY = 0.6  # below it most pronouns of our held-back passages meant something else
SURER = 6.0  # set by hand: too few sentences of the passages name two makers to measure it
JOINED = re.compile(r"[\s,]*(?:and|&|with|together with|jointly with)?[\s,]*(?:the|its)?\s*", re.IGNORECASE)
PART = r"(?:arm|branch|business|department|division|office|section|team|unit)"
PART_OF = re.compile(rf"\b(?:(?P<board>committee)|{PART})\s+(?:of|at)\s+(?:the\s+)?$", re.IGNORECASE)


def consistent(reading: Reading, ties: Sequence[Tie]) -> list[Tie]:
    """The relations between things that are likely meant, and that stand beside all others of their sentences."""
    read = [of_the_part(reading, tie) for tie in ties]
    by_sentence: dict[int, list[Tie]] = {}
    for tie in read:
        by_sentence.setdefault(tie.sentence, []).append(tie)
    return [
        tie
        for tie in read
        if is_likely(reading, tie)
        and not any(
            own_rival(reading, tie, other) or (is_likely(reading, other) and outdone(reading, tie, other))
            for other in by_sentence[tie.sentence]
        )
    ]


def is_likely(reading: Reading, tie: Tie) -> bool:
    """Whether both mentions likely mean what they are linked to."""
    pronouns = (n for n in (tie.head, tie.tail) if reading.mentions[n].form == PRONOUN)
    return all(reading.sureness.get(n, 1.0) >= LIKELY for n in pronouns)


def own_rival(reading: Reading, tie: Tie, other: Tie) -> bool:
    """Whether a relation makes a rival of what its sentence calls the other's own."""
    cluster = reading.cluster
    same = {cluster[tie.head], cluster[tie.tail]} == {cluster[other.head], cluster[other.tail]}
    return same and tie.label == "competitor_of" and other.label in ("parent_of", "develops")


def outdone(reading: Reading, tie: Tie, other: Tie) -> bool:
    """Whether another relation says it better.

    An office beside employment, a surer inverse, a much surer maker, the name before "its" in "leads Orla, its owner".
    """
    cluster = reading.cluster
    (head, tail), (first, second) = ((cluster[t.head], cluster[t.tail]) for t in (tie, other))
    if (head, tail) == (first, second):
        return other.label in OVERRIDES.get(tie.label, ())
    if (tie.head, tie.tail) == (other.tail, other.head):
        return INVERSE.get(tie.label) == other.label and other.confidence > tie.confidence
    if tie.label == other.label and owns_apposition(reading, tie, other):
        return True
    makers = tie.label == other.label == "develops" and tail == second
    return makers and odds(other) >= SURER * odds(tie) and not joined(reading, tie.head, other.head)


def owns_apposition(reading: Reading, tie: Tie, other: Tie) -> bool:
    """Whether an end of a relation is a pronoun that opens an apposition to the same end of another one."""
    for mine, theirs, same in (
        (tie.tail, other.tail, tie.head == other.head),
        (tie.head, other.head, tie.tail == other.tail),
    ):
        if same and mine != theirs and reading.mentions[mine].form == PRONOUN:
            end, start = reading.place(theirs)[1], reading.place(mine)[0]
            if reading.text[end:start].strip() == ",":
                return True
    return False


def odds(tie: Tie) -> float:
    """How much likelier a relation is than not."""
    return tie.confidence / max(1e-6, 1 - tie.confidence)


def joined(reading: Reading, first: int, second: int) -> bool:
    """Whether nothing but a comma or "and" stands between two mentions."""
    (_, end), (start, _) = sorted(map(reading.place, (first, second)))
    return JOINED.fullmatch(reading.text[end:start]) is not None


def of_the_part(reading: Reading, tie: Tie) -> Tie:
    """Who heads a division of a firm is employed by the firm, who chairs a committee of its board is on the board."""
    if tie.label != "leads":
        return tie
    low, _ = reading.bounds(tie.sentence)
    start, _ = reading.place(tie.tail)
    part = PART_OF.search(reading.text[low:start])
    if part is None:
        return tie
    return replace(tie, label="board_member_of" if part["board"] else "employed_by")
