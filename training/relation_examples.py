"""Gold texts cut into the marked sentences that stage two learns from; unrelated pairs are drawn anew every epoch."""

from __future__ import annotations

from collections.abc import Iterator

import torch
from tokenizers import Tokenizer
from torch import Tensor

from training.gold import Mark, Text
from training.pairing import Judged, judged_pairs
from training.reader.labels import FACETS, OUTPUTS
from training.reader.pairs import mark
from training.reader.sentences import sentences
from training.reader.tags import Span
from training.reader.windows import sentence_words
from training.reader.wordpieces import Words, words
from training.relations import Pair

UNRELATED = {"own": 0.5, "knowledgenet": 0.4, "redocred": 0.15, "fire": 0.5}
PLACES = 0.05


def examples(text: Text, tokenizer: Tokenizer) -> Iterator[Pair]:
    """Every judged pair of a text as an example, with the share of epochs in which it is seen."""
    split = words(tokenizer, text.text)
    ranges = sentence_words(split, sentences(text.text))
    for pair in judged_pairs(text, split, ranges):
        first, second = (span(split, text.marks[n]) for n in (pair.first, pair.second))
        marked = mark(split, ranges, pair.sentence, first, second)
        if marked is not None:
            yield Pair(
                torch.tensor(marked.pieces),
                torch.tensor(marked.casings),
                torch.tensor(marked.places),
                torch.from_numpy(pair.target),
                torch.from_numpy(pair.weight),
                values(pair),
                share(text, pair, first, second),
            )


def span(split: Words, of: Mark) -> Span:
    """A mark as a range of words."""
    low, high = split.range_of(of.start, of.end)
    return Span(low, high, of.type, of.form)


def values(pair: Judged) -> Tensor:
    """The facets of every stated output, by their numbers."""
    table = torch.full((OUTPUTS, len(FACETS)), -1, dtype=torch.long)
    for number, stated in pair.values.items():
        table[number] = torch.tensor([names.index(v) for names, v in zip(FACETS.values(), stated, strict=True)])
    return table


def share(text: Text, pair: Judged, first: Span, second: Span) -> float:
    """In how many epochs a pair is seen: related ones in all, places inside places and unrelated ones in some."""
    if first.type == second.type == "Place":
        return PLACES if text.corpus == "redocred" else UNRELATED["own"]
    return 1.0 if pair.related else UNRELATED.get(text.corpus, 1.0)
