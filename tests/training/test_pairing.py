from kg.extraction.labels import output
from training.pairing import judged_pairs


def pairs(make_words, text):
    words = make_words(text.text)
    return {(p.first, p.second): p for p in judged_pairs(text, words, [(0, len(words))])}


def test_a_stated_relation_is_the_target_and_everything_else_is_denied(make_gold, make_words):
    text = make_gold("[Ane|p1] runs [Halvard|o1]", ("leads", "p1", "o1", 0, 1))
    pair = pairs(make_words, text)[0, 1]
    assert pair.target.nonzero()[0].tolist() == [output("leads", forward=True)]
    assert pair.weight[output("educated_at", forward=True)] == 1.0
    assert pair.values == {output("leads", forward=True): ("affirmed", "asserted", "current")}


def test_the_direction_follows_the_order_of_the_text(make_gold, make_words):
    text = make_gold("[Halvard|o1] is run by [Ane|p1]", ("leads", "p1", "o1", 1, 0))
    assert pairs(make_words, text)[0, 1].target.nonzero()[0].tolist() == [output("leads", forward=False)]


def test_a_leader_may_or_may_not_count_as_employed(make_gold, make_words):
    text = make_gold("[Ane|p1] runs [Halvard|o1]", ("leads", "p1", "o1", 0, 1))
    assert pairs(make_words, text)[0, 1].weight[output("employed_by", forward=True)] == 0.0


def test_the_inverse_of_a_stated_relation_is_not_judged(make_gold, make_words):
    text = make_gold("[Halvard|o1] supplies [Volt|o2]", ("supplier_of", "o1", "o2", 0, 1))
    assert pairs(make_words, text)[0, 1].weight[output("customer_of", forward=False)] == 0.0


def test_other_mentions_of_related_entities_are_not_judged(make_gold, make_words):
    text = make_gold("[Ane|p1] said [she|*p1] runs [Halvard|o1]", ("leads", "p1", "o1", 1, 2))
    assert pairs(make_words, text)[0, 2].weight[output("leads", forward=True)] == 0.0
    assert pairs(make_words, text)[1, 2].related


def test_two_mentions_of_one_entity_are_no_pair(make_gold, make_words):
    assert pairs(make_words, make_gold("[Halvard|o1] and [it|*o1]")) == {}


def test_knowledgenet_denies_only_what_a_passage_is_annotated_for(make_gold, make_words):
    text = make_gold("[Ane|p1] met [Halvard|o1]", corpus="knowledgenet", labels=["leads"])
    pair = pairs(make_words, text)[0, 1]
    assert pair.weight.nonzero()[0].tolist() == [output("leads", forward=True)]


def test_knowledgenet_weakly_excludes_unlike_labels_beside_a_stated_one(make_gold, make_words):
    fact = ("educated_at", "p1", "o1", 0, 1)
    text = make_gold("[Ane|p1] read law at [Oslo|o1]", fact, corpus="knowledgenet", labels=["educated_at"])
    pair = pairs(make_words, text)[0, 1]
    assert 0 < pair.weight[output("political_affiliation", forward=True)] < 1
    assert pair.weight[output("employed_by", forward=True)] == 0.0


def test_knowledgenet_does_not_deny_what_an_unlinked_pronoun_may_state(make_gold, make_words):
    markup = "[Ane|p1] left; [she|*p2] runs [Halvard|o1]"
    text = make_gold(markup, ("leads", "p2", "o1", 1, 2), corpus="knowledgenet", labels=["leads"])
    assert (0, 2) not in pairs(make_words, text)
