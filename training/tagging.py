"""Which tags each word of a gold text may have: the annotation, and the freedom that its silence leaves.

The loss takes the probability of all allowed tags together, so a word that nobody judged teaches nothing.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kg.extraction.tags import COUNT, NAME, NOUN, OUTSIDE, PRONOUN, TYPES, begin, inside
from kg.extraction.word_lists import PRONOUNS
from kg.extraction.wordpieces import LOWER, OTHER, Words
from training.gold import NO_ENTITY, Mark, Text

NOUNS = [tag for kind in TYPES for tag in (begin(kind, NOUN), inside(kind, NOUN))]
NAMES = [tag for kind in TYPES for tag in (begin(kind, NAME), inside(kind, NAME))]
INSIDES = [inside(kind, form) for kind in TYPES for form in (NAME, NOUN)]
KINDS = {"": TYPES, NO_ENTITY: (), **{kind: (kind,) for kind in TYPES}}
COMPLETE = {"own", "gum_news", "gum_other"}
COMPLETE_NAMES = {"redocred", "fire"}


def allowed_tags(text: Text, words: Words) -> NDArray[np.bool_]:
    """A row for every word, true where the tag is allowed."""
    table = background(text, words)
    for mark in sorted(disjoint(text), key=lambda m: m.start):
        low, high = words.range_of(mark.start, mark.end)
        if low < high:
            table[low:high] = False
            write(table, text, mark, low, high)
            if high < len(words):
                table[high, INSIDES] = False
    return table


def background(text: Text, words: Words) -> NDArray[np.bool_]:
    """What an unmarked word may be."""
    table = np.zeros((len(words), COUNT), dtype=bool)
    table[:, OUTSIDE] = True
    if text.corpus in COMPLETE:
        return table
    for number in range(len(words)):
        if text.text[words.starts[number] : words.ends[number]].lower() in PRONOUNS:
            table[number] = True
            continue
        table[number, NOUNS] = True
        if text.corpus not in COMPLETE_NAMES and words.casings[words.first[number]] not in (LOWER, OTHER):
            table[number, NAMES] = True
    return table


def write(table: NDArray[np.bool_], text: Text, mark: Mark, low: int, high: int) -> None:
    """Allow the tags of a mark; of an unsure type, any type or none."""
    kinds = KINDS[mark.type]
    if mark.form == PRONOUN:
        word = text.text[mark.start : mark.end].lower()
        table[low, [begin(kind, PRONOUN) for kind in kinds] if word in PRONOUNS else OUTSIDE] = True
        table[low + 1 : high, OUTSIDE] = True
        return
    table[low, [begin(kind, mark.form) for kind in kinds]] = True
    table[low + 1 : high, [inside(kind, mark.form) for kind in kinds]] = True
    if mark.type in ("", NO_ENTITY) or doubtful(text, mark):
        table[low:high, OUTSIDE] = True


def doubtful(text: Text, mark: Mark) -> bool:
    """A noun phrase that is mentioned once may be generic; other sets mark those, we do not."""
    return text.corpus != "own" and mark.form == NOUN and sum(m.entity == mark.entity for m in text.marks) == 1


def disjoint(text: Text) -> list[Mark]:
    """Marks that do not nest: names before pronouns before noun phrases, the longer name, the shorter noun phrase."""
    order = {NAME: 0, PRONOUN: 1, NOUN: 2}

    def rank(mark: Mark) -> tuple[int, int, int]:
        length = mark.end - mark.start
        return order[mark.form], length if mark.form == NOUN else -length, mark.start

    kept: list[Mark] = []
    for mark in sorted(text.marks, key=rank):
        if all(mark.end <= other.start or other.end <= mark.start for other in kept):
            kept.append(mark)
    return kept
