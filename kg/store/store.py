"""Documents, what was derived from them, and queries over both; whatever place the quads have.

A document's graph is written in one transaction, so a killed run leaves whole documents only. The derived graphs are
marked with the documents that they were made from: where the mark is missing or another, they have to be made again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from pathlib import Path
from types import TracebackType
from urllib.parse import urljoin

import pyoxigraph as ox

from kg.errors import KgError, NotFound, QueryError, StoreVersionError, UsageError
from kg.model import Document, Entity, Extraction, Finding, Graph, Reason, Remark, digest
from kg.ontology import Ontology
from kg.rdf import (
    as_stored,
    extraction_quads,
    nquads,
    read_copies,
    read_document,
    read_entities,
    read_extraction,
    read_findings,
    read_nquads,
    read_reasons,
    read_remarks,
)
from kg.sparql import Request, check_terms, read_request, refuse_remote
from kg.store.backend import Answer, Backend, Term
from kg.store.local import Local, not_written
from kg.store.migrations import SCHEMA_VERSION, UNMARKED, migrate
from kg.store.remote import Remote
from kg.store.snapshots import pin_newest
from kg.vocab import BASE, FACTS, IDENTITY, INFERRED, KG, WORKSPACE, iri

__all__ = ["Store"]

DERIVED = (FACTS, IDENTITY, INFERRED)
GRAPH = ox.NamedNode(WORKSPACE)
THIS = ox.NamedNode(BASE + "workspace")
DOCUMENT = BASE + "document/"
KEY = f"<{KG}key>".encode()
BATCH = 100
"""Documents after which what is pending goes to the disk."""
PART = 50_000
"""Derived quads of one transaction, in memory until they are on the disk; the mark that all are there comes last."""


class Store:
    """The graph of one workspace, open for writing.

    ``place`` is a folder, or the address of a SPARQL 1.1 store. Opening raises WorkspaceLocked while another process
    writes to the folder, StoreVersionError for a graph of a newer version, and NotFound where there is none and
    ``create`` is false.
    """

    def __init__(self, place: Path | str, *, create: bool = False, backend: Backend | None = None) -> None:
        self._backend = backend or opened(place, create=create)
        self._pending = 0
        self._fresh: dict[str, Extraction] = {}
        self.place = self._backend.place
        try:
            self._check_version(reading=backend is not None)
        except KgError:
            self.close(publish=False)
            raise

    @classmethod
    def reader(cls, place: Path | str) -> Store:
        """The graph as its last writer left it, while the next one may be at work; nothing can be written to it."""
        if isinstance(place, str):
            return cls(place)
        require(place)
        pin = pin_newest(place)
        if pin is None:
            with cls(place) as store:
                store.touch()
            pin = pin_newest(place)
        if pin is None:
            raise NotFound("no graph here yet", where=str(place.parent), way_out="Make one with: kg build FOLDER")
        return cls(place, backend=Local.reading(place, pin))

    def _check_version(self, *, reading: bool) -> None:
        found = self._marks("schemaVersion")
        version = int(found[0]) if found and found[0].isdecimal() else UNMARKED
        if not found and self._backend.size() == 0 and not reading:
            self.mark("schemaVersion", str(SCHEMA_VERSION))
        elif version > SCHEMA_VERSION or (reading and version < SCHEMA_VERSION):
            raise StoreVersionError(
                f"the graph is of layout {found[0] if found else 'unknown'}, this kg reads layout {SCHEMA_VERSION}",
                where=self.place,
                way_out="Update kg, or build into another workspace" if version else "Run kg build again to renew it",
            )
        else:
            migrate(self, version)

    def touch(self) -> None:
        """Makes closing show the graph to readers, though nothing was written."""
        self._backend.dirty = True

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close(publish=error is None)

    def close(self, *, publish: bool = True) -> None:
        """Writes what is pending, shows it to readers, and lets the lock go."""
        self._backend.close(publish=publish)

    def __len__(self) -> int:
        return self._backend.size()

    # ---- documents

    def readers(self) -> dict[str, str]:
        """Document id → name and version of the extractor that read it."""
        quads = self._backend.match(None, ox.NamedNode(KG + "extractor"), None, None)
        return {
            _text(quad.subject).removeprefix(DOCUMENT): _text(quad.object)
            for quad in quads
            if quad.subject == quad.graph_name
        }

    def document_ids(self) -> dict[str, list[str]]:
        """Document key → ids stored under it, sorted; more than one only after an interrupted replacement."""
        found: dict[str, list[str]] = {}
        for quad in self._backend.match(None, ox.NamedNode(KG + "key"), None, None):
            found.setdefault(_text(quad.object), []).append(_text(quad.graph_name).removeprefix(DOCUMENT))
        return {key: sorted(ids) for key, ids in sorted(found.items())}

    def replace(self, extraction: Extraction, earlier: Iterable[str] = ()) -> None:
        """Stores a document's graph, then drops the graphs of its ``earlier`` versions.

        The graph is written in one transaction. What another extractor read in the same text is dropped first.
        """
        self.unmark("derivedFrom")
        graph, quads = iri("document", extraction.document.id), list(extraction_quads(extraction))
        if set(self._quads(graph)) - set(quads):
            self._backend.drop(graph)
        self._backend.add(quads)
        self._fresh[extraction.document.id] = as_stored(extraction)
        for identifier in earlier:
            if identifier != extraction.document.id:
                self._drop(identifier)
        self._pending += 1
        if self._pending % BATCH == 0:
            self._backend.flush()

    def load(self, parts: Iterable[bytes], earlier: Iterable[str] = ()) -> None:
        """Stores documents' graphs, given as N-Quads of whole graphs, then drops those of ``earlier`` versions.

        Loading is no transaction. A document counts as stored once its key is, and of each part the keys come last:
        what a killed run left in halves is no document, and is replaced when the document is read again.
        """
        self.unmark("derivedFrom")
        for part in parts:
            graphs, lines, keys = keys_apart(part)
            for graph in graphs:
                self._fresh.pop(graph.removeprefix(DOCUMENT), None)
            self._backend.load(lines, graphs)
            self._backend.add(keys)
        for identifier in earlier:
            self._drop(identifier)
        self._backend.flush()

    def document_lines(self, identifier: str) -> bytes:
        """A document's graph as sorted N-Quads."""
        return nquads(self._quads(iri("document", identifier)))

    def forget(self, identifiers: Iterable[str]) -> None:
        """Drops the graphs of documents."""
        for identifier in identifiers:
            self.unmark("derivedFrom")
            self._drop(identifier)

    def _drop(self, identifier: str) -> None:
        self._fresh.pop(identifier, None)
        self._backend.drop(iri("document", identifier))

    def extractions(self) -> Iterator[Extraction]:
        """All stored extractions, sorted by document id."""
        return (self.extraction(identifier) for identifier in self._sorted_ids())

    def extraction(self, identifier: str) -> Extraction:
        """A stored document with what was read in it; raises ValueError or LookupError for a damaged one.

        What this writer has stored itself is still at hand: reading it out of the store takes far longer.
        """
        return self._fresh.get(identifier) or read_extraction(self._quads(iri("document", identifier)))

    def document(self, identifier: str) -> Document:
        """A stored document with its text; raises NotFound."""
        quads = self._quads(iri("document", identifier))
        if not quads:
            raise NotFound(f"no document {identifier}", where=self.place)
        return read_document(quads)

    def _sorted_ids(self) -> list[str]:
        return sorted(identifier for ids in self.document_ids().values() for identifier in ids)

    # ---- derived graphs

    def is_derived(self, ontology: Ontology, decided: str = "") -> bool:
        """Whether facts, identity and findings were made from just these documents, ontology and decisions."""
        return self._marks("derivedFrom") == [self._state(ontology, decided)]

    def derive(self, graphs: Mapping[str, Iterable[ox.Quad]], ontology: Ontology, decided: str = "") -> None:
        """Replaces derived graphs (by IRI), writing only what differs, and marks what they were made from.

        ``decided`` is a hash of what else decides about them, such as a user's judgements.
        """
        self.unmark("derivedFrom")
        for address, quads in graphs.items():
            wanted, present = set(quads), set(self._quads(address))
            missing = iter(wanted - present)
            while part := list(islice(missing, PART)):
                self._backend.add(part)
                self._backend.flush()
            self._backend.remove(present - wanted)
        self.mark("derivedFrom", self._state(ontology, decided))
        self._backend.flush()

    def _state(self, ontology: Ontology, decided: str) -> str:
        return digest("derived", ontology.digest, self._sorted_ids(), decided)

    def entities(self) -> dict[str, Entity]:
        """Entity id → entity."""
        return read_entities(self._quads(IDENTITY))

    def reasons(self) -> tuple[Reason, ...]:
        """Why names were merged or kept apart."""
        return read_reasons(self._quads(IDENTITY))

    def findings(self) -> tuple[Finding, ...]:
        """The findings that were stored, gravest first."""
        return read_findings(self._quads(INFERRED))

    def remarks(self) -> tuple[Remark, ...]:
        """The sentences that speak against a conflict of interest."""
        return read_remarks(self._quads(INFERRED))

    def graph(self) -> Graph:
        """Everything as values: see ``kg.model.Graph``."""
        copies = read_copies(self._quads(IDENTITY))
        return Graph.of(self.extractions(), self.entities(), self.findings(), self.remarks(), copies)

    # ---- queries

    def query(
        self,
        text: str,
        ontology: Ontology | None = None,
        *,
        where: str = "query",
        bindings: Mapping[str, Term] | None = None,
        default: Sequence[str] | None = None,
        named: Sequence[str] | None = None,
        base: str | None = None,
    ) -> Answer:
        """Runs SPARQL 1.1 over the union of all graphs, or over a dataset, with our prefixes declared.

        ``bindings`` are variables of the projection bound as terms (pyoxigraph's), never pasted into the text. Raises
        QueryError for a query that does not parse, would call another server, changes data, or names a graph of FROM
        that is not here, or what the ``ontology`` lacks.
        """
        request = self.request(text, ontology, where=where)
        if default is None and named is None:
            self._require_graphs(request, where, base)
        return self._backend.query(
            request.text,
            bindings=bindings or {},
            default=default,
            named=named,
            union=not request.graphs,
            base=base,
        )

    def request(self, text: str, ontology: Ontology | None = None, *, where: str = "query") -> Request:
        """The query, parsed and found harmless."""
        request = harmless(text, where)
        if ontology is not None:
            known(text, ontology, where)
        return request

    def _require_graphs(self, request: Request, where: str, base: str | None) -> None:
        for address in sorted(urljoin(base or "", graph) for graph in request.graphs):
            if not self._backend.has_graph(address):
                raise QueryError(
                    f"no graph <{address}> is here, and none is ever fetched",
                    where=where,
                    way_out="Name one of SELECT ?g { GRAPH ?g {} }",
                )

    def update(
        self, text: str, *, using: Sequence[str] = (), using_named: Sequence[str] = (), base: str | None = None
    ) -> None:
        """Runs a SPARQL 1.1 update; raises QueryError for one that does not parse or would fetch anything."""
        refuse_remote(text, "update")
        request = read_request(text, "update", update=True)
        if request.graphs and (using or using_named):
            raise QueryError("the update names graphs itself (USING or WITH), and so does the call", where="update")
        self._fresh = {}
        self._backend.update(request.with_using(using, using_named), base=base)
        if not self._marks("schemaVersion"):
            self.mark("schemaVersion", str(SCHEMA_VERSION))  # DROP ALL takes the workspace's own marks, too

    def load_graph(self, address: str | None, triples: Iterable[ox.Triple], *, replace: bool) -> bool:
        """Stores triples in a graph, the unnamed one for None; returns whether the graph is new."""
        graph = ox.NamedNode(address) if address is not None else ox.DefaultGraph()
        if address == WORKSPACE:
            raise UsageError("this graph holds the workspace's own marks", where=address)
        self._fresh = {}
        new = address is not None and not self._backend.has_graph(address)
        if replace:
            self.drop_graph(address)
        if address is not None:
            self._backend.update(f"CREATE SILENT GRAPH <{address}>")
        self._backend.add(ox.Quad(t.subject, t.predicate, t.object, graph) for t in triples)
        return new

    def drop_graph(self, address: str | None) -> None:
        """Drops a graph, or empties the unnamed one."""
        self._fresh = {}
        if address is not None:
            self._backend.drop(address)
        else:
            self._backend.update("CLEAR DEFAULT")

    def has_graph(self, address: str) -> bool:
        """Whether there is a named graph of this IRI."""
        return self._backend.has_graph(address)

    def graphs(self) -> Iterator[list[ox.Quad]]:
        """The quads of one graph after the other but for the workspace's own marks, both in the order of N-Quads."""
        return (sorted(quads, key=str) for quads in self._backend.graphs() if quads[0].graph_name != GRAPH)

    def quads(self) -> list[ox.Quad]:
        """All quads of ``graphs``."""
        return [quad for quads in self.graphs() for quad in quads]

    def _quads(self, graph: str) -> list[ox.Quad]:
        return list(self._backend.match(None, None, None, ox.NamedNode(graph)))

    def graph_names(self) -> list[str]:
        """The IRIs of all named graphs but the workspace's own, sorted."""
        return [name for name in self._backend.graph_names() if name != WORKSPACE]

    def named_graph(self, address: str | None) -> list[ox.Quad]:
        """The quads of one graph, the unnamed one for None, sorted."""
        graph = ox.NamedNode(address) if address is not None else ox.DefaultGraph()
        quads = self._backend.match(None, None, None, graph)
        return sorted(quads, key=lambda q: (str(q.subject), str(q.predicate), str(q.object)))

    def about(self, address: str) -> Iterator[ox.Triple]:
        """What any graph says with the IRI as its subject or object."""
        node = ox.NamedNode(address)
        for pattern in ((node, None, None, None), (None, None, node, None)):
            yield from (quad.triple for quad in self._backend.match(*pattern) if quad.graph_name != GRAPH)

    # ---- upkeep

    @property
    def layout(self) -> str:
        """The number of the layout that the graph is kept in."""
        return next(iter(self._marks("schemaVersion")), "unknown")

    @property
    def oxigraph(self) -> ox.Store:
        """Oxigraph's own store; raises UsageError for a graph that another server keeps."""
        if isinstance(self._backend, Local):
            return self._backend.quads
        raise UsageError("only a graph on this disk can do that", where=self.place)

    def compact(self) -> None:
        """Lets RocksDB write its files anew."""
        self.oxigraph.optimize()

    def backup(self, target: Path) -> None:
        """Copies the graph into a new folder; raises WriteFailed."""
        try:
            copied(self.oxigraph, target)
        except (OSError, RuntimeError) as error:
            raise not_written(error, str(target)) from error

    # ---- marks

    def _marks(self, name: str) -> list[str]:
        quads = self._backend.match(THIS, ox.NamedNode(KG + name), None, GRAPH)
        return sorted(_text(quad.object) for quad in quads)

    def mark(self, name: str, value: str) -> None:
        """Notes something about the workspace itself, in place of what was noted before."""
        self.unmark(name)
        self._backend.add([ox.Quad(THIS, ox.NamedNode(KG + name), ox.Literal(value), GRAPH)])

    def unmark(self, name: str) -> None:
        """Forgets a note."""
        found = list(self._backend.match(THIS, ox.NamedNode(KG + name), None, GRAPH))
        if found:
            self._backend.remove(found)


