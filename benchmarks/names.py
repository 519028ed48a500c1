"""Precision, recall and F1 of our name matching on labelled pairs.

    python benchmarks/names.py CASES.csv

CASES.csv has the columns name1, name2, schema (Person, or else an organization) and is_match (true, false). The
threshold is chosen on one half of the pairs and scored on the other, both ways round; halves go by a hash of the names.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.model import EntityType, digest
from kg.ontology import load
from kg.resolution.naming import Naming
from kg.resolution.similarity import compare

STEPS = [step / 200 for step in range(60, 200)]


@dataclass(frozen=True)
class Case:
    """A labelled pair with our score."""

    left: str
    right: str
    match: bool
    score: float
    told: str


def read(path: Path) -> list[Case]:
    """The pairs of a file, scored."""
    naming = Naming.of(load())
    with path.open(encoding="utf-8", newline="") as file:
        return [_case(row, naming) for row in csv.DictReader(file)]


def _case(row: dict[str, str], naming: Naming) -> Case:
    kind = EntityType.PERSON if row["schema"] == "Person" else EntityType.ORGANIZATION
    score = compare(naming.name(row["name1"], kind), naming.name(row["name2"], kind), naming)
    match = row["is_match"].strip().casefold() == "true"
    return Case(row["name1"], row["name2"], match, score.value, f"{score.feature}: {score.detail}")


def figures(cases: Sequence[Case], threshold: float) -> tuple[float, float, float]:
    """Precision, recall and F1 where a score of at least the threshold is a match."""
    right = sum(case.match and case.score >= threshold for case in cases)
    said, true = sum(case.score >= threshold for case in cases), sum(case.match for case in cases)
    precision, recall = right / said if said else 0.0, right / true if true else 0.0
    return precision, recall, 2 * precision * recall / (precision + recall) if right else 0.0


def best_threshold(cases: Sequence[Case]) -> float:
    """The threshold of the best F1; the middle one of several."""
    best = max(figures(cases, step)[2] for step in STEPS)
    equal = [step for step in STEPS if figures(cases, step)[2] == best]
    return equal[len(equal) // 2]


def main(words: Sequence[str] | None = None) -> int:
    """Prints the table; ``--errors`` also lists what it got wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", type=Path)
    parser.add_argument("--errors", action="store_true", help="list the pairs that were got wrong")
    given = parser.parse_args(words)
    cases = read(given.cases)
    halves = [[case for case in cases if int(digest(case.left, case.right), 16) % 2 == side] for side in (0, 1)]
    print("chosen on   scored on   threshold  precision  recall     F1")
    means = []
    for chosen, scored in ((0, 1), (1, 0)):
        threshold = best_threshold(halves[chosen])
        found = figures(halves[scored], threshold)
        means.append(found[2])
        told = "  ".join(f"{figure:9.3f}" for figure in found)
        print(f"half {chosen} ({len(halves[chosen])})  half {scored} ({len(halves[scored])})  {threshold:9.3f}  {told}")
        if given.errors:
            _print_errors(halves[scored], threshold)
    print(f"mean F1 {sum(means) / 2:.3f} on {len(cases)} pairs")
    return 0


def _print_errors(cases: Sequence[Case], threshold: float) -> None:
    for case in sorted(cases, key=lambda case: (case.match, case.score)):
        if (case.score >= threshold) != case.match:
            kind = "missed" if case.match else "wrong"
            print(f"  {kind:6} {case.score:.3f}  {case.left} | {case.right}  [{case.told}]")


if __name__ == "__main__":
    sys.exit(main())
