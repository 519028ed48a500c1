"""The first reading of a text: its windows, its mentions, and which of them are one thing."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from kg.extraction.agreement import agreed
from kg.extraction.coreference import (
    allowed,
    antecedent_scores,
    cluster_types,
    clusters,
    features,
    least_sure,
    link,
    name_groups,
    sentence_of,
)
from kg.extraction.firms import firms
from kg.extraction.models import Encoded, Models
from kg.extraction.salience import Place, describe
from kg.extraction.sentences import headline_end, sentences
from kg.extraction.tags import FORMS, NAME, NOUN, TYPES, Span, spans
from kg.extraction.windows import Window, first_rows, pieces, sentence_words, windows
from kg.extraction.word_lists import COMPANY_WORDS, PRONOUNS
from kg.extraction.wordpieces import Words, words

__all__ = [
    "Compared",
    "Reading",
    "Seen",
    "compared",
    "encode",
    "find_mentions",
    "leave_out",
    "number_mentions",
    "resolve",
]

ARTICLES = ("the", "a", "an")
ORGANIZATION, UNSURE = "Organization", 0.5
ALL_TYPES = frozenset(TYPES)
APOSTROPHES = ("'", "\u2019", "'s", "\u2019s")
PREPOSITIONS = frozenset(
    "of by with to from for at in on against under about between as than after before like into over".split()
)


@dataclass(slots=True)
class Seen:
    """A window with what the encoder made of it, and the numbers of the mentions that begin in it."""

    window: Window
    rows: NDArray[np.int64]
    encoded: Encoded
    mentions: list[int] = field(default_factory=list)
    fresh: list[int] = field(default_factory=list)

    def ends(self, mention: Span) -> tuple[int, int, int]:
        """Rows of a mention's first word, last word, and last piece."""
        low, high = mention.low - self.window.low, mention.high - self.window.low
        return int(self.rows[low]), int(self.rows[high - 1]), int(self.rows[high]) - 1


@dataclass(slots=True)
class Reading:
    """What is known of a text so far. ``resolve`` fills all that follows the mentions; ``sureness``: of the links."""

    text: str
    words: Words
    ranges: Sequence[tuple[int, int]]
    seen: list[Seen] = field(default_factory=list)
    mentions: list[Span] = field(default_factory=list)
    antecedents: dict[int, int] = field(default_factory=dict)
    sureness: dict[int, float] = field(default_factory=dict)
    cluster: list[int] = field(default_factory=list)
    types: Mapping[int, str] = field(default_factory=dict)

    def surface(self, number: int) -> str:
        """A mention as it is written."""
        start, end = self.place(number)
        return self.text[start:end]

    def place(self, number: int) -> tuple[int, int]:
        """Where a mention begins and ends in the text."""
        mention = self.mentions[number]
        return self.words.starts[mention.low], self.words.ends[mention.high - 1]

    def word(self, number: int) -> str:
        """A word in small letters."""
        return self.text[self.words.starts[number] : self.words.ends[number]].lower()

    def sentence(self, number: int) -> int:
        """The sentence of a mention."""
        return sentence_of(self.ranges, self.mentions[number].low)

    def bounds(self, sentence: int) -> tuple[int, int]:
        """Where a sentence begins and ends in the text."""
        low, high = self.ranges[sentence]
        return self.words.starts[low], self.words.ends[high - 1]


def encode(models: Models, text: str) -> Reading:
    """Split a text into windows of whole sentences, and let the encoder read each."""
    split = words(models.tokenizer, text)
    reading = Reading(text, split, sentence_words(split, sentences(text)))
    for window in windows(split, reading.ranges):
        encoded = models.read_window(*pieces(split, window.low, window.high, models.settings.edges))
        reading.seen.append(Seen(window, first_rows(split, window), encoded))
    return reading


def find_mentions(reading: Reading) -> None:
    """Find the mentions of every window's new sentences; none goes beyond its sentence."""
    for seen in reading.seen:
        known = len(reading.mentions)
        inside = [bounds for bounds in reading.ranges if seen.window.fresh <= bounds[0] < seen.window.high]
        for low, high in inside:
            reading.mentions += of_sentence(reading, seen, low, high)
        number_mentions(reading, seen, known, len(reading.mentions))


def of_sentence(reading: Reading, seen: Seen, low: int, high: int) -> list[Span]:
    """The mentions among the words from ``low`` to ``high``."""
    rows = seen.rows[low - seen.window.low : high - seen.window.low]
    found = [m for m in spans(reading.words, reading.text, low, seen.encoded.tags[rows]) if not bare(reading, m)]
    taken = {word for mention in found for word in range(mention.low, mention.high)}
    return sorted([*found, *companies(reading, range(low, high), taken)], key=lambda mention: mention.low)


def leave_out(reading: Reading, numbers: set[int]) -> None:
    """Takes mentions away, by number."""
    kept = [n for n in range(len(reading.mentions)) if n not in numbers]
    reading.mentions = [reading.mentions[n] for n in kept]
    last = 0
    for seen in reading.seen:
        end = last + sum(n not in numbers for n in seen.fresh)
        number_mentions(reading, seen, last, end)
        last = end


def bare(reading: Reading, mention: Span) -> bool:
    """Whether a mention is nothing but an article."""
    return mention.high == mention.low + 1 and reading.word(mention.low) in ARTICLES


def companies(reading: Reading, inside: range, taken: set[int]) -> Iterator[Span]:
    """A noun such as "the company", which the heads pass over where nothing before tells which one it is."""
    for word in inside:
        is_company = word - 1 in inside and reading.word(word) in COMPANY_WORDS and reading.word(word - 1) == "the"
        if is_company and word not in taken and word + 1 not in taken:
            yield Span(word, word + 1, ORGANIZATION, NOUN, UNSURE)


