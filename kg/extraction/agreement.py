"""One name, one type: a document that calls something a firm four times does not mean a person the fifth time.

Only a person is set right, or something taken for a person: a firm and its product do share a name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.extraction.names import tokens
from kg.extraction.tags import NAME, Span

PERSON = "Person"
MAJORITY = 2.0


def agreed(mentions: Sequence[Span], surfaces: Sequence[str]) -> list[Span]:
    """The mentions, each name with the type that its equals outvote it by: at least two to one."""
    votes: dict[tuple[str, ...], dict[str, float]] = {}
    for mention, surface in zip(mentions, surfaces, strict=True):
        if mention.form == NAME:
            types = votes.setdefault(tokens(surface), {})
            types[mention.type] = types.get(mention.type, 0.0) + mention.score
    return [
        settled(mention, votes[tokens(surface)]) if mention.form == NAME else mention
        for mention, surface in zip(mentions, surfaces, strict=True)
    ]


def settled(mention: Span, votes: dict[str, float]) -> Span:
    """The mention, or the same with the type that most others give."""
    best = max(sorted(votes), key=lambda kind: votes[kind])
    outvoted = votes[best] >= MAJORITY * votes[mention.type]
    return replace(mention, type=best) if outvoted and PERSON in (best, mention.type) else mention
