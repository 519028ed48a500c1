"""Choose the temperature and the threshold on development sets, and write them into ``reader.json``.

``python -m training.calibrate --models DIR --measured DIR``, after ``training.measure --floor 0.2`` wrote its
predictions there. The temperature makes the confidences of judged pairs of held-back texts as honest as one number can
(least negative log-likelihood). The threshold is the one with the best mean F over the sets, precision weighing double.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from training import corpora
from training.gold import Text
from training.measure import SETS, own_counts, scored, write
from training.pairing import judged_pairs
from training.reader.labels import LABELS
from training.reader.models import Models, open_models
from training.reader.pairs import admitted, mark
from training.reader.sentences import sentences
from training.reader.windows import sentence_words
from training.reader.wordpieces import words
from training.relation_examples import span
from training.score_passages import read

JUDGING = ("knowledgenet", "core", "fire", "own")
TEMPERATURES = np.round(np.arange(0.6, 2.55, 0.05), 2)
THRESHOLDS = (0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75)
BETA = 0.5**0.5


def judged_scores(models: Models, text: Text) -> Iterator[tuple[float, float]]:
    """Score and truth of every output that gold fully judges, for the pairs of a text."""
    split = words(models.tokenizer, text.text)
    ranges = sentence_words(split, sentences(text.text))
    for pair in judged_pairs(text, split, ranges):
        first, second = (span(split, text.marks[n]) for n in (pair.first, pair.second))
        marked = mark(split, ranges, pair.sentence, first, second)
        if marked is not None:
            scores, _ = models.read_pair(marked)
            known = [n for n in admitted(first.type, second.type) if pair.weight[n] == 1.0]
            yield from ((float(scores[n]), float(pair.target[n])) for n in known)


def log_loss(scores: NDArray[np.float64], truth: NDArray[np.float64], temperature: float) -> float:
    """Mean negative log-likelihood."""
    signed = np.where(truth > 0, scores, -scores) / temperature
    return float(np.logaddexp(0, -signed).mean())


def calibration_error(scores: NDArray[np.float64], truth: NDArray[np.float64], temperature: float) -> float:
    """Expected calibration error in ten bins of confidence."""
    confidence = 1 / (1 + np.exp(-scores / temperature))
    bins = np.minimum((confidence * 10).astype(int), 9)
    gaps = [abs(confidence[bins == b].sum() - truth[bins == b].sum()) for b in range(10)]
    return float(sum(gaps) / len(scores))


def at_threshold(document: dict[str, Any], threshold: float, temperature: float) -> dict[str, Any]:
    """The prediction without the relations that fall below, were the temperature this."""
    floor = 1 / (1 + (1 / threshold - 1) ** temperature)
    return {**document, "relations": [r for r in document["relations"] if r["confidence"] >= floor]}


def f_score(precision: float, recall: float) -> float:
    """F with precision weighing double."""
    weight = BETA**2
    return (1 + weight) * precision * recall / max(1e-9, weight * precision + recall)


def sweep(measured: Path, script: Path, temperature: float) -> dict[float, float]:
    """Mean F over the development sets by threshold; prints a line for each."""
    found, scratch = {}, measured / "sweep"
    scratch.mkdir(exist_ok=True)
    for threshold in THRESHOLDS:
        parts = []
        for name in JUDGING:
            gold = read(measured / f"{name}.gold.jsonl")
            predicted = read(measured / f"{name}.predicted.jsonl")
            cut = [at_threshold(document, threshold, temperature) for document in predicted.values()]
            write(scratch / f"{name}.gold.jsonl", list(gold.values()))
            write(scratch / f"{name}.predicted.jsonl", cut)
            if name == "own":
                precision, recall, _, _ = own_counts(list(gold.values()), cut, only_facts=True)
            else:
                micro = scored(script, SETS[name][1][0], scratch, name)["micro"]
                precision, recall = micro["p"], micro["r"]
            parts.append((name, precision, recall))
        found[threshold] = sum(f_score(p, r) for _, p, r in parts) / len(parts)
        shown = "  ".join(f"{name} P {p:.3f} R {r:.3f} F {f_score(p, r):.3f}" for name, p, r in parts)
        print(f"threshold {threshold:.2f}: mean {found[threshold]:.3f}  {shown}", flush=True)
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit, choose, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--models", type=Path, required=True)
    parser.add_argument("--measured", type=Path, required=True)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--score", type=Path, default=Path("../shared/score/score.py"))
    options = parser.parse_args(arguments)
    models = open_models(options.models)
    texts = [t for t in corpora.read(options.data, ("core", "fire", "own")) if t.held]
    scores, truth = np.array([entry for text in texts for entry in judged_scores(models, text)]).T
    temperature = float(min(TEMPERATURES, key=lambda t: log_loss(scores, truth, t)))
    before, after = (calibration_error(scores, truth, t) for t in (1.0, temperature))
    print(f"temperature {temperature}: calibration error {before:.4f} → {after:.4f} over {len(scores)} judged outputs")
    means = sweep(options.measured, options.score, temperature)
    best = max(means, key=lambda threshold: (means[threshold], threshold))
    stored = json.loads((options.models / "reader.json").read_text("utf-8"))
    stored |= {"temperature": temperature, "thresholds": dict.fromkeys(LABELS, best)}
    (options.models / "reader.json").write_text(json.dumps(stored, indent=1) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
