"""`kg build --watch` takes in what changes, until it is told to stop."""

import re
import signal
import subprocess
import sys

import pytest

from kg import watching
from kg.cli import main
from kg.errors import NotFound, UsageError
from kg.workspace import Workspace

TEXTS = {"a.txt": "Elon Musk is the chief executive of SpaceX.\n", "b.txt": "Lisa Su leads AMD.\n"}
STORED = re.compile(r"(\d+) documents stored, (\d+) unchanged")


@pytest.fixture
def folder(tmp_path):
    home = tmp_path / "in"
    home.mkdir()
    (home / "a.txt").write_text(TEXTS["a.txt"], "utf-8")
    return home


def built(process):
    """What the next build says of documents stored and unchanged; its own files lead to no other build."""
    for line in process.stdout:
        if found := STORED.match(line):
            return found.groups()
    raise AssertionError(process.stderr.read())


def test_a_new_file_and_a_changed_one_are_taken_in_and_nothing_else_wakes_it(folder, tmp_path, capsys):
    out = folder / "out"  # inside what is watched
    words = [sys.executable, "-m", "kg.cli", "build", folder, "--watch", "--profile", "fast", "-q", "-w", out]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert built(process) == ("1", "0")
        (folder / "b.txt").write_text("Lisa Su left AMD.\n", "utf-8")
        assert built(process) == ("1", "1")
        (folder / "b.txt").write_text(TEXTS["b.txt"], "utf-8")
        assert built(process) == ("1", "1")
        process.send_signal(signal.SIGINT)
        rest, said = process.communicate(timeout=60)
    assert (process.returncode, STORED.search(rest), said) == (0, None, "kg: no longer watching\n")
    main(["build", str(folder / "a.txt"), str(folder / "b.txt"), "--profile", "fast", "-w", str(tmp_path / "fresh")])
    assert (out / "graph.trig").read_bytes() == (tmp_path / "fresh" / "graph.trig").read_bytes()


@pytest.mark.parametrize("name", ["-", "https://news.example/"])
def test_what_is_no_file_cannot_be_watched(name, tmp_path):
    with pytest.raises(UsageError, match="only files and folders"):
        next(watching.changes([name], Workspace(tmp_path)))


def test_nor_what_is_not_there(tmp_path):
    with pytest.raises(NotFound, match="no such file"):
        next(watching.changes([str(tmp_path / "nowhere")], Workspace(tmp_path)))
