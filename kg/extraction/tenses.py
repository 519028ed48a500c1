"""Wordings that settle when a relation holds, where the model has not seen it."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.extraction.details import TITLED
from kg.extraction.factuality import Stated
from kg.extraction.reading import Reading

__all__ = ["timed"]

EVENTS = frozenset(("acquired", "founded_by", "invested_in"))
EX = re.compile(
    r"\bex-(?:[a-z-]+ (?:[a-z]+ )?(?:of|at) (?:the )?)?$"
    r"|(?:\b(?:its|his|her|their|whose)|['\u2019]s?) ex-[a-z-]+(?: [a-z]+)?,? $",
    re.IGNORECASE,
)
SINCE = re.compile(r"\bsince\s+$", re.IGNORECASE)
GONE = re.compile(r"\b(?:had|was|were|until|former|formerly)\b", re.IGNORECASE)
NO_LONGER = re.compile(r"\bno longer\b", re.IGNORECASE)
FOUNDER = re.compile(r"\bfounder,?\s+(?:and|&)\s+$", re.IGNORECASE)
LEFT = re.compile(
    r"\b(?:former\w*|late|then|left|leaves|resign\w*|fired|ousted|sacked|dismissed|died|dies|departed|stepped down)\b",
    re.IGNORECASE,
)
QUIT = re.compile(
    r", who (?:has |had |then |later )*(?:stepped down|resigned|retired|left|quit|died|departed"
    r"|was (?:fired|ousted|sacked|dismissed|replaced|removed|succeeded))\b"
)
OFFICES = frozenset(("leads", "board_member_of"))
SUCCEEDED = re.compile(r"(?P<aside>, [^,;.]{1,60},)? (?:has |have )?(?:succeeded|replaced) ")
SUCCEEDED_BY = re.compile(r"\b(?:succeeded|replaced) by (?:[\w-]+ ){0,6}$")
ELSEWHERE = re.compile(r"\b(?:had|was|were|after|before|having|once|until|previously)\b", re.IGNORECASE)
WAS_LED = re.compile(r"\b(?:was|were|had been) (?:[\w-]+ )?(?:led|headed|run|chaired)\b")
BEFORE = 30


def timed(reading: Reading, stated: Stated) -> Stated:
    """The relation with its tense set right: "ex-", "no longer", "was led by" are past, "since 2017" lasts, and who
    succeeded somebody holds the office.

    In the passages, 127 of the 131 relations that "since" and a date begin are current where no word of the past stands
    by, and so are all 9 offices of successors (training/wordings.py).
    """
    places = sorted(reading.place(number) for number in (stated.head, stated.tail))
    (low, middle), (end, last) = places
    text = reading.text
    signs = [NO_LONGER.search(text, middle, end), *(EX.search(text[max(0, p[0] - BEFORE) : p[0]]) for p in places)]
    if stated.label in TITLED and reading.place(stated.head) == (end, last):
        signs += [QUIT.match(text, last), WAS_LED.search(text, middle, end)]
    if any(signs) and stated.tense == "current" and stated.label not in EVENTS:
        return replace(stated, tense="past")
    said = dict(stated.details)
    if stated.tense != "past" or "until" in said or stated.label in EVENTS:
        return stated
    if stated.label in OFFICES and (successor := succeeds(reading, stated)):
        return successor
    begin, title = (said.get(role, (0, 0))[0] for role in ("since", "title"))
    lasts = last <= begin and SINCE.search(text[max(0, begin - BEFORE) : begin]) and not GONE.search(text, low, begin)
    founder = FOUNDER.search(text[max(0, title - BEFORE) : title])
    stays = founder and not LEFT.search(text, *reading.bounds(stated.sentence))
    return replace(stated, tense="current") if lasts or stays else stated


def succeeds(reading: Reading, stated: Stated) -> Stated | None:
    """The relation as one that holds where its person took the office over, without what she was before; else None.

    Not of a firm that she led before: "Lopez, who had led Kestrel, succeeded Lund at Halden".
    """
    text, bounds = reading.text, reading.bounds(stated.sentence)
    begin, end = reading.place(stated.head)
    active = SUCCEEDED.match(text, end)
    if not (active or SUCCEEDED_BY.search(text[bounds[0] : begin])):
        return None
    if LEFT.search(text[end : bounds[1]].replace("until then", "")):
        return None
    aside = active.span("aside") if active else (-1, -1)
    tail = reading.place(stated.tail)
    other = aside[0] <= tail[0] < aside[1] and text[slice(*tail)] != "its"
    if other or ELSEWHERE.search(text[end : tail[0]].replace("until then", "")):
        return None
    kept = tuple(detail for detail in stated.details if not aside[0] <= detail[1][0] < aside[1])
    return replace(stated, tense="current", details=kept)
