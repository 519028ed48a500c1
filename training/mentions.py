"""Stage one: mentions, coreference and the filter of pairs, as one model over a window of a document.

Outputs for every word: the scores of its tags, and six vectors from which spans are put together (first and last word
each) as anaphor, as antecedent, and as member of a pair.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from training.encoder import WIDTH, Encoder, locked_dropout, pretrained
from training.reader.coreference import FEATURES, SIZE
from training.reader.tags import COUNT, FORMS


@dataclass(frozen=True, slots=True)
class Window:
    """One window as tensors. ``antecedents`` (mentions, mentions + 1) is 1 right, 0 wrong, -1 no candidate."""

    pieces: Tensor
    casings: Tensor
    rows: Tensor
    allowed: Tensor
    spans: Tensor
    forms: Tensor
    numbers: Tensor
    antecedents: Tensor
    pairs: Tensor
    related: Tensor


class Mentions(nn.Module):
    """The model of stage one."""

    def __init__(self, encoder: Encoder | None = None) -> None:
        super().__init__()
        self.encoder = encoder or pretrained()
        self.tags = nn.Linear(WIDTH, COUNT)
        self.vectors = nn.Linear(WIDTH, 6 * SIZE)
        self.bonus = nn.Parameter(torch.zeros(FEATURES))
        self.alone = nn.Parameter(torch.zeros(SIZE))
        self.alone_bonus = nn.Parameter(torch.zeros(len(FORMS)))
        self.filter = nn.Parameter(torch.randn(SIZE) * 0.02)
        self.filter_bonus = nn.Parameter(torch.zeros(1))

    def forward(self, pieces: Tensor, casings: Tensor, mask: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """Scores of tags (batch, pieces, tags) and span vectors (batch, pieces, 6 * SIZE)."""
        states = self.encoder(pieces, casings, mask)
        states = locked_dropout(states, 0.2, self.training)
        return self.tags(states), self.vectors(states)

    def antecedent_scores(self, vectors: Tensor, window: Window) -> Tensor:
        """As ``reader.coreference.antecedent_scores``, with gradients."""
        first, last = vectors[window.spans[:, 0]], vectors[window.spans[:, 1]]
        anaphors = torch.relu(first[:, :SIZE] + last[:, SIZE : 2 * SIZE])
        candidates = torch.relu(first[:, 2 * SIZE : 3 * SIZE] + last[:, 3 * SIZE : 4 * SIZE])
        scores = anaphors @ candidates.T / SIZE**0.5 + self.bonus[window.numbers]
        alone = anaphors @ self.alone + self.alone_bonus[window.forms]
        return torch.cat([scores, alone[:, None]], dim=1)

    def filter_scores(self, vectors: Tensor, window: Window) -> Tensor:
        """As ``reader.relations.filter_scores``, with gradients: for each pair, whether any relation is stated."""
        first, last = vectors[window.spans[:, 0]], vectors[window.spans[:, 1]]
        members = torch.relu(first[:, 4 * SIZE : 5 * SIZE] + last[:, 5 * SIZE :])
        return (members[window.pairs[:, 0]] * members[window.pairs[:, 1]]) @ self.filter + self.filter_bonus

    def loss(self, windows: list[Window]) -> Tensor:
        """Tags by the probability of all that are allowed, antecedents by that of all that are right, pairs by BCE."""
        pieces, casings, mask = padded(windows)
        tags, vectors = self(pieces, casings, mask)
        parts = [self.window_loss(tags[n], vectors[n], window) for n, window in enumerate(windows)]
        total, weights = torch.stack([p for p, _ in parts]).sum(0), torch.tensor([w for _, w in parts]).sum(0)
        shares = total / weights.clamp(min=1.0)
        return shares[0] + 0.5 * shares[1] + 0.3 * shares[2]

    def window_loss(self, tags: Tensor, vectors: Tensor, window: Window) -> tuple[Tensor, list[float]]:
        """Sums of the three losses, and what each is to be divided by."""
        zero = tags.sum() * 0
        taught = ~window.allowed.all(dim=1)
        log = torch.log_softmax(tags[window.rows], dim=-1)
        tag_loss = -torch.logsumexp(log.masked_fill(~window.allowed, -1e9), dim=-1)[taught]
        losses, counts = [tag_loss.sum(), zero, zero], [float(taught.sum()), 0.0, 0.0]
        anaphors = (window.antecedents == 1).any(dim=1) if len(window.spans) else torch.zeros(0, dtype=torch.bool)
        if anaphors.any():
            known = window.antecedents[anaphors]
            scores = self.antecedent_scores(vectors, window)[anaphors].masked_fill(known < 0, -1e9)
            right = torch.logsumexp(scores.masked_fill(known != 1, -1e9), dim=1)
            losses[1], counts[1] = (torch.logsumexp(scores, dim=1) - right).sum(), float(len(known))
        if len(window.pairs):
            scores = self.filter_scores(vectors, window)
            losses[2] = nn.functional.binary_cross_entropy_with_logits(scores, window.related, reduction="sum")
            counts[2] = float(len(window.pairs))
        return torch.stack(losses), counts


def padded(windows: list[Window]) -> tuple[Tensor, Tensor, Tensor | None]:
    """Pieces, casings and mask of several windows as rectangles; no mask where they are equally long."""
    pad = nn.utils.rnn.pad_sequence
    lengths = torch.tensor([len(w.pieces) for w in windows])
    mask = torch.arange(int(lengths.max()))[None] < lengths[:, None]
    pieces = pad([w.pieces for w in windows], batch_first=True)
    casings = pad([w.casings for w in windows], batch_first=True)
    return pieces, casings, None if bool(mask.all()) else mask
