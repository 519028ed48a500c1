"""Extractions as standoff JSON Lines, the format that documents in the same shape are read from."""

from __future__ import annotations

import json
from typing import Any

from kg.model import Claim, Document, Extraction

__all__ = ["standoff_line"]


def standoff_line(extraction: Extraction) -> str:
    """One line of JSON: the document as it came, its mentions, its in-document entities, its relations."""
    return json.dumps(_standoff(extraction), ensure_ascii=False)


def _standoff(extraction: Extraction) -> dict[str, Any]:
    home = {mention.id: f"e{n}" for n, cluster in enumerate(extraction.clusters) for mention in cluster.mentions}
    mentions = {mention.id: f"m{n}" for n, mention in enumerate(extraction.mentions)}
    return {
        **_document(extraction.document),
        "mentions": [
            {
                "id": mentions[m.id],
                "start": m.span.start,
                "end": m.span.end,
                "type": m.type,
                "form": m.form,
                "entity": home[m.id],
            }
            for m in extraction.mentions
        ],
        "entities": [{"id": f"e{n}", "name": c.name, "type": c.type} for n, c in enumerate(extraction.clusters)],
        "relations": [_relation(claim, mentions, home) for claim in extraction.claims],
    }


def _document(document: Document) -> dict[str, Any]:
    said = {
        "id": document.external_id if document.external_id is not None else document.id,
        "text": document.text,
        "title": document.title,
        "source": document.source,
        "publisher": document.publisher,
        "published": document.published.isoformat() if document.published else None,
    }
    return {name: value for name, value in said.items() if value is not None}


def _relation(claim: Claim, mentions: dict[str, str], home: dict[str, str]) -> dict[str, Any]:
    q = claim.qualifiers
    qualifiers = {"title": q.title, "amount": q.amount, "currency": q.currency, "share": q.share}
    return {
        "head": home[claim.subject.id],
        "tail": home[claim.object.id],
        "type": claim.predicate,
        "head_mention": mentions[claim.subject.id],
        "tail_mention": mentions[claim.object.id],
        "evidence": [claim.evidence.start, claim.evidence.end],
        "polarity": claim.polarity,
        "modality": claim.modality,
        "tense": claim.tense,
        "attributed_to": claim.attributed_to,
        "valid_from": str(claim.valid_from) if claim.valid_from else None,
        "valid_until": str(claim.valid_until) if claim.valid_until else None,
        "qualifiers": {name: value for name, value in qualifiers.items() if value is not None},
        "confidence": round(claim.confidence, 3),
    }
