"""Potential conflicts of interest: indicators for review, never accusations.

``find`` takes a snapshot of the graph at a date, asks every pattern of it, and judges each answer: what is only
planned, alleged or contested is watched; what was denied, has ended or lies within one corporate group is suppressed,
with the reason. ``explain`` walks from anything in the graph down to the sentences.

Patterns are files: see ``kg.conflicts.pattern`` for their header and ``ontology/snapshot.ttl`` for their words.
"""

from kg.conflicts.explain import explain
from kg.conflicts.finding import find
from kg.conflicts.pattern import Pattern, patterns
from kg.conflicts.remarks import remarks
from kg.conflicts.report import as_json, as_markdown, as_text
from kg.conflicts.snapshot import newest

__all__ = ["Pattern", "as_json", "as_markdown", "as_text", "explain", "find", "newest", "patterns", "remarks"]
