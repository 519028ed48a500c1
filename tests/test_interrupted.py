"""A build with worker processes that is told to stop leaves whole documents, no process, and goes on where it was."""

import json
import signal
import subprocess
import sys
import time

import psutil
import pytest

FIRMS = ["Acme", "Initech", "Globex", "Hooli", "Umbrella"]
COUNT = 40


def rows():
    for number in range(COUNT):
        firm, other = FIRMS[number % 5], FIRMS[(2 * number + 1) % 5]
        text = f"Ann Lee {number} is the chief executive of {firm}. It competes with {other}, which sued it in May."
        yield json.dumps({"id": str(number), "text": text}) + "\n"


def started(out, workers):
    words = ["build", "-", "-w", str(out), "-q", "--profile", "fast", "--workers", workers]
    pipes = {name: subprocess.PIPE for name in ("stdin", "stdout", "stderr")}
    return subprocess.Popen([sys.executable, "-m", "kg.cli", *words], **pipes, text=True)


def built(out, workers):
    with started(out, workers) as process:
        said, _ = process.communicate("".join(rows()), timeout=120)
    assert process.returncode == 0
    return said.splitlines()[0], (out / "graph.trig").read_bytes(), (out / "graph.html").read_bytes()


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    return built(tmp_path_factory.mktemp("whole"), "1")


@pytest.mark.parametrize("told", [signal.SIGINT, signal.SIGTERM])
def test_told_to_stop_in_the_middle(whole, tmp_path, told):
    with started(tmp_path, "2") as process:
        for row in rows():
            process.stdin.write(row)
        process.stdin.flush()  # and it stays open: the build waits for more
        while len(team := psutil.Process(process.pid).children(recursive=True)) < 2:
            time.sleep(0.05)
        time.sleep(4)
        process.send_signal(told)
        said = process.stderr.read()
        process.wait(timeout=60)
    assert (process.returncode, said.count("\n")) == (130, 1)
    assert "Run the same command again to continue" in said
    assert not psutil.wait_procs(team, timeout=10)[1]
    assert built(tmp_path, "2")[1:] == whole[1:]
