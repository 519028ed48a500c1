"""Claims as a table of Parquet: one a row, with the entities at its ends, its sentence and where that stands."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import parquet

from kg.export import write_atomically
from kg.model import Graph, Statement

__all__ = ["write_claims"]

ROWS = 100_000
"""Of a file."""

TEXT, DAY = pa.string(), pa.date32()
SCHEMA = pa.schema(
    [
        *((name, TEXT) for name in ("claim", "predicate")),
        *((f"{side}{part}", TEXT) for side in ("subject", "object") for part in ("", "_name", "_type")),
        *((name, TEXT) for name in ("sentence", "document", "source", "title", "publisher")),
        ("published", DAY),
        *((name, TEXT) for name in ("polarity", "modality", "tense", "attributed_to", "valid_from", "valid_until")),
        *((name, TEXT) for name in ("role_title", "amount", "currency", "share")),
        ("confidence", pa.float64()),
        ("extractor", TEXT),
    ]
)


def write_claims(graph: Graph, folder: Path) -> tuple[Path, ...]:
    """Writes the statements of a graph, sorted by claim."""
    paths = []
    for start in range(0, len(graph.statements), ROWS):
        paths.append(folder / "claims" / f"part-{start // ROWS:05}.parquet")
        rows = [row_of(statement, graph) for statement in graph.statements[start : start + ROWS]]
        content = io.BytesIO()
        parquet.write_table(pa.Table.from_pylist(rows, schema=SCHEMA), content, compression="zstd")
        write_atomically(paths[-1], content.getvalue())
    return tuple(paths)


def row_of(statement: Statement, graph: Graph) -> dict[str, Any]:
    """The columns of SCHEMA."""
    claim, source = statement.claim, graph.documents[statement.claim.evidence.document_id]
    ends = {"subject": graph.entities[statement.subject], "object": graph.entities[statement.object]}
    row: dict[str, Any] = {"claim": statement.id, "predicate": claim.predicate, "sentence": claim.evidence.quote}
    for side, entity in ends.items():
        row |= {side: entity.id, f"{side}_name": entity.name, f"{side}_type": str(entity.type)}
    row |= {name: getattr(source, name) for name in ("source", "title", "publisher", "published")}
    row |= {name: text(getattr(claim, name)) for name in ("polarity", "modality", "tense", "attributed_to")}
    row |= {name: text(getattr(claim, name)) for name in ("valid_from", "valid_until")}
    q = claim.qualifiers
    row |= {"role_title": q.title, "amount": q.amount, "currency": q.currency, "share": q.share}
    return row | {"document": source.id, "confidence": claim.confidence, "extractor": claim.extractor}


def text(value: object) -> str | None:
    return None if value is None else str(value)
