"""What the names are that a text calls firms: ``python -m training.firm_wordings --data FOLDER``.

Counts the types of the names in our passages, DWIE and FIRE that stand in a wording of ``kg.extraction.firms``.
"""

from __future__ import annotations

import argparse
import collections
import json
import sys
from pathlib import Path

from kg.extraction.firms import is_called_firm
from training import passages

SETS = ("dwie", "fire")


def main() -> int:
    """Print the counts."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    data = parser.parse_args().data
    documents = list(passages.read(sorted(passages.FOLDER.glob("*.txt"))))
    for path in (path for name in SETS for path in sorted((data / name).glob("*.jsonl"))):
        documents += map(json.loads, path.read_text("utf-8").splitlines())
    counts: collections.Counter[str] = collections.Counter()
    for document in documents:
        for mention in document["mentions"]:
            name = document["text"][mention["start"] : mention["end"]]
            is_name = mention.get("form", "name") == "name" and not name[:1].islower()
            if is_name and is_called_firm(document["text"], mention["start"], mention["end"]):
                counts[mention["type"]] += 1
    print("| type | names called firms |\n|---|---:|")
    for kind, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        print(f"| {kind} | {count} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
