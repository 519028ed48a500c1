"""Gold texts cut into the windows that stage one learns from."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

from training.gold import NO_ENTITY, Mark, Text
from training.mentions import Window
from training.pairing import Judged, judged_pairs
from training.reader import windows as cutting
from training.reader.coreference import features, sentence_of, vector_rows
from training.reader.sentences import sentences
from training.reader.tags import FORMS, NAME, PRONOUN
from training.reader.wordpieces import Words, words
from training.tagging import allowed_tags, disjoint

Ranges = list[tuple[int, int]]


def examples(text: Text, tokenizer: Tokenizer) -> Iterator[Window]:
    """The windows of a text, without overlap."""
    split = words(tokenizer, text.text)
    ranges = cutting.sentence_words(split, sentences(text.text))
    if not ranges:
        return
    allowed = allowed_tags(text, split)
    pairs = list(judged_pairs(text, split, ranges))
    for window in cutting.windows(split, ranges, shared=0):
        yield example(text, split, ranges, window, allowed, pairs)


def example(
    text: Text, split: Words, ranges: Ranges, window: cutting.Window, allowed: np.ndarray, pairs: list[Judged]
) -> Window:
    """One window as tensors."""
    low, high = window.low, window.high
    pieces, casings = cutting.pieces(split, low, high)
    rows = vector_rows(split, low)[: high - low]
    spans = {}
    for mark in sorted(disjoint(text), key=lambda m: m.start):
        first, last = split.range_of(mark.start, mark.end)
        if low <= first < last <= high and mark.type != NO_ENTITY:
            spans[mark] = (first, last)
    marks = list(spans)
    places = [sentence_of(ranges, first) for first, _ in spans.values()]
    number = {mark: n for n, mark in enumerate(marks)}
    inside = [
        (p, number[text.marks[p.first]], number[text.marks[p.second]])
        for p in pairs
        if text.marks[p.first] in number and text.marks[p.second] in number
    ]
    told = [entry for entry in inside if entry[0].related or text.corpus != "knowledgenet"]
    return Window(
        torch.tensor(pieces),
        torch.tensor(casings),
        torch.tensor(rows),
        torch.from_numpy(allowed[low:high].copy()),
        torch.tensor([(rows[f - low], rows[t - 1 - low]) for f, t in spans.values()]).view(-1, 2),
        torch.tensor([FORMS.index(mark.form) for mark in marks], dtype=torch.long),
        torch.from_numpy(features([text.text[m.start : m.end] for m in marks], [m.form for m in marks], places)),
        antecedents(text, marks),
        torch.tensor([(a, b) for _, a, b in told], dtype=torch.long).view(-1, 2),
        torch.tensor([float(pair.related) for pair, _, _ in told]),
    )


def antecedents(text: Text, marks: list[Mark]) -> Tensor:
    """For every mark, which earlier ones it refers back to; its row is empty of ones where nothing is known."""
    table = torch.full((len(marks), len(marks) + 1), -1, dtype=torch.int8)
    size: dict[str, int] = {}
    for mark in text.marks:
        size[mark.entity] = size.get(mark.entity, 0) + 1
    for i, mark in enumerate(marks):
        if mark.form == NAME or (text.corpus == "knowledgenet" and size[mark.entity] == 1):
            continue
        for j in range(i):
            if admissible(mark, marks[j]):
                table[i, j] = marks[j].entity == mark.entity
        table[i, -1] = not (table[i] == 1).any()
    return table


def admissible(mark: Mark, candidate: Mark) -> bool:
    """Whether the candidate's type fits, and only pronouns follow pronouns."""
    if candidate.form == PRONOUN and mark.form != PRONOUN:
        return False
    return not mark.type or not candidate.type or mark.type == candidate.type
