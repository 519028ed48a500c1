"""Which of two names of firms comes first where one begins the other: ``python -m training.short_names --data FOLDER``.

Over our passages and the sets with clusters: how many pairs such as "Amazon" and "Amazon Web Services" of one document
are one firm and how many are two, by which of them the text uses first. What ``kg.extraction.names`` does rests on it.
"""

from __future__ import annotations

import argparse
import collections
import itertools
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kg.extraction.names import tokens
from training import passages

SETS = ("redocred", "gum_news", "gum_other", "dwie", "fire")
NO_NAMES = ("the ", "a ", "its")


def documents(data: Path) -> Iterator[dict[str, Any]]:
    """Our passages and the sets."""
    yield from passages.read(sorted(passages.FOLDER.glob("*.txt")))
    for path in (path for name in SETS for path in sorted((data / name).glob("*.jsonl"))):
        with path.open(encoding="utf-8") as lines:
            yield from map(json.loads, lines)


def firms(document: dict[str, Any]) -> dict[str, tuple[set[str], int]]:
    """Name → the entities that it is used for, and where it stands first."""
    found: dict[str, tuple[set[str], int]] = {}
    for mention in document["mentions"]:
        name = document["text"][mention["start"] : mention["end"]]
        if not mention["type"].lower().startswith(("org", "comp")) or name[:1].islower():
            continue
        if not name.lower().startswith(NO_NAMES):
            entities, first = found.get(name, (set(), mention["start"]))
            found[name] = entities | {mention["entity"]}, min(first, mention["start"])
    return found


def main() -> int:
    """Print the counts."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    counts: collections.Counter[tuple[str, str]] = collections.Counter()
    for document in documents(parser.parse_args().data):
        for (short, (ones, at)), (long, (others, there)) in itertools.permutations(firms(document).items(), 2):
            a, b = tokens(short), tokens(long)
            if a and len(a) < len(b) and b[: len(a)] == a and len(a[0]) > 2:
                counts["short" if at < there else "long", "one" if ones & others else "two"] += 1
    print("| first | one firm | two |\n|---|---:|---:|")
    for first in ("short", "long"):
        print(f"| the {first} name | {counts[first, 'one']} | {counts[first, 'two']} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
