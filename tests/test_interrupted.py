"""A build with worker processes that is told to stop leaves whole documents, no process, and goes on where it was."""

import json
import signal
import subprocess
import sys
import time

import psutil
import pytest

FIRMS = ["Acme", "Initech", "Globex", "Hooli", "Umbrella"]
COUNT = 120
STARTED = 2.5
"""Seconds after which worker processes have begun to read and have not ended yet."""


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    path = tmp_path_factory.mktemp("in") / "in.jsonl"
    with path.open("w", encoding="utf-8") as lines:
        for number in range(COUNT):
            firm, other = FIRMS[number % 5], FIRMS[(2 * number + 1) % 5]
            text = f"Ann Lee {number} is the chief executive of {firm}. It competes with {other}, which sued it in May."
            lines.write(json.dumps({"id": str(number), "text": text}) + "\n")
    return path


def started(source, out, workers):
    words = ["build", source, "-w", out, "-q", "--profile", "fast", "--workers", workers]
    command = [sys.executable, "-m", "kg.cli", *map(str, words)]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)


def built(source, out, workers):
    with started(source, out, workers) as process:
        assert process.communicate(timeout=120) == (None, "")
    return [(out / name).read_bytes() for name in ("graph.trig", "graph.html")]


@pytest.fixture(scope="module")
def whole(source, tmp_path_factory):
    return built(source, tmp_path_factory.mktemp("whole"), 1)


@pytest.mark.parametrize("told", [signal.SIGINT, signal.SIGTERM])
def test_told_to_stop_in_the_middle(source, whole, tmp_path, told):
    with started(source, tmp_path, 2) as process:
        while len(team := psutil.Process(process.pid).children(recursive=True)) < 2:
            time.sleep(0.05)
        time.sleep(STARTED)
        process.send_signal(told)
        said = process.communicate(timeout=60)[1]
    assert (process.returncode, said.count("\n")) == (130, 1)
    assert "Run the same command again to continue" in said
    assert not psutil.wait_procs(team, timeout=10)[1]
    assert built(source, tmp_path, 2) == whole
