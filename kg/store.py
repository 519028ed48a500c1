"""The graph on disk: load, replace a document, SPARQL; hides Oxigraph.

One process writes at a time; RocksDB's lock sees to it. A document's graph is written in one transaction, so a killed
run leaves whole documents only. The derived graphs are marked with the documents that they were made from: where the
mark is missing or another, they have to be made again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

import pyoxigraph as ox

from kg.errors import KgError, NotFound, QueryError, StoreVersionError, WorkspaceLocked
from kg.model import Document, Entity, Extraction, Finding, Graph, Reason, Remark, digest
from kg.ontology import Ontology
from kg.rdf import (
    extraction_quads,
    read_document,
    read_entities,
    read_extraction,
    read_findings,
    read_reasons,
    read_remarks,
)
from kg.sparql import check_terms, refuse_remote
from kg.vocab import BASE, FACTS, IDENTITY, INFERRED, KG, PREFIXES, WORKSPACE, iri

__all__ = ["SCHEMA_VERSION", "Answer", "Store"]

SCHEMA_VERSION = 1
DERIVED = (FACTS, IDENTITY, INFERRED)
GRAPH = ox.NamedNode(WORKSPACE)
THIS = ox.NamedNode(BASE + "workspace")
DOCUMENT = BASE + "document/"

Answer = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples


class Store:
    """The graph of one workspace.

    Opening raises WorkspaceLocked while another process has it, StoreVersionError for one of a newer version, and
    NotFound where there is none and ``create`` is false.
    """

    def __init__(self, folder: Path, *, create: bool = False) -> None:
        self.folder = folder
        if not create and not (folder / "CURRENT").exists():
            raise NotFound("no graph here yet", where=str(folder.parent), way_out="Make one with: kg build FOLDER")
        self._store = self._open(folder)
        try:
            self._check_version()
        except KgError:
            self.close()
            raise

    @staticmethod
    def _open(folder: Path) -> ox.Store:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            return ox.Store(str(folder))
        except OSError as error:
            if "lock" in str(error).casefold():
                raise WorkspaceLocked(
                    "another run is using this workspace",
                    where=str(folder.parent),
                    way_out="Wait until it ends, or name another with --workspace",
                ) from error
            raise NotFound(f"the graph cannot be opened ({error})", where=str(folder)) from error

    def _check_version(self) -> None:
        found = self._marks("schemaVersion")
        if not found and len(self._store) == 0:
            self._mark("schemaVersion", str(SCHEMA_VERSION))
        elif found != [str(SCHEMA_VERSION)]:
            raise StoreVersionError(
                f"the graph is of layout {found[0] if found else 'unknown'}, this kg reads layout {SCHEMA_VERSION}",
                where=str(self.folder.parent),
                way_out="Update kg, or build into another workspace",
            )

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Writes what is pending and lets the lock go."""
        if self._store is not None:
            self._store.flush()
        self._store = None  # type: ignore[assignment]  # the last reference closes RocksDB

    def __len__(self) -> int:
        return len(self._store)

    # ---- documents

    def readers(self) -> dict[str, str]:
        """Document id → name and version of the extractor that read it."""
        quads = self._store.quads_for_pattern(None, ox.NamedNode(KG + "extractor"), None, None)
        return {
            _text(quad.subject).removeprefix(DOCUMENT): _text(quad.object)
            for quad in quads
            if quad.subject == quad.graph_name
        }

    def document_ids(self) -> dict[str, list[str]]:
        """Document key → ids stored under it, sorted; more than one only after an interrupted replacement."""
        found: dict[str, list[str]] = {}
        for quad in self._store.quads_for_pattern(None, ox.NamedNode(KG + "key"), None, None):
            found.setdefault(_text(quad.object), []).append(_text(quad.graph_name).removeprefix(DOCUMENT))
        return {key: sorted(ids) for key, ids in sorted(found.items())}

    def replace(self, extraction: Extraction, earlier: Iterable[str] = ()) -> None:
        """Stores a document's graph, then drops the graphs of its ``earlier`` versions.

        The graph is written in one transaction. What another extractor read in the same text is dropped first.
        """
        self._unmark("derivedFrom")
        graph, quads = iri("document", extraction.document.id), list(extraction_quads(extraction))
        if set(self._quads(graph)) - set(quads):
            self._store.remove_graph(ox.NamedNode(graph))
        self._store.extend(quads)
        for identifier in earlier:
            if identifier != extraction.document.id:
                self._store.remove_graph(ox.NamedNode(iri("document", identifier)))

    def forget(self, identifiers: Iterable[str]) -> None:
        """Drops the graphs of documents."""
        for identifier in identifiers:
            self._unmark("derivedFrom")
            self._store.remove_graph(ox.NamedNode(iri("document", identifier)))

    def extractions(self) -> Iterator[Extraction]:
        """All stored extractions, sorted by document id."""
        return (read_extraction(self._quads(iri("document", i))) for i in self._sorted_ids())

    def document(self, identifier: str) -> Document:
        """A stored document with its text; raises NotFound."""
        quads = self._quads(iri("document", identifier))
        if not quads:
            raise NotFound(f"no document {identifier}", where=str(self.folder.parent))
        return read_document(quads)

    def _sorted_ids(self) -> list[str]:
        return sorted(identifier for ids in self.document_ids().values() for identifier in ids)

    # ---- derived graphs

    def is_derived(self, ontology: Ontology) -> bool:
        """Whether facts, identity and findings were made from just these documents with this ontology."""
        return self._marks("derivedFrom") == [self._state(ontology)]

    def derive(self, graphs: Mapping[str, Iterable[ox.Quad]], ontology: Ontology) -> None:
        """Replaces derived graphs (by IRI), writing only what differs, and marks what they were made from."""
        self._unmark("derivedFrom")
        for address, quads in graphs.items():
            wanted, present = set(quads), set(self._quads(address))
            self._store.extend(wanted - present)
            for quad in present - wanted:
                self._store.remove(quad)
        self._mark("derivedFrom", self._state(ontology))
        self._store.flush()

    def _state(self, ontology: Ontology) -> str:
        return digest("derived", ontology.digest, self._sorted_ids())

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
        return Graph.of(self.extractions(), self.entities(), self.findings(), self.remarks())

    # ---- queries

    def query(
        self, text: str, ontology: Ontology, *, where: str = "query", bindings: Mapping[str, Any] | None = None
    ) -> Answer:
        """Runs SPARQL 1.1 over the union of all graphs, with our prefixes declared.

        ``bindings`` are variables of the projection bound as terms (pyoxigraph's), never pasted into the text. Raises
        QueryError for a query that does not parse, would call another server, changes data, or names what the ontology
        lacks.
        """
        refuse_remote(text, where)
        check_terms(text, ontology, where)
        substitutions = {ox.Variable(name): value for name, value in (bindings or {}).items()}
        try:
            return self._store.query(
                text, prefixes=PREFIXES, use_default_graph_as_union=True, substitutions=substitutions
            )
        except SyntaxError as error:
            raise QueryError(f"not a SPARQL query ({error.msg})", where=where) from error
        except RuntimeError as error:
            raise QueryError(str(error), where=where) from error

    def quads(self) -> list[ox.Quad]:
        """Every quad but the workspace's own marks, sorted by graph, subject, predicate, object."""
        found = (quad for quad in self._store if quad.graph_name != GRAPH)
        return sorted(found, key=lambda q: (str(q.graph_name), str(q.subject), str(q.predicate), str(q.object)))

    def _quads(self, graph: str) -> list[ox.Quad]:
        return list(self._store.quads_for_pattern(None, None, None, ox.NamedNode(graph)))

    def graph_names(self) -> list[str]:
        """The IRIs of all named graphs but the workspace's own, sorted."""
        return sorted(name.value for name in self._store.named_graphs() if name != GRAPH)

    def named_graph(self, address: str) -> list[ox.Quad]:
        """The quads of one graph, sorted."""
        return sorted(self._quads(address), key=lambda q: (str(q.subject), str(q.predicate), str(q.object)))

    # ---- marks

    def _marks(self, name: str) -> list[str]:
        quads = self._store.quads_for_pattern(THIS, ox.NamedNode(KG + name), None, GRAPH)
        return sorted(_text(quad.object) for quad in quads)

    def _mark(self, name: str, value: str) -> None:
        self._unmark(name)
        self._store.add(ox.Quad(THIS, ox.NamedNode(KG + name), ox.Literal(value), GRAPH))

    def _unmark(self, name: str) -> None:
        for quad in list(self._store.quads_for_pattern(THIS, ox.NamedNode(KG + name), None, GRAPH)):
            self._store.remove(quad)


def _text(term: Any) -> str:  # noqa: ANN401 - pyoxigraph's terms share no base class
    return str(term.value)
