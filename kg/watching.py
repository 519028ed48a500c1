"""Waits for files to change: a step for every time that something under the named files and folders did."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from watchfiles import Change, watch

from kg.documents import is_address
from kg.errors import NotFound, UsageError
from kg.workspace import Workspace

__all__ = ["changes"]

SETTLED = 500
"""Milliseconds that files have to rest: whoever writes several is waited for."""
PATIENCE = 300
"""Milliseconds between two looks."""


def changes(inputs: Sequence[str], workspace: Workspace) -> Iterator[None]:
    """Once at the beginning, then after every change; what a run makes itself is no change.

    Nothing that changes while the caller is busy is missed. Raises UsageError where no input is a file or a folder,
    NotFound for one that is not there.
    """
    paths = [Path(name) for name in inputs if name != "-" and not is_address(name)]
    if len(paths) < len(inputs):
        raise UsageError("only files and folders can be watched", way_out="Name a folder")
    for path in paths:
        if not path.exists():
            raise NotFound("no such file or folder", where=str(path), way_out="Check the name")
    made = [path.resolve() for path in workspace.made]

    def is_input(change: Change, path: str) -> bool:
        del change
        return not any(Path(path).is_relative_to(ours) for ours in made)

    looks = watch(
        *(path.resolve() for path in paths),
        watch_filter=is_input,
        step=SETTLED,
        debounce=SETTLED * 10,
        rust_timeout=PATIENCE,
        yield_on_timeout=True,
        ignore_permission_denied=True,
    )
    first = True
    for changed in looks:
        if changed or first:
            yield
        first = False
