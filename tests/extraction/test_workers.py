"""Several processes read what one would, in its order, and leave nothing behind."""

import os
import signal
import time

import psutil
import pytest

from kg import extraction
from kg.cli import main
from kg.errors import ProcessLost
from kg.extraction.workers import BATCH
from kg.model import Document

FIRMS = ["Acme", "Initech", "Globex", "Hooli", "Umbrella"]


def documents(count):
    for number in range(count):
        firm, other = FIRMS[number % 5], FIRMS[(number * 2 + 1) % 5]
        text = f"Ann Lee {number} is the chief executive of {firm}. It competes with {other}."
        yield Document(text=text, source=f"{number}.txt")


def test_the_same_extractions_in_the_same_order(fast):
    several = extraction.load(profile="fast", workers=2)
    assert several.name == fast.name
    assert list(several.extract(documents(3 * BATCH + 1))) == list(fast.extract(documents(3 * BATCH + 1)))
    assert list(several.extract([])) == []


def children():
    return {process.pid for process in psutil.Process().children(recursive=True)}


def test_a_process_that_ends_by_itself_is_told_and_the_others_end(fast):
    before, read = children(), extraction.load(profile="fast", workers=2).extract(documents(20 * BATCH))
    next(read)
    team = [pid for pid in children() - before if "spawn_main" in " ".join(psutil.Process(pid).cmdline())]
    os.kill(team[0], signal.SIGKILL)
    with pytest.raises(ProcessLost, match="fewer --workers"):
        list(read)
    assert not any(psutil.pid_exists(pid) for pid in team)


def test_who_stops_asking_leaves_no_process(fast):
    before, read = children(), extraction.load(profile="fast", workers=2).extract(documents(20 * BATCH))
    next(read)
    team = [pid for pid in children() - before if "spawn_main" in " ".join(psutil.Process(pid).cmdline())]
    read.close()
    assert len(team) == 2
    assert not any(psutil.pid_exists(pid) for pid in team)


def test_no_more_documents_are_taken_than_are_under_way(fast):
    taken = []

    def slowly():
        for document in documents(100 * BATCH):
            taken.append(document)
            yield document

    read = extraction.load(profile="fast", workers=2).extract(slowly())
    next(read)
    time.sleep(1)
    assert len(taken) <= 8 * BATCH
    read.close()


def test_the_command_writes_the_same_bytes_with_one_process_and_two(tmp_path):
    (tmp_path / "in").mkdir()
    for document in documents(3 * BATCH):
        (tmp_path / "in" / document.source).write_text(document.text, "utf-8")
    for workers in ("1", "2"):
        words = ["extract", str(tmp_path / "in"), "--profile", "fast", "--workers", workers]
        assert main([*words, "-o", str(tmp_path / workers)]) == 0
    assert (tmp_path / "1").read_bytes() == (tmp_path / "2").read_bytes() != b""
