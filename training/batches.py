"""From examples to batches: which texts an epoch sees, windows of alike length together, arrays as rectangles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from kg.extraction.labels import FACETS, OUTPUTS
from kg.extraction.pairs import KINDS, MARKERS
from kg.extraction.tags import COUNT
from training.examples import Example
from training.gold import fraction
from training.model import Batch, admission

SHARES = {
    "knowledgenet": 1.0,
    "core": 1.0,
    "redocred": 1.0,
    "fire": 2.0,
    "gum_news": 2.0,
    "gum_other": 1.0,
    "gap": 1.0,
    "own": 2.0,
    "events": 2.0,
}
FRESH = "fresh"
MOST_PAIRS = 40
ADMISSION = admission()


def chosen(examples: Sequence[Example], epoch: int, shares: Mapping[str, float] = SHARES) -> list[int]:
    """The numbers of an epoch's windows: each as often as its set's share says, the rest by chance."""
    found = []
    for number, example in enumerate(examples):
        share = shares[example.corpus]
        found += [number] * (int(share) + (fraction("share", epoch, number) < share % 1))
    return found


def batches(
    examples: Sequence[Example], budget: int, seed: int, epoch: int, shares: Mapping[str, float] = SHARES
) -> list[list[int]]:
    """Numbers of windows in batches of at most ``budget`` rows, markers and padding included, in an order by chance.

    Passages that the teacher may not judge (``FRESH``) are never in one batch with others.
    """

    def place(number: int) -> tuple[bool, int, float]:
        return examples[number].corpus == FRESH, rows(examples[number]) // 8, fraction(seed, epoch, number)

    found: list[list[int]] = [[]]
    for number in sorted(chosen(examples, epoch, shares), key=place):
        other = found[-1] and (examples[found[-1][0]].corpus == FRESH) != (examples[number].corpus == FRESH)
        if found[-1] and (other or rows(examples[number]) * (len(found[-1]) + 1) > budget):
            found.append([])
        found[-1].append(number)
    return sorted(filter(None, found), key=lambda batch: fraction(seed, epoch, "batch", batch[0], len(batch)))


def rows(example: Example) -> int:
    """How many rows a window takes, about."""
    return len(example.pieces) + MARKERS * min(MOST_PAIRS, len(example.pairs))


def seen(example: Example, epoch: int) -> NDArray[np.int64]:
    """The pairs of a window that an epoch sees, at most so many: those with a relation first."""
    coins = np.random.default_rng([epoch, len(example.pieces), len(example.pairs)]).random(len(example.pairs))
    drawn = np.flatnonzero(coins < example.share)
    stated = (example.target[drawn] * example.weight[drawn]).any(axis=1)
    best = drawn[np.lexsort((coins[drawn], ~stated))][:MOST_PAIRS]
    return np.sort(best)


def rectangle(arrays: Sequence[NDArray[np.generic]], shape: tuple[int, ...], fill: int = 0) -> Tensor:
    """Arrays of different sizes as one, filled up."""
    made = np.full((len(arrays), *shape), fill, dtype=arrays[0].dtype)
    for number, array in enumerate(arrays):
        made[(number, *(slice(0, size) for size in array.shape))] = array
    whole = np.issubdtype(made.dtype, np.integer)
    return torch.from_numpy(made.astype(np.int64) if whole else made)


def collate(examples: Sequence[Example], epoch: int) -> Batch:
    """A batch."""
    picked = [seen(example, epoch) for example in examples]
    length, pairs = even(max(len(e.pieces) for e in examples), 8), even(max(1, *map(len, picked), 0), 2)
    words, marks = max(len(e.rows) for e in examples), max(1, *(len(e.spans) for e in examples), 0)
    count, size = len(examples), length + MARKERS * pairs
    pieces, kinds, places = (torch.zeros(count, size, dtype=torch.long) for _ in range(3))
    places[:, :length] = torch.arange(length)
    kinds[:, length:] = torch.tensor(KINDS).repeat(pairs)
    for n, (example, pick) in enumerate(zip(examples, picked, strict=True)):
        own = len(example.pieces)
        pieces[n, :own], kinds[n, :own] = (
            torch.from_numpy(example.pieces).long(),
            torch.from_numpy(example.kinds).long(),
        )
        ends = example.spans[example.pairs[pick]][:, :, [0, 2]].reshape(-1)
        places[n, length : length + len(ends)] = torch.from_numpy(ends).long()
        pieces[n, length : length + len(ends)] = torch.from_numpy(example.pieces[ends]).long()
    facts = [facts_of(example, n, pick) for n, (example, pick) in enumerate(zip(examples, picked, strict=True))]
    firsts = np.cumsum([0] + [len(f[0]) for f in facts])
    details = [
        np.concatenate([d[:, :1] + first, d[:, 1:]], axis=1) for (_, _, d), first in zip(facts, firsts, strict=False)
    ]
    types = [e.types[e.pairs[pick]].reshape(-1, 2) for e, pick in zip(examples, picked, strict=True)]
    antecedents = torch.full((count, marks, marks + 1), -1, dtype=torch.long)
    for n, e in enumerate(examples):
        antecedents[n, : len(e.spans), : len(e.spans)] = torch.from_numpy(e.antecedents[:, :-1])
        antecedents[n, : len(e.spans), -1] = torch.from_numpy(e.antecedents[:, -1])
    pairs_of = list(zip(examples, picked, strict=True))
    known = rectangle(types, (pairs, 2), -1)
    return Batch(
        length,
        pieces,
        kinds,
        places,
        torch.tensor([len(e.pieces) for e in examples]),
        rectangle([e.rows for e in examples], (words,)),
        rectangle([e.allowed for e in examples], (words, COUNT)),
        rectangle([e.spans for e in examples], (marks, 3)),
        rectangle([e.forms for e in examples], (marks,)),
        rectangle([e.numbers for e in examples], (marks, marks)),
        antecedents,
        rectangle([e.pairs[p] for e, p in pairs_of], (pairs, 2)),
        rectangle([e.target[p] for e, p in pairs_of], (pairs, OUTPUTS)).float(),
        rectangle([e.weight[p] for e, p in pairs_of], (pairs, OUTPUTS)).float(),
        rectangle([e.filtered[p] for e, p in pairs_of], (pairs,), -1).float(),
        rectangle([e.happening[p] for e, p in pairs_of], (pairs,), -1),
        ADMISSION[known[..., 0], known[..., 1]],
        torch.from_numpy(np.concatenate([f[0] for f in facts])),
        torch.from_numpy(np.concatenate([f[1] for f in facts])),
        torch.from_numpy(np.concatenate(details)),
        taught=all(e.corpus != FRESH for e in examples),
    )


def even(number: int, step: int) -> int:
    """Rounded up: attention is fastest over such lengths."""
    return -(-number // step) * step


Facts = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]


def facts_of(example: Example, window: int, pick: NDArray[np.int64]) -> Facts:
    """The facts of the pairs that are seen: (window, pair, output), their facets, their details."""
    place = {int(pair): n for n, pair in enumerate(pick)}
    kept = [n for n, (pair, _) in enumerate(example.stated) if int(pair) in place]
    number = {fact: n for n, fact in enumerate(kept)}
    facts = [(window, place[int(example.stated[n, 0])], int(example.stated[n, 1])) for n in kept]
    details = [(number[int(f)], *rest) for f, *rest in example.details if int(f) in number]
    return (
        np.array(facts, dtype=np.int64).reshape(-1, 3),
        example.values[kept].reshape(-1, len(FACETS)).astype(np.int64),
        np.array(details, dtype=np.int64).reshape(-1, 4),
    )
