"""The word lists beside this file. A line is one entry; ``#`` opens a remark."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent


def entries(path: Path) -> list[list[str]]:
    """The lines of a list, split into their words."""
    lines = path.read_text("utf-8").splitlines()
    return [line.split() for line in lines if line and not line.startswith("#")]


ABBREVIATIONS = frozenset(entry[0] for entry in entries(FOLDER / "abbreviations.txt"))
PRONOUNS = {word: frozenset(types) for word, *types in entries(FOLDER / "pronouns.txt")}
UNIT_WORDS = frozenset(entry[0] for entry in entries(FOLDER / "unit_words.txt"))
COMPANY_WORDS = frozenset(entry[0] for entry in entries(FOLDER / "company_words.txt"))
