"""When findings begin and end, as the texts date it."""

from sketch import ONTOLOGY, graph

from kg.conflicts import timeline, timeline_json, timeline_text


def lines(sketch: str) -> list[str]:
    told = graph(sketch)
    return timeline_text(timeline(told, ONTOLOGY), told, ONTOLOGY).splitlines()


def test_a_finding_begins_and_ends_with_the_precision_of_the_texts():
    sketch = """Jane Doe leads Acme; published=2026-01-01; from=2014
    Jane Doe leads Bolt; published=2026-01-01; from=2018-03; until=2023; tense=past"""
    assert lines(sketch) == [
        "dual_role: Jane Doe, Acme, Bolt",
        "  2018-03 to 2023: structural",
        "  2024-01-01 to …: suppressed (the role has ended: Jane Doe leads Bolt)",
    ]


def test_a_purchase_turns_a_finding_into_a_suppressed_one_the_day_after_it_closed():
    sketch = """Jane Doe leads Acme; published=2025-01-01
    Jane Doe leads Bolt; published=2025-01-01
    Acme acquired Bolt; published=2026-05-01; from=2026-02-02"""
    assert [line.strip()[:34] for line in lines(sketch)[-2:]] == [
        "2026-02-02 to 2026-02-02: related-",
        "2026-02-03 to …: suppressed (Acme ",
    ]


def test_what_no_text_dates_has_no_beginning():
    assert lines("Jane Doe leads Acme\nJane Doe leads Bolt")[1] == "  known without a date to …: structural"


def test_a_graph_without_findings_has_no_timeline():
    assert lines("Acme partner_of Bolt") == ["no potential conflicts at any date"]


def test_a_period_as_json_is_a_whole_value():
    told = graph("Jane Doe leads Acme; published=2025-01-01\nJane Doe leads Bolt; published=2025-01-02")
    assert timeline_json(timeline(told, ONTOLOGY), told) == [
        {
            "pattern": "dual_role",
            "party": "Jane Doe",
            "organizations": ["Acme", "Bolt"],
            "tier": "structural",
            "begins": "2025-01-02",
            "ends": None,
            "severity": 0.27,
            "reason": "",
        }
    ]
