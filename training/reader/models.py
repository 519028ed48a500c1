"""The two exported models and the numbers that go with them, as one folder on disk.

``mentions.onnx``, ``relations.onnx``, ``tokenizer.json``, and ``reader.json`` with labels, tables and thresholds. One
window or one marked sentence a run: dynamic quantisation takes its scale over a whole batch, so a neighbour in a batch
would move the scores.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from training.reader.coreference import Scorer
from training.reader.labels import LABELS
from training.reader.pairs import Marked
from training.reader.wordpieces import load

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Settings:
    """What ``reader.json`` says. ``thresholds`` by label; ``filter_floor`` is a probability."""

    version: str
    coreference: Scorer
    link_margin: float
    filter_weights: Floats
    filter_bias: float
    filter_floor: float
    thresholds: dict[str, float]
    temperature: float


@dataclass(frozen=True, slots=True)
class Models:
    """A loaded folder."""

    tokenizer: Tokenizer
    mentions: onnxruntime.InferenceSession
    relations: onnxruntime.InferenceSession
    settings: Settings

    def read_window(self, pieces: list[int], casings: list[int]) -> tuple[Floats, Floats]:
        """Tag scores and span vectors of the pieces of one window."""
        tags, vectors = self.mentions.run(None, {"pieces": row(pieces), "casings": row(casings)})
        return tags[0], vectors[0]

    def read_pair(self, marked: Marked) -> tuple[Floats, Floats]:
        """Scores of the outputs and of their facets' values for one marked sentence."""
        fed = {"pieces": row(marked.pieces), "casings": row(marked.casings), "places": row(marked.places)}
        scores, facets = self.relations.run(None, fed)
        return scores[0], facets[0]


def row(numbers: Sequence[int]) -> NDArray[np.int64]:
    """Numbers as a batch of one."""
    return np.array([numbers], dtype=np.int64)


def open_models(folder: Path, threads: int = 1) -> Models:
    """Load a folder; raises ValueError where its labels are not those of this code."""
    stored = json.loads((folder / "reader.json").read_text("utf-8"))
    if stored["labels"] != list(LABELS):
        raise ValueError(f"{folder}/reader.json was made for other labels; export the models again")
    sessions = [session(folder / f"{name}.onnx", threads) for name in ("mentions", "relations")]
    return Models(load(folder / "tokenizer.json"), *sessions, settings(stored))


def session(path: Path, threads: int) -> onnxruntime.InferenceSession:
    """An exported model, ready to run on the processor."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def settings(stored: dict[str, Any]) -> Settings:
    """The numbers out of the JSON."""
    tables = {
        name: np.array(stored["coreference"][name], dtype=np.float32) for name in ("bonus", "alone", "alone_bonus")
    }
    return Settings(
        stored["version"],
        Scorer(**tables),
        stored["link_margin"],
        np.array(stored["filter"]["weights"], dtype=np.float32),
        stored["filter"]["bias"],
        stored["filter"]["floor"],
        stored["thresholds"],
        stored["temperature"],
    )
