from kg.extraction.agreement import agreed
from kg.extraction.tags import Span


def types(*named):
    mentions = [Span(n, n + 1, kind, "name", 0.9) for n, (_, kind) in enumerate(named)]
    return [m.type for m in agreed(mentions, [surface for surface, _ in named])]


def test_a_name_outvoted_two_to_one_takes_the_type_of_its_equals():
    named = ("Halvard", "Organization"), ("Halvard", "Person"), ("Halvard's", "Organization")
    assert types(*named) == ["Organization"] * 3


def test_an_even_vote_changes_nothing():
    assert types(("Ford", "Organization"), ("Ford", "Person")) == ["Organization", "Person"]


def test_a_firm_and_its_product_may_share_a_name():
    named = ("Grok", "Product"), ("Grok", "Product"), ("Grok", "Organization")
    assert types(*named) == ["Product", "Product", "Organization"]


def test_another_name_has_no_vote():
    assert types(("Ane Lund", "Person"), ("Halvard", "Organization"), ("Volt", "Organization"))[0] == "Person"
