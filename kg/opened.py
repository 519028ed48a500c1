"""The graph in Python and in notebooks: ``kg.open("outputs")``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from types import TracebackType
from typing import Any

import networkx as nx
import pyoxigraph as ox
import rdflib

from kg import queries
from kg.errors import UsageError
from kg.export.network import to_networkx
from kg.model import Graph
from kg.ontology import Ontology, load
from kg.store import Store
from kg.tables import shortened, table

__all__ = ["OpenGraph", "Rows", "open_graph"]

SHOWN = 200
INTEGERS = {"integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger"}
NUMBERS = {"decimal", "double", "float"}


@dataclass(frozen=True, slots=True)
class Rows(Sequence[dict[str, Any]]):
    """The rows of an answer: a sequence of dictionaries that shows itself as a table."""

    names: tuple[str, ...]
    values: tuple[tuple[Any, ...], ...]

    def __len__(self) -> int:
        return len(self.values)

    def __getitem__(self, place: Any) -> Any:  # noqa: ANN401 - a row for a number, rows for a slice
        if isinstance(place, slice):
            return Rows(self.names, self.values[place])
        return dict(zip(self.names, self.values[place], strict=True))

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return (dict(zip(self.names, row, strict=True)) for row in self.values)

    def __repr__(self) -> str:
        return table(self.names, [[_shown(value) for value in row] for row in self.values[:SHOWN]])

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{escape(name)}</th>" for name in self.names)
        cells = ("".join(f"<td>{escape(_shown(value))}</td>" for value in row) for row in self.values[:SHOWN])
        body = "".join(f"<tr>{row}</tr>" for row in cells)
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table><p>{len(self)} rows</p>"

    def to_pandas(self) -> Any:  # noqa: ANN401 - pandas is not ours to import
        """A pandas DataFrame; raises UsageError where pandas is not installed."""
        try:
            import pandas as pd  # type: ignore[import-untyped,import-not-found,unused-ignore]
        except ImportError as error:
            raise UsageError("pandas is not installed", way_out="pip install pandas") from error
        return pd.DataFrame(list(self.values), columns=list(self.names))


class OpenGraph:
    """A graph, open for reading, as its last writer left it. Close it, or use it in a ``with`` statement."""

    def __init__(self, store: Store, ontology: Ontology) -> None:
        self.store, self.ontology = store, ontology

    def __enter__(self) -> OpenGraph:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Lets the graph go."""
        self.store.close()

    def __repr__(self) -> str:
        return f"<graph of {len(self.store)} quads in {self.store.place}>"

    def query(self, sparql_or_name: str, **arguments: str) -> Rows | bool | rdflib.Graph:
        """Runs SPARQL, or the named query of this name with its arguments.

        SELECT gives rows, ASK a truth value, CONSTRUCT and DESCRIBE an rdflib graph. Raises QueryError.
        """
        if sparql_or_name in queries.load(self.ontology):
            answer = queries.run(self.store, self.ontology, sparql_or_name, arguments)
        else:
            answer = self.store.query(sparql_or_name, self.ontology)
        if isinstance(answer, ox.QueryBoolean):
            return bool(answer)
        if isinstance(answer, ox.QueryTriples):
            return rdflib.Graph().parse(data=ox.serialize(answer, format=ox.RdfFormat.N_TRIPLES), format="nt")
        names = tuple(variable.value for variable in answer.variables)
        return Rows(names, tuple(tuple(_value(row[name]) for name in names) for row in answer))

    def values(self) -> Graph:
        """Everything as values: see ``kg.model.Graph``."""
        return self.store.graph()

    def as_networkx(self) -> nx.MultiDiGraph:
        """Entities as nodes, relations as edges with their claims."""
        return to_networkx(self.store.graph(), self.ontology)

    def as_rdflib(self) -> rdflib.Dataset:
        """All named graphs as an rdflib dataset, whose default graph is their union."""
        dataset = rdflib.Dataset(default_union=True)
        for name in self.store.graph_names():
            triples = ox.serialize(
                (quad.triple for quad in self.store.named_graph(name)), format=ox.RdfFormat.N_TRIPLES
            )
            dataset.graph(rdflib.URIRef(name)).parse(data=triples, format="nt")
        return dataset


def open_graph(place: str | Path = "outputs", ontology: Path | None = None) -> OpenGraph:
    """The graph of a workspace folder, or of the SPARQL 1.1 store at an address; raises NotFound."""
    remote = isinstance(place, str) and place.startswith(("http://", "https://"))
    return OpenGraph(Store.reader(str(place) if remote else Path(place) / "store"), load(ontology))


def _value(term: object) -> object:
    if not isinstance(term, ox.Literal):
        return None if term is None else str(getattr(term, "value", term))
    kind = term.datatype.value.rpartition("#")[2]
    if kind == "boolean":
        return term.value in ("true", "1")
    try:
        return int(term.value) if kind in INTEGERS else float(term.value) if kind in NUMBERS else term.value
    except ValueError:
        return term.value


def _shown(value: object) -> str:
    return "" if value is None else shortened(value) if isinstance(value, str) else str(value)
