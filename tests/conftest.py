"""What several rooms' tests share: the demo graph, built once with the real extractor."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from factory import EXAMPLES
from playwright.sync_api import Browser, sync_playwright

from kg.ontology import load
from kg.pipeline import build
from kg.workspace import Workspace

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def demo(tmp_path_factory) -> Path:
    """The workspace of ``kg build examples``."""
    folder = tmp_path_factory.mktemp("demo")
    build(sorted(EXAMPLES.glob("*.txt")), Workspace(folder), load())
    return folder


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        pytest.fail(f"the page is tested in a real browser: install one of {', '.join(BROWSERS)} and put it on PATH")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield started
        started.close()
