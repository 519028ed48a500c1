"""Which mentions are one thing."""

from __future__ import annotations

import pytest

from kg.extraction.clusters import abbreviates, spells


@pytest.fixture(scope="session")
def together(read):
    """The clusters of a text as tuples of what is written."""

    def clusters(text: str) -> set[tuple[str, ...]]:
        return {tuple(m.text for m in c.mentions) for c in read(text).clusters}

    return clusters


@pytest.mark.parametrize(
    ("text", "cluster"),
    [
        ("Elon Musk spoke. Musk left.", ("Elon Musk", "Musk")),
        ("Kestrel Systems Inc. grew. Kestrel Systems shrank.", ("Kestrel Systems Inc.", "Kestrel Systems")),
        (
            "Taiwan Semiconductor Manufacturing Company (TSMC) grew. TSMC hired.",
            ("Taiwan Semiconductor Manufacturing Company", "TSMC", "TSMC"),
        ),
        ("Amazon Web Services grew. AWS hired.", ("Amazon Web Services", "AWS")),
        ("Kestrel Systems grew. The company hired engineers.", ("Kestrel Systems", "company")),
        ("Kestrel Systems, a carmaker, grew. The carmaker hired.", ("Kestrel Systems", "carmaker")),
        ("Kestrel Systems said it hired its first engineers.", ("Kestrel Systems", "it", "its")),
        ("Maria Lopez left. She founded Norvik Labs.", ("Maria Lopez", "She")),
        ("Norvik Labs, which makes pumps, grew.", ("Norvik Labs", "which")),
    ],
)
def test_mentions_of_one_thing_are_together(together, text, cluster):
    assert cluster in together(text)


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("Google Cloud grew. Google shrank.", "Google Cloud", "Google"),
        ("Amazon Web Services grew. Amazon shrank.", "Amazon Web Services", "Amazon"),
        ("Jonas Weber met Anna Weber.", "Jonas Weber", "Anna Weber"),
        ("Halden Group met Halden Bank.", "Halden Group", "Halden Bank"),
    ],
)
def test_things_of_like_names_stay_apart(together, text, first, second):
    assert not any(first in cluster and second in cluster for cluster in together(text))


def test_a_surname_of_two_persons_goes_to_neither(together):
    assert ("Weber",) in together("Jonas Weber met Anna Weber. Then Weber left.")


def test_a_pronoun_with_two_equal_candidates_is_left_out(read):
    text = "Maria Lopez and Anna Weber met. She left."
    assert [m.text for m in read(text).mentions if m.form == "pronoun"] == []


def test_gender_decides_between_two(together):
    assert ("Ms. Lopez"[4:], "She") in together("Mr. Weber met Ms. Lopez. She left.")


def test_a_relative_is_not_the_one_whose_relative_he_is(together):
    assert not any("brother" in cluster for cluster in together("Maria Lopez spoke. Her brother left."))


def test_an_apposed_phrase_goes_with_its_name(facts):
    text = "Anthropic met investors. xAI, the company that Elon Musk founded, hired engineers."
    assert facts(text) == {("xAI", "founded_by", "Elon Musk")}


def test_a_cluster_is_named_by_its_fullest_name(read):
    text = "Musk left. Elon Musk had founded it."
    assert [c.name for c in read(text).clusters if c.type == "Person"] == ["Elon Musk"]


def test_initials_spell_a_name():
    assert spells("AWS", "Amazon Web Services")
    assert not spells("AWS", "Amazon Web")


def test_an_abbreviation_keeps_the_order_of_the_letters():
    assert abbreviates("TSMC", "Taiwan Semiconductor Manufacturing Company")
    assert not abbreviates("TCMS", "Taiwan Semiconductor Manufacturing Company")
