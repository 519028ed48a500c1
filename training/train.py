"""Train a model: ``python -m training.train --shape minilm --examples FILE --weights FOLDER --out DIR``.

AdamW with warm-up and decay; every step seeds the generator with its own number, and a checkpoint holds all that the
next step needs, so a run that was cut goes on as if it had not been.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import torch
from torch import nn
from torch.utils.data import DataLoader, Dataset

from training import cut
from training.batches import SHARES, batches, collate
from training.encoder import SHAPES, Encoder, pretrained
from training.examples import Example
from training.model import Batch, Model
from training.pack import unpacked


@dataclass(frozen=True, slots=True)
class Plan:
    """How to train. ``budget``: the rows of one step, padding and markers included; ``decay``: of the rate by layer;
    ``shares``: how often an epoch sees a text of each set.
    """

    epochs: int
    seed: int = 7
    budget: int = 12_000
    encoder_rate: float = 1e-4
    head_rate: float = 5e-4
    decay: float = 0.9
    warm_up: float = 0.06
    save_every: float = 300.0
    shares: Mapping[str, float] = field(default_factory=lambda: SHARES)


class Steps(Dataset[Batch]):
    """Every step of a run as a batch, from ``start`` on."""

    def __init__(self, examples: Sequence[Example], plan: Plan, start: int) -> None:
        self.examples = examples
        every = [(e, b) for e in range(plan.epochs) for b in batches(examples, plan.budget, plan.seed, e, plan.shares)]
        self.total, self.left = len(every), every[start:]

    def __len__(self) -> int:
        return len(self.left)

    def __getitem__(self, number: int) -> Batch:
        epoch, chosen = self.left[number]
        return collate([self.examples[n] for n in chosen], epoch)


def groups(model: Model, plan: Plan) -> list[dict[str, object]]:
    """Parameters with their full rates: heads and kinds fast, the encoder's layers slower the lower they are."""
    layers = model.encoder.shape.layers
    found: dict[float, list[nn.Parameter]] = {}
    for name, parameter in model.named_parameters():
        if parameter.requires_grad:
            found.setdefault(rate_of(name, layers, plan), []).append(parameter)
    return [{"params": several, "lr": rate, "full": rate} for rate, several in sorted(found.items())]


def rate_of(name: str, layers: int, plan: Plan) -> float:
    """The full rate of a parameter."""
    if not name.startswith("encoder.") or name.startswith("encoder.kinds"):
        return plan.head_rate
    layer = int(name.split(".")[2]) if name.startswith("encoder.layers.") else -1
    return plan.encoder_rate * plan.decay ** (layers - 1 - layer)


def share(step: int, steps: int, warm_up: float) -> float:
    """The share of the full rate: up to one, then down to nothing."""
    rising = max(1, int(steps * warm_up))
    return min((step + 1) / rising, max(0.0, (steps - step) / max(1, steps - rising)))


def train(
    model: Model, examples: Sequence[Example], plan: Plan, out: Path, *, teacher: Model | None = None, workers: int = 0
) -> None:
    """Train, and leave ``out/checkpoint.pt`` and ``out/log.txt``."""
    device = next(model.parameters()).device
    adam = torch.optim.AdamW(groups(model, plan), weight_decay=0.01, fused=device.type == "cuda")
    checkpoint = out / "checkpoint.pt"
    start = restore(checkpoint, model, adam) if checkpoint.exists() else 0
    steps = Steps(examples, plan, start)
    loader = DataLoader(steps, batch_size=None, num_workers=workers, pin_memory=device.type == "cuda")
    model.train()
    saved = began = time.monotonic()
    shown: dict[str, float] = {}
    with (out / "log.txt").open("a") as log:
        for step, batch in enumerate(loader, start):
            torch.manual_seed(plan.seed * 1_000_003 + step)
            for group in adam.param_groups:
                group["lr"] = group["full"] * share(step, steps.total, plan.warm_up)
            loss = one_loss(model, batch.to(device), teacher)
            adam.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            adam.step()
            if step % 25 == 0:
                value = loss.item()
                shown["loss"] = value if not shown else 0.7 * shown["loss"] + 0.3 * value
                print(f"step {step}/{steps.total} loss {shown['loss']:.4f}", file=log, flush=True)
                print(
                    f"step {step}/{steps.total} loss {shown['loss']:.4f} {time.monotonic() - began:.0f} s", flush=True
                )
            if time.monotonic() - saved > plan.save_every:
                save(checkpoint, model, adam, step + 1)
                saved = time.monotonic()
    save(checkpoint, model, adam, steps.total)


