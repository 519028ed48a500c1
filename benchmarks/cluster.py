"""How Spark scales on one machine: the same documents with one worker and with two, of one core each.

    python benchmarks/cluster.py ../shared/data [--documents 400] [--profile fast] [--kill]

The documents are made (see made_documents.py), eight sentences each. Spark, its workers and their models are started by
reading a few documents first; what is counted comes after. Memory is that of all processes together, sampled. What
the machine itself allows is measured first: bare processes, one and two, that only read the same documents. With
``--kill`` an executor of the two is killed while it reads, and the graph has to be the same all the same.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.synchronize import Barrier
from pathlib import Path

from made_documents import documents

from kg import cluster, clustered, extraction
from kg.model import Document
from kg.ontology import load
from kg.workspace import Workspace

SENTENCES = 8
WARM = 8
BETWEEN = 0.5


def resident(root: int) -> dict[int, int]:
    """Process id → MB in memory, for a process and those below it."""
    parents, sizes = {}, {}
    for folder in Path("/proc").iterdir():
        try:
            state = (folder / "stat").read_text().rpartition(")")[2].split() if folder.name.isdecimal() else []
        except OSError:
            state = []
        if state:
            parents[int(folder.name)], sizes[int(folder.name)] = int(state[1]), int(state[21])
    below = {root}
    while more := {process for process, parent in parents.items() if parent in below} - below:
        below |= more
    page = os.sysconf("SC_PAGE_SIZE")
    return {process: sizes[process] * page // 1_000_000 for process in below if process in sizes}


@contextmanager
def sampled() -> Iterator[list[int]]:
    """The memory of this process and those below it, sampled while it goes on."""
    samples, over = [0], threading.Event()

    def sample() -> None:
        while not over.wait(BETWEEN):
            samples.append(sum(resident(os.getpid()).values()))

    thread = threading.Thread(target=sample)
    thread.start()
    try:
        yield samples
    finally:
        over.set()
        thread.join()


def kill_an_executor(after: float, killed: list[int]) -> None:
    """Some seconds later, as the kernel does it."""
    time.sleep(after)
    for process in sorted(resident(os.getpid())):
        if b"CoarseGrainedExecutorBackend" in Path(f"/proc/{process}/cmdline").read_bytes():
            os.kill(process, signal.SIGKILL)
            killed.append(process)
            return


def measure(given: argparse.Namespace) -> dict:
    """One run with some workers, in a process of its own."""
    folder = Path(given.folder)
    os.chdir(folder)  # so that a document's source is the same wherever that lies
    lines = [json.dumps(said) + "\n" for said in documents(given.data, given.documents, SENTENCES)]
    (folder / "news.jsonl").write_text("".join(lines), "utf-8")
    (folder / "warm.jsonl").write_text("".join(lines[: WARM * given.workers]), "utf-8")
    onto = load()
    recipe = cluster.Trained.of(onto, given.profile)
    began = time.perf_counter()
    with cluster.session(f"local-cluster[{given.workers},1,1024]", folder / "spark.log") as spark, sampled() as samples:
        clustered.build(spark, ["warm.jsonl"], Workspace(folder / "warm"), onto, recipe)
        started = time.perf_counter() - began
        killed: list[int] = []
        if given.kill_after:
            threading.Thread(target=kill_an_executor, args=(given.kill_after, killed), daemon=True).start()
        workspace = Workspace(folder / "out")
        report = clustered.build(spark, ["news.jsonl"], workspace, onto, recipe)
    return {
        "workers": given.workers,
        "documents": report.stored,
        "words": report.words,
        "start-up": started,
        "seconds": report.seconds,
        "memory": max(samples),
        "killed": len(killed),
        "graph": workspace.trig.read_bytes().hex(),
    }


def read_share(texts: list[str], profile: str, line: Barrier) -> None:
    """A bare process: loads, warms up, waits for the others, reads."""
    extractor = extraction.load(profile=profile)
    share = [Document(text=text, source=str(number)) for number, text in enumerate(texts)]
    for _ in extractor.extract(share[:WARM]):
        pass
    line.wait()
    for _ in extractor.extract(share):
        pass


def bare(texts: list[str], profile: str, processes: int) -> float:
    """Seconds that so many processes take to read the texts, without Spark and without storing anything."""
    context = multiprocessing.get_context("spawn")
    line = context.Barrier(processes + 1)
    shares = [texts[number::processes] for number in range(processes)]
    team = [context.Process(target=read_share, args=(share, profile, line)) for share in shares]
    for process in team:
        process.start()
    line.wait()
    began = time.perf_counter()
    for process in team:
        process.join()
    return time.perf_counter() - began


def print_bare(given: argparse.Namespace) -> None:
    """What the machine allows."""
    texts = [said["text"] for said in documents(given.data, given.documents, SENTENCES)]
    words = sum(len(text.split()) for text in texts)
    one, two = (bare(texts, given.profile, processes) for processes in (1, 2))
    for processes, took in ((1, one), (2, two)):
        row = [f"{processes} bare", f"{len(texts):,}", f"{words:,}", f"{took:.1f}", f"{words / took:.0f}"]
        print(f"| {' | '.join(row)} | {one / took / processes:.2f} | - |", flush=True)


def measured(given: argparse.Namespace, workers: int, kill_after: float = 0.0) -> dict:
    """In a fresh process, with no Spark before it."""
    with tempfile.TemporaryDirectory() as folder:
        words = ["--workers", str(workers), "--folder", folder, "--documents", str(given.documents)]
        words += ["--profile", given.profile, "--kill-after", str(kill_after)]
        command = [sys.executable, __file__, str(given.data.resolve()), *words]
        done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout)


def main() -> None:
    """Prints a table."""
    given = arguments()
    if given.workers:
        print(json.dumps(measure(given)))
        return
    print_bare(given)
    one, two = measured(given, 1), measured(given, 2)
    assert one["graph"] == two["graph"], "two workers gave another graph than one"
    for said in (one, two):
        speed = {name: said["words"] / said["seconds"]["documents"] for said, name in ((said, "own"), (one, "one"))}
        took = said["seconds"]["documents"]
        efficiency = speed["own"] / speed["one"] / said["workers"]
        row = [said["workers"], f"{said['documents']:,}", f"{said['words']:,}", f"{took:.1f}", f"{speed['own']:.0f}"]
        print(f"| {' | '.join(map(str, row))} | {efficiency:.2f} | {said['memory']:,} |")
        later = ", ".join(f"{name} {said['seconds'][name]:.1f} s" for name in ("graph", "outputs"))
        print(f"  start-up {said['start-up']:.1f} s; then {later}", file=sys.stderr)
    if given.kill:
        third = measured(given, 2, kill_after=two["seconds"]["documents"] / 2)
        assert third["killed"], "the run was over before an executor could be killed: give it more documents"
        assert third["graph"] == one["graph"], "a killed executor changed the graph"
        print(f"an executor was killed in the middle: the same graph, {third['seconds']['documents']:.1f} s")


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="a folder of gold texts")
    parser.add_argument("--documents", type=int, default=400)
    parser.add_argument("--profile", default="accurate")
    parser.add_argument("--kill", action="store_true", help="kill an executor, too")
    parser.add_argument("--kill-after", type=float, default=0.0, help=argparse.SUPPRESS)
    parser.add_argument("--workers", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--folder", help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    main()
