"""Make confidences honest and choose thresholds: ``python -m training.calibrate --models DIR``.

Both on one half of our held-back passages, of which the other half is measured. Confidence: isotonic regression of
"right or wrong" on the model's probability over the relations found (pool adjacent violators; Zadrozny and Elkan 2002).
Thresholds: for every label the one with the best F in which precision weighs double, drawn towards the one that is best
for all labels where a label is rare. Writes ``reader.json``.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.extraction.labels import LABELS
from kg.extraction.models import Models, open_models
from kg.extraction.read import read
from training.measure import gold
from training.score_passages import meets, spans
from training.standoff import standoff

FLOOR = 0.15
GRID = np.round(np.arange(0.4, 0.651, 0.025), 3)
BETA = 0.5**0.5
PSEUDO = 100
SMALLEST = 20
Floats = NDArray[np.float64]


def found(models: Models, documents: Sequence[dict[str, Any]]) -> Iterator[tuple[str, float, bool]]:
    """Label, probability and rightness of every relation found above a low floor."""
    for document in documents:
        predicted = standoff(read(models, document["text"]))
        ours, theirs = spans(document), spans(predicted)
        for relation in predicted["relations"]:
            right = any(meets(relation, g, theirs, ours) for g in document["relations"])
            yield relation["type"], relation["confidence"], right


def isotonic(probability: Floats, right: Floats) -> tuple[list[float], list[float]]:
    """Knots of the best rising step function, each step at its middle, joined by straight lines."""
    order = np.argsort(probability, kind="stable")
    blocks: list[list[float]] = []
    for number in order:
        blocks.append([probability[number], right[number], 1.0])
        while len(blocks) > 1 and (
            blocks[-2][1] / blocks[-2][2] >= blocks[-1][1] / blocks[-1][2] or blocks[-2][2] < SMALLEST
        ):
            last = blocks.pop()
            blocks[-1] = [a + b for a, b in zip(blocks[-1], last, strict=True)]
    middles = [0.0, *(round(b[0] / b[2], 4) for b in blocks), 1.0]
    worth = [(b[1] + 0.5) / (b[2] + 1) for b in blocks]
    ends = [0.0, *(round(min(w, 0.99), 4) for w in worth), round(min(max(worth[-1], 0.99), 0.995), 4)]
    return middles, [float(value) for value in np.maximum.accumulate(ends)]


def f_score(right: float, said: float, true: float) -> float:
    """F with precision weighing double."""
    precision, recall = right / max(1.0, said), right / max(1.0, true)
    return (1 + BETA**2) * precision * recall / max(1e-9, BETA**2 * precision + recall)


def threshold(probability: Floats, right: Floats, true: int, prior: dict[float, float]) -> float:
    """The best of the grid for one label; ``prior`` scores the grid over all labels."""

    def score(least: float) -> float:
        kept = probability >= least
        own = f_score(float(right[kept].sum()), float(kept.sum()), true)
        return (true * own + PSEUDO * prior.get(least, 0.0)) / (true + PSEUDO)

    return float(max(GRID, key=lambda least: (score(float(least)), least)))


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit, choose, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--models", type=Path, required=True)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    options = parser.parse_args(arguments)
    stored = json.loads((options.models / "reader.json").read_text("utf-8"))
    plain = open_models(options.models)
    settings = replace(
        plain.settings,
        thresholds=dict.fromkeys(LABELS, FLOOR),
        calibration=np.array([[0.0, 1.0], [0.0, 1.0]]),
    )
    documents = list(gold(options.data, "tuning"))
    entries = list(found(replace(plain, settings=settings), documents))
    labels = np.array([label for label, _, _ in entries])
    probability, right = (np.array([float(entry[n]) for entry in entries]) for n in (1, 2))
    knots = isotonic(probability, right)
    sure = np.interp(probability, *knots)
    true = {label: sum(r["type"] == label for d in documents for r in d["relations"]) for label in LABELS}
    every = {float(t): f_score(right[sure >= t].sum(), (sure >= t).sum(), sum(true.values())) for t in GRID}
    chosen = {label: threshold(sure[labels == label], right[labels == label], true[label], every) for label in LABELS}
    stored |= {"calibration": [list(side) for side in knots], "thresholds": chosen}
    (options.models / "reader.json").write_text(json.dumps(stored, indent=1) + "\n", "utf-8")
    best = max(every, key=lambda least: every[least])
    print(f"{len(documents)} passages, {len(entries)} relations found; for all labels {best} would be best: {chosen}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
