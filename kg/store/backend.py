"""What a place for quads can do; the rest of the store is built on this."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol

import pyoxigraph as ox

__all__ = ["Answer", "Backend", "Term"]

Answer = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples
Term = Any
"""A term of pyoxigraph; they share no base class."""


class Backend(Protocol):
    """A place for quads. Writing raises WriteFailed, and leaves what was stored before as it was."""

    place: str
    dirty: bool

    def match(self, subject: Term, predicate: Term, obj: Term, graph: Term) -> Iterator[ox.Quad]:
        """The quads with these terms; None stands for any."""

    def graphs(self) -> Iterator[list[ox.Quad]]:
        """The quads of one graph after the other, in the order of the graphs' names as they are written in N-Quads."""

    def add(self, quads: Iterable[ox.Quad]) -> None:
        """All of them in one transaction."""

    def load(self, lines: bytes, graphs: Iterable[str]) -> None:
        """N-Quads of these graphs in place of what they held, as fast as the place takes them; no transaction."""

    def remove(self, quads: Iterable[ox.Quad]) -> None:
        """Those that are there."""

    def drop(self, graph: str) -> None:
        """The graph and what it holds."""

    def query(
        self,
        text: str,
        *,
        bindings: Mapping[str, Term],
        default: Sequence[str] | None,
        named: Sequence[str] | None,
        union: bool = True,
        base: str | None = None,
    ) -> Answer:
        """An answer over the union of all graphs, or over the dataset given, here or by FROM (no ``union`` then)."""

    def update(self, text: str, *, base: str | None = None) -> None:
        """A SPARQL update."""

    def graph_names(self) -> list[str]:
        """The IRIs of the named graphs, sorted."""

    def has_graph(self, address: str) -> bool:
        """Whether there is a named graph of this IRI."""

    def size(self) -> int:
        """How many quads there are."""

    def flush(self) -> None:
        """What is pending goes to the disk."""

    def close(self, *, publish: bool) -> None:
        """Lets the place go; ``publish`` shows readers what was written."""
