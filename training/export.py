"""Checkpoints of the two stages → the folder that ``reader.models`` opens: ``python -m training.export``.

The weights become eight-bit integers, one scale a channel; activations are quantised as they come.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from training.encoder import Encoder, folder
from training.mentions import Mentions
from training.reader.labels import LABELS
from training.relations import Relations

AXES = {
    "mentions": {"pieces": {1: "length"}, "casings": {1: "length"}},
    "relations": {"pieces": {1: "length"}, "casings": {1: "length"}},
}
OUTPUTS = {"mentions": ["tags", "vectors"], "relations": ["scores", "facets"]}


def trained(model: nn.Module, checkpoint: Path) -> nn.Module:
    """A model with the weights of a checkpoint, ready to be exported."""
    model.load_state_dict(torch.load(checkpoint, weights_only=True)["model"])
    return model.eval()


def samples(stage: str) -> dict[str, Tensor]:
    """Inputs of the right shape."""
    length = torch.zeros(1, 16, dtype=torch.long)
    fed = {"pieces": length, "casings": length}
    return fed if stage == "mentions" else {**fed, "places": torch.tensor([[2, 5]])}


def write_model(model: nn.Module, stage: str, target: Path, *, quantised: bool = True) -> None:
    """Export a model and quantise it."""
    fed = samples(stage)
    with tempfile.TemporaryDirectory() as scratch:
        plain = Path(scratch) / "plain.onnx"
        torch.onnx.export(
            model,
            tuple(fed.values()),
            str(plain),
            input_names=list(fed),
            output_names=OUTPUTS[stage],
            dynamic_axes=AXES[stage],
            opset_version=17,
            dynamo=False,
        )
        if quantised:
            quantize_dynamic(plain, target, per_channel=True, weight_type=QuantType.QInt8)
        else:
            shutil.copy(plain, target)


def tables(model: Mentions) -> dict[str, Any]:
    """The learned numbers of stage one that the reader applies itself."""

    def plain(values: Tensor) -> list[float]:
        return [round(value, 6) for value in values.detach().tolist()]

    return {
        "coreference": {name: plain(getattr(model, name)) for name in ("bonus", "alone", "alone_bonus")},
        "filter": {"weights": plain(model.filter), "bias": plain(model.filter_bonus)[0], "floor": 0.1},
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mentions", type=Path, required=True, help="the folder of a run of stage one")
    parser.add_argument("--relations", type=Path, required=True, help="the folder of a run of stage two")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--version", default="0.1.0")
    parser.add_argument("--float", action="store_true", help="leave the weights as they are, to measure the loss")
    options = parser.parse_args(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    first = trained(Mentions(Encoder()), options.mentions / "checkpoint.pt")
    second = trained(Relations(Encoder()), options.relations / "checkpoint.pt")
    for stage, model in (("mentions", first), ("relations", second)):
        write_model(model, stage, options.out / f"{stage}.onnx", quantised=not options.float)
    shutil.copy(folder() / "tokenizer.json", options.out)
    decisions = {"thresholds": dict.fromkeys(LABELS, 0.5), "temperature": 1.0, "link_margin": 0.0}
    stored = {"version": options.version, "labels": list(LABELS), **decisions, **tables(first)}
    (options.out / "reader.json").write_text(json.dumps(stored, indent=1) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
