"""One line on a terminal that says how a build comes on; on anything else nothing, so that logs stay clean."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TextIO

from kg.documents import Meter
from kg.pipeline import Report

__all__ = ["Bar", "line"]

EVERY = 0.1
CELLS = 20
SETTLED = 2.0
SOURCE = 40
LATER = {"graph": "finding who is who, facts, conflicts", "outputs": "writing the graph and the page"}
"""What goes on in the stages that follow the documents."""


class Bar:
    """Draws the line anew, ten times a second at most and for every stage. ``clock`` counts seconds."""

    def __init__(self, stream: TextIO, meter: Meter, clock: Callable[[], float] = time.monotonic) -> None:
        self.stream, self.meter, self.clock = stream, meter, clock
        self.began, self.drawn, self.stage = clock(), 0.0, ""

    def __call__(self, report: Report, source: str) -> None:
        """After each document, stored or not, and where a stage begins."""
        now = self.clock()
        if (now - self.drawn >= EVERY or report.stage != self.stage) and self.stream.isatty():
            self.drawn, self.stage = now, report.stage
            said = line(report, self.meter.done, self.meter.total, now - self.began, source)
            self.stream.write(f"\r\x1b[K{said}")
            self.stream.flush()

    def clear(self) -> None:
        """Leaves an empty line."""
        if self.stream.isatty():
            self.stream.write("\r\x1b[K")


def line(report: Report, done: int, total: int, seconds: float, source: str = "") -> str:
    """The bar (where the size of the input is known), documents, words a second, skipped, time left, what is read.

    After the documents only how many they were, and what is made of them now.
    """
    if report.stage in LATER:
        return f"{report.stored + report.unchanged:,} documents  {LATER[report.stage]}"
    share = min(done / total, 1.0) if total else 0.0
    full = round(share * CELLS)
    parts = [f"[{'#' * full}{'.' * (CELLS - full)}] {share:4.0%}"] if total else []
    parts.append(f"{report.stored + report.unchanged:,} documents")
    parts.append(f"{report.words / seconds:,.0f} words/s" if seconds > 0 else "0 words/s")
    parts += [f"{len(report.skipped):,} skipped"] if report.skipped else []
    parts += [f"{clock_time(seconds / share - seconds)} left"] if share and seconds > SETTLED else []
    return "  ".join([*parts, "".join(c if c.isprintable() else "?" for c in source[-SOURCE:])]).rstrip()


def clock_time(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"
