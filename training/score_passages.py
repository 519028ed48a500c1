"""Score relations of our own passages, factuality too: ``python -m training.score_passages GOLD PREDICTED``.

A predicted relation meets a gold one if the labels agree (an inverse read backwards counts), some mention of each
predicted end overlaps one of the gold end, and the evidence overlaps; each meets one only, that with which most facets
agree, and a spare one that agrees with none in all facets is wrong. Offices satisfy employment. ``facts`` are the
relations that are affirmed and asserted or reported; each facet's accuracy is over the relations that were met.
"""

from __future__ import annotations

import argparse
import collections
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from kg.extraction.labels import FACETS, INVERSE, SIGNATURES

Document = dict[str, Any]
FACTUAL = ("asserted", "reported")
DETAILS = ("title", "valid_from", "valid_until")
SATISFIES = {"leads": {"employed_by"}, "board_member_of": {"employed_by"}}


def spans(document: Document) -> dict[str, list[tuple[int, int]]]:
    """The stretches of every entity's mentions."""
    found: dict[str, list[tuple[int, int]]] = collections.defaultdict(list)
    for mention in document["mentions"]:
        found[mention["entity"]].append((mention["start"], mention["end"]))
    return found


def overlap(a: Sequence[int], b: Sequence[int]) -> bool:
    """Whether two stretches share a character."""
    return a[0] < b[1] and b[0] < a[1]


def readings(relation: Document) -> Iterator[tuple[str, str, str]]:
    """Label, head and tail in every way the relation can be put."""
    label, head, tail = relation["type"], relation["head"], relation["tail"]
    yield label, head, tail
    for weaker in sorted(SATISFIES.get(label, ())):
        yield weaker, head, tail
    if SIGNATURES[label].symmetric:
        yield label, tail, head
    if label in INVERSE:
        yield INVERSE[label], tail, head


def factual(relation: Document) -> bool:
    """Whether it enters the facts."""
    return relation["polarity"] == "affirmed" and relation["modality"] in FACTUAL


def meets(predicted: Document, gold: Document, theirs: dict[str, Any], ours: dict[str, Any]) -> bool:
    """Whether a predicted relation is a gold one."""
    if not overlap(predicted["evidence"], gold["evidence"]):
        return False
    for label, head, tail in readings(predicted):
        if label == gold["type"]:
            touching = (
                any(overlap(a, b) for a in theirs[x] for b in ours[y])
                for x, y in ((head, gold["head"]), (tail, gold["tail"]))
            )
            if all(touching):
                return True
    return False


def agreement(predicted: Document, gold: Document) -> int:
    """How many facets are the same."""
    return sum(predicted[facet] == gold[facet] for facet in FACETS)


def aligned(
    want: Sequence[Document], got: Sequence[Document], theirs: dict[str, Any], ours: dict[str, Any]
) -> list[Document | None]:
    """For every gold relation the predicted one that is it, each predicted one once; the more facets agree, the better.

    A text may say one thing in two ways ("was, and will be"), so that several predictions meet one gold relation.
    """
    pairs = [
        (-agreement(p, g), n, m) for n, g in enumerate(want) for m, p in enumerate(got) if meets(p, g, theirs, ours)
    ]
    found: dict[int, int] = {}
    for _, n, m in sorted(pairs):
        if n not in found and m not in found.values():
            found[n] = m
    return [got[found[n]] if n in found else None for n in range(len(want))]


