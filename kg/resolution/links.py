"""What ties the names of two groups: an alias, a like spelling, a short form; and which of the two is the short one."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model import EntityType
from kg.resolution.groups import Bearers, acronyms, heads
from kg.resolution.naming import Name, Naming
from kg.resolution.similarity import Aligned, align, compare

__all__ = ["Link", "link"]

PERSON, ORGANIZATION, PLACE = EntityType.PERSON, EntityType.ORGANIZATION, EntityType.PLACE
SOUND, ALIKE = 0.95, 0.8


@dataclass(frozen=True, slots=True)
class Link:
    """The feature that ties two names, what it looked at, and the primary key of the short one, if one is."""

    feature: str
    detail: str
    short: str = ""


def link(left: Bearers, right: Bearers, naming: Naming, same_reference: bool) -> Link | None:
    """What ties the names of two groups of one type best, or None."""
    return (
        _alias(left, right)
        or (Link("same_reference", left.name.text) if same_reference else None)
        or _spelling(left.name, right.name, naming)
        or _short(left, right, naming)
        or _short(right, left, naming)
    )


def _alias(left: Bearers, right: Bearers) -> Link | None:
    a, b = left.key.primary, right.key.primary
    if left.key.type is PERSON and min(len(left.name.words), len(right.name.words)) < 2:
        return None
    if a in right.aliases:
        return Link("alias_said", left.name.text, "" if b in left.aliases else a)
    return Link("alias_said", right.name.text, b) if b in left.aliases else None


def _spelling(left: Name, right: Name, naming: Naming) -> Link | None:
    if left.generation != right.generation or left.figures != right.figures:
        return None
    score = compare(left, right, naming)
    if (
        (left.kind is PLACE and score.feature == "alike_spelling")
        or score.value < ALIKE
        or _exchanged(left, right, naming)
    ):
        return None
    if left.kind is PERSON and score.feature == "alike_spelling":
        return _person(left, right, score.value, score.detail, naming)
    return Link("same_sound" if score.value >= SOUND else "alike_spelling", f"{score.detail} {score.value:.2f}")


def _person(left: Name, right: Name, value: float, detail: str, naming: Naming) -> Link:
    aligned = align(left.words, right.words, naming, PERSON)
    told, fewer = f"{detail} {value:.2f}", min(left, right, key=lambda name: (len(name.words), len(name.key), name.key))
    exact = all(a == b for a, b, _ in aligned.pairs)
    if (aligned.left or aligned.right) and exact:
        return Link("added_names", told, fewer.key)
    if _abbreviated(aligned):
        return Link("initials", told, fewer.key)
    if any(a != b and naming.given(a) == naming.given(b) for a, b, _ in aligned.pairs):
        return Link("nickname", told)
    return Link("same_sound" if value >= SOUND else "alike_spelling", told)


def _exchanged(left: Name, right: Name, naming: Naming) -> bool:
    """Whether each has a word that the other lacks: "George W. Bush" and "George H. Bush"."""
    aligned = align(left.words, right.words, naming, left.kind)
    return bool(aligned.left and aligned.right) and "".join(left.words) != "".join(right.words)


def _abbreviated(aligned: Aligned) -> bool:
    return any(a != b and min(len(a), len(b)) == 1 for a, b, _ in aligned.pairs)


def _short(short: Bearers, full: Bearers, naming: Naming) -> Link | None:
    key, words = short.key.primary, full.name.words
    if short.key.type is PERSON:
        bare = len(short.name.words) == 1 < len(words) and key in (words[0], words[-1])
        met = short.near & full.around or short.around & full.near or short.documents & full.documents
        return Link("surname_only", short.name.text, key) if bare and met else None
    if short.key.type is not ORGANIZATION:
        return None
    if key in acronyms(full.name) and short.name.text.isupper():
        return Link("acronym", f"{short.name.text} / {full.name.text}", key)
    return Link("short_form", f"{short.name.text} / {full.name.text}", key) if key in heads(full.name, naming) else None
