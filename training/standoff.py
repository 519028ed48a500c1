"""What the trained part read, in the standoff format of the gold data."""

from __future__ import annotations

from typing import Any

from kg.extraction.factuality import Stated
from kg.extraction.read import Read
from kg.extraction.tags import FORMS


def standoff(read: Read) -> dict[str, Any]:
    """Mentions, entities and relations."""
    return {
        "text": read.text,
        "mentions": [
            {"id": f"m{n}", "start": m.start, "end": m.end, "type": m.type, "form": m.form, "entity": f"e{m.cluster}"}
            for n, m in enumerate(read.mentions)
        ],
        "entities": [entity(read, number) for number in sorted({m.cluster for m in read.mentions})],
        "relations": [relation(read, entry) for entry in read.stated],
    }


def entity(read: Read, cluster: int) -> dict[str, Any]:
    """A cluster, named by its longest name, else noun phrase, else pronoun."""
    members = [m for m in read.mentions if m.cluster == cluster]
    best = min(members, key=lambda m: (FORMS.index(m.form), m.start - m.end, m.start))
    return {"id": f"e{cluster}", "name": read.text[best.start : best.end], "type": best.type}


def relation(read: Read, of: Stated) -> dict[str, Any]:
    """A relation with its sentence as evidence."""
    return {
        "head": f"e{read.mentions[of.head].cluster}",
        "tail": f"e{read.mentions[of.tail].cluster}",
        "type": of.label,
        "head_mention": f"m{of.head}",
        "tail_mention": f"m{of.tail}",
        "evidence": list(read.sentences[of.sentence]),
        "polarity": of.polarity,
        "modality": of.modality,
        "tense": of.tense,
        "confidence": round(of.confidence, 4),
        "details": {role: read.text[start:end] for role, (start, end) in of.details},
    }
