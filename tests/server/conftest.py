"""A service over a small graph, run as its users run it: a process of its own on the loopback."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from factory import FakeExtractor

from kg.ontology import load
from kg.pipeline import build
from kg.workspace import Workspace

TOKEN = "a-token-for-the-tests"  # noqa: S105 - of the tests
TEXT = """\
Elon Musk leads SpaceX (title=chief). Elon Musk leads xAI. xAI competitor_of Anthropic (reported).
Anthropic partner_of SpaceX (reported). Acme acquired Bolt (denied by=Reuters).
"""


@contextmanager
def served(folder: Path, *words: str) -> Iterator[httpx.Client]:
    """``kg serve`` over a workspace; ends with it, and nothing is left running."""
    command = [sys.executable, "-m", "kg.cli", "serve", "-w", str(folder), "--port", "0", *words]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=os.environ | {"KG_TOKEN": TOKEN}) as process:
        try:
            line = process.stderr.readline()
            assert " at http" in line, line + process.stderr.read()
            log: list[str] = []
            threading.Thread(target=log.extend, args=(process.stderr,), daemon=True).start()
            with httpx.Client(base_url=line.split(" at ")[1].strip().rstrip("/"), timeout=60) as client:
                client.log, client.pid = log, process.pid
                yield client
        finally:
            process.terminate()
            process.wait(20)


def workspace(folder: Path) -> Path:
    (folder / "a.txt").write_text(TEXT, "utf-8")
    build([folder / "a.txt"], Workspace(folder), load(), extractor=FakeExtractor())
    return folder


@pytest.fixture(scope="session")
def reading(tmp_path_factory) -> Iterator[httpx.Client]:
    """A service that only answers."""
    folder = workspace(tmp_path_factory.mktemp("reading"))
    with served(folder, "--rows", "5", "--timeout", "60", "--log-queries") as client:
        yield client


@pytest.fixture
def hurried(tmp_path) -> Iterator[httpx.Client]:
    """A service that gives a query three seconds."""
    with served(workspace(tmp_path), "--timeout", "3") as client:
        yield client


@pytest.fixture(scope="session")
def writing(tmp_path_factory) -> Iterator[httpx.Client]:
    """A service that takes updates."""
    folder = workspace(tmp_path_factory.mktemp("writing"))
    with served(folder, "--allow-update", "--cors", "https://friend.example") as client:
        client.headers["Authorization"] = f"Bearer {TOKEN}"
        yield client
