"""What two parties lack for a finding."""

from sketch import ONTOLOGY, graph

from kg.conflicts import why_not, why_not_json, why_not_text

ACME, BOLT = "organization/acme", "organization/bolt"


def said(sketch: str, left: str = ACME, right: str = BOLT) -> list[str]:
    told = graph(sketch)
    return why_not_text(why_not(told, ONTOLOGY, left, right), told, ONTOLOGY).splitlines()


def test_the_missing_edge_is_named():
    assert said("Jane Doe leads Acme; published=2024-01-01\nAcme supplier_of Bolt; published=2024-01-01")[:2] == [
        "nearly related_party_deal: Jane Doe, Bolt, Acme",
        "  missing: an interest between Jane Doe and Bolt",
    ]


def test_a_guard_that_withheld_is_named():
    sketch = """Jane Doe leads Acme; published=2024-01-01
    Jane Doe leads Bolt; published=2024-01-01
    Acme parent_of Bolt; published=2024-01-01"""
    assert said(sketch)[:2] == [
        "dual_role: Jane Doe, Acme, Bolt (potential conflict, review; suppressed)",
        "  reason: Acme and Bolt are one corporate group: Acme is the parent of Bolt",
    ]


def test_a_finding_that_holds_is_said_to_hold():
    sketch = "Jane Doe leads Acme; published=2024-01-01\nJane Doe leads Bolt; published=2024-01-01"
    assert said(sketch, "person/jane-doe", BOLT)[:2] == [
        "dual_role: Jane Doe, Acme, Bolt (potential conflict, review)",
        "  it holds",
    ]


def test_strangers_share_too_little():
    assert said("Acme develops Grok\nBolt develops Claude") == ["no pattern comes near: the two share too little"]


def test_a_near_miss_as_json_names_the_pattern_and_what_is_missing():
    told = graph("Crown supplier_of Acme; published=2024-01-01\nCrown supplier_of Bolt; published=2024-01-01")
    values = why_not_json(why_not(told, ONTOLOGY, ACME, BOLT), told, ONTOLOGY)
    assert {"pattern": "serves_competitors", "missing": ["a rivalry between Acme and Bolt"]} in values["near_misses"]
    assert values["findings"] == []
