"""What is said of whom, across the forms of a sentence; and what is not said at all."""

from __future__ import annotations

import pytest

from kg.model import Qualifiers


@pytest.mark.parametrize(
    "text",
    [
        "Halden Group acquired Kestrel Systems.",
        "Kestrel Systems was acquired by Halden Group.",
        "Kestrel Systems, acquired by Halden Group last year, grew.",
        "Halden Group, which acquired Kestrel Systems, grew.",
        "Kestrel Systems, which Halden Group acquired, grew.",
        "Halden Group agreed to acquire Kestrel Systems.",
        "Halden Group announced plans to acquire Kestrel Systems.",
        "Halden Group's acquisition of Kestrel Systems closed.",
        "Halden Group sold a plant and acquired Kestrel Systems.",
        "The chipmaker, Halden Group, acquired Kestrel Systems.",
    ],
)
def test_one_acquisition_in_many_forms(facts, text):
    assert facts(text) == {("Halden Group", "acquired", "Kestrel Systems")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Halden Group bought Kestrel Systems and Norvik Labs.",
            {("Halden Group", "acquired", "Kestrel Systems"), ("Halden Group", "acquired", "Norvik Labs")},
        ),
        (
            "Maria Lopez and Jonas Weber founded Kestrel Systems.",
            {("Kestrel Systems", "founded_by", "Maria Lopez"), ("Kestrel Systems", "founded_by", "Jonas Weber")},
        ),
        (
            "Maria Lopez's leadership of Halden Group and Norvik Labs, a direct Kestrel Systems competitor, is new.",
            {
                ("Maria Lopez", "leads", "Halden Group"),
                ("Maria Lopez", "leads", "Norvik Labs"),
                ("Norvik Labs", "competitor_of", "Kestrel Systems"),
            },
        ),
    ],
)
def test_coordination_is_expanded(facts, text, expected):
    assert facts(text) == expected


def test_three_rivals_make_three_pairs_each_once(facts):
    assert facts("Companies like Halden Group, Kestrel Systems and Norvik Labs are competing for customers.") == {
        ("Halden Group", "competitor_of", "Kestrel Systems"),
        ("Halden Group", "competitor_of", "Norvik Labs"),
        ("Kestrel Systems", "competitor_of", "Norvik Labs"),
    }


@pytest.mark.parametrize(
    "text",
    [
        "Halden Group and Kestrel Systems have offices in the same street.",
        "Maria Lopez met Jonas Weber at Kestrel Systems.",
        "Shares of Halden Group and Kestrel Systems fell on Monday.",
        "Maria Lopez praised Kestrel Systems.",
        "Analysts compared Halden Group to Kestrel Systems.",
        "Halden Group refused to sell Kestrel Systems to Norvik Labs.",
        "Kestrel Systems makes pumps, and Halden Group makes pumps as well.",
    ],
)
def test_names_side_by_side_have_no_relation(facts, text):
    assert facts(text) == set()


def test_a_contrast_is_not_a_list(facts):
    assert facts("Halden Group bought Kestrel Systems rather than Norvik Labs.") == {
        ("Halden Group", "acquired", "Kestrel Systems")
    }


def test_a_chair_leads_and_sits_on_the_board(facts):
    assert facts("Maria Lopez is the chairwoman of Kestrel Systems.") == {
        ("Maria Lopez", "leads", "Kestrel Systems"),
        ("Maria Lopez", "board_member_of", "Kestrel Systems"),
    }


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("Maria Lopez is a director of Kestrel Systems.", "board_member_of"),
        ("Maria Lopez is the director of Kestrel Museum.", "leads"),
        ("Maria Lopez is the sales director of Kestrel Systems.", "employed_by"),
        ("Maria Lopez is head of Kestrel Systems.", "leads"),
        ("Maria Lopez is head of testing at Kestrel Systems.", "employed_by"),
        ("Maria Lopez is chief technology officer of Kestrel Systems.", "leads"),
    ],
)
def test_what_a_title_states_depends_on_its_company(read, text, relation):
    assert [c.predicate for c in read(text).claims] == [relation]


def test_a_title_is_kept_as_written(read):
    (claim,) = read("Kestrel Systems hired Maria Lopez as Chief Financial Officer.").claims
    assert claim.qualifiers == Qualifiers(title="Chief Financial Officer")


def test_a_deal_keeps_its_sum(read):
    (claim,) = read("Halden Group acquired Kestrel Systems for $2.5 billion.").claims
    assert claim.qualifiers == Qualifiers(amount="2500000000", currency="USD")


def test_a_stake_keeps_its_share(read):
    (claim,) = read("Halden Group bought a 20% stake in Kestrel Systems.").claims
    assert claim.qualifiers == Qualifiers(share="20")


def test_makers_of_rival_products_are_rivals_by_that_sentence(read):
    text = (
        "Halden Group makes the Quillon scanner. Norvik Labs makes the Talos scanner. "
        "The Quillon scanner competes with the Talos scanner."
    )
    rivals = {
        (c.subject.text, c.object.text, c.evidence.start) for c in read(text).claims if c.predicate == "competitor_of"
    }
    start = text.index("The Quillon scanner competes")
    assert rivals == {("Quillon", "Talos", start), ("Halden Group", "Norvik Labs", start)}


def test_products_of_one_maker_make_no_rivals(read):
    makes = "Halden Group makes the Quillon scanner. Halden Group makes the Talos scanner."
    text = f"{makes} The Quillon scanner competes with the Talos scanner."
    firms = [c for c in read(text).claims if c.predicate == "competitor_of" and c.subject.type == "Organization"]
    assert firms == []


def test_types_are_checked(facts):
    assert facts("Kestrel Systems was born in Hamburg and married Jonas Weber.") == set()


def test_a_lead_of_seller_is_no_supply(facts):
    assert facts("Nvidia is to buy Arm from SoftBank.") == {("Nvidia", "acquired", "Arm")}


def test_a_well_known_product_stands_for_its_maker_in_a_partnership(facts):
    text = "Anthropic hired engineers. Adoption of Claude, through partnerships with Kestrel Systems, has grown."
    assert facts(text) == {("Anthropic", "partner_of", "Kestrel Systems")}


@pytest.mark.parametrize(
    ("text", "organization"),
    [
        ("Maria Lopez is professor of International Relations at Oslo University.", "Oslo University"),
        ("Maria Lopez is president of the Kestrel Institute at Oslo University.", "Kestrel Institute"),
    ],
)
def test_of_two_organizations_after_a_title_the_right_one_is_taken(read, text, organization):
    assert {c.object.text for c in read(text).claims} == {organization}


def test_a_nationality_is_no_organization(facts):
    assert facts("French President Maria Lopez spoke.") == set()
