"""Teach a trained model passages that were written after it: ``python -m training.further --shape mpnet6 --run DIR
--old FILE --fresh FILE --out DIR``.

An hour on two cores where the whole takes days. The new passages come several times, the old sets as a sample, so that
they are not forgotten; rates are low, and the weights may be mixed with those of before (Wortsman et al. 2022, robust
fine-tuning), which costs nothing at reading. A training of the whole, which sees all passages anyway, does not need it.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import torch

from training import cut
from training.encoder import SHAPES
from training.train import Plan, finished, train

FRESH = "fresh"
SHARES = {
    FRESH: 3.0,
    "own": 1.0,
    "knowledgenet": 0.3,
    "core": 0.5,
    "redocred": 0.2,
    "fire": 1.0,
    "gum_news": 1.0,
    "gum_other": 0.3,
    "gap": 0.3,
    "events": 1.0,
}


def further(shape: str, run: Path, old: Path, fresh: Path, out: Path, plan: Plan) -> None:
    """Train on; leaves ``out/checkpoint.pt``."""
    model = finished(shape, run / "checkpoint.pt")
    model.encoder.pieces.weight.requires_grad_(requires_grad=False)
    examples = [*cut.read(old), *(replace(example, corpus=FRESH) for example in cut.read(fresh))]
    train(model, examples, plan, out)


def mixed(before: Path, after: Path, share: float, out: Path) -> None:
    """Write a checkpoint whose weights are ``share`` of those after and the rest of those before."""
    old, new = (torch.load(p / "checkpoint.pt", weights_only=True)["model"] for p in (before, after))
    both = {n: torch.lerp(old[n], new[n], share) if new[n].is_floating_point() else new[n] for n in new}
    out.mkdir(parents=True, exist_ok=True)
    torch.save({"model": both}, out / "checkpoint.pt")


def main(arguments: Sequence[str] | None = None) -> int:
    """Train one model further."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shape", choices=sorted(SHAPES), required=True)
    parser.add_argument("--run", type=Path, required=True, help="the trained model's folder")
    parser.add_argument("--old", type=Path, required=True, help="what it learned from, a file of training.cut")
    parser.add_argument("--fresh", type=Path, required=True, help="the new passages, a file of training.cut --passages")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=1)
    parser.add_argument("--budget", type=int, default=4_000)
    parser.add_argument("--encoder-rate", type=float, default=4e-5)
    parser.add_argument("--head-rate", type=float, default=1e-4)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument(
        "--share", type=float, nargs="*", default=[], help="mixtures with the weights before: OUT-SHARE"
    )
    options = parser.parse_args(arguments)
    torch.set_num_threads(options.threads)
    options.out.mkdir(parents=True, exist_ok=True)
    plan = Plan(
        options.epochs,
        budget=options.budget,
        encoder_rate=options.encoder_rate,
        head_rate=options.head_rate,
        shares=SHARES,
    )
    further(options.shape, options.run, options.old, options.fresh, options.out, plan)
    for share in options.share:
        mixed(options.run, options.out, share, Path(f"{options.out}-{share:g}"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
