"""A build of many documents that is interrupted again and again: python benchmarks/interrupted.py --data FOLDER.

Documents are made (see made_documents.py), built once without a disturbance, and once more with ``--times`` signals in
the middle: SIGINT, SIGTERM and SIGKILL in turn, at moments that a seed draws. After each the store must open and hold
whole documents only, and no process may be left; in the end the graph and the page must be the same bytes. Exits with 1
where a promise is missed.
"""

from __future__ import annotations

import argparse
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import made_documents
import psutil

from kg.ontology import load
from kg.store import Store, upkeep

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGKILL)
PATIENCE = 30


def started(source: Path, out: Path, workers: int) -> subprocess.Popen:
    words = [sys.executable, "-m", "kg.cli", "build", source, "-w", out, "-q", "--profile", "fast"]
    return subprocess.Popen([*map(str, words), "--workers", str(workers)], stdout=subprocess.DEVNULL)


def left_over(team: list[psutil.Process]) -> int:
    """Processes that are still there after a while."""
    return len(psutil.wait_procs(team, timeout=PATIENCE)[1])


def faults(out: Path) -> tuple[int, list[str]]:
    """How many documents the store holds, and what is wrong with it beyond that it has to be derived from anew."""
    if not (out / "store" / "CURRENT").exists():
        return 0, []
    with Store(out / "store") as store:
        store.touch()
        held = len(store.document_ids())
    return held, [fault for fault in upkeep.verify(out / "store", load()) if "run kg build again" not in fault]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--sentences", type=int, default=1)
    parser.add_argument("--times", type=int, default=10)
    parser.add_argument("--workers", type=int, default=2)
    given = parser.parse_args()
    dice, bad = random.Random(7), 0  # noqa: S311 - moments, not secrets
    with tempfile.TemporaryDirectory() as place:
        home = Path(place)
        made_documents.write(home / "in.jsonl", given.data, given.documents, given.sentences)
        began = time.monotonic()
        started(home / "in.jsonl", home / "whole", given.workers).wait()
        lasted = time.monotonic() - began
        print(f"undisturbed: {given.documents} documents in {lasted:.0f} s, {given.workers} workers", flush=True)
        for number in range(given.times):
            process = started(home / "in.jsonl", home / "out", given.workers)
            time.sleep(lasted / given.times * (0.5 + dice.random() / 2))
            if process.poll() is not None:
                print(f"run {number} had ended before its signal")
                bad += 1
                continue
            team = psutil.Process(process.pid).children(recursive=True)
            process.send_signal(SIGNALS[number % len(SIGNALS)])
            process.wait()
            left, (held, found) = left_over(team), faults(home / "out")
            bad += bool(left or found)
            name = SIGNALS[number % len(SIGNALS)].name
            print(
                f"{name}: ended with {process.returncode}, {held} documents stored, {left} processes left", flush=True
            )
            for fault in found:
                print(f"  {fault}")
        status = started(home / "in.jsonl", home / "out", given.workers).wait()
        equal = all(
            (home / "out" / n).read_bytes() == (home / "whole" / n).read_bytes() for n in ("graph.trig", "graph.html")
        )
        print(f"continued to the end with {status}; the same bytes as undisturbed: {equal}")
    return int(bool(bad) or status != 0 or not equal)


if __name__ == "__main__":
    sys.exit(main())
