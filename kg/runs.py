"""What one build did, as JSON for other programs: versions, counts, timings, and what was skipped, with its reason.

Timings stand here and nowhere in the graph, so that the graph of the same input is the same bytes.
"""

from __future__ import annotations

import json
import platform
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from kg.errors import Skipped
from kg.export import write_atomically
from kg.model import Tier
from kg.pipeline import Report
from kg.workspace import Workspace

__all__ = ["Run", "recorded"]

LIBRARIES = ("spacy", "pyoxigraph", "trafilatura", "pypdf", "python-docx", "feedparser", "warcio", "rensa")


@dataclass(slots=True)
class Run:
    """A build as it goes on; ``report`` is the last that was seen of it."""

    inputs: Sequence[str]
    report: Report = field(default_factory=Report)
    status: str = "failed"
    started: str = ""
    seconds: float = 0.0

    def seen(self, then: Callable[[Report, str], None] | None) -> Callable[[Report, str], None]:
        """Keeps the report at each step, then calls another."""

        def step(report: Report, source: str) -> None:
            self.report = report
            if then:
                then(report, source)

        return step

    def as_json(self) -> dict[str, Any]:
        """As values of JSON."""
        report = self.report
        reading = report.seconds.get("documents", 0.0)
        return {
            "status": self.status,
            "kg": version("kg-builder"),
            "python": platform.python_version(),
            "platform": f"{platform.system()} {platform.machine()}",
            "libraries": {name: found for name in LIBRARIES if (found := version_of(name))},
            "extractor": report.extractor,
            "inputs": list(self.inputs),
            "started": self.started,
            "documents": {
                "stored": report.stored,
                "unchanged": report.unchanged,
                "skipped": len(report.skipped),
                "words": report.words,
            },
            "graph": {
                "entities": report.entities,
                "claims": report.statements,
                "findings": {str(tier): sum(f.tier is tier for f in report.findings) for tier in Tier},
            },
            "seconds": {name: round(took, 3) for name, took in {**report.seconds, "whole": self.seconds}.items()},
            "words_per_second": round(report.words / reading, 1) if reading else None,
            "skipped": [skipped_as_json(one) for one in report.skipped],
        }


@contextmanager
def recorded(workspace: Workspace, inputs: Sequence[str]) -> Iterator[Run]:
    """Writes ``run.json`` into the workspace when the build has ended, also when it failed or was interrupted.

    A build that could not begin, as where its input is not there, leaves the file of the last one.
    """
    run = Run(inputs, started=datetime.now(UTC).isoformat(timespec="seconds"))
    began = time.perf_counter()
    try:
        yield run
        run.status = "done"
    except KeyboardInterrupt:
        run.status = "interrupted"
        raise
    finally:
        run.seconds = time.perf_counter() - began
        if workspace.folder.is_dir() and (run.status != "failed" or run.report.seconds):
            write_atomically(workspace.run, (json.dumps(run.as_json(), ensure_ascii=False, indent=1) + "\n").encode())


def skipped_as_json(one: Skipped) -> dict[str, str]:
    kind = type(one).__name__
    return {"where": one.where, "what": one.what, "way_out": one.way_out, "kind": kind}


def version_of(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
