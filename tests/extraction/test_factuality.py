"""How firmly a claim is made: polarity, modality, tense, and by whom."""

from __future__ import annotations

import pytest

from kg.model import PartialDate

DENIED, AFFIRMED = "denied", "affirmed"


@pytest.fixture(scope="session")
def hedges(read):
    """(Polarity, modality, tense) of the one thing that a text says."""

    def of(text: str) -> tuple[str, str, str]:
        (said,) = {(c.polarity.value, c.modality.value, c.tense.value) for c in read(text).claims}
        return said

    return of


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Halden Group bought Kestrel Systems.", (AFFIRMED, "asserted", "past")),
        ("Halden Group competes with Kestrel Systems.", (AFFIRMED, "asserted", "current")),
        ("Halden Group reportedly bought Kestrel Systems.", (AFFIRMED, "reported", "past")),
        ("Halden Group allegedly supplied Kestrel Systems.", (AFFIRMED, "alleged", "past")),
        ("Prosecutors accused Halden Group of supplying Kestrel Systems.", (AFFIRMED, "alleged", "current")),
        ("Halden Group will acquire Kestrel Systems.", (AFFIRMED, "planned", "future")),
        ("Halden Group agreed to buy Kestrel Systems.", (AFFIRMED, "planned", "future")),
        ("Halden Group plans to acquire Kestrel Systems.", (AFFIRMED, "planned", "future")),
        ("Halden Group to buy Kestrel Systems", (AFFIRMED, "planned", "future")),
        ("Halden Group said it would partner with Kestrel Systems.", (AFFIRMED, "planned", "future")),
        ("Halden Group is in talks to buy Kestrel Systems.", (AFFIRMED, "possible", "future")),
        ("Halden Group may buy a stake in Kestrel Systems.", (AFFIRMED, "possible", "future")),
        ("Halden Group is considering buying Kestrel Systems.", (AFFIRMED, "possible", "future")),
        ("Halden Group hopes to become a supplier of Kestrel Systems.", (AFFIRMED, "possible", "future")),
        ("If Halden Group buys Kestrel Systems, prices will rise.", (AFFIRMED, "hypothetical", "future")),
        ("Halden Group has not acquired Kestrel Systems.", (DENIED, "asserted", "past")),
        ("Halden Group never competed with Kestrel Systems.", (DENIED, "asserted", "past")),
        ("Halden Group denied that it plans to buy Kestrel Systems.", (DENIED, "planned", "future")),
        ("Halden Group scrapped a plan to buy Kestrel Systems.", (DENIED, "planned", "future")),
        ("Neither Halden Group nor Norvik Labs competes with Kestrel Systems.", (DENIED, "asserted", "current")),
        ("Halden Group and Kestrel Systems have no licensing agreement.", (DENIED, "asserted", "current")),
        ("The rumoured acquisition of Kestrel Systems by Halden Group worries staff.", (AFFIRMED, "reported", "past")),
        ("Kestrel Systems is no longer a customer of Halden Group.", (AFFIRMED, "asserted", "past")),
        ("Halden Group ended its partnership with Kestrel Systems.", (AFFIRMED, "asserted", "past")),
        ("Maria Lopez, the former chief executive of Kestrel Systems, spoke.", (AFFIRMED, "asserted", "past")),
        ("Maria Lopez used to work for Kestrel Systems.", (AFFIRMED, "asserted", "past")),
        ("Maria Lopez left the board of Kestrel Systems.", (AFFIRMED, "asserted", "past")),
        ("Halden Group and Kestrel Systems no longer compete only on price.", (AFFIRMED, "asserted", "current")),
    ],
)
def test_cues_of_a_clause(hedges, text, said):
    assert hedges(text) == said


@pytest.mark.parametrize(
    "text",
    [
        "Halden Group, which competes with Kestrel Systems, may close a plant.",
        "Halden Group might sue its supplier, and it competes with Kestrel Systems.",
        "Reportedly, prices fell. Halden Group competes with Kestrel Systems.",
        "If demand grows, prices will rise, for Halden Group's rival, Kestrel Systems, is small.",
    ],
)
def test_a_hedge_does_not_reach_beyond_its_clause(read, text):
    rivalry = {(c.polarity.value, c.modality.value) for c in read(text).claims if c.predicate == "competitor_of"}
    assert rivalry == {(AFFIRMED, "asserted")}


@pytest.mark.parametrize(
    ("text", "who"),
    [
        (
            "According to people familiar with the matter, Halden Group bought Kestrel Systems.",
            "people familiar with the matter",
        ),
        ("Reuters reported that Halden Group had acquired Kestrel Systems.", "Reuters"),
        ("Norvik Labs said that Halden Group competes with Kestrel Systems.", "Norvik Labs"),
        ("Halden Group bought Kestrel Systems.", None),
    ],
)
def test_who_says_so(read, text, who):
    (claim,) = read(text).claims
    assert claim.attributed_to == who


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("A person with knowledge of the deal said that Halden Group bought Kestrel Systems.", "reported"),
        ("Norvik Labs said that Halden Group bought Kestrel Systems.", "asserted"),
        ("The lawsuit says that Halden Group supplied Kestrel Systems.", "alleged"),
    ],
)
def test_the_source_decides_what_its_word_is(read, text, modality):
    assert [c.modality.value for c in read(text).claims] == [modality]


def test_an_announced_departure_leaves_the_role_until_then(read):
    text = "Maria Lopez will step down as chief executive of Kestrel Systems in June 2025."
    (claim,) = read(text).claims
    assert (claim.modality, claim.tense, claim.valid_until) == ("asserted", "current", PartialDate(2025, 6))


def test_a_past_departure_ends_the_role(read):
    (claim,) = read("Maria Lopez stepped down as chief executive of Kestrel Systems in 2019.").claims
    assert (claim.tense, claim.valid_until) == ("past", PartialDate(2019))


def test_a_period_bounds_a_role(read):
    (claim,) = read("Maria Lopez was chief executive of Kestrel Systems from 2010 to 2014.").claims
    assert (claim.tense, claim.valid_from, claim.valid_until) == ("past", PartialDate(2010), PartialDate(2014))
