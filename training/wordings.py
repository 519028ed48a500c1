"""What rules over wordings rest on, counted in gold: ``python -m training.wordings --data FOLDER``.

Over our passages, and for names over the open sets, too: which of two names of firms comes first where one begins the
other ("Amazon", "Amazon Web Services"), what the names are that a text calls firms, what "its" means after a name and a
comma, whether what began "since" a date lasts, and whether who succeeded somebody holds the office.
"""

from __future__ import annotations

import argparse
import bisect
import collections
import itertools
import json
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from kg.extraction.firms import is_called_firm
from kg.extraction.names import tokens
from kg.extraction.sentences import sentences
from kg.extraction.tenses import OFFICES, SUCCEEDED, SUCCEEDED_BY
from training import passages

Document = dict[str, Any]
CLUSTERED, TYPED = ("redocred", "gum_news", "gum_other", "dwie", "fire"), ("dwie", "fire")
NO_NAMES = ("the ", "a ", "its")
ENDED = re.compile(r"\b(?:had|was|were|former|ended|lost|left|quit|resign\w*|stepped)\b|until")


def of_sets(data: Path, names: Sequence[str]) -> Iterator[Document]:
    """The documents of some sets."""
    for path in (path for name in names for path in sorted((data / name).glob("*.jsonl"))):
        with path.open(encoding="utf-8") as lines:
            yield from map(json.loads, lines)


def surface(document: Document, mention: Document) -> str:
    """A mention as it is written."""
    return str(document["text"][mention["start"] : mention["end"]])


def firms(document: Document) -> dict[str, tuple[set[str], int]]:
    """Name → the entities that it is used for, and where it stands first."""
    found: dict[str, tuple[set[str], int]] = {}
    for mention in document["mentions"]:
        name = surface(document, mention)
        if not mention["type"].lower().startswith(("org", "comp")) or name[:1].islower():
            continue
        if not name.lower().startswith(NO_NAMES):
            entities, first = found.get(name, (set(), mention["start"]))
            found[name] = entities | {mention["entity"]}, min(first, mention["start"])
    return found


def names_of_firms(document: Document) -> Iterator[str]:
    """Which name came first and whether both are one firm, for every two of which one begins the other."""
    for (short, (ones, at)), (long, (others, there)) in itertools.permutations(firms(document).items(), 2):
        a, b = tokens(short), tokens(long)
        if a and len(a) < len(b) and b[: len(a)] == a and len(a[0]) > 2:
            yield f"{'short' if at < there else 'long'} name first, {'one firm' if ones & others else 'two firms'}"


def called_firms(document: Document) -> Iterator[str]:
    """The type of every name that its text calls a firm."""
    for mention in document["mentions"]:
        is_name = mention.get("form", "name") == "name" and not surface(document, mention)[:1].islower()
        if is_name and is_called_firm(document["text"], mention["start"], mention["end"]):
            yield f"called a firm: {mention['type']}"


def apposed(document: Document) -> Iterator[str]:
    """Whether the "its" after a name and a comma means a firm or product that stands before in its sentence."""
    begins = [start for start, _ in sentences(document["text"])]
    mentions = sorted(document["mentions"], key=lambda mention: mention["start"])
    for number, (name, mention) in enumerate(itertools.pairwise(mentions), start=1):
        between = document["text"][name["end"] : mention["start"]]
        low = begins[bisect.bisect_right(begins, mention["start"]) - 1]
        before = [m for m in mentions[: number - 1] if m["start"] >= low and m["type"] in ("Organization", "Product")]
        if surface(document, mention) == "its" and between == ", " and before:
            yield f"its in apposition: {'before' if mention['entity'] in {m['entity'] for m in before} else 'else'}"


def lasting(document: Document) -> Iterator[str]:
    """The tense of every asserted relation that "since" and its date begin, where no word of the past stands by."""
    for relation in document["relations"]:
        told = document["text"][slice(*relation["evidence"][:2])]
        begun = relation["valid_from"] and re.search(rf"\bsince (?:\w+ ){{0,2}}{relation['valid_from'][:4]}", told)
        asserted = (relation["modality"], relation["polarity"]) == ("asserted", "affirmed")
        if begun and asserted and not relation["valid_until"] and not ENDED.search(told):
            yield f"since: {relation['tense']}"


def succeeding(document: Document) -> Iterator[str]:
    """The tense of every asserted office of somebody who "succeeded" or "replaced" another."""
    text, places = (
        document["text"],
        {mention["id"]: (mention["start"], mention["end"]) for mention in document["mentions"]},
    )
    for relation in document["relations"]:
        begin, end = places[relation["head_mention"]]
        first, last = relation["evidence"][:2]
        said = SUCCEEDED.match(text, end) or SUCCEEDED_BY.search(text[first:begin])
        asserted = (relation["modality"], relation["polarity"]) == ("asserted", "affirmed")
        if said and asserted and relation["type"] in OFFICES and not ENDED.search(text[end:last]):
            yield f"succeeded: {relation['tense']}"


def main() -> int:
    """Print the counts."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    data = parser.parse_args().data
    own = list(passages.read(sorted(passages.FOLDER.glob("*.txt"))))
    counted = [
        (names_of_firms, itertools.chain(own, of_sets(data, CLUSTERED))),
        (called_firms, itertools.chain(own, of_sets(data, TYPED))),
        (apposed, own),
        (lasting, own),
        (succeeding, own),
    ]
    print("| what | cases |\n|---|---:|")
    for count, documents in counted:
        found = collections.Counter(what for document in documents for what in count(document))
        for what, cases in sorted(found.items()):
            print(f"| {what} | {cases} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
