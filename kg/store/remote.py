"""Quads in any SPARQL 1.1 store, by its address: query, update and graphs over HTTP, in standard requests only.

Whether the store's default graph is the union of all graphs differs from store to store; it is tried once, with the
workspace's own mark. Where it is not, each query names the graphs.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import groupby, islice

import httpx
import pyoxigraph as ox

from kg.errors import NotFound, QueryError, UsageError, WriteFailed
from kg.sparql import declared_prefixes, read_request
from kg.store.backend import Answer, Term
from kg.vocab import BASE, KG, PREFIXES, WORKSPACE

__all__ = ["Remote"]

TOKEN = "KG_STORE_TOKEN"  # noqa: S105 - the name of a variable, not a secret
PAGE = 20_000
TIMEOUT = 120.0
RESULTS, TRIPLES = "application/sparql-results+json", "application/n-triples"


class Remote:
    """A SPARQL 1.1 store at an address, or at the addresses ``QUERY,UPDATE`` or ``QUERY,UPDATE,GRAPHS``.

    The last is that of the Graph Store Protocol, by which whole graphs are loaded; without it they go by updates.

    Credentials come from the address (``http://name:word@…``) or, as a bearer token, from the variable
    KG_STORE_TOKEN. Raises NotFound where nothing answers.
    """

    def __init__(self, address: str, client: httpx.Client | None = None) -> None:
        self.query_address, _, others = address.partition(",")
        update, _, self.graphs_address = others.partition(",")
        self.update_address = update or self.query_address
        if not self.query_address.startswith(("http://", "https://")):
            raise UsageError(
                f"{address!r} is no address of a store", way_out="Give http://HOST/QUERY,http://HOST/UPDATE"
            )
        self.place, self.dirty = httpx.URL(self.query_address).copy_with(userinfo=b"").__str__(), False
        token = os.environ.get(TOKEN)
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        self._client = client or httpx.Client(headers=headers, timeout=TIMEOUT, follow_redirects=False)

    def _post(self, address: str, form: Mapping[str, str | list[str]], accept: str) -> httpx.Response:
        try:
            answer = self._client.post(address, data=form, headers={"Accept": accept})
        except httpx.HTTPError as error:
            raise NotFound(f"no store answers ({error})", where=self.place, way_out="Check the address") from error
        return answer

    def _ask(self, text: str, default: Sequence[str] | None = None, named: Sequence[str] | None = None) -> bytes:
        form: dict[str, str | list[str]] = {"query": text}
        form |= {"default-graph-uri": list(default or ()), "named-graph-uri": list(named or ())}
        answer = self._post(self.query_address, form, f"{RESULTS}, {TRIPLES};q=0.9, application/rdf+xml;q=0.1")
        if answer.status_code != httpx.codes.OK:
            raise QueryError(f"the store says {answer.status_code}: {answer.text[:300]}", where=self.place)
        return answer.content

    def _change(self, text: str) -> None:
        self.dirty = True
        self._taken(self._post(self.update_address, {"update": text}, "*/*"))

    def _taken(self, answer: httpx.Response) -> None:
        if not answer.is_success:
            raise WriteFailed(
                f"the store says {answer.status_code}: {answer.text[:300]}",
                where=self.place,
                way_out=f"See that it takes updates there, and that {TOKEN} holds the token if it asks for one",
            )

    def match(self, subject: Term, predicate: Term, obj: Term, graph: Term) -> Iterator[ox.Quad]:
        """The quads with these terms."""
        named = graph is not None and not isinstance(graph, ox.DefaultGraph)
        terms = [
            str(term) if term is not None else f"?{name}"
            for term, name in ((subject, "s"), (predicate, "p"), (obj, "o"))
        ]
        pattern = " ".join(terms)
        where = f"GRAPH {graph if named else '?g'} {{ {pattern} }}" if graph is None or named else pattern
        answer = ox.parse_query_results(self._ask(f"SELECT * {{ {where} }}"), format=ox.QueryResultsFormat.JSON)
        names = {variable.value for variable in answer.variables} if isinstance(answer, ox.QuerySolutions) else set()
        for row in answer if isinstance(answer, ox.QuerySolutions) else ():
            found = {name: row[name] for name in names}
            home = graph if graph is not None else found["g"]
            yield ox.Quad(subject or found["s"], predicate or found["p"], obj or found["o"], home)

    def graphs(self) -> Iterator[list[ox.Quad]]:
        """All are asked for at once: a request a graph would be one a document."""
        held = sorted(self.match(None, None, None, None), key=name_of)
        yield from (list(quads) for _, quads in groupby(held, name_of))

    def add(self, quads: Iterable[ox.Quad]) -> None:
        """In one request where they fit into one; a document's graph does."""
        self._each(quads, "INSERT DATA")

    def load(self, lines: bytes, graphs: Iterable[str]) -> None:
        """A graph a request: put by the Graph Store Protocol, or else by an update that drops it and inserts it."""
        quads: dict[str, list[ox.Quad]] = {graph: [] for graph in graphs}
        for quad in ox.parse(lines, format=ox.RdfFormat.N_QUADS):
            quads[str(quad.graph_name)[1:-1]].append(quad)
        for graph, held in quads.items():
            if self.graphs_address:
                self._put(graph, held)
            else:
                inserted = " ".join(map(pattern_of, held))
                self._change(f"DROP SILENT GRAPH <{graph}> ; INSERT DATA {{ {inserted} }}")

    def _put(self, graph: str, quads: list[ox.Quad]) -> None:
        self.dirty = True
        content = ox.serialize((quad.triple for quad in quads), format=ox.RdfFormat.N_TRIPLES) or b""
        headers, where = {"Content-Type": TRIPLES}, {"graph": graph}
        try:
            answer = self._client.put(self.graphs_address, params=where, content=content, headers=headers)
        except httpx.HTTPError as error:
            raise NotFound(f"no store answers ({error})", where=self.place, way_out="Check the address") from error
        self._taken(answer)

    def remove(self, quads: Iterable[ox.Quad]) -> None:
        """As ``add``."""
        self._each(quads, "DELETE DATA")

    def _each(self, quads: Iterable[ox.Quad], verb: str) -> None:
        pending = iter(quads)
        while some := list(islice(pending, PAGE)):
            self._change(f"{verb} {{ {' '.join(map(pattern_of, some))} }}")

    def drop(self, graph: str) -> None:
        """The graph and what it holds."""
        self._change(f"DROP SILENT GRAPH <{graph}>")

    @cached_property
    def _union(self) -> bool:
        """Whether the store's default graph holds what its named graphs hold."""
        mark = f"<{BASE}workspace> <{KG}schemaVersion> ?v"
        answer = ox.parse_query_results(self._ask(f"ASK {{ {mark} }}"), format=ox.QueryResultsFormat.JSON)
        return bool(answer)

    def query(
        self,
        text: str,
        *,
        bindings: Mapping[str, Term],
        default: Sequence[str] | None,
        named: Sequence[str] | None,
        union: bool = True,  # noqa: ARG002 - FROM is the store's to read
        base: str | None = None,  # noqa: ARG002 - the store resolves against its own address
    ) -> Answer:
        """Our prefixes are declared, and variables bound by VALUES, in the text that is sent."""
        said = read_request(text, "query")
        if default is None and named is None and not said.graphs and not self._union:
            default = named = [name for name in self.graph_names() if name != WORKSPACE]
        used = {name: address for name, address in PREFIXES.items() if declared_prefixes(text).get(name) == address}
        head = "".join(f"PREFIX {name}: <{address}> " for name, address in used.items())
        content = self._ask(head + said.with_values(bindings), default, named)
        if said.form in ("select", "ask"):
            return ox.parse_query_results(content, format=ox.QueryResultsFormat.JSON)
        return triples_answer(content)

    def update(self, text: str, *, base: str | None = None) -> None:  # noqa: ARG002 - as above
        """Our prefixes are declared in the text that is sent."""
        self._change("".join(f"PREFIX {name}: <{address}> " for name, address in PREFIXES.items()) + text)

    def graph_names(self) -> list[str]:
        """The IRIs of the named graphs that hold anything."""
        answer = ox.parse_query_results(
            self._ask("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"), format=ox.QueryResultsFormat.JSON
        )
        rows = answer if isinstance(answer, ox.QuerySolutions) else ()
        return sorted(row["g"].value for row in rows if isinstance(row["g"], ox.NamedNode))

    def has_graph(self, address: str) -> bool:
        """Whether there is a named graph of this IRI that holds anything."""
        text = f"ASK {{ GRAPH <{address}> {{ ?s ?p ?o }} }}"
        return bool(ox.parse_query_results(self._ask(text), format=ox.QueryResultsFormat.JSON))

    def size(self) -> int:
        """How many quads there are in named graphs."""
        text = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
        answer = ox.parse_query_results(self._ask(text), format=ox.QueryResultsFormat.JSON)
        return next((int(row["n"].value) for row in answer), 0) if isinstance(answer, ox.QuerySolutions) else 0

    def flush(self) -> None:
        """The store does so itself."""

    def close(self, *, publish: bool) -> None:  # noqa: ARG002 - what is written is shown at once
        """Ends the connection."""
        self._client.close()


def name_of(quad: ox.Quad) -> str:
    return str(quad.graph_name)


def pattern_of(quad: ox.Quad) -> str:
    triple = f"{quad.subject} {quad.predicate} {quad.object} ."
    return triple if isinstance(quad.graph_name, ox.DefaultGraph) else f"GRAPH {quad.graph_name} {{ {triple} }}"


def triples_answer(content: bytes) -> Answer:
    """N-Triples as an answer of pyoxigraph's, which only a store gives."""
    held = ox.Store()
    held.load(content, format=ox.RdfFormat.N_TRIPLES)
    return held.query("CONSTRUCT WHERE { ?s ?p ?o }")
