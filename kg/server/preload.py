"""What workers are forked with: everything imported, the parser made and warm."""

import gc
from importlib.resources import files

from kg import documents, export, extraction, shapes, summary, tables, view
from kg.server import worker
from kg.sparql import read_request

__all__ = ["documents", "export", "extraction", "shapes", "summary", "tables", "view", "worker"]
# A worker imports the main module anew, which is our command line: what that imports is imported here, once.

for query in (
    files("kg.sparql").joinpath("sample.rq").read_text("utf-8"),
    "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }",
    "DESCRIBE ?s { ?s ?p ?o . }",
    "ASK { ?s ?p ?o }",
    "SELECT * { ?s <http://x.example/> ?o } LIMIT 1",
):
    read_request(query, "preload")
read_request(files("kg.sparql").joinpath("sample.ru").read_text("utf-8"), "preload", update=True)
read_request("INSERT DATA { <http://x.example/a> <http://x.example/b> 1 }", "preload", update=True)
gc.collect()
gc.freeze()  # what is not looked at again stays shared
