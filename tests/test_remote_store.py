"""The graph in a SPARQL 1.1 store by its address: the ``oxigraph`` server and rdflib-endpoint on the loopback."""

import shutil
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from factory import FakeExtractor, extraction

from kg import queries
from kg.errors import NotFound, QueryError, UsageError, WriteFailed
from kg.ontology import load
from kg.pipeline import build
from kg.rdf import extraction_quads, nquads
from kg.store import Store
from kg.tables import answer_bytes
from kg.workspace import Workspace

TEXT = "Elon Musk leads SpaceX (title=chief). Elon Musk leads xAI. xAI competitor_of Anthropic (reported)."
ENDPOINT = """
import sys, uvicorn
from rdflib import Dataset
from rdflib_endpoint import SparqlEndpoint
app = SparqlEndpoint(graph=Dataset(default_union=True), enable_update=True, path="/")
uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), log_level="error")
"""
OXIGRAPH = Path(sys.executable).with_name("oxigraph")


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


@contextmanager
def running(command, address):
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            for _ in range(300):
                try:
                    httpx.get(address)
                    break
                except httpx.TransportError:
                    time.sleep(0.1)
            yield
        finally:
            process.terminate()


@pytest.fixture(scope="module", params=["oxigraph", "oxigraph --union-default-graph", "rdflib-endpoint"])
def address(request, tmp_path_factory):
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    if request.param == "rdflib-endpoint":
        with running([sys.executable, "-W", "ignore", "-c", ENDPOINT, str(port)], base):
            yield base + "/"
        return
    binary = str(OXIGRAPH) if OXIGRAPH.exists() else shutil.which("oxigraph")
    place = tmp_path_factory.mktemp("oxigraph")
    words = [binary, "serve", "--location", str(place), "--bind", f"127.0.0.1:{port}", *request.param.split()[1:]]
    with running(words, base):
        yield f"{base}/query,{base}/update"


@pytest.fixture(scope="module")
def workspace(address, tmp_path_factory):
    folder = tmp_path_factory.mktemp("workspace")
    (folder / "a.txt").write_text(TEXT, "utf-8")
    made = Workspace(folder, remote=address)
    build([folder / "a.txt"], made, load(), extractor=FakeExtractor())
    return made


def test_a_build_into_a_remote_store_is_the_same_graph_as_on_disk(workspace, tmp_path):
    local = Workspace(tmp_path)
    build([workspace.folder / "a.txt"], local, load(), extractor=FakeExtractor())
    with Store.reader(workspace.graph) as remote, Store.reader(local.graph) as disk:
        assert remote.quads() == disk.quads()
        assert remote.graph_names() == disk.graph_names()
        assert remote.is_derived(load(), workspace.decided)


def test_whole_graphs_are_loaded_by_updates_or_by_the_graph_store_protocol(workspace, tmp_path):
    said = [extraction(source="loaded.txt"), extraction("Bolt acquired Coil.", source="more.txt")]
    parts = [nquads(quad for one in said for quad in extraction_quads(one))]
    graphs = f",{workspace.graph.partition('/query')[0]}/store" if "/query" in workspace.graph else ""
    for address in dict.fromkeys((workspace.graph, workspace.graph + graphs)):
        with Store(address) as remote:
            before = remote.quads()
            remote.load(parts)
            remote.load(parts)
            assert nquads(set(remote.quads()) - set(before)) == parts[0]
            remote.forget(one.document.id for one in said)
    build([workspace.folder / "a.txt"], workspace, load(), extractor=FakeExtractor())


def test_a_second_build_finds_the_document_unchanged(workspace):
    report = build([workspace.folder / "a.txt"], workspace, load(), extractor=FakeExtractor())
    assert (report.stored, report.unchanged) == (0, 1)


def test_named_queries_are_answered_with_bound_arguments(workspace):
    with Store.reader(workspace.graph) as store:
        rows = answer_bytes(queries.run(store, load(), "leaders", {"organization": "SpaceX"}), "csv").decode()
    assert ",Elon Musk," in rows
    assert "chief" in rows


def test_triples_and_truth_values_come_back(workspace):
    with Store.reader(workspace.graph) as store:
        assert b"kg:leads" in answer_bytes(store.query("CONSTRUCT WHERE { ?p kg:leads ?o }", load()), "turtle")
        assert answer_bytes(store.query("ASK { ?p kg:leads ?o }", load()), "table") == b"yes\n"


def test_a_call_to_another_server_is_refused_before_it_is_sent(workspace):
    with Store.reader(workspace.graph) as store, pytest.raises(QueryError, match="SERVICE"):
        store.query("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", load())


def test_a_store_that_does_not_answer_is_said_in_one_line():
    with pytest.raises(NotFound, match="no store answers"):
        Store.reader(f"http://127.0.0.1:{free_port()}/")


def test_an_address_that_is_none_is_wrong_usage():
    with pytest.raises(UsageError, match="is no address of a store"):
        Store.reader("ftp://x.example/")


def test_a_store_that_takes_no_updates_says_so(workspace):
    address = str(workspace.graph).partition(",")[0]
    wrong = f"{address},{address.rstrip('/')}/nowhere"
    with pytest.raises(WriteFailed, match="the store says 4"), Store(wrong) as store:
        store.mark("x", "y")
