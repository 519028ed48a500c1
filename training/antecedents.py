"""Teach how salience corrects the scores of antecedents: ``python -m training.antecedents --models DIR --data FOLDER``.

The encoder learned from GAP with nothing but the two marked names to choose from. Here the exported model reads the
texts (GAP development, GUM, our own passages), so that a pronoun has everything to choose from that it will have, and
only ``kg.extraction.salience`` is trained, on a processor, in minutes. Of GAP counts the thing to which all chains of
antecedents lead; of the sets that mark everything, the antecedents. Writes ``tables.npz``.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from kg.extraction.models import Models, open_models
from kg.extraction.reading import Reading, Seen, compared, encode, find_mentions
from kg.extraction.salience import FEATURES, Salience
from kg.extraction.tags import FORMS, NAME, PRONOUN
from training import corpora
from training.gold import Text
from training.model import CLOSED

SETS = ("gap", "gum_news", "gum_other", "own")
HIDDEN = 32
EPOCHS, RATE, DECAY, DROPOUT = 4, 2e-3, 1e-2, 0.1
BUDGET = 12_000
FULL = 0.5
CHAIN = 8
TABLES = tuple(f"salience_{field.name}" for field in fields(Salience))
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Window:
    """One window: what the model offers, and what gold says.

    ``known`` (mentions, mentions + 1): the right antecedents, the last for none; a row without any is not judged.
    ``chain``: the number of GAP's pronoun, or -1; ``right`` and ``wrong``: the mentions of what it means, and does not.
    """

    scores: NDArray[np.float32]
    described: NDArray[np.float32]
    forms: NDArray[np.int64]
    open: Bools
    known: Bools
    chain: int
    right: Bools
    wrong: Bools


def windows(models: Models, texts: Sequence[Text]) -> Iterator[Window]:
    """The windows of all texts that hold anything to link."""
    for text in texts:
        reading = encode(models, text.text)
        find_mentions(reading)
        for seen in reading.seen:
            if any(reading.mentions[n].form != NAME for n in seen.fresh):
                yield window(models, text, reading, seen)


def window(models: Models, text: Text, reading: Reading, seen: Seen) -> Window:
    """One window with what gold says of it."""
    of = compared(models, reading, seen)
    entities = [entity(text, *reading.place(n)) for n in seen.mentions]
    size, table = len(entities), of.open()
    known = np.zeros((size, size + 1), dtype=bool)
    chain, right, wrong = -1, np.zeros(size, dtype=bool), np.zeros(size, dtype=bool)
    if text.corpus == "gap":
        (pronoun,) = (mark for mark in text.marks if mark.form == PRONOUN)
        touched = [n for n, number in enumerate(seen.mentions) if touches(reading.place(number), pronoun)]
        chain = touched[0] if touched else -1
        meant = {of.things[n] for n, e in enumerate(entities) if e == pronoun.entity and n != chain}
        other = {of.things[n] for n, e in enumerate(entities) if e not in ("", pronoun.entity)}
        right, wrong = (np.array([thing in group for thing in of.things]) for group in (meant, other))
        alone = all(mark is pronoun or mark.entity != pronoun.entity for mark in text.marks)
        if (right & wrong).any() or (not alone and not right.any()):
            chain = -1
    else:
        fresh = set(seen.fresh)
        for n, own in enumerate(entities):
            if own and of.mentions[n].form != NAME and seen.mentions[n] in fresh:
                known[n, :-1] = table[n] & np.array([e == own for e in entities])
                known[n, -1] = not known[n, :-1].any()
    return Window(of.scores, of.described, of.forms, table, known, chain, right, wrong)


def entity(text: Text, start: int, end: int) -> str:
    """The entity of the mark that stands here, or "": articles do not count; of GAP any mark that is touched."""
    for mark in text.marks:
        if (trimmed(text.text, mark.start, mark.end) == trimmed(text.text, start, end)) or (
            text.corpus == "gap" and touches((start, end), mark)
        ):
            return mark.entity
    return ""


def touches(place: tuple[int, int], mark: corpora.Mark) -> bool:
    """Whether a stretch and a mark share a character."""
    return place[0] < mark.end and mark.start < place[1]


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A stretch without its article."""
    article = corpora.ARTICLE.match(text[start:end])
    return start + (article.end() if article else 0), end


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows side by side, filled up."""

    scores: Tensor
    described: Tensor
    forms: Tensor
    open: Tensor
    known: Tensor
    chain: Tensor
    right: Tensor
    wrong: Tensor


def batched(several: Sequence[Window]) -> Batch:
    """A batch."""
    count, size = len(several), max(len(w.forms) for w in several)
    scores, known = torch.zeros(count, size, size + 1), torch.zeros(count, size, size + 1, dtype=torch.bool)
    described, forms = torch.zeros(count, size, size, FEATURES), torch.zeros(count, size, dtype=torch.long)
    open_ = torch.zeros(count, size, size, dtype=torch.bool)
    right, wrong = torch.zeros(count, size), torch.zeros(count, size)
    for n, w in enumerate(several):
        own = len(w.forms)
        for whole, part in ((scores, w.scores), (known, w.known)):
            whole[n, :own, :own], whole[n, :own, -1] = torch.from_numpy(part[:, :-1]), torch.from_numpy(part[:, -1])
        described[n, :own, :own], forms[n, :own] = torch.from_numpy(w.described), torch.from_numpy(w.forms)
        open_[n, :own, :own] = torch.from_numpy(w.open)
        right[n, :own], wrong[n, :own] = torch.from_numpy(w.right).float(), torch.from_numpy(w.wrong).float()
    return Batch(scores, described, forms, open_, known, torch.tensor([w.chain for w in several]), right, wrong)


def batches(material: Sequence[Window]) -> list[Batch]:
    """Windows of alike size together, at most so many pairs of mentions a batch."""
    found: list[list[Window]] = [[]]
    for each in sorted(material, key=lambda w: len(w.forms)):
        if found[-1] and (len(found[-1]) + 1) * len(each.forms) ** 2 > BUDGET:
            found.append([])
        found[-1].append(each)
    return [batched(several) for several in found if several]


class Corrector(nn.Module):
    """``Salience`` while it learns; features come standardized."""

    def __init__(self, mean: Tensor, deviation: Tensor) -> None:
        super().__init__()
        self.mean, self.deviation = mean, deviation
        self.hidden, self.output = nn.Linear(FEATURES, HIDDEN), nn.Linear(HIDDEN, 1)
        self.direct = nn.Linear(FEATURES, 1, bias=False)
        self.scales, self.alone = nn.Parameter(torch.ones(2)), nn.Parameter(torch.zeros(len(FORMS)))
        nn.init.zeros_(self.direct.weight)

    def forward(self, batch: Batch) -> Tensor:
        """(windows, mentions, mentions + 1)."""
        features = (batch.described - self.mean) / self.deviation
        inner = nn.functional.dropout(torch.relu(self.hidden(features)), DROPOUT, self.training)
        pairs = self.scales[0] * batch.scores[..., :-1] + (self.output(inner) + self.direct(features))[..., 0]
        alone = self.scales[1] * batch.scores[..., -1] + self.alone[batch.forms]
        return torch.cat([pairs.masked_fill(~batch.open, CLOSED), alone[..., None]], dim=-1)

    def learned(self) -> Salience:
        """The numbers, over features as they come."""
        hidden, direct = self.hidden.weight / self.deviation, self.direct.weight[0] / self.deviation
        shift = self.output.bias - direct @ self.mean
        bias = self.hidden.bias - hidden @ self.mean
        parts = (hidden.T, bias, self.output.weight[0], direct, self.scales, self.alone - shift)
        return Salience(*(part.detach().numpy().astype(np.float32) for part in parts))


def loss(scores: Tensor, batch: Batch) -> Tensor:
    """The mean of both kinds of gold: chains of GAP, and half as much antecedents."""
    shares = scores.softmax(-1)[..., :-1]
    linked = (batch.forms > 0).float()
    chained = torch.arange(len(batch.chain))[batch.chain >= 0], batch.chain[batch.chain >= 0]
    right, wrong = (reached(shares, ends, linked)[chained] for ends in (batch.right, batch.wrong))
    stated = batch.right.any(-1)[chained[0]]
    of_chains = -torch.where(stated, right, 1 - wrong).clamp(min=1e-6).log()
    judged = batch.known.any(-1)
    each = torch.logsumexp(scores, -1) - torch.logsumexp(scores.masked_fill(~batch.known, CLOSED), -1)
    number = len(of_chains) + FULL * judged.sum()
    return (of_chains.sum() + FULL * each[judged].sum()) / number.clamp(min=1)


def reached(shares: Tensor, ends: Tensor, linked: Tensor) -> Tensor:
    """(windows, mentions): how likely the chain of antecedents from each mention comes to one of ``ends``."""
    found = torch.zeros_like(ends)
    for _ in range(CHAIN):
        found = linked * torch.einsum("wij,wj->wi", shares, ends + linked * (1 - ends) * found)
    return found


def fitted(material: Sequence[Window], seed: int = 1) -> Salience:
    """Train."""
    torch.manual_seed(seed)
    every = torch.from_numpy(np.concatenate([w.described[w.open] for w in material]))
    model = Corrector(every.mean(0), every.std(0) + 1e-2)
    adam = torch.optim.AdamW(model.parameters(), lr=RATE, weight_decay=DECAY)
    parts, order = batches(material), np.random.default_rng(seed)
    for epoch in range(EPOCHS):
        for step, number in enumerate(order.permutation(len(parts))):
            for group in adam.param_groups:
                group["lr"] = RATE * (1 - (epoch + step / len(parts)) / EPOCHS)
            value = loss(model(parts[number]), parts[number])
            adam.zero_grad(set_to_none=True)
            value.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            adam.step()
    return model.eval().learned()


def store(folder: Path, learned: Salience) -> None:
    """Put the numbers into ``tables.npz``."""
    with np.load(folder / "tables.npz") as stored:
        tables = dict(stored)
    tables |= {name: getattr(learned, field.name) for name, field in zip(TABLES, fields(Salience), strict=True)}
    np.savez(folder / "tables.npz", **tables)  # type: ignore[arg-type]


def main(arguments: Sequence[str] | None = None) -> int:
    """Read, train, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--models", type=Path, required=True)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    options = parser.parse_args(arguments)
    torch.set_num_threads(1)
    texts = [text for text in corpora.read(options.data, SETS) if not text.held]
    material = list(windows(open_models(options.models), texts))
    store(options.models, fitted(material))
    print(f"{len(texts)} texts, {len(material)} windows, {sum(w.chain >= 0 for w in material)} pronouns of GAP")
    return 0


if __name__ == "__main__":
    sys.exit(main())
