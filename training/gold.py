"""A text with what annotators marked in it, whatever set it comes from, and how far their silence can be trusted."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

NO_ENTITY = "none"


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked mention.

    ``type`` is empty where the set's own type does not tell which of ours it is, and ``NO_ENTITY`` where the set marks
    what is no mention for us, such as an adjective of nationality.
    """

    start: int
    end: int
    type: str
    form: str
    entity: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A relation between two entities, and the two marks (numbers) where it is said, if the set tells.

    ``details``: for every role (``labels.ROLES``) the stretches that say it; none where nothing does, None if unknown.
    """

    head: str
    label: str
    tail: str
    places: tuple[int, int] | None = None
    evidence: tuple[int, int] | None = None
    values: tuple[str, str, str] | None = None
    details: tuple[tuple[tuple[int, int], ...] | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Scope:
    """A stretch of the text in which every fact of some labels is annotated."""

    start: int
    end: int
    labels: frozenset[str]


@dataclass(frozen=True, slots=True)
class Text:
    """One annotated text. ``known`` is its set's policy, ``held`` whether it is kept for measuring."""

    id: str
    corpus: str
    text: str
    marks: tuple[Mark, ...]
    facts: tuple[Fact, ...] = ()
    scopes: tuple[Scope, ...] = field(default=())
    held: bool = False


def fraction(*parts: object) -> float:
    """A number from 0 up to 1 that depends on the parts alone: the coin of every sampling decision."""
    hashed = hashlib.sha256(repr(parts).encode()).digest()
    return int.from_bytes(hashed[:6], "big") / 2**48
