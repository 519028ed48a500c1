"""``kg build --spark``: reading, extraction and identity on a cluster, what follows from them here, as in a local run.

The store, the graph as TriG and the page are the same as those of ``kg.pipeline.build`` on the same input.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import BinaryIO

from kg import cluster, identity, pipeline
from kg.documents import Web
from kg.model import Extraction, Graph, Judgement, Reference, Resolution
from kg.ontology import Ontology
from kg.pipeline import Progress, Report, timed
from kg.resolution import Lexicon
from kg.store import Store
from kg.workspace import Workspace

__all__ = ["build"]


def build(
    spark: cluster.SparkSession,
    inputs: Sequence[str | Path],
    workspace: Workspace,
    ontology: Ontology,
    recipe: cluster.Recipe,
    *,
    stdin: BinaryIO | None = None,
    progress: Progress | None = None,
    references: Sequence[Path] | None = None,
    keep_places: bool = False,
    web: Web | None = None,
    any_language: bool = False,
) -> Report:
    """All stages over files, folders, patterns and addresses, as ``kg.pipeline.build``; N-Quads and a table besides.

    ``progress`` is called once the documents are stored. Raises what ``kg.pipeline.build`` raises, and ClusterFailed
    where Spark gives up; what was stored before is kept then.
    """
    known = None if references is None else identity.read_references(references)
    extractor = recipe.extractor().name
    report = Report(extractor=extractor)
    with cluster.translated(workspace.log), Store(workspace.graph, create=True) as store:
        if known is not None:
            identity.keep_references(known, workspace.references)
        with timed(report, "documents"):
            read = cluster.read(
                spark,
                inputs,
                stdin=stdin,
                leave_out=workspace.made,
                web=web or Web(workspace.fetched),
                any_language=any_language,
            )
            graphs, written = store_documents(read, store, recipe, workspace, report)
            read.unpersist()
            if progress:
                progress(report, workspace.folder.as_posix())
        with timed(report, "graph"):
            graph = derived(store, graphs, ontology, workspace)
            graphs.unpersist()
        with timed(report, "outputs"):
            write_parts(store, graph, written, workspace, ontology, extractor)
            pipeline.write_outputs(store, graph, workspace, ontology, keep_places=keep_places)
    report.entities, report.statements, report.findings = len(graph.entities), len(graph.statements), graph.findings
    return report


def store_documents(
    read: cluster.DataFrame, store: Store, recipe: cluster.Recipe, workspace: Workspace, report: Report
) -> tuple[cluster.DataFrame, cluster.Written]:
    """Extracts what is not stored yet, writes the parts, loads them; the graphs of all documents, and the parts."""
    stored, readers = store.document_ids(), store.readers()
    chosen = cluster.choose(read, stored, readers, report.extractor)
    report.skipped, report.unchanged, report.stored = list(chosen.skipped), chosen.unchanged, chosen.count
    kept = sorted({identifier for ids in stored.values() for identifier in ids} - {*chosen.earlier})
    graphs = cluster.extract(chosen.fresh, chosen.count, recipe, report.extractor, store, kept)
    written = cluster.write_documents(graphs, workspace.cluster)
    report.words = written.words
    if written.fresh:
        store.load(cluster.fresh_quads(written), set(chosen.earlier) - written.fresh)
    return graphs, written


def derived(store: Store, graphs: cluster.DataFrame, ontology: Ontology, workspace: Workspace) -> Graph:
    """What follows from all documents; derived again where it was derived from others."""
    if store.is_derived(ontology, workspace.decided):
        return store.graph()
    return pipeline.derive(store, ontology, workspace, partial(resolved, graphs))


def resolved(
    graphs: cluster.DataFrame,
    _: list[Extraction],
    lexicon: Lexicon,
    judgements: Iterable[Judgement],
    references: Iterable[Reference],
) -> Resolution:
    """Of the documents as they are on the workers."""
    return cluster.resolve(graphs, lexicon, judgements, references)


def write_parts(
    store: Store, graph: Graph, written: cluster.Written, workspace: Workspace, ontology: Ontology, extractor: str
) -> None:
    """Files for other tools."""
    folder = workspace.cluster
    paths = (*written.parts, *cluster.write_derived(store, folder), *cluster.write_claims(graph, folder))
    counts = {
        "documents": len(graph.documents),
        "entities": len(graph.entities),
        "claims": len(graph.statements),
        "findings": len(graph.findings),
    }
    cluster.write_manifest(folder, paths, extractor, ontology, counts)
