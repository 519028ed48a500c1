"""Kills ``kg build`` with -9 at moments spread over its writes: python benchmarks/killed.py [--times 100].

After each kill the store must open and hold whole documents only; in the end one more build must give the bytes of an
undisturbed one. ``--full-disk`` also builds on a tmpfs of a few MiB (needs root): a clear message, nothing stored lost.
The extractor is a fake that reads one claim a document, so that nearly all of a run's time is writing.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from kg.ontology import load
from kg.store import Store, upkeep

BUILD = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from factory import FakeExtractor
from kg.errors import KgError
from kg.ontology import load
from kg.pipeline import build
from kg.workspace import Workspace
print("ready", flush=True)
try:
    build([Path(sys.argv[2])], Workspace(Path(sys.argv[3])), load(), extractor=FakeExtractor())
except KgError as error:
    sys.exit(str(error))
"""
TESTS = Path(__file__).parent.parent / "tests"


def inputs(folder: Path, count: int, version: int) -> Path:
    """Documents that differ from version to version, so that each build writes all of them."""
    folder.mkdir(exist_ok=True)
    for number in range(count):
        firm = f"Firm {number}"
        text = f"{firm} acquired Firm {number + 1}. Person {number} leads {firm}. Version {version} sued {firm}."
        (folder / f"{number}.txt").write_text(text, "utf-8")
    return folder


def started(source: Path, out: Path) -> subprocess.Popen:
    words = [sys.executable, "-c", BUILD, str(TESTS), str(source), str(out)]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    process.stdout.readline()
    return process


def bytes_of(out: Path) -> str:
    return hashlib.sha256((out / "graph.trig").read_bytes() + (out / "graph.html").read_bytes()).hexdigest()


def faults(out: Path) -> list[str]:
    """What is wrong with the store beyond that the derived graphs have to be made again."""
    if not (out / "store" / "CURRENT").exists():
        return []
    with Store(out / "store") as store:
        store.touch()
    return [fault for fault in upkeep.verify(out / "store", load()) if "run kg build again" not in fault]


def campaign(times: int, count: int, home: Path) -> int:
    source = inputs(home / "in", count, 0)
    began = time.monotonic()
    started(source, home / "whole").communicate()
    lasted = time.monotonic() - began
    out, bad, number, late = home / "out", 0, 0, 0
    draw = random.Random(7)  # noqa: S311 - moments, not secrets
    while number < times:
        inputs(home / "in", count, (number + late) % 3)
        process = started(source, out)
        time.sleep(lasted * (number + draw.random()) / times)
        process.kill()
        process.communicate()
        found = faults(out)
        bad += bool(found)
        for fault in found:
            print(f"kill {number}: {fault}")
        if process.returncode == -9:
            number += 1
            continue
        late += 1
        lasted *= 0.98  # the run had ended: the same moment again, a little earlier
    inputs(home / "in", count, 0)
    started(source, out).communicate()
    equal = bytes_of(out) == bytes_of(home / "whole")
    print(f"{times} kills in the middle of a run, {late} more came after its end: {bad} with faults")
    print(f"the next build gives the same bytes: {equal}")
    return int(bool(bad) or not equal)


def full_disk(home: Path) -> int:
    disk = home / "disk"
    disk.mkdir()
    subprocess.run(["/usr/bin/mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(disk)], check=True)
    try:
        small, large = inputs(home / "small", 5, 0), inputs(home / "large", 4000, 0)
        started(small, disk / "out").communicate()
        before = stored(disk / "out")
        _, said = started(large, disk / "out").communicate()
        print(f"full disk: {said.strip().splitlines()[-1] if said.strip() else 'no message'}")
        shutil.copytree(disk / "out", home / "saved")
        kept = before <= stored(home / "saved")
        print(f"documents stored before are still there: {kept}; faults: {faults(home / 'saved') or 'none'}")
        return int(not kept or "disk is full" not in said)
    finally:
        subprocess.run(["/usr/bin/umount", str(disk)], check=True)


def stored(out: Path) -> set[str]:
    with Store(out / "store") as store:
        return {key.rpartition("/")[2] for key in store.document_ids()}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=100)
    parser.add_argument("--documents", type=int, default=60)
    parser.add_argument("--full-disk", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        failed = campaign(given.times, given.documents, Path(home)) if given.times else 0
        return failed + (full_disk(Path(home)) if given.full_disk else 0)


if __name__ == "__main__":
    sys.exit(main())
