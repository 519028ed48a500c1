"""Every trap, by the name of its case folder: what the finding of the folder's own pattern must then be."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

CASES = Path(__file__).parent / "cases"
HOLDS = {"statutory", "related-party", "structural"}
WITHHELD = {"suppressed"}, {"watch"}, set()
TRAPS = {
    "parent_and_subsidiary": WITHHELD,
    "renamed_firm": (set(),),
    "former_role": WITHHELD,
    "announced_not_begun": ({"watch"},),
    "denied": ({"suppressed"}, set()),
    "alleged_by_a_rival": ({"watch"},),
    "in_talks": ({"watch"},),
    "namesakes": (set(),),
    "same_surname": (set(),),
}
FOLDERS = sorted(path for path in CASES.glob("*/*") if path.is_dir())


def tiers(folder: Path) -> set[str]:
    """The tiers of the findings of the folder's own pattern."""
    expected = json.loads(folder.joinpath("expected.json").read_text("utf-8"))
    return {finding["tier"] for finding in expected if finding["pattern"] == folder.parent.name}


@pytest.mark.parametrize("folder", [f for f in FOLDERS if f.name in TRAPS], ids=lambda f: f"{f.parent.name}: {f.name}")
def test_a_trap_withholds_the_finding(folder):
    assert tiers(folder) in TRAPS[folder.name]


@pytest.mark.parametrize("name", ["merger_half_way", "five_wire_copies", "recusal_stated", "charity_board"])
def test_what_only_weakens_a_finding_does_not_withhold_it(name):
    found = [tiers(folder) for folder in FOLDERS if folder.name == name and folder.parent.name != "adviser_both_sides"]
    assert found and all(seen & HOLDS for seen in found)


def test_five_copies_of_one_story_count_as_one_source():
    for pattern in {folder.parent.name for folder in FOLDERS if folder.name == "five_wire_copies"}:
        paths = (CASES / pattern / name / "expected.json" for name in ("holds", "five_wire_copies"))
        once, copied = (json.loads(path.read_text("utf-8")) for path in paths)
        drivers = [next(f["drivers"] for f in told if f["pattern"] == pattern) for told in (once, copied)]
        assert [name for name in drivers[0] if "sources" in name] == [name for name in drivers[1] if "sources" in name]
