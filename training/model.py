"""The model: one encoder; heads over words for tags, antecedents and the filter of pairs; heads over the markers of
pairs.

Outputs for every piece: scores of tags, six vectors from which spans are put together (first and last word each) as
anaphor, as antecedent, and as member of a pair, and two keys that details are found by. For every pair, from its four
markers side by side: a score for every label in each direction, scores of the facets' values, the queries that point at
title, source, dates, sum and share; and, where both ends are an event's word, whether it happened.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from kg.extraction.coreference import FEATURES, SIZE
from kg.extraction.labels import FACETS, HAPPENING, OUTPUTS, ROLES, VALUES
from kg.extraction.pairs import MARKERS, admitted
from kg.extraction.tags import COUNT, FORMS, NAME, TYPES, begin
from training.encoder import Encoder, locked_dropout

KEY = 64
WEIGHTS = {
    "tags": 1.0,
    "antecedents": 0.5,
    "filter": 0.3,
    "labels": 1.0,
    "facets": 0.3,
    "happening": 0.3,
    "details": 0.2,
}
CLOSED = -1e4
PRODUCT = slice(begin("Product", NAME), begin("Product", NAME) + 4)
RARE = 3.0


@dataclass(slots=True)
class Batch:
    """Windows side by side, as ``examples.Example`` with a first axis more; padded with zeros, masks with false.

    ``length`` pieces of text, then the markers; ``lengths`` the pieces that are real. ``facts`` (facts, 3): window,
    pair, output. ``taught``: whether a teacher may judge it, too.
    """

    length: int
    pieces: Tensor
    kinds: Tensor
    places: Tensor
    lengths: Tensor
    rows: Tensor
    allowed: Tensor
    spans: Tensor
    forms: Tensor
    numbers: Tensor
    antecedents: Tensor
    pairs: Tensor
    target: Tensor
    weight: Tensor
    filtered: Tensor
    happening: Tensor
    admitted: Tensor
    facts: Tensor
    values: Tensor
    details: Tensor
    taught: bool = True

    def to(self, device: torch.device) -> Batch:
        """The same elsewhere."""
        moved = {name: getattr(self, name) for name in self.__slots__}
        return Batch(**{n: v.to(device, non_blocking=True) if isinstance(v, Tensor) else v for n, v in moved.items()})

    def open(self) -> Tensor:
        """(windows, rows, rows): all may look at the text, a marker also at those of its pair."""
        row = torch.arange(self.pieces.shape[1], device=self.pieces.device)
        group = torch.where(row < self.length, -1, (row - self.length) // MARKERS)
        own = (group[:, None] == group[None, :]) & (group >= 0)[:, None]
        return own[None] | (row[None] < self.lengths[:, None])[:, None]


@dataclass(slots=True)
class Outputs:
    """What the model says of a batch. ``queries`` (windows, pairs, roles * 2 * KEY)."""

    tags: Tensor
    vectors: Tensor
    keys: Tensor
    labels: Tensor
    facets: Tensor
    queries: Tensor
    happening: Tensor


def admission() -> Tensor:
    """(types + 1, types + 1, outputs): whether two types admit an output; the last row and column for "unsure"."""
    table = torch.zeros(len(TYPES) + 1, len(TYPES) + 1, OUTPUTS, dtype=torch.bool)
    for a, first in enumerate(TYPES):
        for b, second in enumerate(TYPES):
            table[a, b, admitted(first, second)] = True
    return table


class Model(nn.Module):
    """The whole."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder
        width = encoder.shape.width
        self.words = WordHeads(width)
        self.pairs = PairHeads(width)
        self.bonus = nn.Parameter(torch.zeros(FEATURES))
        self.alone = nn.Parameter(torch.zeros(SIZE))
        self.alone_bonus = nn.Parameter(torch.zeros(len(FORMS)))
        self.filter = nn.Parameter(torch.randn(SIZE) * 0.02)
        self.filter_bonus = nn.Parameter(torch.zeros(1))
        self.queries_of = nn.Parameter(torch.zeros(OUTPUTS, len(ROLES) * 2 * KEY))
        self.facets_of = nn.Parameter(torch.zeros(OUTPUTS, VALUES))

    def forward(self, batch: Batch) -> Outputs:
        """All outputs of a batch."""
        states = self.encoder(batch.pieces, batch.kinds, batch.places, batch.open())
        text, markers = states[:, : batch.length], states[:, batch.length :]
        dropped = locked_dropout(text, 0.2, self.training)
        of_pairs = markers.unflatten(1, (-1, MARKERS)).flatten(2)
        return Outputs(*self.words(dropped), *self.pairs(locked_dropout(of_pairs, 0.2, self.training)))

    def antecedent_scores(self, outputs: Outputs, batch: Batch) -> Tensor:
        """As ``coreference.antecedent_scores``, (windows, mentions, mentions + 1)."""
        first, last = (at(outputs.vectors, batch.spans[:, :, n]) for n in (0, 1))
        anaphors = torch.relu(first[..., :SIZE] + last[..., SIZE : 2 * SIZE])
        candidates = torch.relu(first[..., 2 * SIZE : 3 * SIZE] + last[..., 3 * SIZE : 4 * SIZE])
        scores = anaphors @ candidates.transpose(1, 2) / SIZE**0.5 + self.bonus[batch.numbers]
        alone = anaphors @ self.alone + self.alone_bonus[batch.forms]
        return torch.cat([scores, alone[..., None]], dim=2)

    def filter_scores(self, outputs: Outputs, batch: Batch) -> Tensor:
        """As ``document.score_pairs``, (windows, pairs): whether any relation is stated."""
        first, last = (at(outputs.vectors, batch.spans[:, :, n]) for n in (0, 1))
        members = torch.relu(first[..., 4 * SIZE : 5 * SIZE] + last[..., 5 * SIZE :])
        both = at(members, batch.pairs[:, :, 0]) * at(members, batch.pairs[:, :, 1])
        return both @ self.filter + self.filter_bonus

    def detail_scores(self, outputs: Outputs, batch: Batch) -> Tensor:
        """(facts, roles, 2, pieces): where each detail begins and ends; row 0 for "not said"."""
        window, pair, output = batch.facts.T
        queries = (outputs.queries[window, pair] + self.queries_of[output]).unflatten(1, (len(ROLES), 2, KEY))
        keys = outputs.keys.unflatten(2, (2, KEY))[window]
        return torch.einsum("frek,ftek->fret", queries, keys) / KEY**0.5

    def losses(self, outputs: Outputs, batch: Batch) -> dict[str, Tensor]:
        """The parts of the loss against gold, each a mean over what it judges."""
        return {
            "tags": tag_loss(at(outputs.tags, batch.rows), batch.allowed),
            "antecedents": antecedent_loss(self.antecedent_scores(outputs, batch), batch.antecedents),
            "filter": filter_loss(self.filter_scores(outputs, batch), batch.filtered),
            "labels": label_loss(outputs.labels, batch.target, batch.weight),
            "facets": facet_loss(self.facet_scores(outputs, batch), batch.values),
            "happening": happening_loss(outputs.happening, batch.happening),
            "details": detail_loss(self.detail_scores(outputs, batch), batch.details, batch.lengths[batch.facts[:, 0]]),
        }

    def facet_scores(self, outputs: Outputs, batch: Batch) -> Tensor:
        """(facts, values of the facets)."""
        window, pair, output = batch.facts.T
        return outputs.facets[window, pair] + self.facets_of[output]

    def loss(self, batch: Batch, teacher: tuple[Outputs, Model] | None = None) -> Tensor:
        """The weighted sum; with a teacher, its outputs teach too, above all where gold is silent."""
        outputs = self(batch)
        parts = self.losses(outputs, batch)
        if teacher is not None:
            parts |= self.taught(outputs, batch, *teacher)
        return torch.stack([WEIGHTS.get(name, 1.0) * part for name, part in parts.items()]).sum()

    def taught(self, outputs: Outputs, batch: Batch, theirs: Outputs, teacher: Model) -> dict[str, Tensor]:
        """Divergences from a teacher: tags, antecedents, labels (those that the types admit), facets."""
        words = batch.allowed.any(dim=-1)
        mine, wanted = (torch.log_softmax(at(o.tags, batch.rows).float(), -1)[words] for o in (outputs, theirs))
        tags = functional.kl_div(mine, wanted, log_target=True, reduction="batchmean")
        with torch.no_grad():
            soft = torch.sigmoid(theirs.labels.float())
            links = teacher.antecedent_scores(theirs, batch).float()
        known = batch.admitted
        each = functional.binary_cross_entropy_with_logits(outputs.labels.float(), soft, reduction="none")
        labels = (each * known).sum() / (soft * known).sum().clamp(min=1.0)
        candidates = batch.antecedents >= 0
        rows = candidates[..., :-1].any(-1)
        own = self.antecedent_scores(outputs, batch).float().masked_fill(~candidates, CLOSED)[rows]
        goal = links.masked_fill(~candidates, CLOSED)[rows]
        linked = functional.kl_div(own.log_softmax(-1), goal.log_softmax(-1), log_target=True, reduction="sum")
        facets = outputs.tags.sum() * 0
        if len(batch.facts):
            pairs = zip(
                *(split_facets(m.facet_scores(o, batch)) for m, o in ((self, outputs), (teacher, theirs))), strict=True
            )
            facets = sum(
                functional.kl_div(a.log_softmax(-1), b.log_softmax(-1), log_target=True, reduction="batchmean")
                for a, b in pairs
            )
        return {
            "taught tags": 2.0 * tags,
            "taught labels": 1.0 * labels,
            "taught antecedents": 0.5 * linked / rows.sum().clamp(min=1),
            "taught facets": 0.3 * facets,
        }


