"""What a worker can be asked, over the newest snapshot."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg import conflicts, pipeline
from kg.errors import NotFound, UsageError
from kg.model import Graph, PartialDate
from kg.ontology import Ontology
from kg.rdf import rdfxml, turtle
from kg.server import description, things
from kg.server.frames import Reply
from kg.server.media import HTML, RDF, ROWS, best
from kg.server.pages import as_json, render
from kg.server.protocol import Refusal
from kg.server.results import MEDIA, rows_bytes
from kg.store import Store
from kg.store.snapshots import newest_snapshot
from kg.vocab import PREFIXES, WORKSPACE

__all__ = ["Answers"]

Job = dict[str, Any]


class Answers:
    """The graph of the newest snapshot, opened when first asked and again when a writer has made another."""

    def __init__(self, place: Path, ontology: Ontology) -> None:
        self.place, self.ontology = place, ontology
        self._store: Store | None = None
        self._snapshot: Path | None = None
        self._graph: Graph | None = None

    def give(self, job: Job) -> Reply:
        """Raises Refusal and KgError."""
        known: dict[str, Callable[[Job], Reply]] = {
            "query": self.query,
            "graph": self.graph,
            "describe": self.describe,
            "view": self.view,
            "thing": self.thing,
            "conflicts": self.conflicts,
            "wait": self.wait,
        }
        return known[job["do"]](job)

    @property
    def store(self) -> Store:
        """The newest snapshot."""
        newest = newest_snapshot(self.place)
        if self._store is None or newest != self._snapshot:
            self.close()
            self._store = Store.reader(self.place)
            self._snapshot = newest_snapshot(self.place)
        return self._store

    def close(self) -> None:
        """Lets the snapshot go."""
        if self._store is not None:
            self._store.close()
        self._store = self._graph = None

    @property
    def values(self) -> Graph:
        """Everything as values, read once a snapshot."""
        store = self.store
        if self._graph is None:
            self._graph = store.graph()
        return self._graph

    def wait(self, job: Job) -> Reply:
        """Opens the snapshot, so that the first query need not."""
        del job
        return Reply(200, "text/plain", str(len(self.store)).encode())

    def query(self, job: Job) -> Reply:
        """SPARQL over the union of all graphs, or the dataset that the protocol names."""
        answer = self.store.query(job["text"], default=job["default"], named=job["named"], base=job["base"])
        if isinstance(answer, ox.QuerySolutions):
            form = ROWS[self._chosen(job, ROWS)]
            content, cut = rows_bytes(answer, form, job["rows"])
            return Reply(200, MEDIA[form], content, limit(job, cut=cut))
        if isinstance(answer, ox.QueryBoolean):
            form = ROWS[self._chosen(job, ROWS)]
            return Reply(200, MEDIA[form], answer.serialize(format=BOOLEANS[form]) or b"")
        media = self._chosen(job, RDF)
        triples = list(islice(answer, job["rows"]))
        return Reply(200, media, rdf_bytes(triples, media), limit(job, cut=next(answer, None) is not None))

    def _chosen(self, job: Job, offers: Any) -> str:  # noqa: ANN401 - any mapping by media type
        media = best(job["accept"], list(offers))
        if media is None:
            raise Refusal(406, f"there are {', '.join(offers)}")
        return media

    def graph(self, job: Job) -> Reply:
        """A whole graph, the unnamed one for None: the read side of the Graph Store Protocol."""
        address = job["graph"]
        if address is not None and (address == WORKSPACE or not self.store.has_graph(address)):
            raise NotFound(f"no graph <{address}> is here")
        media = self._chosen(job, RDF)
        triples = [quad.triple for quad in self.store.named_graph(address)]
        return Reply(200, media, rdf_bytes(triples, media))

    def describe(self, job: Job) -> Reply:
        """The service description, or VoID, of what the snapshot holds."""
        media = self._chosen(job, RDF)
        triples = description.describe(self.store, job["what"], job["base"], updates=job["updates"])
        return Reply(200, media, rdf_bytes(triples, media))

    def view(self, job: Job) -> Reply:
        """The interactive graph, the page that ``kg view`` writes."""
        at = day(job["as_of"])
        graph = pipeline.at(self.values, self.ontology, at)
        return Reply(200, f"{HTML}; charset=utf-8", pipeline.page(graph, self.ontology).encode("utf-8", "replace"))

    def thing(self, job: Job) -> Reply:
        """What is known of an IRI of ours, as a page or as RDF."""
        media = best(job["accept"], [HTML, *RDF])
        if media is None:
            raise Refusal(406, f"there are {', '.join((HTML, *RDF))}")
        if media == HTML:
            page = render("thing.html.jinja", things.account(self.store, job["iri"], job["rows"]))
            return Reply(200, f"{HTML}; charset=utf-8", page)
        return Reply(200, media, rdf_bytes(things.triples(self.store, job["iri"], job["rows"]), media))

    def conflicts(self, job: Job) -> Reply:
        """The findings at a date, as a page or as JSON."""
        media = best(job["accept"], [HTML, "application/json"])
        if media is None:
            raise Refusal(406, "there are text/html, application/json")
        at, graph = day(job["as_of"]), self.values
        found = graph.findings if at is None else conflicts.find(graph, self.ontology, at)
        listed = conflicts.as_json(found, graph)
        shown = str(at or (found[0].as_of if found else conflicts.newest(graph)))
        if media == HTML:
            readings = {pattern.name: pattern.reading for pattern in conflicts.patterns(self.ontology)}
            page = render("conflicts.html.jinja", {"findings": listed, "as_of": shown, "readings": readings})
            return Reply(200, f"{HTML}; charset=utf-8", page)
        return Reply(200, "application/json", as_json({"as_of": shown, "findings": listed}))


BOOLEANS = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}


def limit(job: Job, *, cut: bool) -> dict[str, str]:
    """The header that says where an answer was cut."""
    return {"KG-Limit": f"rows={job['rows']}"} if cut else {}


def rdf_bytes(triples: list[ox.Triple], media: str) -> bytes:
    """Triples in one of the forms of RDF; raises Refusal where that form cannot hold them."""
    if RDF[media] == ox.RdfFormat.TURTLE:
        return turtle(triples)
    if RDF[media] == ox.RdfFormat.RDF_XML:
        try:
            return rdfxml(triples, PREFIXES)
        except UsageError as error:
            raise Refusal(406, str(error)) from error
    return ox.serialize(triples, format=RDF[media]) or b""


def day(said: str | None) -> date | None:
    """A day of the request; raises Refusal for what is none."""
    try:
        return PartialDate.parse(said).latest if said else None
    except ValueError as error:
        raise Refusal(400, str(error)) from error
