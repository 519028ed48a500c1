"""The fit of identity's weights: examples move them, what is seldom seen stays, the prior holds."""

import numpy as np

from kg.ontology import load
from kg.resolution import Lexicon
from training.identity import fitted, weights

ROWS = np.array([[1.0, 1.0, 0.0]] * 30 + [[1.0, 0.0, 0.0]] * 30)
SAME = np.array([1.0] * 27 + [0.0] * 3 + [1.0] * 3 + [0.0] * 27)
PRIOR = np.array([0.0, -1.0, 2.5])


def test_what_is_seen_often_moves_to_its_share_and_what_is_never_seen_stays():
    found = fitted(ROWS, SAME, PRIOR, spread=10.0)
    chance = 1 / (1 + np.exp(-np.array([found[0] + found[1], found[0]])))
    assert np.allclose(chance, [0.9, 0.1], atol=0.01)
    assert found[2] == PRIOR[2]


def test_a_narrow_prior_holds():
    assert np.allclose(fitted(ROWS, SAME, PRIOR, spread=0.001), PRIOR, atol=0.001)


def test_the_weights_are_those_that_resolution_reads():
    assert weights() == dict(Lexicon.of(load()).weights)
