"""A checkpoint → the folder that ``kg.extraction.models`` opens: ``python -m training.export --shape S --run DIR --out
DIR``.

The weights become eight-bit integers of seven bits' range, one scale a channel: processors without VNNI add pairs of
products in sixteen bits, which a full range would overflow. Activations are quantised as they come.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from kg.extraction.labels import LABELS
from kg.extraction.pairs import MARKERS
from kg.extraction.salience import untaught
from training.encoder import SHAPES, Encoder
from training.model import Model
from training.prior import facet_prior
from training.train import finished

TABLES = ("bonus", "alone", "alone_bonus", "filter", "filter_bonus", "queries_of", "facets_of")


class Step(nn.Module):
    """``Encoder.step`` as a module."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(
        self, pieces: Tensor, kinds: Tensor, places: Tensor, all_places: Tensor, open_: Tensor, past: Tensor
    ) -> tuple[Tensor, Tensor]:
        """States, and keys and values."""
        return self.encoder.step(pieces, kinds, places, all_places, open_, past)


def write_encoder(encoder: Encoder, target: Path) -> None:
    """Export the encoder."""
    shape, new, old = encoder.shape, 6, 5
    length = torch.zeros(1, new, dtype=torch.long)
    fed = {
        "pieces": length + 7,
        "kinds": length,
        "places": torch.arange(new)[None],
        "all_places": torch.arange(new + old)[None],
        "open": torch.ones(1, new, new + old, dtype=torch.bool),
        "past": torch.zeros(shape.layers, 2, 1, shape.heads, old, shape.width // shape.heads),
    }
    axes = {name: {1: "new"} for name in ("pieces", "kinds", "places", "states")}
    axes |= {"all_places": {1: "all"}, "open": {1: "new", 2: "all"}, "past": {4: "old"}, "kept": {4: "all"}}
    write(Step(encoder), fed, ["states", "kept"], axes, target)


def write_heads(model: Model, folder: Path) -> None:
    """Export the heads."""
    width = model.encoder.shape.width
    words = ["tags", "vectors", "keys"]
    axes = {name: {1: "pieces"} for name in ["states", *words]}
    write(model.words, {"states": torch.zeros(1, 6, width)}, words, axes, folder / "words.onnx")
    pairs = ["labels", "facets", "queries", "happening"]
    axes = {name: {1: "pairs"} for name in ["markers", *pairs]}
    write(model.pairs, {"markers": torch.zeros(1, 3, MARKERS * width)}, pairs, axes, folder / "pairs.onnx")


def write(
    module: nn.Module, fed: dict[str, Tensor], outputs: list[str], axes: dict[str, dict[int, str]], target: Path
) -> None:
    """Export a module and quantise it."""
    with tempfile.TemporaryDirectory() as scratch:
        plain = Path(scratch) / "plain.onnx"
        torch.onnx.export(
            module.eval(),
            tuple(fed.values()),
            str(plain),
            input_names=list(fed),
            output_names=outputs,
            dynamic_axes=axes,
            opset_version=17,
            dynamo=False,
        )
        quantize_dynamic(plain, target, per_channel=True, reduce_range=True, weight_type=QuantType.QInt8)


def export(shape_name: str, run: Path, tokenizer: Path, out: Path, version: str, salience: Path | None = None) -> None:
    """Write the folder; ``salience`` is one whose taught salience is taken over, where it is not to be taught anew."""
    out.mkdir(parents=True, exist_ok=True)
    shape, model = SHAPES[shape_name], finished(shape_name, run / "checkpoint.pt")
    write_encoder(model.encoder, out / "encoder.onnx")
    write_heads(model, out)
    shutil.copy(tokenizer, out / "tokenizer.json")
    arrays = {name: getattr(model, name).detach().numpy().astype(np.float32) for name in TABLES}
    arrays["facet_prior"] = facet_prior()
    arrays |= {f"salience_{name}": values for name, values in asdict(untaught()).items()}
    if salience is not None:
        with np.load(salience / "tables.npz") as taught:
            arrays |= {name: taught[name] for name in taught if name.startswith("salience_")}
    np.savez(out / "tables.npz", **arrays)  # type: ignore[arg-type]
    stored = {
        "version": version,
        "labels": list(LABELS),
        "edges": [shape.cls, shape.sep],
        "past": [shape.layers, 2, 1, shape.heads, 0, shape.width // shape.heads],
        "filter_floor": 0.1,
        "thresholds": dict.fromkeys(LABELS, 0.5),
        "calibration": [[0.0, 1.0], [0.0, 1.0]],
    }
    (out / "reader.json").write_text(json.dumps(stored, indent=1) + "\n", "utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """Export one run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shape", choices=sorted(SHAPES), required=True)
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--tokenizer", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--version", default="3")
    parser.add_argument("--salience", type=Path, help="an exported folder whose salience is taken over")
    options = parser.parse_args(arguments)
    export(options.shape, options.run, options.tokenizer, options.out, options.version, options.salience)
    return 0


if __name__ == "__main__":
    sys.exit(main())
