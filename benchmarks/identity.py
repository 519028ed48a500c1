"""Scores our resolution against gold links across documents.

    python benchmarks/identity.py GOLD.jsonl…

The gold mentions of a file's documents are clustered by our resolution alone, in two settings: every spelling of a
document on its own ("spellings"), and with the gold clusters inside each document given ("documents' clusters").
Pronouns and noun phrases are left out; only linked names of our four types are compared. Baselines: one entity for each
spelling, and for each spelling and type; in the second setting by the fullest name of the cluster.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.model import Cluster, Document, EntityType, Extraction, Mention
from kg.ontology import load
from kg.resolution import Lexicon, Resolver, resolve
from kg.resolution.clusters import Decision

TYPES = {
    "PER": EntityType.PERSON,
    "person": EntityType.PERSON,
    "ORG": EntityType.ORGANIZATION,
    "organization": EntityType.ORGANIZATION,
    "LOC": EntityType.PLACE,
    "gpe": EntityType.PLACE,
    "location": EntityType.PLACE,
    "product": EntityType.PRODUCT,
    "work_of_art": EntityType.PRODUCT,
}
NAME = re.compile(r"[^a-z\W]|\d")
Labels = Mapping[str, str]


@dataclass(frozen=True)
class Gold:
    """Extractions of gold mentions, and for each linked mention's id its link and the baselines' labels."""

    extractions: list[Extraction]
    links: dict[str, str]
    spellings: dict[str, str]
    typed: dict[str, str]


def read(path: Path, *, clustered: bool) -> Gold:
    """The gold of a file; ``clustered`` keeps its clusters inside documents."""
    gold = Gold([], {}, {}, {})
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            _take(json.loads(line), gold, clustered=clustered)
    return gold


def _take(said: dict[str, Any], gold: Gold, *, clustered: bool) -> None:
    document = Document(said["text"], said["id"])
    entities = {entity["id"]: entity for entity in said["entities"] if entity["type"] in TYPES}
    found: dict[object, list[Mention]] = defaultdict(list)
    for told in sorted(said["mentions"], key=lambda told: (told["start"], told["end"])):
        entity, surface = entities.get(told["entity"]), document.text[told["start"] : told["end"]]
        if entity and NAME.match(surface) and surface not in PRONOUNS:
            kind = TYPES[entity["type"]]
            mention = Mention(document.span(told["start"], told["end"]), kind)
            found[entity["id"] if clustered else (kind, surface)].append(mention)
            if entity.get("link"):
                gold.links[mention.id] = str(entity["link"])
    clusters = tuple(Cluster(_fullest(made), made[0].type, tuple(made)) for made in found.values())
    for cluster in clusters:
        for mention in cluster.mentions:
            gold.spellings[mention.id] = cluster.name.casefold()
            gold.typed[mention.id] = f"{cluster.type} {cluster.name.casefold()}"
    gold.extractions.append(Extraction(document, clusters))


PRONOUNS = frozenset(
    {"He", "She", "It", "They", "His", "Her", "Its", "Their", "I", "We", "Him", "Who", "Which", "That"}
)


def _fullest(mentions: Sequence[Mention]) -> str:
    used = Counter(mention.text for mention in mentions)
    return max(used, key=lambda name: (len(name.split()), len(name), name))


def ours(gold: Gold) -> Labels:
    """Mention id → entity id by our resolution."""
    resolution = resolve(gold.extractions, Lexicon.of(load()))
    return {mention: entity.id for entity in resolution.entities for mention in entity.mentions}


def b_cubed(links: Labels, labels: Labels) -> tuple[float, float, float]:
    """Precision, recall and F1 of B-cubed (Bagga and Baldwin 1998) over the linked mentions."""
    both = Counter((links[m], labels[m]) for m in links)
    gold, found = Counter(links.values()), Counter(labels[m] for m in links)
    precision = sum(n * n / found[label] for (_, label), n in both.items()) / len(links)
    recall = sum(n * n / gold[link] for (link, _), n in both.items()) / len(links)
    return precision, recall, 2 * precision * recall / (precision + recall)


def pairwise(links: Labels, labels: Labels, home: Labels) -> tuple[float, float, float]:
    """Precision, recall and F1 over pairs of mentions of different documents."""

    def pairs(of: Callable[[str], object]) -> int:
        counted, inside = Counter(of(m) for m in links), Counter((of(m), home[m]) for m in links)
        return sum(n * (n - 1) for n in counted.values()) - sum(n * (n - 1) for n in inside.values())

    right, said, true = pairs(lambda m: (links[m], labels[m])), pairs(labels.__getitem__), pairs(links.__getitem__)
    precision, recall = right / said if said else 0.0, right / true if true else 0.0
    return precision, recall, 2 * precision * recall / (precision + recall) if right else 0.0


def main(words: Sequence[str] | None = None) -> int:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--errors", action="store_true", help="list what was joined and what was missed")
    parser.add_argument("--reliability", action="store_true", help="how often pairs of a score are one by the gold")
    given = parser.parse_args(words)
    if given.reliability:
        _report_reliability(given.gold)
        return 0
    heads = ("B3 P", "B3 R", "B3 F1", "pair P", "pair R", "pair F1")
    print(f"{'gold':20} {'setting':20} {'method':22} " + " ".join(f"{head:>7}" for head in heads))
    for path in given.gold:
        for clustered in (False, True):
            _report(path, clustered=clustered, errors=given.errors)
    return 0


def _report(path: Path, *, clustered: bool, errors: bool) -> None:
    gold = read(path, clustered=clustered)
    home = {m.id: e.document.id for e in gold.extractions for m in e.mentions}
    labels = ours(gold)
    methods = {"same spelling": gold.spellings, "same spelling and type": gold.typed, "kg": labels}
    setting = "documents' clusters" if clustered else "spellings"
    for name, told in methods.items():
        figures = (*b_cubed(gold.links, told), *pairwise(gold.links, told, home))
        shown = " ".join(f"{figure:7.3f}" for figure in figures)
        print(f"{path.parent.name + '/' + path.stem:20} {setting:20} {name:22} {shown}")
    if errors:
        _print_errors(gold, labels)


def decided(gold: Gold) -> Iterator[tuple[Decision, bool]]:
    """What was decided with a score of pairs that the gold links, and whether they are one by it."""
    resolver = Resolver(Lexicon.of(load()))
    for extraction in gold.extractions:
        resolver.add(extraction)
    resolver.refresh()
    for left, right, decision in resolver.decisions():
        ends = [{gold.links[m] for m in unit.mentions if m in gold.links} for unit in (left, right)]
        if decision.score and all(len(end) == 1 for end in ends):
            yield decision, ends[0] == ends[1]


def calibration_error(pairs: Sequence[tuple[float, bool]], bins: int = 10) -> float:
    """How far probabilities are from the shares that came true, over bins of equal width (Naeini et al. 2015)."""
    held: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for chance, true in pairs:
        held[min(bins - 1, int(chance * bins))].append((chance, true))
    return sum(abs(sum(c for c, _ in b) - sum(t for _, t in b)) for b in held.values()) / max(1, len(pairs))


def _mean(numbers: Sequence[float]) -> float:
    return sum(numbers) / len(numbers)


def _report_reliability(paths: Sequence[Path]) -> None:
    pairs = [(float(d.score), same) for path in paths for d, same in decided(read(path, clustered=False))]
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for score, same in pairs:
        bins[min(9, int(score * 10))].append((score, same))
    print("mean score   one by the gold   pairs")
    for _, found in sorted(bins.items()):
        print(f"{_mean([s for s, _ in found]):10.2f} {_mean([float(same) for _, same in found]):17.2f} {len(found):7}")
    print(f"calibration error {calibration_error(pairs):.3f} over {len(pairs)} pairs")


def _print_errors(gold: Gold, labels: Labels) -> None:
    text = {m.id: m.text for e in gold.extractions for m in e.mentions}
    for kind, one, other in (("joined", labels, gold.links), ("missed", gold.links, labels)):
        held: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for mention in gold.links:
            held[one[mention]][other[mention]].add(text[mention])
        for key, parts in sorted(held.items()):
            if len(parts) > 1:
                print(f"  {kind} {key}: " + "; ".join(f"{k} {sorted(v)}" for k, v in _first(parts.items())))


def _first(items: Iterable[tuple[str, set[str]]]) -> list[tuple[str, set[str]]]:
    return sorted(items)[:8]


if __name__ == "__main__":
    sys.exit(main())
