"""Twenty queries without end at once against ``kg serve``, and normal ones: python benchmarks/runaways.py WORKSPACE.

Prints how long each took and what it was answered, the longest wait of a normal query, and processes and memory before
and after. Exits with 1 where a promise is missed.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import psutil

CROSS = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i ."
RUNAWAYS = [
    f"SELECT (COUNT(*) AS ?n) {{ {CROSS} }}",
    f"SELECT * {{ {CROSS} }} ORDER BY ?c ?f ?i",
    f"SELECT DISTINCT ?a ?d ?g {{ {CROSS} }}",
    "SELECT * { ?a ?b ?c . ?d ?e ?f FILTER(REGEX(CONCAT(STR(?c), STR(?f), STR(?c)), '(a+)+b{3,}zq$')) }",
    "SELECT (COUNT(*) AS ?n) { ?a (!<x:y>|^!<x:y>)+ ?b . ?c (!<x:y>|^!<x:y>)+ ?d }",
] * 4
NORMAL = "SELECT * { ?p kg:leads ?o } LIMIT 5"


CLIENT = httpx.Client(timeout=120, limits=httpx.Limits(max_connections=64))  # one: making one reads certificates


def ask(address: str, query: str) -> tuple[int, str | None, float]:
    began = time.monotonic()
    answer = CLIENT.post(f"{address}/sparql", data={"query": query})
    return answer.status_code, answer.headers.get("kg-limit"), time.monotonic() - began


def family(process: psutil.Process) -> tuple[int, float]:
    """How many processes belong to a service, and MiB that they hold."""
    several = [process, *process.children(recursive=True)]
    return len(several), sum(one.memory_full_info().uss for one in several) / 2**20


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("workspace", type=Path)
    parser.add_argument("--timeout", type=float, default=5)
    given = parser.parse_args()
    words = [sys.executable, "-m", "kg.cli", "serve", "-w", str(given.workspace), "--port", "0"]
    words += ["--timeout", str(given.timeout), "--memory", "512"]
    with subprocess.Popen(words, stderr=subprocess.PIPE, text=True) as process:
        address = process.stderr.readline().split(" at ")[1].strip().rstrip("/")
        threading.Thread(target=process.stderr.read, daemon=True).start()
        ask(address, NORMAL)
        time.sleep(3)
        service = psutil.Process(process.pid)
        before = family(service)
        with ThreadPoolExecutor(24) as threads:
            running = [threads.submit(ask, address, query) for query in RUNAWAYS]
            time.sleep(0.5)
            normal = []
            while not all(one.done() for one in running):
                normal.append(ask(address, NORMAL))
                time.sleep(0.2)
            ended = [one.result() for one in running]
        time.sleep(3)
        after = family(service)
        process.terminate()
    left = service.children(recursive=True) if service.is_running() else []
    return told(given.timeout, ended, normal, before, after, left)


def told(limit: float, ended: list, normal: list, before: tuple, after: tuple, left: list) -> int:
    for status, cut, seconds in ended:
        print(f"{status} {cut} {seconds:.2f} s")
    longest, slowest = max(one[2] for one in ended), max(one[2] for one in normal)
    well = sum(status == 200 for status, _, _ in normal)
    print(f"longest runaway {longest:.2f} s (limit {limit} + 1)")
    print(f"normal queries: {well} of {len(normal)} answered, slowest {slowest:.2f} s")
    print(f"processes and MiB before {before[0]}, {before[1]:.0f}; after {after[0]}, {after[1]:.0f}; left: {len(left)}")
    stated = all(status == 503 or cut for status, cut, _ in ended)
    kept = longest <= limit + 1 and slowest <= 1 and well == len(normal) and stated and not left
    return int(not kept)


if __name__ == "__main__":
    sys.exit(main())