def keys_apart(part: bytes) -> tuple[list[str], bytes, list[ox.Quad]]:
    """The graphs of N-Quads of documents, their lines but for the keys, and the keys."""
    keys: list[bytes] = []
    others: list[bytes] = []
    for line in part.splitlines(keepends=True):
        (keys if line.split(b" ", 2)[1] == KEY else others).append(line)
    quads = read_nquads(b"".join(keys))
    return [_text(quad.graph_name) for quad in quads], b"".join(others), quads


def copied(store: ox.Store, target: Path) -> None:
    """A store of its own, written afresh: what is open for reading only cannot make hard links."""
    made = ox.Store(str(target))
    made.bulk_extend(store)
    made.flush()


@lru_cache(maxsize=512)
def harmless(text: str, where: str) -> Request:
    refuse_remote(text, where)
    return read_request(text, where)


@lru_cache(maxsize=512)
def known(text: str, ontology: Ontology, where: str) -> None:
    check_terms(text, ontology, where)


def require(folder: Path) -> None:
    """Raises NotFound where there is no store."""
    if not (folder / "CURRENT").exists():
        raise NotFound("no graph here yet", where=str(folder.parent), way_out="Make one with: kg build FOLDER")


def opened(place: Path | str, *, create: bool) -> Backend:
    if isinstance(place, str):
        return Remote(place)
    if not create:
        require(place)
    return Local.writing(place)


def _text(term: Term) -> str:
    return str(term.value)
