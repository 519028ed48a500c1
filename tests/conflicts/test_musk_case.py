"""The case that this room was built for, as four articles in our own words, read by the real extractor."""

from datetime import date
from pathlib import Path

import pytest

from kg.conflicts import as_text, find
from kg.model import Finding, Graph, Modality, Tier
from kg.ontology import load
from kg.pipeline import build
from kg.store import Store
from kg.workspace import Workspace

ARTICLES = Path(__file__).parent / "musk"
PARTY = "person/elon-musk"
SPACEX, XAI, TESLA, ANTHROPIC = (f"organization/{name}" for name in ("spacex", "xai", "tesla", "anthropic"))


@pytest.fixture(scope="module")
def told(tmp_path_factory) -> Graph:
    workspace = Workspace(tmp_path_factory.mktemp("musk"))
    build([ARTICLES], workspace, load())
    with Store(workspace.store) as store:
        return store.graph()


def about(told: Graph, day: str, *organizations: str) -> Finding:
    """The one finding about Musk and just these organizations."""
    found = [f for f in find(told, load(), date.fromisoformat(day)) if set(f.organizations) == set(organizations)]
    assert [f.party for f in found] == [PARTY]
    return found[0]


def test_in_2022_before_xai_was_founded_there_is_nothing(told):
    assert find(told, load(), date(2022, 1, 1)) == ()


def test_in_july_2025_the_funding_is_a_related_party_deal_and_a_dual_role(told):
    found = about(told, "2025-07-15", SPACEX, XAI)
    assert (found.pattern, found.tier) == ("related_party_deal", Tier.RELATED_PARTY)
    assert ("includes dual_role", 0.0) in found.drivers


def test_what_the_lawsuit_alleges_is_only_watched_and_attributed(told):
    found = [f for f in find(told, load(), date(2025, 7, 15)) if f.pattern == "competing_roles"]
    assert [(f.organizations, f.tier, f.modality) for f in found] == [((TESLA, XAI), Tier.WATCH, Modality.ALLEGED)]
    assert found[0].reason == "the rivalry is only alleged (by complaint): Tesla competes with xAI"


def test_after_the_acquisition_closed_the_two_are_suppressed_with_it_as_the_reason(told):
    found = about(told, "2026-03-01", SPACEX, XAI)
    assert (found.tier, found.reason) == (
        Tier.SUPPRESSED,
        "SpaceX and xAI are one corporate group: SpaceX acquired xAI",
    )


def test_in_june_2026_the_group_deals_with_its_rival(told):
    found = about(told, "2026-06-01", SPACEX, XAI, ANTHROPIC)
    assert (found.pattern, found.tier, found.modality) == ("counterparty_rival", Tier.RELATED_PARTY, Modality.REPORTED)
    assert found.organizations == (SPACEX, XAI, ANTHROPIC)
    assert found.reason == (
        "SpaceX and xAI are one corporate group, which both deals with Anthropic and competes with it"
    )


def test_every_finding_is_told_as_a_potential_conflict_to_review(told):
    text = as_text(find(told, load(), date(2026, 6, 1)), told, load())
    assert text.count("potential conflict, review") == len(find(told, load(), date(2026, 6, 1)))
