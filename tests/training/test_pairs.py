from training.reader.labels import LABELS, output
from training.reader.pairs import Marked, admitted, mark
from training.reader.tags import Span


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


def test_markers_stand_around_both_mentions(make_words):
    split = make_words("Ane Lund runs Halvard.")
    marked = mark(split, [(0, 5)], 0, Span(0, 2, "Person", "name"), Span(3, 4, "Organization", "name"))
    pieces = (101, 1, 1000, 1001, 2, 1002, 3, 1003, 4, 1004, 102)
    assert marked == Marked(pieces, (4, 6, 1, 1, 7, 0, 8, 1, 9, 4, 4), (1, 6))


def test_a_pronoun_brings_the_sentence_before(make_words):
    split = make_words("Halvard grew. She runs it.")
    ranges = [(0, 3), (3, 7)]
    named = mark(split, ranges, 1, Span(3, 4, "Person", "name"), Span(5, 6, "Organization", "name"))
    meant = mark(split, ranges, 1, Span(3, 4, "Person", "pronoun"), Span(5, 6, "Organization", "pronoun"))
    assert (len(named.pieces), len(meant.pieces)) == (10, 13)


def test_mentions_too_far_apart_are_not_paired(make_words):
    split = make_words(" ".join(["word"] * 200))
    assert mark(split, [(0, 200)], 0, Span(0, 1, "Person", "name"), Span(190, 191, "Person", "name")) is None


def test_a_long_sentence_is_cut_around_the_mentions(make_words):
    split = make_words(" ".join(["word"] * 200))
    marked = mark(split, [(0, 200)], 0, Span(100, 101, "Person", "name"), Span(110, 111, "Person", "name"))
    assert len(marked.pieces) <= 120 + 6
    assert 1000 + 100 in marked.pieces
    assert 1000 + 110 in marked.pieces
