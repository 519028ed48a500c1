"""What of an archive is read: its files, as a walk through a folder would take them."""

from __future__ import annotations

from pathlib import PurePosixPath

__all__ = ["is_wanted", "printable"]

LENGTH = 300


def is_wanted(name: str) -> bool:
    """Whether an entry is a file, and neither hidden, nor a README, nor what macOS adds."""
    parts = PurePosixPath(name.replace("\\", "/")).parts
    if not parts or name.endswith("/"):
        return False
    hidden = any((part.startswith(".") and part not in ("..", ".")) or part == "__MACOSX" for part in parts)
    return not hidden and PurePosixPath(parts[-1]).stem.upper() != "README"


def printable(name: str) -> str:
    """A name inside an archive as one line that can be stored."""
    shown = "".join(character if character.isprintable() else "\ufffd" for character in name)
    return shown.encode("utf-8", "replace").decode("utf-8")[:LENGTH]
