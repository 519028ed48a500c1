"""Care of a store on disk: what it is, make it smaller, copy it away and back, check it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from kg.errors import KgError, UsageError
from kg.ontology import Ontology
from kg.store.local import Local, not_opened
from kg.store.snapshots import Pin, newest_snapshot
from kg.store.store import Store

__all__ = ["backup", "compact", "info", "restore", "verify"]


def info(place: Path | str, ontology: Ontology) -> dict[str, str]:
    """What the store is and holds: heading → value."""
    with Store.reader(place) as store:
        told = {
            "place": store.place,
            "layout": store.layout,
            "quads": str(len(store)),
            "graphs": str(len(store.graph_names())),
            "documents": str(sum(len(ids) for ids in store.document_ids().values())),
            "derived": "up to date" if store.is_derived(ontology) else "has to be made again: kg build",
        }
    if isinstance(place, Path):
        newest = newest_snapshot(place)
        told["snapshot"] = newest.name if newest else "none"
        told["bytes"] = str(size_of(place))
    return told


def size_of(folder: Path) -> int:
    """Bytes of the files under a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def compact(folder: Path) -> tuple[int, int]:
    """Lets RocksDB write its files anew; returns bytes before and after. Raises WorkspaceLocked."""
    before = size_of(folder)
    with Store(folder) as store:
        store.compact()
    return before, size_of(folder)


def backup(folder: Path, target: Path) -> None:
    """Copies the graph, as its last writer left it, into a new folder; raises UsageError where there is one."""
    if target.exists():
        raise UsageError("is there already", where=str(target), way_out="Name a new folder")
    with Store.reader(folder) as store:
        store.backup(target)


def restore(folder: Path, source: Path) -> None:
    """Puts a backup in the store's place, once it has been opened and found whole; the old one is kept as ``.old``."""
    with Store(source, backend=Local.reading(source, Pin(source, -1))):
        pass
    if folder.exists():
        Store(folder).close(publish=False)
    part, old = folder.with_name(folder.name + ".part"), folder.with_name(folder.name + ".old")
    try:
        for leftover in (part, old):
            shutil.rmtree(leftover, ignore_errors=True)
        shutil.copytree(source, part)
        if folder.exists():
            folder.rename(old)
        part.rename(folder)
    except OSError as error:
        raise not_opened(error, folder) from error
    with Store(folder) as store:
        store.touch()


def verify(place: Path | str, ontology: Ontology) -> Iterator[str]:
    """What is wrong with the store, a line each; nothing where all is well.

    Every quad is read, every document's graph is turned into values again, whose quotes must be verbatim; the derived
    graphs must be of these documents.
    """
    with Store.reader(place) as store:
        counted = sum(1 for _ in store.quads())
        yield from [] if counted <= len(store) else [f"{counted} quads read, {len(store)} counted"]
        for key, ids in store.document_ids().items():
            if len(ids) > 1:
                yield f"document {key}: {len(ids)} versions, an interrupted replacement: run kg build again"
            for identifier in ids:
                yield from document_faults(store, identifier)
        if not store.is_derived(ontology):
            yield "what was derived is not of these documents and this ontology: run kg build again"


def document_faults(store: Store, identifier: str) -> Iterator[str]:
    try:
        read = store.extraction(identifier)
    except (KgError, LookupError, ValueError) as error:
        yield f"document {identifier}: cannot be read ({error})"
        return
    if read.document.id != identifier:
        yield f"document {identifier}: its text is another's"
    for claim in read.claims:
        if not read.document.quotes(claim.evidence):
            yield f"document {identifier}: claim {claim.id} quotes what the text does not say"
