"""How alike two names are: words aligned one to one, what is left over weighed by type.

After the manner of name screening (nomenklatura's logic_v2): a score of 1 is the same name, and a score says by which
feature it came about. It looks at the names alone; whether their bearers are one is decided in ``features``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import DamerauLevenshtein

from kg.model import EntityType
from kg.resolution.naming import NUMERAL, Name, Naming, joined
from kg.resolution.spelling import skeleton

__all__ = ["NameScore", "compare"]

PERSON, ORGANIZATION = EntityType.PERSON, EntityType.ORGANIZATION


@dataclass(frozen=True, slots=True)
class NameScore:
    """From 0 (nothing in common) to 1 (the same name), by which feature, and what it looked at."""

    value: float
    feature: str
    detail: str = ""


Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Aligned:
    """Pairs of words with their likeness; the words of either side that found no partner."""

    pairs: tuple[tuple[str, str, float], ...]
    left: tuple[str, ...]
    right: tuple[str, ...]


def compare(left: Name, right: Name, naming: Naming) -> NameScore:
    """The likeness of two names of one type."""
    if left.key == right.key:
        return NameScore(1.0, "same_name", left.key)
    if sorted(left.words) == sorted(right.words):
        turned = 0.97 if left.kind is not PERSON or not _patronymic(left) else 0.5
        return NameScore(turned, "word_order", f"{left.key} / {right.key}")
    if joined(left.words) == joined(right.words):
        return NameScore(0.97, "joined_words", joined(left.words))
    if max(len(left.words), len(right.words)) > MOST_WORDS:
        return NameScore(0.0, "too_long")
    aligned = align(*_same_cuts(left, right), naming, left.kind)
    value = _person(aligned, left, right, naming) if left.kind is PERSON else _other(aligned, naming)
    value = max(value, _one_edit(left.key, right.key), _one_edit(joined(left.words), joined(right.words)))
    return NameScore(round(value, 3), "alike_spelling", _told(aligned))


def align(left: Words, right: Words, naming: Naming, kind: EntityType) -> Aligned:
    """Pairs the most alike words first; ties are broken by position, then alphabet."""
    scored = sorted(
        (-_likeness(a, b, kind, naming), abs(i - j), a, b, i, j)
        for i, a in enumerate(left)
        for j, b in enumerate(right)
    )
    taken_left: set[int] = set()
    taken_right: set[int] = set()
    pairs = []
    for negative, _, a, b, i, j in scored:
        if negative <= -LEAST and i not in taken_left and j not in taken_right:
            taken_left.add(i)
            taken_right.add(j)
            pairs.append((a, b, -negative))
    return Aligned(
        tuple(pairs),
        tuple(word for i, word in enumerate(left) if i not in taken_left),
        tuple(word for j, word in enumerate(right) if j not in taken_right),
    )


LEAST = 0.55
"""From this likeness up two words may be one."""

MOST_WORDS = 30
"""Longer names are only compared whole."""

VOWELS = frozenset("aeiouy")


def _likeness(a: str, b: str, kind: EntityType, naming: Naming) -> float:
    if a == b:
        return 1.0
    if kind is PERSON:
        if naming.given(a) == naming.given(b):
            return 0.93
        if min(len(a), len(b)) == 1 and a[0] == b[0]:
            return 0.9
    return spelled_alike(a, b)


@lru_cache(maxsize=1 << 18)
def spelled_alike(a: str, b: str) -> float:
    """From 0 to 1 by the edits between two words, milder where they sound alike."""
    longest, shortest = max(len(a), len(b)), min(len(a), len(b))
    if shortest < 2 or a.isdigit() or b.isdigit():
        return 0.0
    edits = int(DamerauLevenshtein.distance(a, b))
    sound = skeleton(a)
    if sound == skeleton(b) and (
        edits <= longest // (2 if len(sound) > 3 else 3) or not (VOWELS & {*a} and VOWELS & {*b})
    ):
        return 1 - 0.3 * edits / longest
    if edits > (1 if longest <= 5 else 2 if longest <= 11 else 3):
        return 0.0
    return 1 - edits / longest


def _person(aligned: Aligned, left: Name, right: Name, naming: Naming) -> float:
    if not aligned.pairs or (left.generation != right.generation and left.generation and right.generation):
        return 0.0
    heavy = [pair for pair in aligned.pairs if len(pair[0]) > 1 and len(pair[1]) > 1]
    if not heavy:
        return 0.0
    value = _mean(aligned.pairs, naming.particles)
    value *= min(1.0, 0.45 + 0.6 * min(pair[2] for pair in aligned.pairs))
    if aligned.left and aligned.right and not {*aligned.left, *aligned.right} <= naming.particles:
        return value * 0.3
    spare = sum(word not in naming.particles for word in (*aligned.left, *aligned.right))
    fewer = min(len(left.words), len(right.words))
    if not spare:
        return value
    if fewer < 2 or len(heavy) < 2:
        return value * 0.55
    return value * max(0.5, 1 - 0.1 * spare)


def _other(aligned: Aligned, naming: Naming) -> float:
    if not aligned.pairs:
        return 0.0
    value = _mean(aligned.pairs, naming.common)
    value *= min(1.0, 0.5 + 0.55 * min(pair[2] for pair in aligned.pairs))
    spare = (*aligned.left, *aligned.right)
    weight = sum(_weight(word, naming.common) for word in spare)
    whole = weight + sum(_weight(a, naming.common) for a, _, _ in aligned.pairs)
    if aligned.left and aligned.right:
        return value * 0.3
    if any(NUMERAL.fullmatch(word) for word in spare):
        return value * 0.6
    return value * (1 - weight / whole) if spare else value


def _mean(pairs: tuple[tuple[str, str, float], ...], light: frozenset[str]) -> float:
    weights = [_weight(a, light) for a, _, _ in pairs]
    return sum(w * pair[2] for w, pair in zip(weights, pairs, strict=True)) / sum(weights)


def _weight(word: str, light: frozenset[str]) -> float:
    return (0.5 if word in light else 1.0) * math.sqrt(min(len(word), 8))


def _same_cuts(left: Name, right: Name) -> tuple[Words, Words]:
    """Neighbours written as one word on the other side, or there as initials ("J.C."), become one word."""
    return _cut_like(left.words, right.words), _cut_like(right.words, left.words)


def _cut_like(words: Words, other: Words) -> Words:
    cut: list[str] = []
    for word in words:
        if cut and cut[-1] + word in other:
            cut[-1] += word
        elif cut and cut[-1] not in other and word not in other and cut[-1][0] + word[0] in other:
            cut[-1] = cut[-1][0] + word[0]
        else:
            cut.append(word)
    return tuple(cut)


def _one_edit(left: str, right: str) -> float:
    """A long name that differs by one letter, wherever that stands."""
    longest = max(len(left), len(right))
    one = longest >= 8 and DamerauLevenshtein.distance(left, right, score_cutoff=1) == 1
    return 1 - 2 / longest if one else 0.0


def _patronymic(name: Name) -> bool:
    return any(word in ("bin", "ben", "ibn") for word in name.words)


def _told(aligned: Aligned) -> str:
    paired = [a if a == b else f"{a}~{b}" for a, b, _ in aligned.pairs]
    spare = [f"+{word}" for word in (*aligned.left, *aligned.right)]
    return " ".join(paired + spare)
