import numpy as np
import pytest

from kg.extraction.coreference import allowed, cluster_types, clusters, least_sure, link
from kg.extraction.tags import Span

ANY = frozenset({"Person", "Organization", "Product", "Place"})


def span(low, kind, form):
    return Span(low, low + 1, kind, form)


def linked(*args, **more):
    return {mention: thing for mention, (thing, _) in link(*args, **more).items()}


def test_a_pronoun_takes_its_best_antecedent():
    mentions = [span(0, "Person", "name"), span(2, "Person", "name"), span(4, "Person", "pronoun")]
    scores = np.array([[0, 0, 0, 0], [0, 0, 0, 0], [1, 3, 0, 0]], np.float32)
    assert linked(mentions, [0, 1, 2], scores, [ANY] * 3) == {2: 1}


def test_a_pronoun_that_scores_best_alone_stays_alone():
    mentions = [span(0, "Person", "name"), span(4, "Person", "pronoun")]
    assert linked(mentions, [0, 1], np.array([[0, 0, 0], [1, 0, 2]], np.float32), [ANY] * 2) == {}


def test_a_pronoun_takes_no_antecedent_of_a_type_it_cannot_have():
    mentions = [span(0, "Place", "name"), span(4, "Person", "pronoun")]
    assert linked(mentions, [0, 1], np.array([[0, 0, 0], [9, 0, 0]], np.float32), [ANY, frozenset({"Person"})]) == {}


PERSON, THING = frozenset({"Person"}), frozenset({"Organization", "Product", "Place"})


@pytest.mark.parametrize(("between", "expected"), [(THING, {1: 0}), (ANY, {1: 0})], ids=["it", "they"])
def test_he_never_means_a_firm_through_another_pronoun(between, expected):
    mentions = [span(0, "Organization", "name"), span(4, "Organization", "pronoun"), span(6, "Person", "pronoun")]
    scores = np.array([[0, 0, 0, 0], [9, 0, 0, 0], [0, 9, 0, 0]], np.float32)
    assert linked(mentions, [0, 1, 2], scores, [ANY, between, PERSON]) == expected


def test_a_name_is_never_linked_by_score():
    mentions = [span(0, "Person", "pronoun"), span(4, "Person", "name")]
    assert linked(mentions, [0, 1], np.array([[0, 0, 0], [9, 0, 0]], np.float32), [ANY] * 2) == {}


def test_a_noun_phrase_follows_no_pronoun():
    mentions = [span(0, "Organization", "pronoun"), span(4, "Organization", "noun_phrase")]
    assert linked(mentions, [0, 1], np.array([[0, 0, 0], [9, 0, 0]], np.float32), [ANY] * 2) == {}


def test_linked_mentions_join_the_cluster_of_the_name():
    mentions = [
        span(0, "Organization", "name"),
        span(2, "Organization", "noun_phrase"),
        span(4, "Organization", "pronoun"),
    ]
    assert clusters(mentions, ["Halvard", "the firm", "it"], {1: 0, 2: 1}) == [0, 0, 0]


def test_a_cluster_has_the_type_of_its_names():
    mentions = [span(0, "Organization", "name"), span(4, "Person", "pronoun"), span(6, "Person", "pronoun")]
    assert cluster_types(mentions, [0, 0, 0]) == {0: "Organization"}


def test_all_mentions_of_a_thing_speak_for_it_together():
    mentions = [
        span(0, "Person", "name"),
        span(2, "Person", "name"),
        span(4, "Person", "name"),
        span(6, "Person", "pronoun"),
    ]
    scores = np.zeros((4, 5), np.float32)
    scores[3] = [1.0, 1.2, 1.0, 0.0, 0.0]
    assert linked(mentions, [0, 1, 0, 3], scores, [ANY] * 4) == {3: 0}


def test_a_pronoun_may_refer_to_a_name_that_comes_later():
    mentions = [span(0, "Person", "pronoun"), span(4, "Person", "name")]
    scores = np.array([[0, 3, 1], [0, 0, 0]], np.float32)
    found = linked(mentions, [0, 1], scores, [ANY] * 2)
    assert found == {0: 1}
    assert clusters(mentions, ["she", "Ane Lund"], found) == [1, 1]


def test_the_next_sentence_is_looked_at_only_where_no_name_before_fits():
    mentions = [span(0, "Person", "name"), span(2, "Person", "pronoun"), span(4, "Person", "name")]
    assert allowed(mentions, 1, [ANY] * 3, [0, 1, 2]) == [0]
    assert allowed(mentions, 1, [ANY] * 3, [0, 1, 1]) == [0, 2]
    assert allowed(mentions[1:], 0, [ANY] * 2, [1, 2]) == [1]


def test_a_pronoun_in_apposition_means_what_stands_before_the_name_in_its_sentence():
    mentions = [span(n, "Organization", "name") for n in (0, 2, 4)] + [span(6, "Organization", "pronoun")]
    assert allowed(mentions, 3, [ANY] * 4, [0, 1, 1, 1], {3}) == [1]
    assert allowed(mentions, 3, [ANY] * 4, [0, 0, 1, 1], {3}) == [0, 1, 2]
    assert allowed(mentions, 3, [ANY] * 4, [0, 1, 1, 1]) == [0, 1, 2]


@pytest.mark.parametrize(
    ("word", "score", "expected"), [("They", 1, {}), ("They", 3, {1: 0}), ("It", 1, {1: 0}), ("It", 0.2, {1: 0})]
)
def test_they_is_linked_only_where_that_is_sure(word, score, expected):
    mentions = [span(0, "Organization", "name"), span(2, "Organization", "pronoun")]
    scores = np.array([[0, 0, 0], [score, 0, 0]], np.float32)
    least = [least_sure(surface, m.form) for surface, m in zip(("Acme", word), mentions, strict=True)]
    assert linked(mentions, [0, 1], scores, [ANY] * 2, least=least) == expected


def test_a_pronoun_means_what_the_pronoun_before_it_means():
    mentions = [span(0, "Person", "name"), span(2, "Person", "name"), *(span(n, "Person", "pronoun") for n in (4, 6))]
    scores = np.zeros((4, 5), np.float32)
    scores[2] = [4.0, 0.0, 0.0, 0.0, 0.0]
    scores[3] = [0.5, 1.0, 1.0, 0.0, -1.0]
    assert linked(mentions, [0, 1, 2, 3], scores, [ANY] * 4) == {2: 0, 3: 0}
