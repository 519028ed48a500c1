"""What a graph becomes on the page: sentences in pieces, links, readings, and which edges have ended."""

from dataclasses import replace
from datetime import date

import pytest

from kg.export.network import to_networkx
from kg.model import Claim, Document, EntityType, Finding, Mention, Modality, Tier
from kg.view.content import edge_list, ended, finding_data, reading
from kg.view.evidence import sentence, web_address

TEXT = "🙂 Corp leads. Ann 🙂 chairs Böll AG today."


def claim(subject: str, object_: str, start: str = "Ann") -> Claim:
    document = Document(TEXT, "x")

    def mention(words: str) -> Mention:
        return Mention(document.span(TEXT.index(words), TEXT.index(words) + len(words)), EntityType.ORGANIZATION)

    return Claim(mention(subject), "leads", mention(object_), document.span(TEXT.index(start), len(TEXT)))


def test_a_sentence_is_cut_at_both_mentions_in_code_points():
    assert sentence(claim("Ann", "Böll AG")) == [
        ["Ann", "subject"],
        [" 🙂 chairs ", ""],
        ["Böll AG", "object"],
        [" today.", ""],
    ]


def test_mentions_may_stand_in_any_order():
    assert [role for _, role in sentence(claim("Böll AG", "Ann"))] == ["object", "", "subject", ""]


def test_a_mention_outside_the_sentence_is_not_marked():
    assert [role for _, role in sentence(claim("🙂 Corp", "Böll AG"))] == ["", "object", ""]


def test_of_overlapping_mentions_the_later_keeps_the_rest():
    assert sentence(claim("Böll AG", "AG today"))[1:3] == [["Böll AG", "subject"], [" today", "object"]]


@pytest.mark.parametrize("address", ["http://a.example", "https://a.example/b?c=d#e", "HTTPS://A.EXAMPLE/"])
def test_an_address_of_the_web_is_a_link(address):
    assert web_address(address)


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        " https://a.example",
        "https:///b",
        "data:text/html,x",
        "file:///etc/passwd",
        "notes/a.txt",
        "https://a.example/\njavascript:x",
        'https://a.example/"><img>',
        "//a.example",
        "https://[",
        "ftp://a.example",
        "",
    ],
)
def test_anything_else_is_plain_text(address):
    assert not web_address(address)


def finding(**more) -> Finding:
    fixed = Finding(
        "counterparty_rival",
        Tier.STATUTORY,
        "p",
        ("x", "y"),
        date(2026, 1, 1),
        0.625,
        (("joint_role", 0.4),),
        Modality.REPORTED,
        ("c",),
    )
    return replace(fixed, **more)


def test_a_reading_gets_its_names(story):
    found = finding(party="person/elon-musk", organizations=("organization/spacex", "organization/unknown"))
    assert (
        reading(found, story.entities, {"counterparty_rival": "{party}: {a}, {b}, {c}"})
        == "Elon Musk: SpaceX, organization/unknown, {c}"
    )


def test_a_name_that_looks_like_a_slot_is_not_filled(story):
    party = replace(story.entities["person/elon-musk"], name="{a}")
    assert reading(finding(), {"p": party}, {"counterparty_rival": "{party} and {a}"}) == "{a} and x"


def test_a_reading_for_one_finding_beats_that_of_its_pattern():
    assert reading(finding(), {}, {"counterparty_rival": "pattern", finding().id: "this one"}) == "this one"


def test_a_finding_shows_its_drivers_and_only_premises_that_are_there(story):
    held = story.statements[0].id
    shown = finding_data(finding(premises=("gone", held)), story, {}, {held})
    assert (shown["premises"], shown["drivers"], shown["severity"]) == ([held], [["joint role", "+0.40"]], "0.62")


@pytest.mark.parametrize(
    ("until", "over"), [("2025", True), ("2026-04", True), ("2026-05-07", False), ("2026", False), ("", False)]
)
def test_a_tie_has_ended_when_its_end_lies_before_the_day(until, over):
    assert ended([{"polarity": "affirmed", "valid_until": until}], date(2026, 5, 7)) is over


def test_a_denied_end_ends_nothing():
    assert not ended([{"polarity": "denied", "valid_until": "2020"}], date(2026, 5, 7))


def test_a_past_event_has_not_ended_but_a_past_role_has(story):
    edges = edge_list(to_networkx(story), date(2026, 5, 7))
    over = {(edge["from"], edge["predicate"], edge["to"]) for edge in edges if edge["ended"]}
    assert over == {
        ("person/elon-musk", "leads", "organization/openai"),
        ("person/lina-khan", "leads", "organization/federal-trade-commission"),
        ("person/reid-hoffman", "board_member_of", "organization/openai"),
        ("person/sam-altman", "leads", "organization/helion"),
    }
