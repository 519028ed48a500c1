"""From the data and our passages to the shipped files: ``python -m training.everything --data ../shared/data``.

Each step leaves a file and is passed over where the file is there; a training that was cut goes on from its checkpoint.

1. a first small model without found mentions, and with it the mentions of KnowledgeNet that its annotators left out;
2. the teacher: all twelve layers of MPNet;
3. the two that ship, taught by gold and by the teacher: six layers of MPNet (accurate), MiniLM (fast);
4. export to eight bits; with what was exported, how salience corrects antecedents; thresholds and calibration on the
   held-back half that is not measured.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch

from training.encoders import fetched

SHIPPED = Path("kg/extraction/weights")


@dataclass(frozen=True, slots=True)
class Run:
    """A training: its shape, encoder, epochs, rate of the encoder, and whether the teacher teaches."""

    name: str
    shape: str
    encoder: str
    epochs: int
    rate: float
    taught: bool


FIRST = Run("first", "minilm", "minilm", 4, 2.5e-4, taught=False)
TEACHER = Run("teacher", "mpnet12", "mpnet", 8, 7e-5, taught=False)
PUPILS = (
    Run("accurate", "mpnet6", "mpnet", 10, 1.2e-4, taught=True),
    Run("fast", "minilm", "minilm", 12, 2.5e-4, taught=True),
)


class Work:
    """The folder where everything lies, and what every step needs."""

    def __init__(self, data: Path, runs: Path, workers: int, epochs: int | None) -> None:
        self.data, self.runs, self.workers, self.epochs = data, runs, workers, epochs

    def call(self, module: str, *arguments: object) -> None:
        """Runs a step in a process of its own."""
        print("→", module, *arguments, flush=True)
        subprocess.run([sys.executable, "-m", module, *map(str, arguments)], check=True)  # noqa: S603 - our own

    def encoder(self, name: str) -> Path:
        """A published encoder."""
        return fetched(name, self.runs / "encoders")

    def examples(self, run: Run, silver: Path | None) -> Path:
        """The examples for a shape."""
        out = self.runs / f"{run.encoder}{'-silver' if silver else ''}.examples"
        if not out.exists():
            found = ["--silver", silver] if silver else []
            tokenizer = self.encoder(run.encoder) / "tokenizer.json"
            self.call(
                "training.cut",
                "--data",
                self.data,
                "--shape",
                run.shape,
                "--tokenizer",
                tokenizer,
                "--out",
                out,
                *found,
            )
        return out

    def train(self, run: Run, silver: Path | None) -> Path:
        """A trained model's folder."""
        out = self.runs / run.name
        if not (out / "done").exists():
            teacher = ["--teacher", TEACHER.shape, self.runs / TEACHER.name] if run.taught else []
            self.call(
                "training.train",
                *(
                    "--shape",
                    run.shape,
                    "--examples",
                    self.examples(run, silver),
                    "--weights",
                    self.encoder(run.encoder),
                ),
                *("--out", out, "--epochs", self.epochs or run.epochs, "--encoder-rate", run.rate),
                *("--threads", torch.get_num_threads(), "--workers", self.workers, *teacher),
            )
            (out / "done").touch()
        return out

    def export(self, run: Run, out: Path) -> Path:
        """An exported folder."""
        if not (out / "reader.json").exists():
            tokenizer = self.encoder(run.encoder) / "tokenizer.json"
            run_folder = self.runs / run.name
            self.call(
                "training.export", "--shape", run.shape, "--run", run_folder, "--tokenizer", tokenizer, "--out", out
            )
        return out

    def everything(self, out: Path) -> None:
        """All steps."""
        self.train(FIRST, None)
        first, silver = self.export(FIRST, self.runs / "first-exported"), self.runs / "silver.jsonl"
        if not silver.exists():
            self.call("training.silver", "--data", self.data, "--models", first, "--out", silver)
        for run in (TEACHER, *PUPILS):
            self.train(run, silver)
        for run in PUPILS:
            folder = self.export(run, self.runs / f"{run.name}-exported")
            self.call("training.antecedents", "--data", self.data, "--models", folder)
            self.call("training.calibrate", "--data", self.data, "--models", folder)
            shutil.copytree(folder, out / run.name, dirs_exist_ok=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Train all that ships."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--runs", type=Path, default=Path(".cache/training"), help="where the steps leave their files")
    parser.add_argument("--out", type=Path, default=SHIPPED)
    parser.add_argument("--workers", type=int, default=0, help="processes that prepare batches")
    parser.add_argument("--epochs", type=int, help="so many for every training, to try the road")
    options = parser.parse_args(arguments)
    options.runs.mkdir(parents=True, exist_ok=True)
    Work(options.data, options.runs, options.workers, options.epochs).everything(options.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
