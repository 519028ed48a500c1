"""What several rooms' tests share: the demo graph, built once with the real extractor."""

from __future__ import annotations

from pathlib import Path

import pytest
from factory import EXAMPLES

from kg.ontology import load
from kg.pipeline import Workspace, build


@pytest.fixture(scope="session")
def demo(tmp_path_factory) -> Path:
    """The workspace of ``kg build examples``."""
    folder = tmp_path_factory.mktemp("demo")
    build(sorted(EXAMPLES.glob("*.txt")), Workspace(folder), load())
    return folder
