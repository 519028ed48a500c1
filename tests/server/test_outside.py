"""A listener on the loopback hears nothing, whatever is asked of the service."""

import socket
import threading

import pytest
from test_sparql import REMOTE

QUERIES = [
    *REMOTE,
    "SELECT * FROM <ADDRESS> { ?s ?p ?o }",
    "SELECT * FROM NAMED <ADDRESS> { GRAPH ?g { ?s ?p ?o } }",
    "SELECT * { GRAPH <ADDRESS> { ?s ?p ?o } }",
    "DESCRIBE <ADDRESS>",
    "SELECT * { ?s <ADDRESS> ?o }",
    "LOAD <ADDRESS>",
]
UPDATES = [
    "LOAD <ADDRESS>",
    "load silent <ADDRESS> into graph <a:b>",
    "load silent<ADDRESS>into#x\ngraph<a:b>;loadSILENT<ADDRESS>",
    "INSERT DATA { <a:a> <a:b> '\\u0027 } ; LOAD SILENT <ADDRESS> ; INSERT DATA { <a:a> <a:b> \\u0027' }",
    "LOAD#x\n<ADDRESS>",
    "\\u004cOAD <ADDRESS>",
    "INSERT DATA { <a:a> <a:b> 'LOAD' } ; LOAD <ADDRESS>",
    "INSERT { ?s ?p ?o } USING <ADDRESS> WHERE { ?s ?p ?o }",
    "INSERT { ?s ?p ?o } WHERE { SERVICE <ADDRESS> { ?s ?p ?o } }",
    "DELETE { ?s ?p ?o } WHERE { GRAPH <ADDRESS> { ?s ?p ?o } SERVICE#\n<ADDRESS> { ?s ?p ?o } }",
    "PREFIX e: <ADDRESS> LOADe:x",
]


@pytest.fixture
def listener():
    heard = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        done = threading.Event()

        def listen():
            while not done.is_set():
                try:
                    connection, _ = server.accept()
                except TimeoutError:
                    continue
                heard.append(connection.recv(1000))
                connection.close()

        thread = threading.Thread(target=listen)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/", heard
        done.set()
        thread.join()


def test_no_query_or_update_reaches_another_server(writing, listener):
    address, heard = listener
    for query in QUERIES:
        assert writing.post("/sparql", data={"query": query.replace("ADDRESS", address)}).status_code < 500
    for update in UPDATES:
        assert writing.post("/sparql", data={"update": update.replace("ADDRESS", address)}).status_code < 500
    for name in ("default-graph-uri", "named-graph-uri"):
        assert writing.get("/sparql", params={"query": "ASK { GRAPH ?g { ?s ?p ?o } }", name: address}).is_success
    assert writing.get("/graphs", params={"graph": address}).status_code == 404
    body = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "{address}">]><x>&e;</x>'
    sent = writing.put("/graphs?default", content=body, headers={"Content-Type": "application/rdf+xml"})
    context = f'{{"@context": "{address}", "@id": "a:a"}}'
    also = writing.post("/graphs?default", content=context, headers={"Content-Type": "application/ld+json"})
    assert (sent.status_code, also.status_code) == (400, 400)
    assert heard == []
