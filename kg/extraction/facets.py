"""Polarity, modality and tense weighed together: what is planned lies ahead, what was founded is done."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kg.extraction.labels import FACETS

__all__ = ["combined", "likeliest"]

Floats = NDArray[np.float32]
SIZES = tuple(len(names) for names in FACETS.values())


def combined(scores: Floats, prior: Floats) -> Floats:
    """The score of every combination, from those of the single values and how common the combination is."""
    polarity, modality, tense = np.split(scores, np.cumsum(SIZES)[:-1])
    return np.asarray(polarity[:, None, None] + modality[:, None] + tense + prior)


def likeliest(scores: Floats) -> tuple[str, str, str]:
    """The values of the best combination."""
    best = np.unravel_index(int(scores.argmax()), scores.shape)
    polarity, modality, tense = (names[int(n)] for names, n in zip(FACETS.values(), best, strict=True))
    return polarity, modality, tense
