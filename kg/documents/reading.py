"""The order of the steps: find, open, read, and keep one document a key.

What cannot be read is a value among the documents. Only a name that leads nowhere stops the call, before anything is
read.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from kg.documents.content import LIMIT, STDIN, Content, Found, mended
from kg.documents.files import files_of, open_file, require, source_of
from kg.documents.formats import HEAD, reader_for
from kg.documents.language import require_english
from kg.documents.meter import Meter
from kg.documents.web import Web, is_address
from kg.errors import RefusedDocument, Skipped, UnreadableDocument
from kg.model import Document

__all__ = ["read"]

KEY_SHOWN = 100


def read(
    inputs: Sequence[str | Path],
    *,
    stdin: BinaryIO | None = None,
    limit: int = LIMIT,
    leave_out: Sequence[Path] = (),
    web: Web | None = None,
    meter: Meter | None = None,
    any_language: bool = False,
) -> Iterator[Document | Skipped]:
    """The documents of files, folders and addresses, in the order named, a folder's sorted by path.

    "-" is standard input; what begins with http:// or https:// is fetched from the ``web``. The ``meter`` follows.

    A document over ``limit`` bytes is refused, one that is not in English unless ``any_language`` will do, and one with
    the key of an earlier one and another text; a copy of it is passed over. Files and folders in ``leave_out`` are not
    read in a walk. Raises NotFound, before reading anything, for a path that does not exist.
    """
    named = tuple(dict.fromkeys(inputs))
    paths = [Path(name) for name in named if name != STDIN and not is_address(name)]
    require(paths)
    if meter:
        meter.measure(paths, leave_out)
    call = Call(stdin, limit, tuple(leave_out), web or Web(), meter or Meter())
    found = (each for name in named for each in contents_of(name, call))
    return once_a_key(accepted(each, any_language=any_language) for each in found)


@dataclass(frozen=True, slots=True)
class Call:
    """What the reading of one call shares."""

    stdin: BinaryIO | None
    limit: int
    leave_out: tuple[Path, ...]
    web: Web
    meter: Meter


def contents_of(name: str | Path, call: Call) -> Iterator[Found | Skipped]:
    if name == STDIN:
        yield from read_content(Content("standard input", None, "", call.stdin or sys.stdin.buffer, call.limit))
    elif isinstance(name, str) and is_address(name):
        yield from read_address(name, call)
    else:
        for path in files_of(Path(name), call.leave_out):
            yield from [path] if isinstance(path, Skipped) else read_file(path, call)


def read_address(address: str, call: Call) -> Iterator[Found | Skipped]:
    try:
        content = call.web.fetch(address, call.limit)
    except Skipped as failure:
        yield failure
        return
    yield from read_content(content)


def read_file(path: Path, call: Call) -> Iterator[Found | Skipped]:
    try:
        stream = open_file(path)
    except Skipped as failure:
        yield failure
        return
    size = os.fstat(stream.fileno()).st_size
    with stream, call.meter.reading(stream, size):
        source = source_of(path)
        yield from read_content(Content(source, source, path.name, stream, call.limit, size))


def read_content(content: Content) -> Iterator[Found | Skipped]:
    """What one stream gives, and what lies inside it. A failure ends it, as a value."""
    try:
        begun = content.from_its_beginning(HEAD)
        for found in reader_for(begun.name, begun.head)(begun):
            if isinstance(found, Content):
                yield from read_content(found)
            else:
                yield found
    except Skipped as failure:
        yield failure
    except OSError as error:
        yield UnreadableDocument(error.strerror or "cannot be read", where=content.where)


def accepted(found: Found | Skipped, *, any_language: bool) -> Found | Skipped:
    """What may go on: a document that can be stored, in English unless any language will do."""
    if isinstance(found, Skipped):
        return found
    try:
        if not any_language:
            require_english(found.document.text, found.where)
    except Skipped as failure:
        return failure
    return Found(found.where, mended(found.document))


def once_a_key(results: Iterable[Found | Skipped]) -> Iterator[Document | Skipped]:
    """Every key once: a copy is passed over, another text under the same key is refused."""
    first: dict[str, tuple[str, str]] = {}
    for found in results:
        if isinstance(found, Skipped):
            yield found
            continue
        document = found.document
        if document.key not in first:
            first[document.key] = (found.where, document.text_id)
            yield document
        elif first[document.key][1] != document.text_id:
            yield clash(document.key, found.where, first[document.key][0])


def clash(key: str, where: str, first: str) -> RefusedDocument:
    """The refusal of a document with the key of another, the ``first`` in the order of the inputs."""
    what = f"the id or source {key[:KEY_SHOWN]!r} of {first}, with another text"
    return RefusedDocument(what, where=where, way_out="Give each document an id of its own")
