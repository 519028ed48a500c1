"""How fast resolution is, and how it grows.

    python benchmarks/identity_speed.py [--entities 10000 30000 100000]

Generates documents about people, firms and places out of given names, surnames and firm words of many regions, each
entity in one document or more, with typos, initials, short names, abbreviations and namesakes; resolves them from
nothing, then adds one document, and reports seconds and the peak of memory.
"""

from __future__ import annotations

import argparse
import math
import random
import re
import resource
import sys
import time
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from pathlib import Path

from kg.model import Claim, Cluster, Document, EntityType, Extraction, Mention
from kg.ontology import load
from kg.resolution import Lexicon, Resolver

FORMS = ["", "", " Inc.", " Ltd", " GmbH", " plc", " Corp.", " AG"]
SUFFIXES = ["", "", "", "a", "o", "er", "en", "y"]


def parts() -> dict[str, list[str]]:
    """Heading → words of name_parts.txt."""
    text = Path(__file__).with_name("name_parts.txt").read_text("utf-8")
    found = re.findall(r"^\[(\w+)\]\n([^\[]+)", text, flags=re.M)
    return {heading: words.split() for heading, words in found}


def names(count: int, dice: random.Random) -> tuple[list[str], list[str]]:
    """As many people and firms together as are asked for; some people share a name."""
    known = parts()

    def some(*headings: str) -> str:
        return "".join(dice.choice(known[heading]) for heading in headings)

    people = [
        f"{some('given')} {some('surname_starts', 'surname_ends')}{dice.choice(SUFFIXES)}" for _ in range(count // 2)
    ]
    firms: dict[str, None] = {}
    while len(firms) < count - len(people):
        first, second = some("firm_starts", "firm_middles"), some("surname_starts", "surname_ends")
        firms[f"{first} {second} {some('firm_kinds')}"] = None
    return people, list(firms)


def documents(count: int, seed: int) -> Iterator[Extraction]:
    """Documents in which about ``count`` different entities stand, each person with one or two firms."""
    dice = random.Random(seed)  # noqa: S311 - no secret
    people, firms = names(count, dice)
    homes = [dice.sample(firms, 2) for _ in people]
    for number in range(0, len(people), 4):
        lines: list[tuple[str, str]] = []
        for person in range(number, min(number + 4, len(people))):
            own, other = homes[person]
            lines.append((_written(people[person], dice), own + dice.choice(FORMS)))
            if dice.random() < 0.3:
                lines.append((people[person], other))
        lines += [(people[dice.randrange(len(people))], dice.choice(firms)) for _ in range(dice.randrange(3))]
        lines += [("", firm) for firm in firms[number : number + 4]]
        yield _document(f"doc-{seed}-{number}", lines)


def _written(name: str, dice: random.Random) -> str:
    given, surname = name.split()
    return dice.choice(
        [name, name, name, name, name, f"{given[0]}. {surname}", f"{given} {surname.upper()}", f"Dr. {name}"]
    )


def _document(key: str, lines: Sequence[tuple[str, str]]) -> Extraction:
    text, spots = "", []
    for person, firm in lines:
        start = len(text)
        text += f"{person} leads {firm}.\n" if person else f"{firm} grew.\n"
        if person:
            spots.append((start, start + len(person), EntityType.PERSON))
        at = text.rindex(firm)
        spots.append((at, at + len(firm), EntityType.ORGANIZATION))
    document = Document(text, key)
    mentions = [Mention(document.span(start, end), kind) for start, end, kind in spots]
    by_name: dict[tuple[str, EntityType], list[Mention]] = {}
    for mention in mentions:
        by_name.setdefault((mention.text, mention.type), []).append(mention)
    clusters = tuple(Cluster(name, kind, tuple(made)) for (name, kind), made in by_name.items())
    pairs = [(a, b) for a, b in pairwise(mentions) if (a.type, b.type) == ("Person", "Organization")]
    claims = tuple(Claim(a, "leads", b, document.span(a.span.start, b.span.end)) for a, b in pairs)
    return Extraction(document, clusters, claims)


class Clock:
    """Adds up the seconds, and the processor's seconds, of what runs inside it."""

    def __init__(self) -> None:
        self.seconds = self.busy = 0.0

    def __enter__(self) -> None:
        self._started = time.perf_counter(), time.process_time()

    def __exit__(self, *_: object) -> None:
        self.seconds += time.perf_counter() - self._started[0]
        self.busy += time.process_time() - self._started[1]


def main(words: Sequence[str] | None = None) -> int:
    """Prints one line for each size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entities", type=int, nargs="+", default=[10_000, 30_000, 100_000])
    given = parser.parse_args(words)
    print("entities  documents    units   found  seconds      CPU  of n log n  one more document  peak MB")
    first = 0.0
    for count in given.entities:
        resolver, clock, held, units = Resolver(Lexicon.of(load())), Clock(), 0, 0
        for extraction in documents(count, seed=1):
            with clock:
                resolver.add(extraction)
            held, units = held + 1, units + len(extraction.clusters)
        with clock:
            found = len(resolver.resolution().entities)
        more = _one_more(resolver, count)
        share = clock.busy / (count * math.log(count))
        first = first or share
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        counted = f"{count:8} {held:10} {units:8} {found:7} {clock.seconds:8.1f} {clock.busy:8.1f}"
        print(f"{counted} {share / first:11.2f} {more:17.3f} s {peak:8}")
    return 0


def _one_more(resolver: Resolver, count: int) -> float:
    """The slowest of ten documents, each added to all."""
    slowest = 0.0
    for extraction in islice(documents(count, seed=1), 10):
        copied = _document(f"more-{extraction.document.key}", _lines(extraction))
        clock = Clock()
        with clock:
            resolver.add(copied)
            resolver.refresh()
        slowest = max(slowest, clock.seconds)
    return slowest


def _lines(extraction: Extraction) -> list[tuple[str, str]]:
    return [(claim.subject.text, claim.object.text) for claim in extraction.claims]


if __name__ == "__main__":
    sys.exit(main())
