"""Teach a trained model passages that were written after it: ``python -m training.further --shape mpnet6 --run DIR
--old FILE --fresh FILE --out DIR --teacher mpnet6 DIR``.

An hour on two cores where the whole takes days. The new passages come several times, the old sets as a sample, so that
they are not forgotten; there the model as it was teaches, too (Li and Hoiem 2016, learning without forgetting). Rates
are low. A training of the whole, which sees all passages anyway, does not need it.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import torch

from training import cut
from training.batches import FRESH
from training.encoder import SHAPES
from training.model import Model
from training.train import Plan, finished, train

JUDGED = "judged"
SHARES = {
    FRESH: 3.0,
    JUDGED: 3.0,
    "own": 1.0,
    "knowledgenet": 0.3,
    "core": 0.4,
    "redocred": 0.1,
    "fire": 0.5,
    "gum_news": 0.5,
    "gum_other": 0.15,
    "gap": 0.2,
    "events": 0.5,
}


def further(
    shape: str, run: Path, files: tuple[Path, Path], out: Path, plan: Plan, *, teacher: Model | None, judges: bool
) -> None:
    """Train on; leaves ``out/checkpoint.pt``. ``files``: old, fresh; ``judges``: the teacher knows the fresh, too."""
    model = finished(shape, run / "checkpoint.pt")
    model.encoder.pieces.weight.requires_grad_(requires_grad=False)
    fresh = [replace(example, corpus=JUDGED if judges else FRESH) for example in cut.read(files[1])]
    train(model, [*cut.read(files[0]), *fresh], plan, out, teacher=teacher)


def main(arguments: Sequence[str] | None = None) -> int:
    """Train one model further."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shape", choices=sorted(SHAPES), required=True)
    parser.add_argument("--run", type=Path, required=True, help="the trained model's folder")
    parser.add_argument("--old", type=Path, required=True, help="what it learned from, a file of training.cut")
    parser.add_argument("--fresh", type=Path, required=True, help="the new passages, a file of training.cut --passages")
    parser.add_argument(
        "--teacher", nargs=2, metavar=("SHAPE", "DIR"), help="a trained model that teaches the old sets"
    )
    parser.add_argument(
        "--judges", action="store_true", help="the teacher knows the new passages, and teaches them, too"
    )
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=1)
    parser.add_argument("--budget", type=int, default=4_000)
    parser.add_argument("--encoder-rate", type=float, default=4e-5)
    parser.add_argument("--head-rate", type=float, default=1e-4)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args(arguments)
    torch.set_num_threads(options.threads)
    options.out.mkdir(parents=True, exist_ok=True)
    teacher = finished(options.teacher[0], Path(options.teacher[1]) / "checkpoint.pt") if options.teacher else None
    plan = Plan(
        options.epochs,
        budget=options.budget,
        encoder_rate=options.encoder_rate,
        head_rate=options.head_rate,
        shares=SHARES,
    )
    files = options.old, options.fresh
    further(options.shape, options.run, files, options.out, plan, teacher=teacher, judges=options.judges)
    return 0


if __name__ == "__main__":
    sys.exit(main())
