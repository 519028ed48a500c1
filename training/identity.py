"""Fits the weights of identity to gold links: python -m training.identity --data FOLDER [--spread 1.0].

Every pair of names on which the resolver decided, in documents whose mentions are linked by hand, is one example: its
features, and whether the links agree. A logistic regression with a normal prior around the weights that stand in the
word list (so that a feature seen seldom stays where it was put) gives the new ones, which are written back, rounded to
a tenth. Learns from KnowledgeNet folds 1 and 2 and GUM news; fold 3 and DWIE dev are what it is measured on.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parent.parent / "benchmarks"))

from identity import calibration_error, decided, read

WEIGHTS = Path(__file__).parent.parent / "ontology" / "lexicon" / "identity_weights.txt"
LEARNT = ("knowledgenet/fold1", "knowledgenet/fold2", "gum_news/train", "gum_news/dev")
MEASURED = ("knowledgenet/fold3", "dwie/dev")
FEATURE = re.compile(r"(?:^|; )([a-z_]+) [+-]\d")
STEPS = 200
Floats = NDArray[np.float64]


def weights() -> dict[str, float]:
    """Feature → weight, as the word list has them."""
    lines = (line.split("\t") for line in WEIGHTS.read_text("utf-8").splitlines() if not line.startswith("#"))
    return {name: float(weight) for name, weight in lines}


def examples(data: Path, sets: Sequence[str], names: Sequence[str]) -> tuple[Floats, Floats]:
    """A row of features (0 or 1, the bias first) for each pair of the sets, and whether it is one by the gold.

    Pairs that a rule forbids have no score of the table's and are left out.
    """
    rows, same = [], []
    for name in sets:
        for decision, is_one in decided(read(data / f"{name}.jsonl", clustered=False)):
            found = FEATURE.findall(decision.value)
            if found:
                rows.append([float(feature == names[0] or feature in found) for feature in names])
                same.append(float(is_one))
    return np.array(rows), np.array(same)


def fitted(rows: Floats, same: Floats, prior: Floats, spread: float) -> Floats:
    """The most probable weights, by Newton's method; ``spread`` is the standard deviation of the prior."""
    found = prior.copy()
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-rows @ found))
        slope = rows.T @ (chance - same) + (found - prior) / spread**2
        curve = rows.T @ (rows * (chance * (1 - chance))[:, None]) + np.eye(len(prior)) / spread**2
        found = found - np.linalg.solve(curve, slope)
    return found


def told(rows: Floats, same: Floats, found: Floats) -> str:
    chance = 1 / (1 + np.exp(-rows @ found))
    loss = -np.mean(same * np.log(chance) + (1 - same) * np.log(1 - chance))
    error = calibration_error(list(zip(chance.tolist(), (same > 0).tolist(), strict=True)))
    right = np.mean((chance >= 0.5) == (same > 0))
    return f"{len(same)} pairs, log loss {loss:.3f}, calibration error {error:.3f}, right {right:.3f}"


def main(words: Sequence[str] | None = None) -> int:
    """Prints before and after; writes the word list unless told not to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--spread", type=float, default=1.0)
    parser.add_argument("--dry", action="store_true", help="write nothing")
    given = parser.parse_args(words)
    before = weights()
    names, prior = list(before), np.array(list(before.values()))
    learnt, measured = (examples(given.data, sets, names) for sets in (LEARNT, MEASURED))
    after = np.round(fitted(*learnt, prior, given.spread), 1) + 0.0
    for heading, found in (("before", prior), ("after", after)):
        print(f"{heading}: learnt from {told(*learnt, found)}; held back {told(*measured, found)}")
    for name, one, other in zip(names, prior, after, strict=True):
        print(f"{name:28} {one:+.1f} {other:+.1f}")
    if not given.dry:
        head = [line for line in WEIGHTS.read_text("utf-8").splitlines() if line.startswith("#")]
        lines = [*head, *(f"{name}\t{weight:.1f}" for name, weight in zip(names, after, strict=True))]
        WEIGHTS.write_text("\n".join(lines) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
