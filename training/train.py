"""Train a stage: ``python -m training.train --stage mentions|relations --data ../shared/data --out DIR``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import torch
from torch import nn

from training import corpora, mention_examples, relation_examples, silver
from training.encoder import folder
from training.gold import Text, fraction
from training.mentions import Mentions
from training.reader.wordpieces import load
from training.relations import Relations
from training.trainer import Plan, train

TOY = 15
SHARES = {
    "mentions": {
        "knowledgenet": 0.6,
        "core": 0.5,
        "redocred": 1.0,
        "fire": 1.0,
        "gum_news": 2.0,
        "gum_other": 0.4,
        "gap": 0.5,
        "own": 2.0,
    },
    "relations": {"knowledgenet": 1.0, "core": 1.0, "redocred": 0.5, "fire": 1.0, "own": 2.0},
}
MODELS: dict[str, Callable[[], nn.Module]] = {"mentions": Mentions, "relations": Relations}
EXAMPLES: dict[str, Any] = {"mentions": mention_examples.examples, "relations": relation_examples.examples}


def chosen(texts: Sequence[Text], shares: dict[str, float], epoch: int) -> list[int]:
    """The numbers of an epoch's texts: each as often as its set's share says, the rest by chance."""
    found = []
    for number, text in enumerate(texts):
        share = shares[text.corpus]
        found += [number] * (int(share) + (fraction("share", epoch, text.id) < share % 1))
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the sets, train, leave ``DIR/checkpoint.pt``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stage", choices=sorted(MODELS), required=True)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--steps", type=int, help="end the schedule after so many steps, the epochs done or not")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--start", type=Path, help="begin with the weights of this checkpoint, of either stage")
    parser.add_argument("--silver", type=Path, help="mentions found in KnowledgeNet (training.silver)")
    parser.add_argument("--toy", action="store_true", help="a few texts of every set, one epoch")
    options = parser.parse_args(arguments)
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    options.out.mkdir(parents=True, exist_ok=True)
    shares = SHARES[options.stage]
    texts = [text for text in corpora.read(options.data, tuple(shares)) if not text.held]
    texts = smallest(texts) if options.toy else texts
    if options.silver:
        mentions = silver.read(options.silver)
        texts = [silver.with_silver(t, mentions[t.id]) if t.id in mentions else t for t in texts]
    tokenizer = load(folder() / "tokenizer.json")
    cut = [list(EXAMPLES[options.stage](text, tokenizer)) for text in texts]

    def epoch(number: int) -> list[Any]:
        return [example for n in chosen(texts, shares, number) for example in sampled(cut[n], number)]

    model = MODELS[options.stage]()
    if options.start:
        begin_with(model, options.start)
    plan = Plan(epochs=1 if options.toy else options.epochs, steps=options.steps, seed=options.seed)
    train(model, epoch, plan, options.out)
    return 0


def begin_with(model: nn.Module, checkpoint: Path) -> None:
    """Take over the weights of another run that this model has too: the encoder at least."""
    model.load_state_dict(torch.load(checkpoint, weights_only=True)["model"], strict=False)


def sampled(examples: Sequence[Any], epoch: int) -> list[Any]:
    """An epoch's examples of one text: those that carry a share are drawn by it."""
    return [e for n, e in enumerate(examples) if fraction("keep", epoch, n, len(e.pieces)) < getattr(e, "share", 1.0)]


def smallest(texts: Sequence[Text]) -> list[Text]:
    """The first few texts of every set."""
    seen: dict[str, int] = {}
    kept = []
    for text in texts:
        seen[text.corpus] = seen.get(text.corpus, 0) + 1
        kept += [text] * (seen[text.corpus] <= TOY)
    return kept


if __name__ == "__main__":
    sys.exit(main())