class Tally:
    """Counts a label, and how often each facet of a met relation was right."""

    def __init__(self) -> None:
        self.right, self.wrong, self.missed = (collections.Counter[str]() for _ in range(3))
        self.facets: collections.Counter[tuple[str, bool]] = collections.Counter()
        self.details: collections.Counter[tuple[str, str]] = collections.Counter()
        self.errors: list[tuple[str, str, str]] = []

    def add(self, gold: Document, predicted: Document, only_facts: bool) -> None:
        """Compare one document."""
        ours, theirs = spans(gold), spans(predicted)
        want = [r for r in gold["relations"] if not only_facts or factual(r)]
        got = [r for r in predicted["relations"] if not only_facts or factual(r)]
        met = aligned(want, got, theirs, ours)
        for relation, found in zip(want, met, strict=True):
            (self.missed if found is None else self.right)[relation["type"]] += 1
            if found is None:
                self.errors.append(("missed", gold["id"], said(gold, relation)))
            else:
                self.facets.update((facet, found[facet] == relation[facet]) for facet in FACETS)
                self.details.update((detail, outcome(detail, found, relation)) for detail in DETAILS)
        taken = [id(found) for found in met]
        for relation in got:
            told = [g for g in want if meets(relation, g, theirs, ours)]
            spare = id(relation) not in taken and all(agreement(relation, g) < len(FACETS) for g in told)
            if not told or spare:
                self.wrong[relation["type"]] += 1
                self.errors.append(("wrong", gold["id"], said(predicted, relation)))

    def row(self, labels: Sequence[str]) -> tuple[float, float, float, int]:
        """Precision, recall, F1 and the number of gold relations."""
        right, wrong, missed = (sum(c[x] for x in labels) for c in (self.right, self.wrong, self.missed))
        precision, recall = right / max(1, right + wrong), right / max(1, right + missed)
        return precision, recall, 2 * precision * recall / max(1e-9, precision + recall), right + missed

    def labels(self) -> list[str]:
        """The labels seen."""
        return sorted({*self.right, *self.wrong, *self.missed})


def outcome(detail: str, predicted: Document, gold: Document) -> str:
    """How a detail of a met relation was read."""
    want, got = (relation.get(detail, relation.get("qualifiers", {}).get(detail)) for relation in (gold, predicted))
    if want is None and got is None:
        return "none"
    return "right" if want == got else "missed" if got is None else "wrong"


def said(document: Document, relation: Document) -> str:
    """A relation in words."""
    names = {entity["id"]: entity["name"] for entity in document["entities"]}
    facets = " ".join(relation[facet] for facet in FACETS)
    ends = f"{names[relation['head']]}, {names[relation['tail']]}"
    start, end = relation["evidence"]
    return f"{relation['type']}({ends}) {facets} | {document['text'][start:end]}"


def read(path: Path) -> dict[str, Document]:
    """Documents by id."""
    with path.open(encoding="utf-8") as lines:
        return {document["id"]: document for document in map(json.loads, lines)}


def tally(gold: dict[str, Document], predicted: dict[str, Document], *, only_facts: bool) -> Tally:
    """Compare all documents."""
    counts = Tally()
    for name, document in gold.items():
        counts.add(document, predicted[name], only_facts)
    return counts


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("predicted", type=Path)
    parser.add_argument("--errors", type=int, default=0)
    options = parser.parse_args(arguments)
    gold, predicted = read(options.gold), read(options.predicted)
    claims, facts = (tally(gold, predicted, only_facts=only) for only in (False, True))
    for label in claims.labels():
        print("{:24} P {:.3f}  R {:.3f}  F1 {:.3f}  of {}".format(label, *claims.row([label])))
    for name, counts in (("claims micro", claims), ("facts micro", facts)):
        print("{:24} P {:.3f}  R {:.3f}  F1 {:.3f}  of {}".format(name, *counts.row(counts.labels())))
    for facet in FACETS:
        right, wrong = claims.facets[facet, True], claims.facets[facet, False]
        print(f"{facet:24} accuracy {right / max(1, right + wrong):.3f}")
    for detail in DETAILS:
        print(f"{detail:24} " + " ".join(f"{of} {claims.details[detail, of]}" for of in ("right", "wrong", "missed")))
    for error in claims.errors[: options.errors]:
        print(*error, sep=" | ")
    return 0


if __name__ == "__main__":
    sys.exit(main())
