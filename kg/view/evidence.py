"""A claim as the page shows it: its sentence in pieces, its source, how firmly it is said."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, TypeAlias
from urllib.parse import urlsplit

from kg.model import Claim, Mention, Qualifiers, Source, Span, Statement

__all__ = ["document_data", "sentence", "statement_data", "web_address"]

Piece: TypeAlias = list[str]


def statement_data(statement: Statement, entities: Mapping[str, int], documents: Mapping[str, int]) -> dict[str, Any]:
    """What a statement's card and its row of the table are made of; ends and document by number, -1 for none held."""
    claim = statement.claim
    return {
        "id": claim.id,
        "subject": entities.get(statement.subject, -1),
        "object": entities.get(statement.object, -1),
        "predicate": claim.predicate,
        "said": [claim.subject.text, claim.object.text],
        "pieces": sentence(claim),
        "document": documents.get(claim.evidence.document_id, -1),
        "polarity": claim.polarity.value,
        "modality": claim.modality.value,
        "tense": claim.tense.value,
        "attributed_to": claim.attributed_to or "",
        "valid_from": str(claim.valid_from or ""),
        "valid_until": str(claim.valid_until or ""),
        "qualifiers": qualifiers(claim.qualifiers),
        "confidence": f"{claim.confidence:.2f}",
        "extractor": claim.extractor,
    }


def sentence(claim: Claim) -> list[Piece]:
    """The evidence cut into (text, role) pieces that join to the quote; a role is subject, object or "".

    Cut here, where offsets count code points: a browser counts UTF-16 units. Of two mentions that overlap, the later
    keeps what the earlier leaves.
    """
    evidence, pieces, done = claim.evidence, list[Piece](), claim.evidence.start
    for start, end, role in sorted(marks(claim)):
        start = max(start, done)
        if start < end:
            pieces += [[between(evidence, done, start), ""], [between(evidence, start, end), role]]
            done = end
    pieces.append([between(evidence, done, evidence.end), ""])
    return [piece for piece in pieces if piece[0]]


def marks(claim: Claim) -> list[tuple[int, int, str]]:
    """Start, end and role of the mentions that lie in the evidence."""
    ends: list[tuple[Mention, str]] = [(claim.subject, "subject"), (claim.object, "object")]
    return [(m.span.start, m.span.end, role) for m, role in ends if claim.evidence.contains(m.span)]


def between(evidence: Span, start: int, end: int) -> str:
    return evidence.quote[start - evidence.start : end - evidence.start]


def qualifiers(given: Qualifiers) -> list[Piece]:
    """Name and value of what the text adds to the tie."""
    money = " ".join(part for part in (given.amount, given.currency) if part)
    share = f"{given.share} %" if given.share else ""
    named = [("title", given.title or ""), ("amount", money), ("share", share)]
    return [[name, value] for name, value in named if value]


def document_data(source: Source) -> dict[str, str]:
    """Where a document came from; ``link`` is empty unless that is an address of the web."""
    return {
        "id": source.id,
        "title": source.title or "",
        "publisher": source.publisher or "",
        "published": source.published.isoformat() if source.published else "",
        "source": source.source,
        "link": source.source if web_address(source.source) else "",
    }


def web_address(text: str) -> bool:
    """Whether a text is an http or https address with a host, free of spaces and control characters."""
    if not re.fullmatch(r"https?://[^\s\x00-\x1f\x7f\\\"'<>`]+", text, re.IGNORECASE):
        return False
    try:
        return bool(urlsplit(text).hostname)
    except ValueError:
        return False
