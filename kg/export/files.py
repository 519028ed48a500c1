"""Writing a file so that a reader sees the old one or the new one, never a half."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from kg.errors import NotFound

__all__ = ["write_atomically"]


def write_atomically(path: Path, content: bytes | Iterable[bytes]) -> None:
    """Writes beside the file, then renames over it; raises NotFound where the folder cannot be written."""
    beside = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with beside.open("wb") as file:
            file.writelines([content] if isinstance(content, bytes) else content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise NotFound(f"cannot be written ({error.strerror})", where=str(path), way_out="Name another file") from error
