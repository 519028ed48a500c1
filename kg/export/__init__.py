"""The graph in formats that other tools read."""

from __future__ import annotations

from pathlib import Path

from kg.errors import UsageError
from kg.export.files import write_atomically
from kg.export.graphml import graphml
from kg.export.standoff import standoff_line
from kg.rdf import FORMATS as RDF_FORMATS
from kg.rdf import serialize
from kg.store import Store

__all__ = ["FORMATS", "export", "standoff_line", "write_atomically"]

FORMATS = (*sorted(RDF_FORMATS), "graphml")


def export(store: Store, name: str, path: Path) -> None:
    """Writes the graph to a file in the format of this name (one of FORMATS); raises UsageError for another."""
    if name not in FORMATS:
        raise UsageError(f"no format {name!r}", way_out=f"There are: {', '.join(FORMATS)}")
    write_atomically(path, graphml(store.graph()) if name == "graphml" else serialize(store.graphs(), name))
