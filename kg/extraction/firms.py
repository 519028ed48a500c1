"""A name that its text calls a firm is no product: "YouTube, the company that …", "the chief executive of YouTube".

Of the names in our passages, DWIE and FIRE that stand in such wordings, 710 are organizations and six are
products (training/wordings.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.extraction.names import tokens
from kg.extraction.tags import NAME, Span
from kg.extraction.word_lists import COMPANY_WORDS

__all__ = ["firms", "is_called_firm"]

ORGANIZATION, PRODUCT = "Organization", "Product"
FIRM = "|".join(sorted(map(re.escape, COMPANY_WORDS)))
SAID = r"(?! (?:said|says|told|announced|wrote|reported|moved|was|is|has|had)\b)"
BEHIND = re.compile(
    rf",? (?:is |was )?(?:the|an?) (?:[\w-]+ ){{0,3}}?(?:{FIRM})\b(?!['\u2019]){SAID}"
    r"|,? (?:(?:is|was|became|has been) )?(?:the|an?) (?:[\w-]+ ){0,2}?(?:subsidiary|unit|arm|division) of "
    r"|,? (?:which )?(?:is |was )?(?:headquartered|based) in "
    r"|,? (?:which )?(?:is|was|has been) (?:[a-z]+ )?(?:owned|controlled|led|run|headed) by "
    r"|['\u2019]s (?:[\w-]+ ){0,2}?(?:chief executive|chairman|chairwoman|president|board|shareholders|employees)\b"
)
BEFORE = re.compile(
    rf"\bthe (?:[\w-]+ ){{0,2}}?(?:{FIRM}) $"
    r"|\b(?:chief executive|chairman|chairwoman|president|board|shareholders|subsidiary|employees) of $"
)
NEAR = 60


def firms(text: str, mentions: Sequence[Span], places: Sequence[tuple[int, int]]) -> list[Span]:
    """The mentions, those of a name that was taken for a product where the text calls it a firm as organizations."""
    named = {tokens(text[slice(*places[n])]) for n in called_firms(text, mentions, places)}
    return [
        replace(mention, type=ORGANIZATION)
        if mention.form == NAME and mention.type == PRODUCT and tokens(text[start:end]) in named
        else mention
        for mention, (start, end) in zip(mentions, places, strict=True)
    ]


def called_firms(text: str, mentions: Sequence[Span], places: Sequence[tuple[int, int]]) -> Iterator[int]:
    """The numbers of the names that were taken for products in a wording that calls them firms."""
    for number, (mention, place) in enumerate(zip(mentions, places, strict=True)):
        if mention.form == NAME and mention.type == PRODUCT and is_called_firm(text, *place):
            yield number


def is_called_firm(text: str, start: int, end: int) -> bool:
    """Whether the words around a name say that it is a firm."""
    return bool(BEHIND.match(text, end) or BEFORE.search(text[max(0, start - NEAR) : start]))
