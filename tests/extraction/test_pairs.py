import numpy as np

from kg.extraction.labels import LABELS, output
from kg.extraction.pairs import KINDS, admitted, markers


def labels(first, second):
    return {(LABELS[n % len(LABELS)], n < len(LABELS)) for n in admitted(first, second)}


def test_types_bound_labels_and_directions():
    assert labels("Organization", "Product") == {("acquired", True), ("develops", True)}
    assert labels("Product", "Organization") == {("acquired", False), ("develops", False)}


def test_a_product_competes_only_with_a_product():
    assert ("competitor_of", True) in labels("Product", "Product")
    assert ("competitor_of", True) not in labels("Organization", "Product")


def test_a_symmetric_label_has_one_output():
    assert output("partner_of", True) == output("partner_of", False)
    assert ("partner_of", False) not in labels("Organization", "Organization")


def test_a_person_and_a_product_are_tied_by_nothing():
    assert admitted("Person", "Product") == []


def test_a_pair_has_four_markers_at_the_ends_of_its_mentions():
    found = markers([((1, 2), (4, 4)), ((1, 2), (6, 7))], 9)
    assert found.places.tolist() == [1, 2, 4, 4, 1, 2, 6, 7]
    assert found.kinds.tolist() == [*KINDS, *KINDS]


def test_a_marker_looks_at_the_text_and_at_its_own_pair_only():
    found = markers([((1, 2), (4, 4)), ((1, 2), (6, 7))], 9)
    assert found.open[:, :9].all()
    own = np.kron(np.eye(2, dtype=bool), np.ones((4, 4), dtype=bool))
    assert (found.open[:, 9:] == own).all()
