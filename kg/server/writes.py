"""Updates, graphs and uploads, each in a process that holds the store's lock for that long.

Closing the store after a write makes the snapshot that readers see next.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg import pipeline
from kg.errors import NotFound
from kg.export import write_atomically
from kg.ontology import Ontology
from kg.server.frames import Reply
from kg.server.media import RDF
from kg.server.protocol import Refusal, content_type
from kg.store import Store

__all__ = ["WRITES", "write"]

Job = Mapping[str, Any]
FORM_DATA = "multipart/form-data"
GRAPHS = ("text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json")
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._ -]{0,120}\.(?:txt|html?|jsonl|md)", re.ASCII | re.IGNORECASE)


def write(place: Path, ontology: Ontology, job: Job, body: bytes) -> Reply:
    """Raises Refusal and KgError."""
    if job["do"] == "upload":
        return upload(place, ontology, job, body)
    with Store(place, create=True) as store:
        return ON_STORE[job["do"]](store, job, body)


def update(store: Store, job: Job, body: bytes) -> Reply:
    using, named = job["using"] or (), job["using_named"] or ()
    store.update(body.decode("utf-8"), using=using, using_named=named, base=job["base"])
    return Reply(204, "", b"")


def put(store: Store, job: Job, body: bytes) -> Reply:
    new = store.load_graph(job["graph"], triples(body, job["type"], job["graph"]), replace=True)
    return Reply(201 if new else 204, "", b"")


def post(store: Store, job: Job, body: bytes) -> Reply:
    read = triples(body, job["type"], job["graph"])
    new = store.load_graph(job["graph"], read, replace=False)
    return Reply(201, "", b"", {"Location": job["graph"]}) if new else Reply(204, "", b"")


def delete(store: Store, job: Job, body: bytes) -> Reply:
    del body
    if job["graph"] is not None and not store.has_graph(job["graph"]):
        raise NotFound(f"no graph <{job['graph']}> is here")
    store.drop_graph(job["graph"])
    return Reply(204, "", b"")


def triples(body: bytes, kind: str, base: str | None) -> list[ox.Triple]:
    media, _ = content_type(kind)
    if media == FORM_DATA:
        return [triple for part, its in parts(body, kind) for triple in triples(part, its, base)]
    form = RDF.get(media) or (ox.RdfFormat.TURTLE if not media else None)
    if form is None or (form.supports_datasets and form != ox.RdfFormat.JSON_LD):
        raise Refusal(415, f"a graph is sent as {', '.join(GRAPHS)}")
    try:
        read = ox.parse(body, format=form, base_iri=base, without_named_graphs=True, rename_blank_nodes=True)
        return [quad.triple for quad in read]
    except (SyntaxError, ValueError) as error:
        raise Refusal(400, f"not {media} ({error})") from error


def parts(body: bytes, kind: str) -> list[tuple[bytes, str]]:
    """The documents of a form with files, each with its media type."""
    message = message_from_bytes(b"Content-Type: " + kind.encode("latin-1", "replace") + b"\r\n\r\n" + body)
    if not message.is_multipart():
        raise Refusal(400, "the form has no parts")
    found = [(part.get_payload(decode=True), part.get_content_type()) for part in message.walk()]
    return [(content, media) for content, media in found if isinstance(content, bytes) and media != FORM_DATA]


def upload(place: Path, ontology: Ontology, job: Job, body: bytes) -> Reply:
    """Keeps the document under ``uploads/`` of the workspace and builds the graph on."""
    if not NAME.fullmatch(job["name"]):
        raise Refusal(400, "a document's name has letters, digits, . _ - and ends in .txt, .html, .md or .jsonl")
    workspace = pipeline.Workspace(place.parent)
    path = workspace.folder / "uploads" / job["name"]
    write_atomically(path, body)
    report = pipeline.build([path], workspace, ontology)
    if report.skipped:
        raise Refusal(422, "; ".join(str(one) for one in report.skipped))
    told = {"stored": report.stored, "unchanged": report.unchanged, "entities": report.entities}
    return Reply(200, "application/json", json.dumps(told).encode())


ON_STORE: Mapping[str, Callable[[Store, Job, bytes], Reply]] = {
    "update": update,
    "put": put,
    "post": post,
    "delete": delete,
}
WRITES = frozenset({*ON_STORE, "upload"})
