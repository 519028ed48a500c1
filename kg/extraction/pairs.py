"""Pairs of mentions of one sentence: which labels their types admit, and the markers by which a pair is read.

A pair is read by four markers that follow the text: each is a copy of a mention's first or last piece at its place,
looks at the whole window and at the other three, and is looked at by nothing else (levitated markers: Zhong and Chen
2021).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.extraction.labels import LABELS, SIGNATURES
from kg.extraction.wordpieces import FIRST_CLOSE, FIRST_OPEN, SECOND_CLOSE, SECOND_OPEN

KINDS = (FIRST_OPEN, FIRST_CLOSE, SECOND_OPEN, SECOND_CLOSE)
MARKERS = len(KINDS)


@dataclass(frozen=True, slots=True)
class Markers:
    """The markers of some pairs: kinds, places, and which may look at which (markers, text and markers)."""

    kinds: NDArray[np.int64]
    places: NDArray[np.int64]
    open: NDArray[np.bool_]


def markers(pairs: Sequence[tuple[tuple[int, int], tuple[int, int]]], length: int) -> Markers:
    """Markers for pairs of mentions, each given by the rows of its first and last piece; ``length`` of the window."""
    places = np.array(pairs, dtype=np.int64).reshape(-1)
    group = np.repeat(np.arange(len(pairs)), MARKERS)
    own = group[:, None] == group[None, :]
    text = np.ones((len(group), length), dtype=bool)
    return Markers(np.tile(np.array(KINDS), len(pairs)), places, np.concatenate([text, own], axis=1))


def admitted(first: str, second: str) -> list[int]:
    """The outputs that the types of two mentions allow: ``label`` forward, ``label + len(LABELS)`` backward."""
    forward = [n for n, label in enumerate(LABELS) if fits(label, first, second)]
    backward = [
        n + len(LABELS)
        for n, label in enumerate(LABELS)
        if not SIGNATURES[label].symmetric and fits(label, second, first)
    ]
    return forward + backward


def fits(label: str, head: str, tail: str) -> bool:
    """Whether a label may tie a head of one type to a tail of another."""
    signature = SIGNATURES[label]
    if head not in signature.heads or tail not in signature.tails:
        return False
    return not (signature.alike and head != tail)