def number_mentions(reading: Reading, seen: Seen, known: int, end: int) -> None:
    """Note which mentions stand in a window, of all up to ``end``, and which of them are new."""
    first = next((n for n in range(end) if reading.mentions[n].low >= seen.window.low), end)
    seen.mentions = list(range(first, end))
    seen.fresh = list(range(max(known, first), end))


def resolve(models: Models, reading: Reading) -> None:
    """Link pronouns and noun phrases back, put equal names together, and settle the type of every cluster."""
    for seen in reading.seen:
        link_back(models, reading, seen)
    surfaces = [reading.surface(n) for n in range(len(reading.mentions))]
    places_of = [reading.place(n) for n in range(len(reading.mentions))]
    reading.mentions = firms(reading.text, agreed(reading.mentions, surfaces), places_of)
    reading.cluster = clusters(reading.mentions, surfaces, reading.antecedents, in_headline(reading))
    reading.types = cluster_types(reading.mentions, reading.cluster)


def in_headline(reading: Reading) -> int:
    """How many mentions stand in the headline."""
    end = headline_end(reading.text)
    return sum(reading.place(n)[1] <= end for n in range(len(reading.mentions))) if end else 0


@dataclass(frozen=True, slots=True)
class Compared:
    """The mentions of a window with all that tells their antecedents.

    ``things``: which names are one; ``scores`` of ``coreference.antecedent_scores``; ``described`` of
    ``salience.describe``; ``types`` that each may have; ``places`` their sentences; ``least``: how sure a link has to
    be; ``apposed``: which open an apposition.
    """

    mentions: Sequence[Span]
    things: Sequence[int]
    scores: NDArray[np.float32]
    described: NDArray[np.float32]
    forms: NDArray[np.int64]
    types: Sequence[frozenset[str]]
    places: Sequence[int]
    least: Sequence[float]
    apposed: frozenset[int]

    def open(self) -> NDArray[np.bool_]:
        """(mentions, mentions): which may be the antecedent of which."""
        table = np.zeros((len(self.mentions), len(self.mentions)), dtype=bool)
        for number, mention in enumerate(self.mentions):
            if mention.form != NAME:
                table[number, allowed(self.mentions, number, self.types, self.places, self.apposed)] = True
        return table


def link_back(models: Models, reading: Reading, seen: Seen) -> None:
    """Choose the antecedents of a window's new mentions among all of the window."""
    if not seen.fresh:
        return
    of = compared(models, reading, seen)
    scores = models.settings.salience.corrected(of.scores, of.described, of.forms)
    new = set(seen.fresh)
    linked = link(of.mentions, of.things, scores, of.types, of.places, of.least, of.apposed)
    for i, (j, sure) in linked.items():
        if seen.mentions[i] in new:
            reading.antecedents[seen.mentions[i]] = seen.mentions[j]
            reading.sureness[seen.mentions[i]] = sure


def compared(models: Models, reading: Reading, seen: Seen) -> Compared:
    """The mentions of a window, and how likely each is the antecedent of each, as far as the encoder sees."""
    present = seen.mentions
    mentions = [reading.mentions[n] for n in present]
    surfaces = [reading.surface(n) for n in present]
    sentences = [reading.sentence(n) for n in present]
    forms = np.array([FORMS.index(m.form) for m in mentions])
    ends = np.array([seen.ends(m)[:2] for m in mentions])
    numbers = features(surfaces, [m.form for m in mentions], sentences)
    scores = antecedent_scores(seen.encoded.vectors, ends, models.settings.coreference, numbers, forms)
    headline = in_headline(reading)
    things = name_groups(mentions, surfaces, sum(n < headline for n in present))
    types = [PRONOUNS.get(surface.lower(), ALL_TYPES) for surface in surfaces]
    least = [least_sure(surface, mention.form) for surface, mention in zip(surfaces, mentions, strict=True)]
    described = describe(places(reading, present, things))
    bound = apposed(reading, present)
    return Compared(mentions, things, scores, described, forms, types, sentences, least, bound)


def apposed(reading: Reading, numbers: Sequence[int]) -> frozenset[int]:
    """Which of some mentions open an apposition to the name before them: the "its" of "Kestrel, its rival"."""
    found = set()
    for place, (before, number) in enumerate(itertools.pairwise(numbers), start=1):
        between = reading.text[reading.place(before)[1] : reading.place(number)[0]]
        if reading.surface(number) == "its" and between == ", " and reading.mentions[before].form == NAME:
            found.add(place)
    return frozenset(found)


def places(reading: Reading, numbers: Sequence[int], things: Sequence[int]) -> list[Place]:
    """Where some mentions stand, in the order of the text."""
    found: list[Place] = []
    for number, thing in zip(numbers, things, strict=True):
        mention, sentence = reading.mentions[number], reading.sentence(number)
        start, _ = reading.place(number)
        low, high = reading.ranges[sentence]
        found.append(
            Place(
                reading.surface(number),
                mention.form,
                mention.low,
                sentence,
                thing,
                opens=not found or found[-1].sentence != sentence,
                governed=mention.low > low and reading.word(mention.low - 1) in PREPOSITIONS,
                owns=mention.high < high and reading.word(mention.high) in APOSTROPHES,
                quoted=is_quoted(reading.text[:start]),
            )
        )
    return found


def is_quoted(before: str) -> bool:
    """Whether a quotation is open after a stretch of text."""
    opened = before.count("\u201c") + before.count("``")
    return before.count('"') % 2 == 1 or opened > before.count("\u201d") + before.count("''")