class WordHeads(nn.Module):
    """States of pieces → tags, vectors, keys."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.tags = nn.Linear(width, COUNT)
        self.vectors = nn.Linear(width, 6 * SIZE)
        self.keys = nn.Linear(width, 2 * KEY)

    def forward(self, states: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Three outputs with the pieces' axes."""
        return self.tags(states), self.vectors(states), self.keys(states)


class PairHeads(nn.Module):
    """Four markers' states side by side → labels, facets, queries, and of an event whether it happened."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.join = nn.Linear(MARKERS * width, width)
        self.labels = nn.Linear(width, OUTPUTS)
        self.facets = nn.Linear(width, VALUES)
        self.queries = nn.Linear(width, len(ROLES) * 2 * KEY)
        self.happening = nn.Linear(width, len(HAPPENING))
        nn.init.constant_(self.labels.bias, -2.0)

    def forward(self, markers: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Four outputs with the pairs' axes."""
        joined = functional.gelu(self.join(markers))
        return self.labels(joined), self.facets(joined), self.queries(joined), self.happening(joined)


def at(values: Tensor, rows: Tensor) -> Tensor:
    """(windows, n, width) and (windows, m) → (windows, m, width)."""
    return torch.gather(values, 1, rows[..., None].expand(-1, -1, values.shape[-1]))


