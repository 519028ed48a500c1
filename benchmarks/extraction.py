"""How well and how fast the installed extractor reads: ``python -m benchmarks.extraction --data ../shared/data``.

Prints a table: each development figure beside what it should reach at least and what we aim at, for every profile. Of
sets that train the models only held-back parts are measured. Thresholds and calibration were chosen on one half of
our held-back passages (``training.calibrate``), the other half is measured; designs and word lists were chosen while
looking at all of these sets.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import factuality, reading_speed
from kg import extraction
from kg.export import standoff_line
from kg.extraction.models import folder_of
from kg.model import Document
from training.measure import SETS, gold, write
from training.score_passages import meets, spans, tally

PROFILES = extraction.PROFILES
BINS = 15


@dataclass
class Measured:
    """One profile's predictions on the sets, scored as they are asked for."""

    profile: str
    data: Path
    script: Path
    first: int | None
    folder: Path
    documents: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    predicted: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    @cached_property
    def extractor(self) -> extraction.Extractor:
        """The installed one."""
        return extraction.load(profile=self.profile)

    def read(self, name: str) -> None:
        """Predicts a set, once."""
        if name in self.predicted:
            return
        documents = list(gold(self.data, name))[: self.first]
        sources = [Document(text=d["text"], source=d["id"], external_id=d["id"]) for d in documents]
        self.documents[name] = documents
        self.predicted[name] = [json.loads(standoff_line(e)) for e in self.extractor.extract(sources)]
        write(self.folder / f"{name}.gold.jsonl", documents)
        write(self.folder / f"{name}.predicted.jsonl", self.predicted[name])
        print(f"{self.profile}: {name} read, {len(documents)} documents", file=sys.stderr, flush=True)

    def rows(self, name: str, mode: str, labels: str = "") -> dict[str, dict[str, float]]:
        """What the score script says."""
        self.read(name)
        files = [str(self.folder / f"{name}.{kind}.jsonl") for kind in ("gold", "predicted")]
        command = [sys.executable, str(self.script), mode, *files, "--json", *(["--labels", labels] if labels else [])]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        found: dict[str, dict[str, float]] = json.loads(done.stdout)["rows"]
        return found


def f1(row: dict[str, float]) -> str:
    """F1 with precision, recall and the number of gold items."""
    count = int(row.get("tp", 0) + row.get("fn", 0))
    return f"{row['f1']:.3f} (P {row['p']:.2f} R {row['r']:.2f}, of {count})"


def table(of: Measured) -> Iterator[tuple[str, str, str, str]]:
    """Name, least, aim, figure."""
    yield "knowledgenet fold 3, passages, micro F1", ".76", ".86", f1(of.rows("knowledgenet", "passages")["micro"])
    dwie = of.rows("dwie", "documents")
    yield "dwie dev, documents, leads F1", ".40", ".65", f1(dwie["leads"])
    core = of.rows("core", "pairs")
    yield (
        "core held-back tenth, pairs, macro F1",
        ".72",
        ".85",
        f"{core['macro']['f1']:.3f} (micro {f1(core['micro'])})",
    )
    yield "fire held-back fifth, documents, micro F1", ".50", ".70", f1(of.rows("fire", "documents")["micro"])
    conll = of.rows("conll04", "documents", "employed_by,headquartered_in")
    both = f"employed_by {conll['employed_by']['f1']:.2f}, headquartered_in {conll['headquartered_in']['f1']:.2f}"
    yield "conll04 dev, documents, two labels, micro F1", ".50", ".65", f"{f1(conll['micro'])}; {both}"
    yield "gap validation, pronouns, F1", ".80", ".90", f1(of.rows("gap", "pronouns")["micro"])
    for kind in ("PER", "ORG"):
        yield f"dwie dev, mentions, {kind} exact F1", ".82", ".90", f1(of.rows("dwie", "mentions")[kind])
    yield from own(of)
    happened = factuality.macro_f1(folder_of(of.profile), of.data)
    yield "meantime dev, happened / uncertain / did not, macro F1", ".60", ".75", f"{happened:.3f}"
    yield "calibration error of relation confidence, 15 bins", ".05", ".02", calibration(of)


def own(of: Measured) -> Iterator[tuple[str, str, str, str]]:
    """Our own passages: what is stated, and how."""
    of.read("own")
    golden, predicted = ({d["id"]: d for d in several["own"]} for several in (of.documents, of.predicted))
    counts = tally(golden, predicted, only_facts=False)
    precision, recall, score, number = counts.row(counts.labels())
    yield (
        "own held-back passages, relations, micro F1",
        ".75",
        ".85",
        f"{score:.3f} (P {precision:.2f} R {recall:.2f}, of {number})",
    )
    for facet in ("modality", "polarity", "tense"):
        right, wrong = counts.facets[facet, True], counts.facets[facet, False]
        yield (
            f"own, {facet} of right relations",
            ".92",
            ".97",
            f"{right / max(1, right + wrong):.3f} of {right + wrong}",
        )


def calibration(of: Measured) -> str:
    """How far confidence is from the share that is right, over the relations found in the held-back own passages."""
    of.read("own")
    sure, right = np.array(list(judged(of.documents["own"], of.predicted["own"]))).T
    bins = np.minimum((sure * BINS).astype(int), BINS - 1)
    gaps = [abs(sure[bins == b].sum() - right[bins == b].sum()) for b in range(BINS)]
    return f"{sum(gaps) / len(sure):.3f} over {len(sure)}"


def judged(golden: Iterable[dict[str, Any]], predicted: Iterable[dict[str, Any]]) -> Iterator[tuple[float, float]]:
    """Confidence of every relation found, and whether it is right."""
    for document, found in zip(golden, predicted, strict=True):
        ours, theirs = spans(document), spans(found)
        for relation in found["relations"]:
            met = any(meets(relation, g, theirs, ours) for g in document["relations"])
            yield relation["confidence"], float(met)


def weight_rows(profile: str) -> Iterator[tuple[str, str, str, str]]:
    """Sizes of the model's files."""
    sizes = {path.name: path.stat().st_size / 1e6 for path in sorted(folder_of(profile).iterdir())}
    largest = max(sizes, key=lambda name: sizes[name])
    limit = ("95", "25") if profile == "fast" else ("95", "-")
    yield "largest model file, MB", *limit, f"{sizes[largest]:.1f} ({largest}; all {sum(sizes.values()):.1f})"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table of each profile."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--score", type=Path, help="the score script; default: score/score.py beside the data")
    parser.add_argument("--profile", nargs="+", choices=PROFILES, default=list(PROFILES))
    parser.add_argument("--first", type=int, help="only this many documents of each set: a quick look, not a figure")
    parser.add_argument("--no-speed", action="store_true")
    options = parser.parse_args(arguments)
    script = options.score or options.data.parent / "score" / "score.py"
    print("| figure | at least | aim |", " | ".join(options.profile), "|")
    columns: list[list[tuple[str, str, str, str]]] = []
    for profile in options.profile:
        with tempfile.TemporaryDirectory() as folder:
            measured = Measured(profile, options.data, script, options.first, Path(folder))
            rows = [*table(measured), *weight_rows(profile)]
        if not options.no_speed:
            rows += reading_speed.rows(profile, options.data)
        columns.append(rows)
    print("|---|---|---|" + "---|" * len(columns))
    for lines in zip(*columns, strict=True):
        name, least, aim, _ = lines[0]
        print("|", " | ".join([name, least, aim, *(line[3] for line in lines)]), "|")
    print(f"\nMeasured on: {', '.join(SETS)}, held-back parts only; never trained on: dwie, conll04, meantime, fold 3.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
