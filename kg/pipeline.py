"""The order of the stages, incremental; the only module that knows them all.

read → extract → store (a document at a time) → resolve → derive facts, identity, findings → write TriG and page.

A document that is stored with the same text is skipped; a changed one replaces its graph. What follows from all
documents is derived again when a document changed, or when an earlier run was interrupted before it got there.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import BinaryIO

from kg import conflicts, documents, extraction, view
from kg.errors import Skipped
from kg.export import write_atomically
from kg.extraction import Extractor
from kg.model import Document, Extraction, Finding, Graph
from kg.ontology import Ontology
from kg.rdf import fact_quads, finding_quads, identity_quads, remark_quads, serialize
from kg.resolution import NameKeys, resolve
from kg.store import Store
from kg.vocab import FACTS, IDENTITY, INFERRED

__all__ = ["Report", "Workspace", "at", "build", "derive", "page"]


@dataclass(frozen=True, slots=True)
class Workspace:
    """The folder that holds everything a run makes."""

    folder: Path

    @property
    def store(self) -> Path:
        """The graph as Oxigraph keeps it."""
        return self.folder / "store"

    @property
    def trig(self) -> Path:
        """The whole graph as TriG."""
        return self.folder / "graph.trig"

    @property
    def page(self) -> Path:
        """The interactive page."""
        return self.folder / "graph.html"

    @property
    def made(self) -> tuple[Path, ...]:
        """Everything in it that is ours: no input for the next run."""
        return self.store, self.trig, self.page


@dataclass(slots=True)
class Report:
    """What a run did: documents stored, unchanged and skipped; what the graph holds afterwards."""

    stored: int = 0
    unchanged: int = 0
    skipped: list[Skipped] = field(default_factory=list)
    entities: int = 0
    statements: int = 0
    findings: tuple[Finding, ...] = ()


Progress = Callable[[Report, str], None]


def build(
    inputs: Sequence[str | Path],
    workspace: Workspace,
    ontology: Ontology,
    *,
    extractor: Extractor | None = None,
    stdin: BinaryIO | None = None,
    progress: Progress | None = None,
) -> Report:
    """All stages over files and folders; ``progress`` is called after each document stored.

    Raises NotFound for an input that is not there and WorkspaceLocked while another run has the workspace; documents
    that cannot be read are in the report's ``skipped``.
    """
    read = documents.read(inputs, stdin=stdin, leave_out=workspace.made)
    reader = extractor or extraction.load(ontology)
    with Store(workspace.store, create=True) as store:
        report = Report()
        fresh = _fresh(read, _Stored(store, reader.name), report)
        for extracted, earlier in _extract(fresh, reader):
            store.replace(extracted, earlier)
            report.stored += 1
            if progress:
                progress(report, extracted.document.source)
        graph = derive(store, ontology) if not store.is_derived(ontology) else store.graph()
        write_outputs(store, graph, workspace, ontology)
    report.entities, report.statements, report.findings = len(graph.entities), len(graph.statements), graph.findings
    return report


class _Stored:
    """Which documents are stored, and whether this extractor has read them."""

    def __init__(self, store: Store, extractor: str) -> None:
        self._ids, self._readers, self._extractor = store.document_ids(), store.readers(), extractor

    def ids(self, document: Document) -> list[str]:
        return self._ids.get(document.key, [])

    def holds(self, document: Document) -> bool:
        return self.ids(document) == [document.id] and self._readers.get(document.id) == self._extractor


def _fresh(read: Iterable[Document | Skipped], stored: _Stored, report: Report) -> Iterator[tuple[Document, list[str]]]:
    """Documents to extract, each with the ids of its earlier versions."""
    for item in read:
        if isinstance(item, Skipped):
            report.skipped.append(item)
        elif stored.holds(item):
            report.unchanged += 1
        else:
            yield item, stored.ids(item)


def _extract(fresh: Iterator[tuple[Document, list[str]]], reader: Extractor) -> Iterator[tuple[Extraction, list[str]]]:
    """Extractions with the earlier versions of their documents."""
    earlier: deque[list[str]] = deque()

    def documents_only() -> Iterator[Document]:
        for document, ids in fresh:
            earlier.append(ids)
            yield document

    for extracted in reader.extract(documents_only()):
        yield extracted, earlier.popleft()


def derive(store: Store, ontology: Ontology) -> Graph:
    """Resolves all stored extractions and writes the derived graphs."""
    extractions = list(store.extractions())
    keys = NameKeys(entry for entry, _ in ontology.lexicon("organization_suffixes"))
    resolution = resolve(extractions, keys)
    entities = {entity.id: entity for entity in resolution.entities}
    graph = Graph.of(extractions, entities, remarks=conflicts.remarks(extractions, entities, ontology))
    findings = conflicts.find(graph, ontology)
    store.derive(
        {
            IDENTITY: identity_quads(resolution, graph.statements),
            FACTS: fact_quads(graph.statements, graph.documents, ontology),
            INFERRED: [*finding_quads(findings), *remark_quads(graph.remarks)],
        },
        ontology,
    )
    return replace(graph, findings=findings)


def write_outputs(store: Store, graph: Graph, workspace: Workspace, ontology: Ontology) -> None:
    """The graph as TriG and as page."""
    write_atomically(workspace.trig, serialize(store.quads(), "trig"))
    view.write(page(graph, ontology), workspace.page)


def page(graph: Graph, ontology: Ontology, *, focus: str | None = None, hops: int = 2) -> str:
    """The interactive page of a graph, whole or around the entity with the id ``focus``."""
    readings = {pattern.name: pattern.reading for pattern in conflicts.patterns(ontology)}
    return view.draw(graph, readings=readings, focus=focus, hops=hops)


def at(graph: Graph, ontology: Ontology, as_of: date | None) -> Graph:
    """The graph as it could be known at a date: its documents, their claims, and the findings of that date."""
    if as_of is None:
        return graph
    known = {
        key: source for key, source in graph.documents.items() if not source.published or source.published <= as_of
    }
    statements = tuple(s for s in graph.statements if s.claim.evidence.document_id in known)
    told = {entity for statement in statements for entity in (statement.subject, statement.object)}
    entities = {key: entity for key, entity in graph.entities.items() if key in told}
    remarks = tuple(remark for remark in graph.remarks if remark.span.document_id in known)
    seen = Graph(entities, statements, known, remarks=remarks)
    return replace(seen, findings=conflicts.find(seen, ontology, as_of))
