"""Writes the table of conflict patterns into docs/conflicts.md, out of the pattern files and the case folders.

python docs/conflicts_table.py          writes it
python docs/conflicts_table.py --check  fails where the page differs
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

from kg.conflicts import Pattern, patterns
from kg.ontology import load

PAGE = Path(__file__).parent / "conflicts.md"
CASES = Path(__file__).parent.parent / "tests" / "conflicts" / "cases"
PLACE = re.compile(r"(?s)(<!-- patterns -->\n).*(<!-- end of patterns -->)")
TRAPS = {
    "parent_and_subsidiary": "parent and subsidiary",
    "renamed_firm": "renamed firm",
    "merger_half_way": "merger half-way",
    "former_role": "former role",
    "announced_not_begun": "announced only",
    "denied": "denied",
    "alleged_by_a_rival": "alleged by a rival",
    "in_talks": "in talks",
    "namesakes": "namesakes",
    "charity_board": "charity board",
    "same_surname": "same surname",
    "recusal_stated": "recusal stated",
    "five_wire_copies": "five wire copies",
}


def holds(folder: Path, pattern: Pattern) -> bool:
    """Whether the case gives the finding in full."""
    expected = json.loads(folder.joinpath("expected.json").read_text("utf-8"))
    return any((f["pattern"], f["tier"]) == (pattern.name, pattern.tier) for f in expected)


def row(pattern: Pattern) -> str:
    """A line of the table."""
    folders = sorted(path for path in (CASES / pattern.name).iterdir() if path.is_dir())
    found = sum(holds(folder, pattern) for folder in folders)
    traps = ", ".join(words for name, words in TRAPS.items() if name in {folder.name for folder in folders})
    cells = (pattern.name, pattern.reading, pattern.basis, pattern.tier, f"{pattern.severity:.2f}")
    return "| " + " | ".join((*cells, str(found), str(len(folders) - found), traps)) + " |"


def table() -> str:
    """The whole table."""
    heads = ("pattern", "holds when", "basis", "tier", "base", "cases that give it", "that do not", "traps")
    lines = ["| " + " | ".join(heads) + " |", "|" + " --- |" * len(heads)]
    return "\n".join([*lines, *map(row, patterns(load()))]) + "\n"


def page() -> str:
    """The page with the table as it should be."""
    return PLACE.sub(lambda found: found[1] + table() + found[2], PAGE.read_text("utf-8"))


if __name__ == "__main__":
    if "--check" in sys.argv[1:]:
        sys.exit(0 if page() == PAGE.read_text("utf-8") else f"{PAGE.name} is old: run python docs/conflicts_table.py")
    PAGE.write_text(page(), "utf-8")
