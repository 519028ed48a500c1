"""The loop: batches of alike length, AdamW with warm-up and decay, checkpoints from which a run goes on unchanged.

Every step seeds the generator with its own number, so a resumed run makes the same steps.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import torch
from torch import Tensor, nn

from training.gold import fraction


class Sized(Protocol):
    """An example that knows its pieces."""

    @property
    def pieces(self) -> Tensor: ...


@dataclass(frozen=True, slots=True)
class Plan:
    """How to train. ``budget``: the wordpieces of one step, padding included; ``steps``: an earlier end."""

    epochs: int
    steps: int | None = None
    seed: int = 7
    budget: int = 2048
    encoder_rate: float = 1.5e-4
    head_rate: float = 1e-3
    warm_up: float = 0.08
    save_every: float = 180.0


def batches(examples: Sequence[Sized], budget: int, seed: tuple[int, int]) -> list[list[int]]:
    """Numbers of examples in batches of alike length, the batches in an order of their own."""
    order = sorted(range(len(examples)), key=lambda n: (len(examples[n].pieces), fraction(seed, n)))
    found: list[list[int]] = [[]]
    for number in order:
        if found[-1] and len(examples[number].pieces) * (len(found[-1]) + 1) > budget:
            found.append([])
        found[-1].append(number)
    return sorted(filter(None, found), key=lambda batch: fraction(seed, "batch", batch[0]))


def optimizer(model: nn.Module, plan: Plan) -> torch.optim.AdamW:
    """AdamW with a slow rate for the encoder and a fast one for the heads and the casing embedding."""
    slow, fast = [], []
    for name, parameter in model.named_parameters():
        if parameter.requires_grad:
            (slow if name.startswith("encoder.") and "casings" not in name else fast).append(parameter)
    groups = [{"params": slow, "lr": plan.encoder_rate}, {"params": fast, "lr": plan.head_rate}]
    return torch.optim.AdamW(groups, weight_decay=0.01)


def rate(step: int, steps: int, warm_up: float) -> float:
    """The share of the full rate: up to one, then down to nothing."""
    rising = max(1, int(steps * warm_up))
    return min((step + 1) / rising, max(0.0, (steps - step) / max(1, steps - rising)))


def train(model: nn.Module, epochs: Callable[[int], Sequence[Any]], plan: Plan, out: Path) -> None:
    """Train ``model`` by its ``loss`` over ``epochs(number)``, and keep ``out/checkpoint.pt`` up to date."""
    adam, start, checkpoint = optimizer(model, plan), 0, out / "checkpoint.pt"
    if checkpoint.exists():
        start = restore(checkpoint, model, adam)
    model.train()
    counts = [len(batches(epochs(n), plan.budget, (plan.seed, n))) for n in range(plan.epochs)]
    steps, saved, shown = min(sum(counts), plan.steps or sum(counts)), time.monotonic(), 0.0
    for step, batch in itertools.takewhile(lambda s: s[0] < steps, run(epochs, counts, plan, start)):
        torch.manual_seed(plan.seed * 1_000_003 + step)
        for group, full in zip(adam.param_groups, (plan.encoder_rate, plan.head_rate), strict=True):
            group["lr"] = full * rate(step, steps, plan.warm_up)
        loss = model.loss(batch)
        adam.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        adam.step()
        shown = loss.item() if step == start else 0.98 * shown + 0.02 * loss.item()
        if step % 25 == 0:
            print(f"step {step}/{steps} loss {shown:.4f} at {time.strftime('%H:%M:%S')}", flush=True)
        if time.monotonic() - saved > plan.save_every:
            save(checkpoint, model, adam, step + 1)
            saved = time.monotonic()
    save(checkpoint, model, adam, steps)


def run(
    epochs: Callable[[int], Sequence[Any]], counts: Sequence[int], plan: Plan, start: int
) -> Iterator[tuple[int, list[Any]]]:
    """The steps from ``start`` on, with their examples."""
    step = 0
    for number, count in enumerate(counts):
        if step + count > start:
            examples = epochs(number)
            for batch in batches(examples, plan.budget, (plan.seed, number)):
                if step >= start:
                    yield step, [examples[n] for n in batch]
                step += 1
        else:
            step += count


def save(path: Path, model: nn.Module, adam: torch.optim.Optimizer, step: int) -> None:
    """Write a checkpoint beside the old one, then put it in its place."""
    new = path.with_suffix(".new")
    torch.save({"model": model.state_dict(), "optimizer": adam.state_dict(), "step": step}, new)
    new.replace(path)


def restore(path: Path, model: nn.Module, adam: torch.optim.Optimizer) -> int:
    """Take a checkpoint up; returns the next step."""
    stored = torch.load(path, weights_only=True)
    model.load_state_dict(stored["model"])
    adam.load_state_dict(stored["optimizer"])
    return int(stored["step"])
