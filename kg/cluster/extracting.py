"""Documents → their graphs, one gzip member of sorted N-Quads each.

Members can be put behind one another as they are: the whole is a gzip file (RFC 1952, section 2.2). They bear no time
and no name, so the same graph is the same bytes.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from functools import partial

from pyspark import StorageLevel
from pyspark.sql import DataFrame

from kg.cluster.reading import spread
from kg.cluster.recipe import Recipe, extractor_of
from kg.cluster.rows import Row, mapped, table, unpacked
from kg.errors import ClusterFailed
from kg.model import Extraction
from kg.rdf import extraction_quads, nquads, read_extraction, read_nquads
from kg.store import Store

__all__ = ["GRAPHS", "extract", "member", "opened"]

GRAPHS = {"id": "string", "fresh": "boolean", "words": "bigint", "graph": "binary"}
TASK = 500
"""Documents of a task at most, so that little is lost with a worker."""


def extract(fresh: DataFrame, count: int, recipe: Recipe, extractor: str, store: Store, kept: list[str]) -> DataFrame:
    """The graphs of ``count`` fresh documents, and those that the store keeps, with the columns of GRAPHS.

    They are held on the workers, in memory or on their disks: what is lost with one is read again. ``extractor`` is the
    name that each worker's own has to have; a worker with another raises ClusterFailed.
    """
    cores = fresh.sparkSession.sparkContext.defaultParallelism
    tasks = max(-(-count // TASK), min(count, cores * 8), 1)
    read = mapped(fresh.repartition(tasks, "id"), partial(extracted_rows, recipe, extractor), GRAPHS)
    read = read.persist(StorageLevel.MEMORY_AND_DISK)
    if not kept:
        return read
    rows = [{"id": key, "fresh": False, "words": 0, "graph": member(store.document_lines(key))} for key in kept]
    return read.union(spread(table(fresh.sparkSession, rows, GRAPHS), len(rows), "id"))


def extracted_rows(recipe: Recipe, name: str, rows: Iterator[Row]) -> Iterator[Row]:
    reader = extractor_of(recipe)
    if reader.name != name:
        raise ClusterFailed(
            f"a worker has the extractor {reader.name}, the driver {name}",
            where="--spark",
            way_out="Install the same kg on every machine",
        )
    for extraction in reader.extract(unpacked(row["value"]) for row in rows):
        words = len(extraction.document.text.split())
        graph = member(nquads(extraction_quads(extraction)))
        yield {"id": extraction.document.id, "fresh": True, "words": words, "graph": graph}


def member(lines: bytes) -> bytes:
    """Lines as a gzip member."""
    return gzip.compress(lines, compresslevel=6, mtime=0)


def opened(graph: bytes) -> Extraction:
    """What was read in a document, as the store gives it back."""
    return read_extraction(read_nquads(gzip.decompress(graph)))
