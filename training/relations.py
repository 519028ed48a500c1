"""Stage two: which relations a sentence states between two marked mentions, and how (polarity, modality, tense).

The states of the two opening markers, side by side, give one score for every label in each direction, and for every
one of these the scores of the facets' values.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from training.encoder import WIDTH, Encoder, locked_dropout, pretrained
from training.reader.labels import FACETS, OUTPUTS, VALUES


@dataclass(frozen=True, slots=True)
class Pair:
    """One marked sentence as tensors. ``values`` (outputs, facets) is -1 where a facet is not known."""

    pieces: Tensor
    casings: Tensor
    places: Tensor
    target: Tensor
    weight: Tensor
    values: Tensor
    share: float = 1.0


class Relations(nn.Module):
    """The model of stage two."""

    def __init__(self, encoder: Encoder | None = None) -> None:
        super().__init__()
        self.encoder = encoder or pretrained()
        self.join = nn.Linear(2 * WIDTH, WIDTH)
        self.labels = nn.Linear(WIDTH, OUTPUTS)
        self.facets = nn.Linear(WIDTH, VALUES)
        self.facets_of = nn.Parameter(torch.zeros(OUTPUTS, VALUES))
        nn.init.constant_(self.labels.bias, -2.0)

    def forward(
        self, pieces: Tensor, casings: Tensor, places: Tensor, mask: Tensor | None = None
    ) -> tuple[Tensor, Tensor]:
        """Scores of the outputs (batch, outputs) and of their facets' values (batch, outputs, values)."""
        states = self.encoder(pieces, casings, mask)
        markers = torch.gather(states, 1, places[:, :, None].expand(-1, -1, WIDTH)).flatten(1)
        joined = nn.functional.gelu(self.join(locked_dropout(markers[:, None], 0.2, self.training)[:, 0]))
        return self.labels(joined), self.facets(joined)[:, None] + self.facets_of

    def loss(self, pairs: list[Pair]) -> Tensor:
        """Weighted BCE of the outputs that are judged, and cross-entropy of the facets of those stated."""
        scores, facets = self(*padded(pairs))
        target, weight = torch.stack([p.target for p in pairs]), torch.stack([p.weight for p in pairs])
        each = nn.functional.binary_cross_entropy_with_logits(scores, target, weight, reduction="sum")
        values = torch.stack([p.values for p in pairs])
        return each / (weight * target).sum().clamp(min=len(pairs) / 4) + 0.3 * facet_loss(facets, values)


def facet_loss(scores: Tensor, values: Tensor) -> Tensor:
    """Mean cross-entropy of the facets that are known, the facets added up."""
    total, start = scores.sum() * 0, 0
    for number, names in enumerate(FACETS.values()):
        known = values[:, :, number] >= 0
        part = scores[:, :, start : start + len(names)]
        if known.any():
            total = total + nn.functional.cross_entropy(part[known], values[:, :, number][known])
        start += len(names)
    return total


def padded(pairs: list[Pair]) -> tuple[Tensor, Tensor, Tensor, Tensor | None]:
    """Pieces, casings, places and mask of several pairs as rectangles; no mask where they are equally long."""
    pad = nn.utils.rnn.pad_sequence
    lengths = torch.tensor([len(p.pieces) for p in pairs])
    mask = torch.arange(int(lengths.max()))[None] < lengths[:, None]
    pieces, casings = (pad([getattr(p, name) for p in pairs], batch_first=True) for name in ("pieces", "casings"))
    return pieces, casings, torch.stack([p.places for p in pairs]), None if bool(mask.all()) else mask
