"""Which ties are roles: when an employee is an officer, and when a founder has left."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property

from kg.conflicts.tie import Edge, Standing, Tie
from kg.ontology import Ontology

__all__ = ["OfficerTitles", "without_founders_who_left"]

ROLES = ("leads", "board_member_of", "employed_by", "member_of")
JOINTS = re.compile(r"\s+and\s+|\s*[,;&/]\s*")
SUFFIX = re.compile(r"\s+(?:of|for|at)\s+.*")


class OfficerTitles:
    """The titles of ``lexicon/officer_titles.txt``, in which ``*`` stands for one to three words."""

    def __init__(self, ontology: Ontology) -> None:
        self._entries = ontology.lexicon("officer_titles")

    def admits(self, title: str) -> bool:
        """Whether one of the titles that the text joins is an officer's."""
        return any(self._pattern.fullmatch(part) for part in _parts(title))

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        modifiers = "|".join(re.escape(entry) for entry, kind in self._entries if kind == "modifier")
        titles = "|".join(_expression(entry) for entry, kind in self._entries if not kind)
        return re.compile(f"(?:(?:{modifiers})[ -])*(?:{titles})")


def _expression(entry: str) -> str:
    return r" ".join(r"\S+(?: \S+){0,2}" if word == "*" else re.escape(word) for word in entry.split())


def _parts(title: str) -> set[str]:
    plain = " ".join(title.casefold().split()).removeprefix("the ")
    parts = {part.strip() for part in JOINTS.split(plain)} | {plain}
    return parts | {SUFFIX.sub("", part) for part in parts}


def without_founders_who_left(ties: Mapping[Edge, Tie]) -> dict[Edge, Tie]:
    """The ties, with those of founders ended whose other roles at the firm have all ended."""
    return {edge: _founding(tie, ties) if tie.relation == "founded_by" else tie for edge, tie in ties.items()}


def _founding(tie: Tie, ties: Mapping[Edge, Tie]) -> Tie:
    known = [ties[tie.object, role, tie.subject] for role in ROLES if (tie.object, role, tie.subject) in ties]
    over = [role for role in known if role.standing is Standing.ENDED]
    if not tie.stands or not over or any(role.stands for role in known):
        return tie
    return replace(tie, standing=Standing.ENDED, against=tuple(said for role in over for said in role.against))
