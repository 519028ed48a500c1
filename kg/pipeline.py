"""The order of the stages, incremental; the only module that knows them all.

read → extract → store (a document at a time) → resolve → derive facts, identity, findings → write TriG and page.

A document that is stored with the same text is skipped; a changed one replaces its graph. What follows from all
documents is derived again when a document changed, or when an earlier run was interrupted before it got there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO

from kg import conflicts, documents, extraction, view
from kg.errors import Skipped
from kg.export import serialize, write_atomically
from kg.extraction import Extractor
from kg.model import Document, Extraction, Finding, Graph
from kg.ontology import Ontology
from kg.rdf import fact_quads, finding_quads, identity_quads
from kg.resolution import NameKeys, resolve
from kg.store import Store
from kg.vocab import FACTS, IDENTITY, INFERRED

__all__ = ["Report", "Workspace", "build", "derive"]


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
    progress: Progress = lambda report, source: None,
) -> Report:
    """All stages over files and folders; ``progress`` is called after each document.

    Raises NotFound for an input that is not there and WorkspaceLocked while another run has the workspace; documents
    that cannot be read are in the report's ``skipped``.
    """
    read = documents.read(inputs, stdin=stdin)
    with Store(workspace.store, create=True) as store:
        report = Report()
        fresh = _fresh(read, store.document_ids(), report, progress)
        for extracted, earlier in _extract(fresh, extractor, ontology):
            store.replace(extracted, earlier)
            report.stored += 1
            progress(report, extracted.document.source)
        graph = derive(store, ontology) if not store.is_derived else store.graph()
        write_outputs(store, graph, workspace, ontology)
    report.entities, report.statements, report.findings = len(graph.entities), len(graph.statements), graph.findings
    return report


def _fresh(
    read: Iterable[Document | Skipped], stored: dict[str, list[str]], report: Report, progress: Progress
) -> Iterator[tuple[Document, list[str]]]:
    """Documents to extract, each with the ids of its earlier versions."""
    for item in read:
        if isinstance(item, Skipped):
            report.skipped.append(item)
        elif stored.get(item.key) == [item.id]:
            report.unchanged += 1
            progress(report, item.source)
        else:
            yield item, stored.get(item.key, [])


def _extract(
    fresh: Iterator[tuple[Document, list[str]]], extractor: Extractor | None, ontology: Ontology
) -> Iterator[tuple[Extraction, list[str]]]:
    """Extractions with the earlier versions of their documents; the model is loaded when the first one needs it."""
    pending: list[list[str]] = []

    def documents_only() -> Iterator[Document]:
        for document, earlier in fresh:
            pending.append(earlier)
            yield document

    first = next(fresh, None)
    if first is None:
        return
    reader = extractor or extraction.load(ontology)
    document, earlier = first
    yield next(iter(reader.extract([document]))), earlier
    for extracted in reader.extract(documents_only()):
        yield extracted, pending.pop(0)


def derive(store: Store, ontology: Ontology) -> Graph:
    """Resolves all stored extractions and writes the derived graphs."""
    extractions = list(store.extractions())
    keys = NameKeys(entry for entry, _ in ontology.lexicon("organization_suffixes"))
    resolution = resolve(extractions, keys)
    graph = Graph.of(extractions, {entity.id: entity for entity in resolution.entities})
    findings = conflicts.find(graph, ontology)
    store.derive(
        {
            IDENTITY: identity_quads(resolution, graph.statements),
            FACTS: fact_quads(graph.statements, graph.documents, ontology),
            INFERRED: finding_quads(findings),
        }
    )
    return replace(graph, findings=findings)


def write_outputs(store: Store, graph: Graph, workspace: Workspace, ontology: Ontology) -> None:
    """The graph as TriG and as page."""
    write_atomically(workspace.trig, serialize(store.quads(), "trig"))
    readings = {pattern.name: pattern.reading for pattern in conflicts.patterns(ontology)}
    write_atomically(workspace.page, view.draw(graph, readings=readings).encode())
