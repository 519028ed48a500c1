"""The order of the stages, incremental; the only module that knows them all.

read → extract → store (a document at a time) → resolve → derive facts, identity, findings → write TriG and page.

A document that is stored with the same text is skipped; a changed one replaces its graph. What follows from all
documents is derived again when a document changed, or when an earlier run was interrupted before it got there.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import BinaryIO

from kg import conflicts, documents, extraction, identity, view
from kg.documents import Meter, Web
from kg.errors import Skipped
from kg.export import write_atomically
from kg.extraction import Extractor
from kg.model import Document, Extraction, Finding, Graph, Judgement, Reason, Reference, Resolution
from kg.ontology import Ontology
from kg.rdf import copy_quads, fact_quads, finding_quads, identity_quads, remark_quads, serialize
from kg.resolution import Lexicon, resolve
from kg.store import Store
from kg.vocab import FACTS, IDENTITY, INFERRED
from kg.workspace import Workspace

__all__ = ["Report", "at", "build", "derive", "page", "timed", "write_outputs"]


@dataclass(slots=True)
class Report:
    """What a run did: documents stored, unchanged and skipped; what the graph holds afterwards.

    ``words`` are those of the documents stored, ``seconds`` what each stage took, ``stage`` is the one that it is in.
    """

    stored: int = 0
    unchanged: int = 0
    words: int = 0
    skipped: list[Skipped] = field(default_factory=list)
    extractor: str = ""
    stage: str = ""
    seconds: dict[str, float] = field(default_factory=dict)
    entities: int = 0
    statements: int = 0
    findings: tuple[Finding, ...] = ()


Progress = Callable[[Report, str], None]
Resolver = Callable[[list[Extraction], Lexicon, Iterable[Judgement], Iterable[Reference]], Resolution]


def build(
    inputs: Sequence[str | Path],
    workspace: Workspace,
    ontology: Ontology,
    *,
    extractor: Extractor | None = None,
    stdin: BinaryIO | None = None,
    progress: Progress | None = None,
    references: Sequence[Path] | None = None,
    keep_places: bool = False,
    web: Web | None = None,
    meter: Meter | None = None,
    any_language: bool = False,
    resolver: Resolver = resolve,
) -> Report:
    """All stages over files, folders and addresses; ``progress`` is called after each document, stored or not, and when
    a stage begins that follows them.

    Addresses are fetched by ``web``, by default one that keeps pages in the workspace; ``meter`` tells how far it is.

    ``resolver`` stands in for ``kg.resolution.resolve``, such as a ``kg.resolution.Kept`` over several builds.

    ``references`` are files of known entities; they take the place of the workspace's reference list.

    With ``keep_places`` the page's known nodes stay where the page of the last run has them; without, the page depends
    on the graph alone.

    Raises NotFound for an input that is not there and WorkspaceLocked while another run has the workspace; documents
    that cannot be read are in the report's ``skipped``.
    """
    read = documents.read(
        inputs,
        stdin=stdin,
        leave_out=workspace.made,
        web=web or Web(workspace.fetched),
        meter=meter,
        any_language=any_language,
    )
    reader = extractor or extraction.load(ontology)
    known = None if references is None else identity.read_references(references)
    with Store(workspace.graph, create=True) as store:
        report = Report(extractor=reader.name)
        if known is not None:
            identity.keep_references(known, workspace.references)
        with timed(report, "documents"):
            fresh = _fresh(read, _Stored(store, reader.name), report, progress)
            for extracted, earlier in _extract(fresh, reader):
                store.replace(extracted, earlier)
                report.stored += 1
                report.words += len(extracted.document.text.split())
                if progress:
                    progress(report, extracted.document.source)
        with timed(report, "graph", progress):
            done = store.is_derived(ontology, workspace.decided)
            graph = store.graph() if done else derive(store, ontology, workspace, resolver)
        with timed(report, "outputs", progress):
            write_outputs(store, graph, workspace, ontology, keep_places=keep_places)
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


@contextmanager
def timed(report: Report, stage: str, progress: Progress | None = None) -> Iterator[None]:
    """Notes what a stage took, also where it was interrupted; ``progress`` hears of its beginning."""
    began, report.stage = time.perf_counter(), stage
    if progress:
        progress(report, "")
    try:
        yield
    finally:
        report.seconds[stage] = time.perf_counter() - began


def _fresh(
    read: Iterable[Document | Skipped], stored: _Stored, report: Report, progress: Progress | None
) -> Iterator[tuple[Document, list[str]]]:
    """Documents to extract, each with the ids of its earlier versions."""
    for item in read:
        if isinstance(item, Document) and not stored.holds(item):
            yield item, stored.ids(item)
            continue
        if isinstance(item, Skipped):
            report.skipped.append(item)
        else:
            report.unchanged += 1
        if progress:
            progress(report, item.where if isinstance(item, Skipped) else item.source)


def _extract(fresh: Iterator[tuple[Document, list[str]]], reader: Extractor) -> Iterator[tuple[Extraction, list[str]]]:
    """Extractions with the earlier versions of their documents."""
    earlier: deque[list[str]] = deque()

    def documents_only() -> Iterator[Document]:
        for document, ids in fresh:
            earlier.append(ids)
            yield document

    for extracted in reader.extract(documents_only()):
        yield extracted, earlier.popleft()


def derive(store: Store, ontology: Ontology, workspace: Workspace, resolver: Resolver = resolve) -> Graph:
    """Resolves all stored extractions and writes the derived graphs."""
    extractions = list(store.extractions())
    resolution = resolver(
        extractions,
        Lexicon.of(ontology),
        identity.judgements(workspace.judgements, ontology),
        identity.references(workspace.references),
    )
    entities = {entity.id: entity for entity in resolution.entities}
    copies = documents.copies(extraction.document for extraction in extractions)
    remarks = conflicts.remarks(extractions, entities, ontology)
    graph = Graph.of(extractions, entities, remarks=remarks, copies=copies)
    findings = conflicts.find(graph, ontology)
    store.derive(
        {
            IDENTITY: [*identity_quads(resolution, graph.statements), *copy_quads(copies)],
            FACTS: fact_quads(graph.statements, graph.documents, ontology),
            INFERRED: [*finding_quads(findings), *remark_quads(graph.remarks)],
        },
        ontology,
        workspace.decided,
    )
    return replace(graph, findings=findings)


def write_outputs(
    store: Store, graph: Graph, workspace: Workspace, ontology: Ontology, *, keep_places: bool = False
) -> None:
    """The graph as TriG and as page, whose known nodes keep the places of the page that is there if asked to."""
    write_atomically(workspace.trig, serialize(store.graphs(), "trig"))
    places = view.places(workspace.page) if keep_places else None
    view.write(page(graph, ontology, reasons=store.reasons(), places=places), workspace.page)


def page(
    graph: Graph,
    ontology: Ontology,
    *,
    reasons: Iterable[Reason] = (),
    focus: str | None = None,
    hops: int = 2,
    places: Mapping[str, tuple[int, int]] | None = None,
    template: Path | None = None,
) -> str:
    """The interactive page of a graph, whole or around the entity with the id ``focus``; see ``view.draw``."""
    readings = {pattern.name: pattern.reading for pattern in conflicts.patterns(ontology)}
    return view.draw(
        graph, readings=readings, reasons=reasons, focus=focus, hops=hops, places=places, template=template
    )


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