def one_loss(model: Model, batch: Batch, teacher: Model | None) -> torch.Tensor:
    """The loss of a batch, in bfloat16 on a GPU."""
    with torch.autocast(batch.pieces.device.type, torch.bfloat16, enabled=batch.pieces.is_cuda):
        if teacher is None or not batch.taught:
            return model.loss(batch)
        with torch.no_grad():
            theirs = teacher(replace(batch, pieces=translated(batch.pieces, model, teacher)))
        return model.loss(batch, (theirs, teacher))


def translated(pieces: torch.Tensor, of: Model, to: Model) -> torch.Tensor:
    """The pieces in another encoder's numbers: MPNet has BERT's vocabulary, four places on, but for the edges."""
    mine, theirs = of.encoder.shape, to.encoder.shape
    if mine.vocabulary == theirs.vocabulary:
        return pieces
    shifted = pieces + theirs.vocabulary_start - mine.vocabulary_start
    return torch.where(
        pieces == mine.cls, theirs.cls, torch.where(pieces == mine.sep, theirs.sep, shifted.clamp(min=0))
    )


def save(path: Path, model: Model, adam: torch.optim.Optimizer, step: int) -> None:
    """Write a checkpoint beside the old one, then put it in its place."""
    new = path.with_suffix(".new")
    torch.save({"model": model.state_dict(), "optimizer": adam.state_dict(), "step": step}, new)
    new.replace(path)


def restore(path: Path, model: Model, adam: torch.optim.Optimizer) -> int:
    """Take a checkpoint up; returns the next step."""
    stored = torch.load(path, weights_only=True)
    model.load_state_dict(stored["model"])
    adam.load_state_dict(stored["optimizer"])
    return int(stored["step"])


def begun(name: str, weights: Path, dropout: float = 0.1) -> Model:
    """A model with a published encoder: its folder, or a file of ``training.pack``."""
    shape = SHAPES[name]
    torch.manual_seed(1)
    if weights.is_dir():
        return Model(pretrained(shape, weights, dropout))
    encoder = Encoder(shape, dropout)
    encoder.load_state_dict({n: v for n, v in unpacked(weights).items() if n in encoder.state_dict()})
    encoder.pieces.weight.requires_grad_(requires_grad=False)
    return Model(encoder)


def finished(name: str, checkpoint: Path) -> Model:
    """A trained model."""
    model = Model(Encoder(SHAPES[name]))
    model.load_state_dict(torch.load(checkpoint, weights_only=True, map_location="cpu")["model"])
    return model.eval()


def main(arguments: Sequence[str] | None = None) -> int:
    """Train one model."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shape", choices=sorted(SHAPES), required=True)
    parser.add_argument("--examples", type=Path, required=True, help="a file of training.cut")
    parser.add_argument("--weights", type=Path, required=True, help="the folder of the published encoder")
    parser.add_argument("--teacher", nargs=2, metavar=("SHAPE", "DIR"), help="a trained model that teaches, too")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--budget", type=int, default=12_000)
    parser.add_argument("--encoder-rate", type=float, default=1e-4)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--workers", type=int, default=0, help="processes that prepare batches")
    options = parser.parse_args(arguments)
    torch.set_num_threads(options.threads)
    options.out.mkdir(parents=True, exist_ok=True)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    model = begun(options.shape, options.weights).to(device)
    teacher = (
        finished(options.teacher[0], Path(options.teacher[1]) / "checkpoint.pt").to(device) if options.teacher else None
    )
    plan = Plan(options.epochs, options.seed, options.budget, options.encoder_rate)
    train(model, cut.read(options.examples), plan, options.out, teacher=teacher, workers=options.workers)
    return 0


if __name__ == "__main__":
    sys.exit(main())
