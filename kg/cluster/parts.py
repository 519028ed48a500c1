"""What a run leaves for other tools: N-Quads, a table of claims and a manifest, in one folder.

    documents/part-a3.nq.gz     the graphs of the documents whose ids begin so, sorted, a gzip member each
    identity/part-00.nq.gz      the derived graphs: identity, facts, inferred
    claims/part-00000.parquet   a claim a row, with the entities at its ends
    manifest.json               versions, counts, each file with its size and hash; no time

The same graph gives the same files, whatever ran where. Together the quads are those of the store.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from itertools import groupby
from pathlib import Path

from pyspark.sql import DataFrame
from pyspark.sql import functions as F  # noqa: N812 - as Spark's own guide has it

from kg.cluster.extracting import member
from kg.cluster.rows import by
from kg.export import write_atomically
from kg.ontology import Ontology
from kg.rdf import nquads
from kg.store import Store
from kg.vocab import FACTS, IDENTITY, INFERRED, iri

__all__ = ["Written", "fresh_quads", "write_derived", "write_documents", "write_manifest"]

DERIVED = {"identity": IDENTITY, "facts": FACTS, "inferred": INFERRED}
KINDS = ("documents", "claims", *DERIVED)
LOADED = 64_000_000
"""Bytes of N-Quads that are loaded at a time."""


@dataclass(frozen=True, slots=True)
class Written:
    """The parts of the documents; which of the documents are fresh, and their words."""

    parts: tuple[Path, ...]
    fresh: frozenset[str]
    words: int


def write_documents(graphs: DataFrame, folder: Path) -> Written:
    """Writes the graphs as ``extract`` gives them, a part after the other; the workers have made their bytes."""
    parts: list[Path] = []
    fresh: set[str] = set()
    words = 0
    ordered = by(graphs.withColumn("part", F.substring("id", 1, 2)), "part", "id")
    for part, rows in groupby(ordered.toLocalIterator(prefetchPartitions=True), key=lambda row: row["part"]):
        several = list(rows)
        parts.append(folder / "documents" / f"part-{part}.nq.gz")
        write_atomically(parts[-1], b"".join(bytes(row["graph"]) for row in several))
        fresh |= {row["id"] for row in several if row["fresh"]}
        words += sum(row["words"] for row in several)
    return Written(tuple(sorted(parts)), frozenset(fresh), words)


def fresh_quads(written: Written) -> Iterator[bytes]:
    """The graphs of the fresh documents as N-Quads, many at a time."""
    graphs = {f"<{iri('document', identifier)}>".encode() for identifier in written.fresh}
    some: list[bytes] = []
    size = 0
    for part in written.parts:
        lines = gzip.decompress(part.read_bytes()).splitlines(keepends=True)
        some += [line for line in lines if line.rsplit(b" ", 2)[1] in graphs]
        size += sum(map(len, lines))
        if size > LOADED:
            yield b"".join(some)
            some, size = [], 0
    if some:
        yield b"".join(some)


def write_derived(store: Store, folder: Path) -> tuple[Path, ...]:
    """Writes the graphs that follow from all documents."""
    paths = tuple(folder / name / "part-00.nq.gz" for name in DERIVED)
    for path, address in zip(paths, DERIVED.values(), strict=True):
        write_atomically(path, member(nquads(store.named_graph(address))))
    return paths


def write_manifest(
    folder: Path, paths: Iterable[Path], extractor: str, ontology: Ontology, counts: Mapping[str, int]
) -> None:
    """Names the files of this run, and removes what an earlier run left beside them."""
    listed = sorted(paths)
    for name in KINDS:
        for left in set((folder / name).glob("part-*")) - set(listed):
            left.unlink()
    said = {
        "kg": version("kg-builder"),
        "pyarrow": version("pyarrow"),
        "extractor": extractor,
        "ontology": ontology.digest,
        "counts": dict(counts),
        "files": [described(path, folder) for path in listed],
    }
    write_atomically(folder / "manifest.json", (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode())


def described(path: Path, folder: Path) -> dict[str, str | int]:
    content = path.read_bytes()
    name = path.relative_to(folder).as_posix()
    return {"path": name, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
