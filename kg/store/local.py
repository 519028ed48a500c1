"""Quads on disk with Oxigraph. RocksDB's lock sees to it that one process writes at a time."""

from __future__ import annotations

import errno
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as ox

from kg.errors import NotFound, QueryError, WorkspaceLocked, WriteFailed
from kg.store.backend import Answer, Term
from kg.store.snapshots import Pin, publish_snapshot
from kg.vocab import PREFIXES

__all__ = ["Local", "run_query", "run_update"]

FULL = ("no space left", "disk full", "quota", f"os error {errno.ENOSPC}")


class Local:
    """A folder of RocksDB's, open for writing; or a snapshot of one, pinned and open for reading."""

    def __init__(self, folder: Path, store: ox.Store, pin: Pin | None = None) -> None:
        self.folder, self.place, self.dirty, self._pin = folder, str(folder.parent), False, pin
        self._store: ox.Store | None = store

    @classmethod
    def writing(cls, folder: Path) -> Local:
        """Raises WorkspaceLocked while another process writes, NotFound where it cannot be opened."""
        try:
            folder.mkdir(parents=True, exist_ok=True)
            return cls(folder, ox.Store(str(folder)))
        except OSError as error:
            raise not_opened(error, folder) from error

    @classmethod
    def reading(cls, folder: Path, pin: Pin) -> Local:
        """A snapshot of the store in ``folder``."""
        try:
            return cls(folder, ox.Store.read_only(str(pin.folder)), pin)
        except OSError as error:
            pin.release()
            raise not_opened(error, folder) from error

    @property
    def quads(self) -> ox.Store:
        """Oxigraph's own store."""
        if self._store is None:
            raise NotFound("the graph is closed", where=self.place)
        return self._store

    @contextmanager
    def _writing(self) -> Iterator[ox.Store]:
        self.dirty = True
        try:
            yield self.quads
        except (OSError, RuntimeError) as error:
            raise not_written(error, self.place) from error

    def match(self, subject: Term, predicate: Term, obj: Term, graph: Term) -> Iterator[ox.Quad]:
        """The quads with these terms."""
        return self.quads.quads_for_pattern(subject, predicate, obj, graph)

    def graphs(self) -> Iterator[list[ox.Quad]]:
        """Only one graph's quads are in memory at a time."""
        for name in sorted([*self.quads.named_graphs(), ox.DefaultGraph()], key=str):
            if found := list(self.quads.quads_for_pattern(None, None, None, name)):
                yield found

    def add(self, quads: Iterable[ox.Quad]) -> None:
        """All of them in one transaction."""
        with self._writing() as store:
            store.extend(quads)

    def load(self, lines: bytes, graphs: Iterable[str]) -> None:
        """By Oxigraph's bulk loader."""
        with self._writing() as store:
            for name in map(ox.NamedNode, graphs):
                if store.contains_named_graph(name):
                    store.remove_graph(name)
            store.bulk_load(lines, format=ox.RdfFormat.N_QUADS)

    def remove(self, quads: Iterable[ox.Quad]) -> None:
        """One by one."""
        with self._writing() as store:
            for quad in quads:
                store.remove(quad)

    def drop(self, graph: str) -> None:
        """The graph and what it holds."""
        with self._writing() as store:
            store.remove_graph(ox.NamedNode(graph))

    def query(
        self,
        text: str,
        *,
        bindings: Mapping[str, Term],
        default: Sequence[str] | None,
        named: Sequence[str] | None,
        union: bool = True,
        base: str | None = None,
    ) -> Answer:
        """Raises QueryError for what Oxigraph does not parse."""
        return run_query(self.quads, text, bindings=bindings, default=default, named=named, union=union, base=base)

    def update(self, text: str, *, base: str | None = None) -> None:
        """Raises QueryError for what Oxigraph does not parse, WriteFailed where the disk says no."""
        with self._writing() as store:
            run_update(store, text, base)

    def graph_names(self) -> list[str]:
        """The IRIs of the named graphs."""
        return sorted(name.value for name in self.quads.named_graphs() if isinstance(name, ox.NamedNode))

    def has_graph(self, address: str) -> bool:
        """Whether there is a named graph of this IRI."""
        return bool(self.quads.contains_named_graph(ox.NamedNode(address)))

    def size(self) -> int:
        """How many quads there are."""
        return len(self.quads)

    def flush(self) -> None:
        """What is pending goes to the disk."""
        if self._pin is None:
            with self._writing() as store:
                store.flush()

    def close(self, *, publish: bool) -> None:
        """The last reference closes RocksDB."""
        if self._store is None:
            return
        try:
            if self._pin is None and self.dirty:
                self.flush()
                if publish:
                    with self._writing() as store:
                        publish_snapshot(store, self.folder)
        finally:
            self._store = None
            if self._pin is not None:
                self._pin.release()


def run_query(
    store: ox.Store,
    text: str,
    *,
    bindings: Mapping[str, Term] | None = None,
    default: Sequence[str] | None = None,
    named: Sequence[str] | None = None,
    union: bool = True,
    base: str | None = None,
    where: str = "query",
) -> Answer:
    """Over the union of all graphs, unless the protocol or the query name a dataset; with our prefixes declared."""
    chosen = default is not None or named is not None
    try:
        return store.query(
            text,
            base_iri=base,
            prefixes=PREFIXES,
            use_default_graph_as_union=union and not chosen,
            default_graph=[ox.NamedNode(address) for address in default or ()] if chosen else None,
            named_graphs=[ox.NamedNode(address) for address in named or ()] if chosen else None,
            substitutions={ox.Variable(name): value for name, value in (bindings or {}).items()},
        )
    except SyntaxError as error:
        raise QueryError(f"not a SPARQL query ({error.msg})", where=where) from error
    except (RuntimeError, ValueError) as error:
        raise QueryError(str(error), where=where) from error


def run_update(store: ox.Store, text: str, base: str | None = None) -> None:
    """A SPARQL update in one transaction."""
    try:
        store.update(text, base_iri=base, prefixes=PREFIXES)
    except SyntaxError as error:
        raise QueryError(f"not a SPARQL update ({error.msg})", where="update") from error


def not_opened(error: OSError, folder: Path) -> NotFound | WorkspaceLocked | WriteFailed:
    said = str(error).casefold()
    if "lock" in said:
        return WorkspaceLocked(
            "another run is using this workspace",
            where=str(folder.parent),
            way_out="Wait until it ends, or name another with --workspace",
        )
    if any(word in said for word in FULL):
        return not_written(error, str(folder.parent))
    return NotFound(f"the graph cannot be opened ({error})", where=str(folder))


def not_written(error: Exception, place: str) -> WriteFailed:
    said = str(error)
    if any(word in said.casefold() for word in FULL):
        return WriteFailed(
            "the disk is full; what was stored before is kept",
            where=place,
            way_out="Make room and run the same command again",
        )
    return WriteFailed(f"the graph cannot be written ({said})", where=place)
