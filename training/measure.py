"""Predict the development sets and score them: ``python -m training.measure --models DIR --out DIR --score score.py``.

Writes ``SET.gold.jsonl`` and ``SET.predicted.jsonl`` and prints one line a set and mode. Only held-back parts of sets
that train are measured.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from kg.extraction.labels import FACETS
from kg.extraction.models import open_models
from kg.extraction.read import read
from training import passages
from training.corpora import HELD_BACK
from training.gold import fraction
from training.score_passages import tally
from training.standoff import standoff

SETS = {
    "knowledgenet": ("knowledgenet/fold3.jsonl", ("passages",)),
    "core": ("core/train.jsonl", ("pairs",)),
    "fire": ("fire/dev.jsonl", ("documents", "mentions")),
    "dwie": ("dwie/dev.jsonl", ("documents", "mentions")),
    "conll04": ("conll04/dev.jsonl", ("documents", "mentions")),
    "gap": ("gap/validation.jsonl", ("pronouns",)),
    "own": ("", ("mentions",)),
}


def gold(data: Path, name: str) -> Iterator[dict[str, Any]]:
    """The documents that are measured on; "tuning" is the other half of our held-back passages."""
    if name in ("own", "tuning"):
        documents = passages.read(sorted(passages.FOLDER.glob("*.txt")))
        held = (document for document in documents if passages.held_back(document["id"]))
        yield from (document for document in held if passages.for_tuning(document["id"]) == (name == "tuning"))
        return
    with (data / SETS[name][0]).open(encoding="utf-8") as lines:
        for document in map(json.loads, lines):
            if name not in HELD_BACK or fraction("held", document["id"]) < HELD_BACK[name]:
                yield document


def write(path: Path, documents: Sequence[dict[str, Any]]) -> None:
    """JSON Lines."""
    path.write_text("".join(json.dumps(d, ensure_ascii=False) + "\n" for d in documents), "utf-8")


def scored(script: Path, mode: str, out: Path, name: str) -> dict[str, dict[str, float]]:
    """The rows of the score script."""
    command = [
        sys.executable,
        str(script),
        mode,
        str(out / f"{name}.gold.jsonl"),
        str(out / f"{name}.predicted.jsonl"),
        "--json",
    ]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - our own command line
    rows: dict[str, dict[str, float]] = json.loads(done.stdout)["rows"]
    return rows


def shown(rows: dict[str, dict[str, float]]) -> str:
    """The rows in one line: micro first, then every label's F1."""
    micro = rows["micro"]
    labels = " ".join(f"{name} {row['f1']:.2f}" for name, row in rows.items() if name not in ("micro", "macro"))
    return f"micro {micro['f1']:.3f} (P {micro['p']:.3f} R {micro['r']:.3f}) macro {rows['macro']['f1']:.3f}; {labels}"


def own_counts(
    documents: Sequence[dict[str, Any]], predicted: Sequence[dict[str, Any]], *, only_facts: bool
) -> tuple[float, float, float, int]:
    """Precision, recall, F1 and number of the relations of our own passages."""
    counts = tally({d["id"]: d for d in documents}, {d["id"]: d for d in predicted}, only_facts=only_facts)
    return counts.row(counts.labels())


def own_line(documents: Sequence[dict[str, Any]], predicted: Sequence[dict[str, Any]]) -> str:
    """Our own passages by ``score_passages``."""
    parts = []
    for name, only in (("claims", False), ("facts", True)):
        precision, recall, f1, _ = own_counts(documents, predicted, only_facts=only)
        parts.append(f"{name} {f1:.3f} (P {precision:.3f} R {recall:.3f})")
    counts = tally({d["id"]: d for d in documents}, {d["id"]: d for d in predicted}, only_facts=False)
    for facet in FACETS:
        right, wrong = counts.facets[facet, True], counts.facets[facet, False]
        parts.append(f"{facet} {right / max(1, right + wrong):.3f}")
    return " ".join(parts)


def main(arguments: Sequence[str] | None = None) -> int:
    """Predict, score, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--models", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--score", type=Path, default=Path("../shared/score/score.py"))
    parser.add_argument("--sets", nargs="+", default=list(SETS), choices=list(SETS))
    parser.add_argument("--floor", type=float, help="this threshold for every label instead of the models' own")
    parser.add_argument("--first", type=int, help="only this many documents of each set")
    options = parser.parse_args(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    models = open_models(options.models)
    if options.floor is not None:
        models.settings.thresholds.update(dict.fromkeys(models.settings.thresholds, options.floor))
    for name in options.sets:
        documents = list(gold(options.data, name))[: options.first]
        predicted = [{"id": document["id"], **standoff(read(models, document["text"]))} for document in documents]
        write(options.out / f"{name}.gold.jsonl", documents)
        write(options.out / f"{name}.predicted.jsonl", predicted)
        for mode in SETS[name][1]:
            print(f"{name} {mode}: {shown(scored(options.score, mode, options.out, name))}", flush=True)
        if name == "own":
            print(f"own relations: {own_line(documents, predicted)}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
