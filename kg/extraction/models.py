"""The exported model and the numbers that go with it, as one folder on disk.

``encoder.onnx`` reads pieces against what came before; ``words.onnx`` and ``pairs.onnx`` are its heads;
``tokenizer.json``; ``reader.json`` holds labels, tables, thresholds and calibration. One window a run: dynamic
quantisation takes its scale over a whole batch, so a neighbour in a batch would move the scores.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from kg.errors import NotFound
from kg.extraction import PROFILES
from kg.extraction.coreference import Scorer
from kg.extraction.labels import LABELS
from kg.extraction.pairs import MARKERS, Markers
from kg.extraction.salience import Salience
from kg.extraction.wordpieces import load

__all__ = ["Encoded", "Models", "Paired", "Settings", "folder_of", "open_models", "version_of"]

Floats = NDArray[np.float32]
WEIGHTS = Path(__file__).with_name("weights")


@dataclass(frozen=True, slots=True)
class Settings:
    """What ``reader.json`` says.

    ``thresholds`` by label, as confidences; ``filter_floor`` a probability; ``calibration`` two rows, the raw
    probability and what it is worth, to be read by interpolation. ``edges``: the pieces around a window.
    """

    version: str
    edges: tuple[int, int]
    past: tuple[int, ...]
    coreference: Scorer
    salience: Salience
    filter_weights: Floats
    filter_bias: float
    filter_floor: float
    thresholds: Mapping[str, float]
    calibration: NDArray[np.float64]
    queries_of: Floats
    facets_of: Floats
    facet_prior: Floats


@dataclass(frozen=True, slots=True)
class Encoded:
    """One window, read: a row for every piece of ``tags``, ``vectors`` and ``keys``; ``kept`` is for the markers."""

    pieces: NDArray[np.int64]
    tags: Floats
    vectors: Floats
    keys: Floats
    kept: Floats


@dataclass(frozen=True, slots=True)
class Paired:
    """Some pairs of a window, read: a row for every pair."""

    labels: Floats
    facets: Floats
    queries: Floats
    happening: Floats


@dataclass(frozen=True, slots=True)
class Models:
    """A loaded folder."""

    tokenizer: Tokenizer
    encoder: onnxruntime.InferenceSession
    words: onnxruntime.InferenceSession
    pairs: onnxruntime.InferenceSession
    settings: Settings

    def read_window(self, pieces: Sequence[int], kinds: Sequence[int]) -> Encoded:
        """The first reading of a window's pieces."""
        places = np.arange(len(pieces))
        empty = np.zeros(self.settings.past, dtype=np.float32)
        everything = np.ones((len(pieces), len(pieces)), dtype=bool)
        given = np.array(pieces)
        states, kept = self.step(given, np.array(kinds), places, places, everything, empty)
        tags, vectors, keys = self.words.run(None, {"states": states})
        return Encoded(given, tags[0], vectors[0], keys[0], kept)

    def read_pairs(self, encoded: Encoded, markers: Markers) -> Paired:
        """The reading of some pairs against their window."""
        pieces = encoded.pieces[markers.places]
        before = np.arange(encoded.kept.shape[4])
        places = np.concatenate([before, markers.places])
        states, _ = self.step(pieces, markers.kinds, markers.places, places, markers.open, encoded.kept)
        joined = states.reshape(1, len(markers.kinds) // MARKERS, -1)
        labels, facets, queries, happening = self.pairs.run(None, {"markers": joined})
        return Paired(labels[0], facets[0], queries[0], happening[0])

    def step(
        self,
        pieces: NDArray[np.int64],
        kinds: NDArray[np.int64],
        places: NDArray[np.int64],
        all_places: NDArray[np.int64],
        open_: NDArray[np.bool_],
        past: Floats,
    ) -> tuple[Floats, Floats]:
        """States of new pieces, and the keys and values of all pieces so far."""
        given = {
            "pieces": pieces[None],
            "kinds": kinds[None],
            "places": places[None],
            "all_places": all_places[None],
            "open": open_[None],
            "past": past,
        }
        fed = {i.name: given[i.name] for i in self.encoder.get_inputs()}
        states, kept = self.encoder.run(None, fed)
        return states, kept


def folder_of(profile: str) -> Path:
    """Where a profile's models lie; raises NotFound for one that is none."""
    if profile not in PROFILES or not (WEIGHTS / profile).is_dir():
        raise NotFound("no such profile", where=profile, way_out=f"The profiles are {' and '.join(PROFILES)}")
    return WEIGHTS / profile


def version_of(profile: str) -> str:
    """The version of a profile's models, without loading them; raises NotFound for a profile that is none."""
    stored = json.loads((folder_of(profile) / "reader.json").read_text("utf-8"))
    return str(stored["version"])


def open_models(folder: Path, threads: int = 1) -> Models:
    """Load a folder; raises ValueError where its labels are not those of this code."""
    stored = json.loads((folder / "reader.json").read_text("utf-8"))
    if stored["labels"] != list(LABELS):
        raise ValueError(f"{folder}/reader.json was made for other labels; export the model again")
    encoder, words, pairs = (session(folder / f"{name}.onnx", threads) for name in ("encoder", "words", "pairs"))
    return Models(load(folder / "tokenizer.json"), encoder, words, pairs, settings(stored, folder))


def session(path: Path, threads: int) -> onnxruntime.InferenceSession:
    """An exported model, ready to run on the processor; without an arena, so memory is given back after a long text."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def settings(stored: dict[str, Any], folder: Path) -> Settings:
    """The numbers out of the JSON and of ``tables.npz`` beside it."""
    with np.load(folder / "tables.npz") as tables:
        scorer = Scorer(tables["bonus"], tables["alone"], tables["alone_bonus"])
        filter_weights, filter_bias = tables["filter"], float(tables["filter_bonus"][0])
        queries_of, facets_of, facet_prior = (tables[n] for n in ("queries_of", "facets_of", "facet_prior"))
        salience = Salience(**{f.name: tables[f"salience_{f.name}"] for f in fields(Salience)})
    return Settings(
        version=stored["version"],
        edges=(stored["edges"][0], stored["edges"][1]),
        past=tuple(stored["past"]),
        coreference=scorer,
        salience=salience,
        filter_weights=filter_weights,
        filter_bias=filter_bias,
        filter_floor=stored["filter_floor"],
        thresholds=stored["thresholds"],
        calibration=np.array(stored["calibration"], dtype=np.float64),
        queries_of=queries_of,
        facets_of=facets_of,
        facet_prior=facet_prior,
    )
