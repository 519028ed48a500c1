import pytest

from training.score_passages import tally


def relation(label, head, tail, **facets):
    stated = {"polarity": "affirmed", "modality": "asserted", "tense": "current", **facets}
    return {"type": label, "head": head, "tail": tail, "evidence": [0, 12], **stated}


def document(*relations):
    mentions = [{"start": 0, "end": 3, "entity": "a"}, {"start": 4, "end": 7, "entity": "b"}]
    entities = [{"id": "a", "name": "Ane"}, {"id": "b", "name": "Bob"}]
    return {"id": "d", "text": "Ane Bob text", "mentions": mentions, "entities": entities, "relations": list(relations)}


def row(gold, predicted, *, only_facts=False):
    counts = tally({"d": gold}, {"d": predicted}, only_facts=only_facts)
    return counts.row(counts.labels())[:2]


@pytest.mark.parametrize(
    "predicted",
    [relation("supplier_of", "a", "b"), relation("customer_of", "b", "a")],
)
def test_an_inverse_read_backwards_counts(predicted):
    assert row(document(relation("supplier_of", "a", "b")), document(predicted)) == (1.0, 1.0)


def test_a_symmetric_relation_counts_either_way():
    assert row(document(relation("partner_of", "a", "b")), document(relation("partner_of", "b", "a"))) == (1.0, 1.0)


def test_a_turned_relation_is_wrong():
    assert row(document(relation("acquired", "a", "b")), document(relation("acquired", "b", "a"))) == (0.0, 0.0)


def test_an_office_satisfies_employment_and_not_the_reverse():
    office, employment = document(relation("leads", "a", "b")), document(relation("employed_by", "a", "b"))
    assert row(employment, office) == (1.0, 1.0)
    assert row(office, employment) == (0.0, 0.0)


def test_a_denied_relation_is_no_fact():
    denied = document(relation("acquired", "a", "b", polarity="denied"))
    assert row(document(relation("acquired", "a", "b")), denied, only_facts=True) == (0.0, 0.0)


def test_facets_are_counted_over_what_was_met():
    counts = tally(
        {"d": document(relation("leads", "a", "b", tense="past"))},
        {"d": document(relation("leads", "a", "b"))},
        only_facts=False,
    )
    assert counts.facets == {("polarity", True): 1, ("modality", True): 1, ("tense", False): 1}


@pytest.mark.parametrize(("title", "expected"), [("chair", "right"), ("chief", "wrong"), (None, "missed")])
def test_a_title_is_right_wrong_or_missed(title, expected):
    gold, predicted = (document(relation("leads", "a", "b", qualifiers={"title": t})) for t in ("chair", title))
    counts = tally({"d": gold}, {"d": predicted}, only_facts=False)
    assert counts.details["title", expected] == 1
    assert counts.details["valid_from", "none"] == 1
