"""What a sentence takes for granted, no negation reaches: "not to fund rivals such as xAI" has xAI a rival."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.extraction.factuality import Stated
from kg.extraction.reading import Reading

__all__ = ["granted"]

SUCH_AS = re.compile(
    r"\b(?:competitors?|rivals?),? (?:such as|like|including) (?:[^\W\da-z][^\s,;]*,? |and |or |the )*$"
)
NONE = re.compile(
    r"\b(?:no|nor|neither|none|without|any|not an?|n[o'\u2019]t (?:have|face|see))\s+(?:[\w-]+\s+){0,3}$", re.I
)
OWNED = re.compile(r"(?:['\u2019]s?|\b(?:its|his|her|their|whose|our))\s+(?:[\w-]+\s+){0,2}$", re.I)


def granted(reading: Reading, stated: Stated) -> Stated:
    """The relation, affirmed where it was read as denied but its second firm is an example of rivals.

    Not where they are said to be somebody's ("will not fund Halden's rivals such as Kestrel"): that may be another.
    """
    if stated.label != "competitor_of" or stated.polarity != "denied":
        return stated
    start, _ = reading.bounds(stated.sentence)
    before = reading.text[start : max(reading.place(stated.head)[0], reading.place(stated.tail)[0])]
    example = SUCH_AS.search(before)
    if example is None or any(said.search(before[: example.start()]) for said in (NONE, OWNED)):
        return stated
    return replace(stated, polarity="affirmed")
