"""How common each combination of polarity, modality and tense is with each label, in the passages that train."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kg.extraction.labels import FACETS, LABELS
from training import corpora

PSEUDO = 5.0
WEIGHT = 0.25  # the model has learned from the same passages


def facet_prior() -> NDArray[np.float32]:
    """(labels, polarities, modalities, tenses): weighted logarithms of the shares, rare labels drawn towards all."""
    counts = np.zeros((len(LABELS), *(len(names) for names in FACETS.values())))
    for text in corpora.own():
        for fact in () if text.held else text.facts:
            if fact.values:
                place = (names.index(value) for names, value in zip(FACETS.values(), fact.values, strict=True))
                counts[(LABELS.index(fact.label), *place)] += 1
    every = counts.sum(axis=0) + 0.5
    counts += PSEUDO * every / every.sum()
    return np.asarray(WEIGHT * np.log(counts / counts.sum(axis=(1, 2, 3), keepdims=True)), dtype=np.float32)
