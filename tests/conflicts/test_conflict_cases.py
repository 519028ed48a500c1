"""Case folders: a sketched graph, and every finding that it must give, suppressed ones included."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sketch import ONTOLOGY, as_of, graph

from kg.conflicts import as_json, find, patterns

CASES = sorted((Path(__file__).parent / "cases").glob("*/*/graph.txt"))


def seen(sketch: str) -> list[dict[str, object]]:
    """What a case fixes of its findings: all but hashes, weights and addresses."""
    told = graph(sketch)
    return [shown(finding) for finding in as_json(find(told, ONTOLOGY, as_of(sketch)), told)]


def shown(finding: dict) -> dict[str, object]:
    return {
        "pattern": finding["pattern"],
        "tier": finding["tier"],
        "party": finding["party"]["name"],
        "organizations": [organization["name"] for organization in finding["organizations"]],
        "modality": finding["modality"],
        "drivers": [driver["name"] for driver in finding["drivers"]],
        "premises": [premise["sentence"] for premise in finding["premises"]],
        "mitigations": [claim["sentence"] for claim in finding["mitigations"]],
        "reason": finding["reason"],
    } | ({"remarks": [remark["sentence"] for remark in finding["remarks"]]} if finding["remarks"] else {})


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.parent.name}: {path.parent.name}")
def test_a_case_gives_these_findings_and_no_others(path):
    assert seen(path.read_text("utf-8")) == json.loads(path.with_name("expected.json").read_text("utf-8"))


@pytest.mark.parametrize("pattern", patterns(ONTOLOGY), ids=lambda pattern: pattern.name)
def test_every_pattern_has_cases_where_it_holds_and_near_misses(pattern):
    own = [json.loads(p.with_name("expected.json").read_text()) for p in CASES if p.parent.parent.name == pattern.name]
    holds = [any(f["pattern"] == pattern.name and f["tier"] == pattern.tier for f in expected) for expected in own]
    assert (holds.count(True) >= 2, holds.count(False) >= 2) == (True, True)