def tag_loss(scores: Tensor, allowed: Tensor) -> Tensor:
    """Minus the logarithm of the probability of all allowed tags together, where not all are allowed.

    Words that can only be of a product, which are rare, weigh more.
    """
    taught = (allowed.any(-1) & ~allowed.all(-1)).float()
    taught = taught * torch.where(allowed[..., PRODUCT].any(-1) & ~allowed[..., : PRODUCT.start].any(-1), RARE, 1.0)
    log = torch.log_softmax(scores.float(), dim=-1)
    each = -torch.logsumexp(log.masked_fill(~allowed, CLOSED), dim=-1)
    return (each * taught).sum() / taught.sum().clamp(min=1)


def antecedent_loss(scores: Tensor, known: Tensor) -> Tensor:
    """Minus the logarithm of the probability of all right antecedents together."""
    anaphors = (known == 1).any(-1)
    scores = scores.float().masked_fill(known < 0, CLOSED)
    right = torch.logsumexp(scores.masked_fill(known != 1, CLOSED), dim=-1)
    each = torch.logsumexp(scores, dim=-1) - right
    return (each * anaphors).sum() / anaphors.sum().clamp(min=1)


def filter_loss(scores: Tensor, related: Tensor) -> Tensor:
    """Binary cross-entropy over the pairs that are judged."""
    judged = related >= 0
    each = functional.binary_cross_entropy_with_logits(scores.float(), related.clamp(min=0), reduction="none")
    return (each * judged).sum() / judged.sum().clamp(min=1)


def label_loss(scores: Tensor, target: Tensor, weight: Tensor) -> Tensor:
    """Weighted binary cross-entropy, over the number of what is stated."""
    each = functional.binary_cross_entropy_with_logits(scores.float(), target, weight, reduction="sum")
    return each / (weight * target).sum().clamp(min=8.0)


def split_facets(scores: Tensor) -> tuple[Tensor, ...]:
    """The scores of each facet's values."""
    return scores.float().split([len(names) for names in FACETS.values()], dim=-1)


def facet_loss(scores: Tensor, values: Tensor) -> Tensor:
    """Mean cross-entropy of the facets, added up."""
    if not len(values):
        return scores.sum() * 0
    parts = zip(split_facets(scores), values.T, strict=True)
    return torch.stack([functional.cross_entropy(part, value) for part, value in parts]).sum()


def happening_loss(scores: Tensor, values: Tensor) -> Tensor:
    """Mean cross-entropy over the events."""
    known = values >= 0
    each = functional.cross_entropy(scores.float().transpose(1, 2), values.clamp(min=0), reduction="none")
    return (each * known).sum() / known.sum().clamp(min=1)


def detail_loss(scores: Tensor, details: Tensor, lengths: Tensor) -> Tensor:
    """Minus the logarithm of the probability of all right first rows, and of all right last rows."""
    if not len(details):
        return scores.sum() * 0
    right = torch.zeros_like(scores, dtype=torch.bool)
    fact, role, first, last = details.T
    right[fact, role, 0, first] = True
    right[fact, role, 1, last] = True
    inside = (torch.arange(scores.shape[-1], device=scores.device) < lengths[:, None])[:, None, None]
    scores = scores.float().masked_fill(~inside, CLOSED)
    each = torch.logsumexp(scores, -1) - torch.logsumexp(scores.masked_fill(~right, CLOSED), -1)
    known = right.any(-1)
    return (each * known).sum() / known.sum().clamp(min=1)
