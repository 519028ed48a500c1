"""Extractors that workers make for themselves, in a module that workers can import."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from factory import FakeExtractor

from kg.model import Document, Extraction


@dataclass(frozen=True)
class Fake:
    """Reads the little language, under a name."""

    name: str = "fake 1"

    def extractor(self):
        return named(FakeExtractor(), self.name)


@dataclass(frozen=True)
class Killed:
    """As Fake, but the first worker that comes to its second document kills itself; ``marks`` is where it says so."""

    marks: str
    name: str = "fake 1"

    def extractor(self):
        return named(Dying(Path(self.marks)), self.name)


class Dying(FakeExtractor):
    """Killed as the kernel does it, without a word."""

    def __init__(self, marks: Path) -> None:
        super().__init__()
        self.marks = marks

    def extract(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        for number, said in enumerate(super().extract(documents)):
            if number and not self.marks.exists():
                self.marks.write_text(str(os.getpid()), "utf-8")
                os.kill(os.getpid(), signal.SIGKILL)
            yield said


def named(made, name):
    made.name = name
    return made
