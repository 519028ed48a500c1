"""Second reading: each pair that the filter lets through is marked in its sentence and asked for its relations."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from training.reader.document import Reading
from training.reader.labels import FACETS, INVERSE, LABELS
from training.reader.models import Floats, Models
from training.reader.pairs import admitted, mark
from training.reader.tags import NAME, NOUN

OVERRIDES = {"employed_by": ("leads", "board_member_of"), "located_in": ("headquartered_in",)}


@dataclass(frozen=True, slots=True)
class Relation:
    """A stated relation between two mentions (numbers), with what the text makes of it."""

    head: int
    label: str
    tail: int
    sentence: int
    polarity: str
    modality: str
    tense: str
    confidence: float


def candidates(
    reading: Reading, cluster: Sequence[int], types: dict[int, str], floor: float
) -> Iterator[tuple[int, int]]:
    """The pairs worth a look: of two clusters, types that may be tied, filter passed, noun phrases only for a name."""
    named = {cluster[n] for n, mention in enumerate(reading.mentions) if mention.form == NAME}
    lowest = math.log(floor / (1 - floor))
    for first, second, score in reading.pairs:
        nameless = any(reading.mentions[n].form == NOUN and cluster[n] not in named for n in (first, second))
        strangers = cluster[first] != cluster[second] and admitted(types[cluster[first]], types[cluster[second]])
        if score >= lowest and strangers and not nameless:
            yield first, second


def relations(models: Models, reading: Reading, cluster: Sequence[int], types: dict[int, str]) -> list[Relation]:
    """All relations of a document, in the order of the text, each between two clusters once a sentence."""
    best: dict[tuple[int, int, str, int], Relation] = {}
    for first, second in candidates(reading, cluster, types, models.settings.filter_floor):
        for relation in of_pair(models, reading, (types[cluster[first]], types[cluster[second]]), first, second):
            key = (cluster[relation.head], cluster[relation.tail], relation.label, relation.sentence)
            if key not in best or relation.confidence > best[key].confidence:
                best[key] = relation
    return sorted(best.values(), key=lambda r: (r.sentence, r.head, r.tail, r.label))


def of_pair(models: Models, reading: Reading, types: tuple[str, str], first: int, second: int) -> list[Relation]:
    """The relations between two mentions; the types of their clusters bound the labels."""
    sentence = reading.sentence(first)
    mentions = [replace(reading.mentions[n], type=kind) for n, kind in zip((first, second), types, strict=True)]
    marked = mark(reading.words, reading.ranges, sentence, *mentions)
    if marked is None:
        return []
    scores, facets = models.read_pair(marked)
    found = []
    for number in admitted(*types):
        label, forward = LABELS[number % len(LABELS)], number < len(LABELS)
        confidence = 1 / (1 + math.exp(-float(scores[number]) / models.settings.temperature))
        if confidence >= models.settings.thresholds[label]:
            ends = (first, second) if forward else (second, first)
            found.append(Relation(ends[0], label, ends[1], sentence, *values(facets[number]), confidence))
    return [relation for relation in found if not overridden(relation, found)]


def values(scores: Floats) -> tuple[str, str, str]:
    """The likeliest value of each facet."""
    chosen, start = [], 0
    for names in FACETS.values():
        chosen.append(names[int(np.argmax(scores[start : start + len(names)]))])
        start += len(names)
    return chosen[0], chosen[1], chosen[2]


def overridden(relation: Relation, others: Sequence[Relation]) -> bool:
    """Whether another relation of the pair says the same better: an office beside employment, a surer inverse."""
    for other in others:
        same = (other.head, other.tail) == (relation.head, relation.tail)
        turned = (other.tail, other.head) == (relation.head, relation.tail)
        if same and other.label in OVERRIDES.get(relation.label, ()):
            return True
        if turned and INVERSE.get(relation.label) == other.label and other.confidence > relation.confidence:
            return True
    return False
