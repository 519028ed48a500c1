"""Weights in few bytes, to carry them between machines: whole numbers of few bits with a scale a row, then Huffman
codes.

``python -m training.pack encoder SHAPE FOLDER OUT`` packs a published encoder. What a row loses is a few percent of its
deviation: little beside what training changes. Trained weights are packed as their difference from such a start.
"""

from __future__ import annotations

import io
import sys
import zlib
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

BITS = 7


def packed(state: dict[str, Tensor], bits: int = BITS) -> bytes:
    """Tensors as bytes; vectors keep half precision."""
    arrays: dict[str, np.ndarray] = {}
    codes: list[bytes] = []
    for name, tensor in sorted(state.items()):
        values = tensor.detach().float().cpu().numpy()
        if values.ndim < 2 or values.size < 20_000:
            arrays[f"plain {name}"] = values.astype(np.float32)
            continue
        flat = values.reshape(values.shape[0], -1)
        most = 2 ** (bits - 1) - 1
        scale = np.maximum(np.abs(flat).max(axis=1), 1e-12) / most
        arrays[f"scale {name}"] = scale.astype(np.float32)
        arrays[f"shape {name}"] = np.array(values.shape)
        codes.append(np.round(flat / scale[:, None]).astype(np.int8).tobytes())
    squeezer = zlib.compressobj(9, zlib.DEFLATED, 15, 9, zlib.Z_HUFFMAN_ONLY)
    body = squeezer.compress(b"".join(codes)) + squeezer.flush()
    head = io.BytesIO()
    np.savez_compressed(head, **arrays)  # type: ignore[arg-type]
    return len(head.getvalue()).to_bytes(8, "big") + head.getvalue() + body


def unpacked(path: Path) -> dict[str, Tensor]:
    """The tensors of a file, or of one that was cut into PATH.0, PATH.1 and so on."""
    content = (
        path.read_bytes()
        if path.exists()
        else b"".join(p.read_bytes() for p in sorted(path.parent.glob(path.name + ".*")))
    )
    return opened(content)


def opened(content: bytes) -> dict[str, Tensor]:
    """The tensors of what ``packed`` made."""
    size = int.from_bytes(content[:8], "big")
    arrays = np.load(io.BytesIO(content[8 : 8 + size]))
    codes = np.frombuffer(zlib.decompress(content[8 + size :]), dtype=np.int8)
    state = {n.removeprefix("plain "): torch.from_numpy(arrays[n].copy()) for n in arrays if n.startswith("plain ")}
    start = 0
    for name in sorted(n.removeprefix("scale ") for n in arrays if n.startswith("scale ")):
        shape, scale = arrays[f"shape {name}"], arrays[f"scale {name}"]
        count = int(np.prod(shape))
        flat = codes[start : start + count].reshape(shape[0], -1).astype(np.float32) * scale[:, None]
        state[name] = torch.from_numpy(flat.reshape(tuple(shape)))
        start += count
    return state


def main() -> int:
    """Pack a published encoder."""
    from training.encoder import SHAPES, pretrained

    shape, folder, out = SHAPES[sys.argv[2]], Path(sys.argv[3]), Path(sys.argv[4])
    out.write_bytes(packed(pretrained(shape, folder).state_dict()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
