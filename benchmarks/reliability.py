"""How often relations are right at each confidence: ``python -m benchmarks.reliability [--profile fast]``.

Over the measured half of our held-back passages, which chose neither thresholds nor calibration. Prints a table whose
bars are the diagram: the bar is the share that is right, the mark where it should end.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import numpy as np

from benchmarks.extraction import BINS, judged
from kg import extraction
from kg.export import standoff_line
from kg.model import Document
from training.measure import gold

WIDTH = 30


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--profile", choices=extraction.PROFILES, default=extraction.PROFILES[0])
    options = parser.parse_args()
    documents = list(gold(Path(), "own"))
    sources = [Document(text=d["text"], source=d["id"]) for d in documents]
    predicted = [json.loads(standoff_line(e)) for e in extraction.load(profile=options.profile).extract(sources)]
    sure, right = np.array(list(judged(documents, predicted))).T
    print("| confidence | relations | mean confidence | right | |\n|---|---:|---:|---:|---|")
    for number in range(BINS):
        inside = np.minimum((sure * BINS).astype(int), BINS - 1) == number
        if inside.any():
            mean, share = sure[inside].mean(), right[inside].mean()
            bar = ["█" if n < round(share * WIDTH) else "·" for n in range(WIDTH)]
            bar[min(WIDTH - 1, round(mean * WIDTH))] = "|"
            low, high = number / BINS, (number + 1) / BINS
            print(f"| {low:.2f} to {high:.2f} | {inside.sum()} | {mean:.2f} | {share:.2f} | `{''.join(bar)}` |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
