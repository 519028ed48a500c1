"""Updates, graphs and uploads, each in a process that holds the store's lock for that long.

Closing the store after a write makes the snapshot that readers see next.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from email import message_from_bytes
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pyoxigraph as ox

from kg import pipeline
from kg.errors import NotFound, Skipped
from kg.export import write_atomically
from kg.ontology import Ontology
from kg.server.frames import Reply
from kg.server.media import RDF
from kg.server.protocol import Refusal, content_type
from kg.store import Store
from kg.workspace import Workspace

__all__ = ["SUFFIXES", "WRITES", "require_name", "write"]

Job = Mapping[str, Any]
FORM_DATA = "multipart/form-data"
GRAPHS = ("text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json")
SUFFIXES = tuple(
    f".{suffix}"
    for suffix in (
        "txt md markdown html htm xhtml pdf docx eml mbox epub xml rss atom rdf warc jsonl ndjson csv tsv parquet "
        "zip tar tgz gz bz2 xz"
    ).split()
)
"""What the names of documents end in that ``kg build`` reads; what a file is its content tells."""
NAME = re.compile(rf"[a-z0-9][a-z0-9._ -]{{0,120}}(?:{'|'.join(map(re.escape, SUFFIXES))})", re.ASCII | re.IGNORECASE)
SHOWN = 20
URL = ":/?#[]@!$&'()*+,;=%~"


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
    return Reply(201, "", b"", {"Location": quote(job["graph"], safe=URL)}) if new else Reply(204, "", b"")


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


def require_name(name: str) -> None:
    """Raises Refusal for a document's name that could lead elsewhere, or ends in no format that is read."""
    if not NAME.fullmatch(name):
        raise Refusal(400, f"a document's name has letters, digits, . _ - and ends in {', '.join(SUFFIXES)}")


def upload(place: Path, ontology: Ontology, job: Job, body: bytes) -> Reply:
    """Keeps the document under ``uploads/`` of the workspace and builds the graph on.

    Of a file that holds several, those that cannot be read are named in the answer. Where none can, what was kept
    under the name before is kept on, and Refusal says why.
    """
    require_name(job["name"])
    workspace = Workspace(place.parent)
    path = workspace.folder / "uploads" / job["name"]
    earlier = path.read_bytes() if path.exists() else None
    write_atomically(path, body)
    report = pipeline.build([path], workspace, ontology)
    skipped = listed(report.skipped)
    if skipped and not report.stored and not report.unchanged:
        put_back(path, earlier)
        raise Refusal(422, "; ".join(skipped))
    told = {"stored": report.stored, "unchanged": report.unchanged, "skipped": skipped, "entities": report.entities}
    return Reply(200, "application/json", json.dumps(told).encode())


def listed(skipped: Sequence[Skipped]) -> list[str]:
    more = len(skipped) - SHOWN
    return [str(one) for one in skipped[:SHOWN]] + ([f"and {more} more"] if more > 0 else [])


def put_back(path: Path, earlier: bytes | None) -> None:
    if earlier is None:
        path.unlink()
    else:
        write_atomically(path, earlier)


ON_STORE: Mapping[str, Callable[[Store, Job, bytes], Reply]] = {
    "update": update,
    "put": put,
    "post": post,
    "delete": delete,
}
WRITES = frozenset({*ON_STORE, "upload"})
