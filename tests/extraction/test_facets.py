import numpy as np

from kg.extraction.facets import combined, likeliest
from kg.extraction.labels import FACETS, VALUES

SIZES = tuple(len(names) for names in FACETS.values())


def scores(**values):
    """Two for the named values, nothing for the others."""
    names = [(facet, value) for facet, several in FACETS.items() for value in several]
    found = np.array([2.0 * (values.get(facet) == value) for facet, value in names], dtype=np.float32)
    assert len(found) == VALUES
    return found


def test_without_a_prior_every_facet_has_its_own_best_value():
    found = combined(scores(polarity="denied", modality="planned", tense="past"), np.zeros(SIZES, np.float32))
    assert likeliest(found) == ("denied", "planned", "past")


def test_a_rare_combination_gives_way():
    prior = np.zeros(SIZES, np.float32)
    prior[:, FACETS["modality"].index("planned"), FACETS["tense"].index("past")] = -3.0
    close = scores(polarity="affirmed", modality="planned", tense="past")
    close[-1] = 1.0
    assert likeliest(combined(close, prior)) == ("affirmed", "planned", "future")
