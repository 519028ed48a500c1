"""Potential conflicts of interest: indicators for review, never accusations.

``find`` takes a snapshot of the graph at a date, asks every pattern of it, and judges each answer: what is only
planned, alleged or contested is watched; what was denied, has ended or lies within one corporate group is suppressed,
with the reason. ``timeline`` says when each begins and ends, ``why_not`` what two parties lack, ``explain`` walks
from anything in the graph down to the sentences.

Patterns are files: see ``kg.conflicts.pattern`` for their header and ``ontology/snapshot.ttl`` for their words.
"""

from kg.conflicts.briefing import briefing
from kg.conflicts.explain import explain
from kg.conflicts.finding import find
from kg.conflicts.pattern import Pattern, patterns
from kg.conflicts.remarks import remarks
from kg.conflicts.report import as_json, as_markdown, as_text
from kg.conflicts.review import Review
from kg.conflicts.snapshot import newest
from kg.conflicts.telling import timeline_json, timeline_text, why_not_json, why_not_text
from kg.conflicts.timeline import timeline
from kg.conflicts.whynot import why_not

__all__ = [
    "Pattern",
    "Review",
    "as_json",
    "as_markdown",
    "as_text",
    "briefing",
    "explain",
    "find",
    "newest",
    "patterns",
    "remarks",
    "timeline",
    "timeline_json",
    "timeline_text",
    "why_not",
    "why_not_json",
    "why_not_text",
]
