"""Extractors that workers of tests make for themselves; in a module of its own, which workers can import."""

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
        made = FakeExtractor()
        made.name = self.name
        return made
