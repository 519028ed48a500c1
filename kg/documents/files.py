"""The files that a name stands for, what they are called in the graph, and how they are opened.

Hidden files and a folder's README are about the folder; a walk leaves them out. Links to folders are not followed
inside a folder, so no walk goes round.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from kg.errors import NotFound, UnreadableDocument

__all__ = ["files_of", "open_file", "require", "source_of"]

REASONS = {
    errno.ENOENT: ("a link that leads nowhere", "Remove it or mend it"),
    errno.ELOOP: ("a link that leads to itself", "Remove it or mend it"),
    errno.EACCES: ("not yours to read", "Allow yourself to read it"),
}


def require(paths: Iterable[Path]) -> None:
    """Raises NotFound for the first that does not exist."""
    for path in paths:
        if not os.path.lexists(path):
            raise NotFound("no such file or folder", where=printable(path.as_posix()), way_out="Check the name")


def files_of(path: Path, leave_out: Iterable[Path] = ()) -> Iterator[Path | UnreadableDocument]:
    """A file itself; the files under a folder, sorted by path. A folder that cannot be listed is a value.

    What is to be left out is left out of the walk, not where it is named itself.
    """
    pending, unwanted = [path], {absolute(each) for each in leave_out} - {absolute(path)}
    while pending:
        entry = pending.pop()
        if not os.path.isdir(entry):  # noqa: PTH112 - Path.is_dir raises where it may not look
            yield entry
            continue
        try:
            found = [each for each in entry.iterdir() if is_document(each) and absolute(each) not in unwanted]
            pending += sorted(found, reverse=True)
        except OSError as error:
            yield unreadable(error, entry)


def is_document(entry: Path) -> bool:
    """Whether a walk takes it: not hidden, no README, no link to a folder."""
    own = entry.name.startswith(".") or entry.stem.upper() == "README"
    return not own and not (os.path.islink(entry) and os.path.isdir(entry))  # noqa: PTH112, PTH114 - as above


def open_file(path: Path) -> BinaryIO:
    """The file, opened; raises UnreadableDocument for all but a regular file, which could make us wait for ever."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise UnreadableDocument(
                "not a regular file", where=source_of(path), way_out='Pipe it in and name "-" instead'
            )
        return path.open("rb")
    except OSError as error:
        raise unreadable(error, path) from error


def unreadable(error: OSError, path: Path) -> UnreadableDocument:
    what, way_out = REASONS.get(error.errno or 0, (error.strerror or "cannot be read", ""))
    return UnreadableDocument(what, where=source_of(path), way_out=way_out)


def source_of(path: Path) -> str:
    """The path in POSIX form: relative to the current folder where it lies under it, absolute otherwise."""
    whole, here = absolute(path), Path.cwd()
    return printable((whole.relative_to(here) if whole.is_relative_to(here) else whole).as_posix())


def absolute(path: Path) -> Path:
    """The path from the root, links kept."""
    return Path(os.path.abspath(path))  # noqa: PTH100 - resolve() would follow links


def printable(name: str) -> str:
    """A file's name with bytes that are not UTF-8 written out, as Python prints them."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")
