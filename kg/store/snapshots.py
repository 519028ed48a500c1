"""What readers open while a writer goes on: numbered copies beside the store, of hard links.

A snapshot is written under a hidden name and then renamed, so what has a number is whole. Its readers hold a shared
lock on its folder; a writer removes those that nobody holds. The lock goes when its process goes.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import pyoxigraph as ox

try:
    import fcntl
except ImportError:  # no such locks on Windows: the newest two are kept instead
    fcntl = None  # type: ignore[assignment]

__all__ = ["Pin", "newest_snapshot", "pin_newest", "publish_snapshot", "snapshots_of"]

KEPT_WITHOUT_LOCKS = 2
LOCKS: ModuleType | None = fcntl


@dataclass(slots=True)
class Pin:
    """A snapshot that is kept as long as the pin is held."""

    folder: Path
    handle: int

    def release(self) -> None:
        """Lets the snapshot go."""
        if self.handle >= 0:
            os.close(self.handle)
            self.handle = -1


def snapshots_of(store: Path) -> Path:
    """The folder that holds the snapshots of a store."""
    return store.parent / "snapshots"


def newest_snapshot(store: Path) -> Path | None:
    """The newest whole snapshot; None where there is none yet."""
    found = numbered(snapshots_of(store))
    return found[-1] if found else None


def numbered(folder: Path) -> list[Path]:
    found = (entry for entry in folder.iterdir() if entry.name.isdecimal()) if folder.is_dir() else ()
    return sorted(found, key=lambda entry: int(entry.name))


def pin_newest(store: Path) -> Pin | None:
    """The newest snapshot, held against removal; None where there is none."""
    while (folder := newest_snapshot(store)) is not None:
        pin = held(folder, shared=True)
        if pin is not None:
            return pin
    return None


def held(folder: Path, *, shared: bool) -> Pin | None:
    """The folder locked, or None where another holds it or it has just been removed."""
    if LOCKS is None:
        return Pin(folder, -1) if folder.is_dir() else None
    try:
        handle = os.open(folder, os.O_RDONLY)
    except FileNotFoundError:
        return None
    try:
        LOCKS.flock(handle, (LOCKS.LOCK_SH if shared else LOCKS.LOCK_EX) | LOCKS.LOCK_NB)
        if os.path.samestat(os.fstat(handle), folder.stat()):
            return Pin(folder, handle)
    except OSError:
        pass
    os.close(handle)
    return None


def publish_snapshot(store: ox.Store, folder: Path) -> Path:
    """Makes the newest snapshot of an open store and removes those that nobody reads."""
    home = snapshots_of(folder)
    home.mkdir(exist_ok=True)
    for leftover in (*home.glob(".part-*"), *home.glob(".gone-*")):
        shutil.rmtree(leftover, ignore_errors=True)
    earlier = numbered(home)
    number = int(earlier[-1].name) + 1 if earlier else 1
    part = home / f".part-{number}"
    try:
        store.backup(str(part))
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    made = part.rename(home / str(number))
    prune(earlier)
    return made


def prune(earlier: list[Path]) -> None:
    for folder in earlier if LOCKS else earlier[: 1 - KEPT_WITHOUT_LOCKS]:
        pin = held(folder, shared=False)
        if pin is not None:
            gone = folder.rename(folder.with_name(f".gone-{folder.name}"))
            pin.release()
            shutil.rmtree(gone, ignore_errors=True)
