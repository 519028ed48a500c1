import numpy as np

from kg.extraction.tags import COUNT, OUTSIDE, Span, begin, inside, spans


def scores(*tags):
    table = np.zeros((len(tags), COUNT), np.float32)
    for row, tag in enumerate(tags):
        table[row, tag] = 20.0
    return table


def read(make_words, text, *tags):
    return [(s.low, s.high, s.type, s.form) for s in spans(make_words(text), text, 0, scores(*tags))]


def test_a_name_runs_from_its_begin_over_its_insides(make_words):
    tags = begin("Person", "name"), inside("Person", "name"), OUTSIDE
    assert read(make_words, "Ane Lund left", *tags) == [(0, 2, "Person", "name")]


def test_two_begins_are_two_mentions(make_words):
    tags = begin("Person", "name"), begin("Person", "name")
    assert read(make_words, "Ane Per", *tags) == [(0, 1, "Person", "name"), (1, 2, "Person", "name")]


def doubtful(first, second, share):
    """Scores of two words: the first is sure, the second is ``second`` with this share, else inside the first."""
    table = scores(first, second)
    table[1, first + 1], table[1, second] = np.log(1 - share), np.log(share)
    table[1, [n for n in range(COUNT) if n not in (first + 1, second)]] = -20.0
    return table


def test_two_names_of_one_type_seldom_stand_side_by_side(make_words):
    table = doubtful(begin("Place", "name"), begin("Place", "name"), 0.6)
    assert [(s.low, s.high) for s in spans(make_words("New York"), "New York", 0, table)] == [(0, 2)]
    assert [(s.low, s.high) for s in spans(make_words("Oslo\nYork"), "Oslo\nYork", 0, table)] == [(0, 1), (1, 2)]


def test_a_name_of_an_unlikely_type_is_left_out(make_words):
    table = scores(begin("Organization", "name"))
    table[0] = -20.0
    for kind, share in (("Organization", 0.45), ("Place", 0.4), ("Person", 0.15)):
        table[0, begin(kind, "name")] = np.log(share)
    assert spans(make_words("Shiite"), "Shiite", 0, table) == []


def test_a_product_may_be_unlikely(make_words):
    table = scores(begin("Product", "name"))
    table[0] = -20.0
    for kind, share in (("Product", 0.45), ("Organization", 0.4), ("Person", 0.15)):
        table[0, begin(kind, "name")] = np.log(share)
    assert [s.type for s in spans(make_words("Kestrel"), "Kestrel", 0, table)] == ["Product"]


def test_an_inside_without_its_begin_becomes_a_legal_mention(make_words):
    tags = OUTSIDE, inside("Organization", "name")
    assert read(make_words, "at Halvard", *tags) in ([], [(0, 2, "Organization", "name")])


def test_a_pronoun_is_known_by_its_word(make_words):
    assert read(make_words, "table", begin("Organization", "pronoun")) == []
    assert read(make_words, "Its", begin("Organization", "pronoun")) == [(0, 1, "Organization", "pronoun")]


def test_she_is_never_an_organization(make_words):
    assert read(make_words, "she", begin("Organization", "pronoun")) != [(0, 1, "Organization", "pronoun")]


def test_a_mention_is_as_sure_as_its_least_sure_word(make_words):
    table = scores(begin("Person", "name"), inside("Person", "name"))
    table[1] /= 8
    (found,) = spans(make_words("Ane Lund"), "Ane Lund", 0, table)
    assert found == Span(0, 2, "Person", "name", found.score)
    assert found.score < 0.5
