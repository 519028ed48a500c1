"""How fast resolution is, and how it grows: python benchmarks/identity_speed.py [--entities 10000 30000 100000]

Generates documents about people, firms and places out of given names, surnames and firm words of many regions, each
entity in one document or more, with typos, initials, short names, abbreviations and namesakes; resolves them from
nothing, then adds one document, and reports seconds and the peak of memory.
"""

from __future__ import annotations

import argparse
import math
import random
import resource
import sys
import time
from collections.abc import Iterator, Sequence
from itertools import islice

from kg.model import Claim, Cluster, Document, EntityType, Extraction, Mention
from kg.ontology import load
from kg.resolution import Lexicon, Resolver

GIVEN = """James Mary Robert Patricia John Jennifer Michael Linda David Elizabeth William Barbara Richard Susan Joseph
Jessica Thomas Sarah Charles Karen Daniel Lisa Matthew Nancy Anthony Sandra Mark Ashley Sergei Olga Dmitry Elena Ivan
Natalia Wei Li Jing Min Hiroshi Yuki Kenji Sakura Mohammed Fatima Ahmed Aisha Omar Leila Carlos Maria Jose Ana Luis Carmen
Pierre Camille Jean Chloe Hans Greta Klaus Ingrid Lars Astrid Giovanni Giulia Marco Chiara Ravi Priya Arjun Ananya Kwame
Ama Chinedu Ngozi Thabo Lerato Mehmet Ayse Emre Zeynep""".split()
SURNAME_STARTS = "Al An Bar Ber Bol Bra Bur Cal Car Chan Cor Dal Dar Del Dor Ed El Far Fer Gal Gar Gol Gra Hal Har Hol".split()
SURNAME_STARTS += "Jan Kal Kar Kel Kor Lam Lan Lin Mal Mar Mor Nor Ol Or Pal Par Pet Ral Ros Sal San Sor Tal Tan Var Wal".split()
SURNAME_ENDS = "berg dini dov ford gard hoff ic kov land ley lund man mann moto nen nov ova quist rez sen ski son stein ton".split()
SURNAME_ENDS += "ura well wicz wood yan zadeh ante brook dale field gren holm inger itz kamp lova mura pour rado stad".split()
FIRM_STARTS = "Acro Alta Apex Arca Astra Aure Beta Bio Blue Bright Cal Cela Cobalt Core Crest Cyan Data Delta Dyna Echo".split()
FIRM_STARTS += "Ever Fair Flux Geo Gran Helio Hyper Inno Iron Kine Lumen Luna Macro Meri Neo Nova Omni Opti Orbi Pan".split()
FIRM_MIDDLES = "core cast dyne fern gate gen graph lane line link loom mark mesh mind nex path peak plex quest ridge sense".split()
FIRM_MIDDLES += "shift spark stone stream tech tide trade vale vault verse view wave ways wright yard".split()
FIRM_KINDS = "Energy Capital Systems Pharma Logistics Robotics Motors Foods Media Networks Materials Partners".split()
FORMS = ["", "", " Inc.", " Ltd", " GmbH", " plc", " Corp.", " AG"]


def names(count: int, dice: random.Random) -> tuple[list[str], list[str]]:
    """As many people and firms together as are asked for; some people share a name."""
    people = [
        f"{dice.choice(GIVEN)} {dice.choice(SURNAME_STARTS)}{dice.choice(SURNAME_ENDS)}{dice.choice(SUFFIXES)}"
        for _ in range(count // 2)
    ]
    firms: dict[str, None] = {}
    while len(firms) < count - len(people):
        start, middle, kind = dice.choice(FIRM_STARTS), dice.choice(FIRM_MIDDLES), dice.choice(FIRM_KINDS)
        firms[f"{start}{middle} {dice.choice(SURNAME_STARTS)}{dice.choice(SURNAME_ENDS)} {kind}"] = None
    return people, list(firms)


SUFFIXES = ["", "", "", "a", "o", "er", "en", "y"]


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
    return dice.choice([name, name, name, name, name, f"{given[0]}. {surname}", f"{given} {surname.upper()}", f"Dr. {name}"])


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
    pairs = [(a, b) for a, b in zip(mentions, mentions[1:], strict=False) if (a.type, b.type) == ("Person", "Organization")]
    claims = tuple(Claim(a, "leads", b, document.span(a.span.start, b.span.end)) for a, b in pairs)
    return Extraction(document, clusters, claims)


def main(words: Sequence[str] | None = None) -> int:
    """Prints one line for each size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entities", type=int, nargs="+", default=[10_000, 30_000, 100_000])
    given = parser.parse_args(words)
    print("entities  documents    units   found   seconds  of n log n  one more document  peak MB")
    first = 0.0
    for count in given.entities:
        resolver, seconds, held, units = Resolver(Lexicon.of(load())), 0.0, 0, 0
        for extraction in documents(count, seed=1):
            started = time.perf_counter()
            resolver.add(extraction)
            seconds += time.perf_counter() - started
            held, units = held + 1, units + len(extraction.clusters)
        started = time.perf_counter()
        found = len(resolver.resolution().entities)
        seconds += time.perf_counter() - started
        more = _one_more(resolver, count)
        share = seconds / (count * math.log(count))
        first = first or share
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"{count:8} {held:10} {units:8} {found:7} {seconds:9.1f} {share / first:11.2f} {more:17.3f} s {peak:8}")
    return 0


def _one_more(resolver: Resolver, count: int) -> float:
    """The slowest of ten documents, each added to all."""
    slowest = 0.0
    for extraction in islice(documents(count, seed=1), 10):
        copied = _document(f"more-{extraction.document.key}", _lines(extraction))
        started = time.perf_counter()
        resolver.add(copied)
        resolver.refresh()
        slowest = max(slowest, time.perf_counter() - started)
    return slowest


def _lines(extraction: Extraction) -> list[tuple[str, str]]:
    return [(claim.subject.text, claim.object.text) for claim in extraction.claims]


if __name__ == "__main__":
    sys.exit(main())
