"""The W3C SPARQL 1.1 tests through our own endpoint, beside raw pyoxigraph: python benchmarks/w3c.py FOLDER.

Every query and update goes over HTTP to a ``kg serve`` of its own: the data of a query test are named graphs of one
store, chosen by default-graph-uri and named-graph-uri; each update test gets a store emptied before. Prints the pass
rate of each suite and every failure; exits with 1 where a suite is below raw pyoxigraph or a failure is not explained
in w3c_failures.tsv.
"""

from __future__ import annotations

import argparse
import csv
import io
import os
import re
import subprocess
import sys
import tempfile
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

import httpx
import pyoxigraph as ox
import rdflib
from rdflib.collection import Collection
from rdflib.compare import isomorphic

TESTS = "http://www.w3.org/2001/sw/DataAccess/tests/"
MF, QT = rdflib.Namespace(TESTS + "test-manifest#"), rdflib.Namespace(TESTS + "test-query#")
UT = rdflib.Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
HT = rdflib.Namespace("http://www.w3.org/2011/http#")
CNT = rdflib.Namespace("http://www.w3.org/2011/content#")
RS = rdflib.Namespace(TESTS + "result-set#")
RDF, RDFS = rdflib.RDF, rdflib.RDFS
WORD = "a-token-of-the-benchmark"
EMPTY = "http://empty.example/"
EXPLAINED = Path(__file__).with_name("w3c_failures.tsv")
SKIPPED = {"entailment": "entailment regimes are not offered", "service": "SERVICE is refused on purpose"}
FORMATS = {
    ".srx": ox.QueryResultsFormat.XML,
    ".srj": ox.QueryResultsFormat.JSON,
    ".csv": ox.QueryResultsFormat.CSV,
    ".tsv": ox.QueryResultsFormat.TSV,
}
ACCEPT = {
    ".srx": "application/sparql-results+xml",
    ".srj": "application/sparql-results+json",
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
}


@dataclass
class Server:
    """A ``kg serve`` over a store of its own."""

    address: str
    client: httpx.Client = field(default_factory=lambda: httpx.Client(timeout=60))

    def change(self, method: str, address: str, **more) -> httpx.Response:
        answer = self.client.request(method, address, **more)
        assert answer.is_success, (method, address, answer.text)
        return answer

    def put(self, graph: str | None, path: Path) -> None:
        where = f"{self.address}/graphs"
        content = ox.serialize(load(path, graph or path.as_uri()), format=ox.RdfFormat.N_TRIPLES)
        headers = {"Authorization": f"Bearer {WORD}", "Content-Type": "application/n-triples"}
        self.change(
            "PUT", where, params={"graph": graph} if graph else {"default": ""}, content=content, headers=headers
        )

    def update(self, text: str, **more) -> httpx.Response:
        headers = {"Authorization": f"Bearer {WORD}", "Content-Type": "application/sparql-update"}
        return self.client.post(f"{self.address}/sparql", content=text.encode(), headers=headers, **more)


def started(folder: Path) -> tuple[subprocess.Popen, Server]:
    """Starts ``kg serve`` and waits until it says where."""
    empty = "import sys, pathlib, kg; kg.Store(pathlib.Path(sys.argv[1]), create=True).close()"
    subprocess.run([sys.executable, "-c", empty, str(folder / "store")], check=True)
    words = [sys.executable, "-m", "kg.cli", "serve", "-w", str(folder), "--port", "0", "--allow-update"]
    process = subprocess.Popen(words, stderr=subprocess.PIPE, text=True, env=os.environ | {"KG_TOKEN": WORD})
    line = process.stderr.readline()
    assert " at http" in line, line
    address = line.split(" at ")[1].strip().rstrip("/")
    threading.Thread(target=process.stderr.read, daemon=True).start()
    return process, Server(address)


def path_of(address: object) -> Path:
    return Path(unquote(urlsplit(str(address)).path))


def load(path: Path, base: str) -> list[ox.Triple]:
    form = {".ttl": ox.RdfFormat.TURTLE, ".nt": ox.RdfFormat.N_TRIPLES, ".rdf": ox.RdfFormat.RDF_XML}[path.suffix]
    return [quad.triple for quad in ox.parse(path.read_bytes(), format=form, base_iri=base or path.as_uri())]


def text_of(path: Path) -> str:
    return path.read_bytes().decode("utf-8")


# ---- results compared


def numbered(rows: list[dict[str, rdflib.term.Node]]) -> list[list[str]]:
    """Sorted rows with blank nodes numbered as they come: other labels for them make no difference."""
    labels: dict[str, str] = {}

    def shown(name: str, term: rdflib.term.Node) -> str:
        blank = isinstance(term, rdflib.BNode)
        return f"{name}={labels.setdefault(str(term), f'_:{len(labels)}') if blank else value_of(term)}"

    return [sorted(shown(name, term) for name, term in sorted(row.items())) for row in sorted(rows, key=masked)]


def masked(row: dict[str, rdflib.term.Node]) -> list[str]:
    return sorted(f"{n}={'_' if isinstance(t, rdflib.BNode) else value_of(t)}" for n, t in row.items())


def term_of(term: object) -> rdflib.term.Node:
    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return rdflib.BNode("b" + term.value)
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    kind = None if term.datatype.value.endswith("#string") else rdflib.URIRef(term.datatype.value)
    return rdflib.Literal(term.value, datatype=kind, normalize=False)


def rows_of(answer: ox.QuerySolutions) -> list[dict[str, rdflib.term.Node]]:
    names = [variable.value for variable in answer.variables]
    return [{n: term_of(row[n]) for n in names if row[n] is not None} for row in answer]


def same(got: bytes, got_form: str, wanted: Path) -> bool:
    if wanted.suffix == ".csv":
        return csv_rows(got) == csv_rows(wanted.read_bytes())
    found = ox.parse_query_results(got, format=FORMATS[got_form])
    if wanted.suffix in (".ttl", ".rdf"):
        return same_as_graph(found, wanted)
    expected = ox.parse_query_results(wanted.read_bytes(), format=FORMATS[wanted.suffix])
    if isinstance(found, ox.QueryBoolean) or isinstance(expected, ox.QueryBoolean):
        return bool(found) == bool(expected)
    mine, theirs = rows_of(found), rows_of(expected)
    if len(mine) != len(theirs):
        return False
    return numbered(mine) == numbered(theirs)


def csv_rows(content: bytes) -> list[list[tuple[str, str]]]:
    """Rows by the names of their columns, in any order: SELECT * gives columns in none that is set."""
    plain = re.sub(r"_:\w+", "_:b", content.decode())
    return sorted(sorted(row.items()) for row in csv.DictReader(io.StringIO(plain, newline="")))


def value_of(term: rdflib.term.Node) -> str:
    """A number by its value: 1.0 and 1.00 are one decimal, and stores may write either."""
    if isinstance(term, rdflib.Literal) and term.datatype is not None and isinstance(term.toPython(), int | float):
        return f"{term.datatype}:{float(term.toPython())!r}"
    if isinstance(term, rdflib.Literal) and str(term.datatype).endswith("#decimal"):
        return f"{term.datatype}:{float(term)!r}"
    return term.n3()


def same_as_graph(found: object, wanted: Path) -> bool:
    graph = rdflib.Graph().parse(wanted)
    if isinstance(found, ox.QueryBoolean):
        return str(graph.value(None, RS.boolean)) == str(bool(found)).lower()
    rows = []
    for solution in graph.objects(None, RS.solution):
        bound = graph.objects(solution, RS.binding)
        rows.append({str(graph.value(b, RS.variable)): graph.value(b, RS.value) for b in bound})
    return numbered(rows_of(found)) == numbered(rows)


def same_triples(got: bytes, wanted: Path) -> bool:
    mine = rdflib.Graph().parse(data=got, format="nt")
    return isomorphic(mine, rdflib.Graph().parse(wanted))


# ---- tests


@dataclass
class Test:
    """One test of a manifest."""

    suite: str
    name: str
    kind: str
    graph: rdflib.Graph
    node: rdflib.term.Node


def tests(folder: Path) -> Iterator[Test]:
    """All tests that the folders' manifests list, sorted."""
    for path in sorted(folder.glob("*/manifest*.ttl")):
        graph = rdflib.Graph().parse(path)
        for entries in graph.objects(None, MF.entries):
            for node in Collection(graph, entries):
                kind = str(graph.value(node, RDF.type)).rpartition("#")[2]
                yield Test(path.parent.name, str(node).rpartition("#")[2] or str(node), kind, graph, node)


def data_of(test: Test, home: rdflib.Namespace, where: rdflib.term.Node) -> tuple[Path | None, dict[str, Path]]:
    default = test.graph.value(where, home.data)
    named = {}
    for given in test.graph.objects(where, home.graphData):
        file = test.graph.value(given, home.graph) or given
        label = test.graph.value(given, RDFS.label)
        named[str(label or file)] = path_of(file)
    return (path_of(default) if default else None), named


def query_test(test: Test, server: Server) -> bool:
    action = test.graph.value(test.node, MF.action)
    text = text_of(path_of(test.graph.value(action, QT["query"])))
    default, named = data_of(test, QT, action)
    wanted = path_of(test.graph.value(test.node, MF.result))
    base = path_of(test.graph.value(action, QT["query"])).as_uri()
    form = wanted.suffix if wanted.suffix in ACCEPT else ".srx"
    triples = wanted.suffix in (".ttl", ".rdf") and "CONSTRUCT" in text.upper()
    params = {"default-graph-uri": [default.as_uri() if default else EMPTY], "named-graph-uri": list(named)}
    if "\nFROM" in text.upper():
        params = {}
    body = f"BASE <{base}>\n{text}"
    headers = {
        "Accept": "application/n-triples" if triples else ACCEPT[form],
        "Content-Type": "application/sparql-query",
    }
    answer = server.client.post(f"{server.address}/sparql", params=params, content=body.encode(), headers=headers)
    if answer.status_code != httpx.codes.OK:
        return False
    return same_triples(answer.content, wanted) if triples else same(answer.content, form, wanted)


def raw_query_test(test: Test, server: Server) -> bool:
    del server
    action = test.graph.value(test.node, MF.action)
    path = path_of(test.graph.value(action, QT["query"]))
    default, named = data_of(test, QT, action)
    wanted = path_of(test.graph.value(test.node, MF.result))
    store = ox.Store()
    if default:
        store.extend(ox.Quad(t.subject, t.predicate, t.object) for t in load(default, default.as_uri()))
    for label, file in named.items():
        store.extend(ox.Quad(t.subject, t.predicate, t.object, ox.NamedNode(label)) for t in load(file, label))
    try:
        answer = store.query(text_of(path), base_iri=path.as_uri())
    except (SyntaxError, RuntimeError, OSError):
        return False
    if isinstance(answer, ox.QueryTriples):
        return same_triples(ox.serialize(answer, format=ox.RdfFormat.N_TRIPLES), wanted)
    form = wanted.suffix if wanted.suffix in FORMATS else ".srx"
    return same(answer.serialize(format=FORMATS[form]), form, wanted)


def syntax_test(test: Test, server: Server) -> bool:
    text = text_of(path_of(test.graph.value(test.node, MF.action)))
    positive = test.kind.startswith("Positive")
    kind = "update" if "Update" in test.kind else "query"
    headers = {"Content-Type": f"application/sparql-{kind}", "Authorization": f"Bearer {WORD}"}
    if kind == "update":
        text = f"BASE <http://base.example/>\n{text}" if positive else text
    answer = server.client.post(f"{server.address}/sparql", content=text.encode(), headers=headers)
    refused = "would call another" in answer.text or "would fetch" in answer.text or "no graph <" in answer.text
    broken = "not a SPARQL" in answer.text
    return (
        (answer.is_success or not broken) if positive else answer.status_code == httpx.codes.BAD_REQUEST and not refused
    )


def raw_syntax_test(test: Test, server: Server) -> bool:
    del server
    text, store = text_of(path_of(test.graph.value(test.node, MF.action))), ox.Store()
    try:
        (store.update if "Update" in test.kind else store.query)(text, base_iri="http://base.example/")
    except SyntaxError:
        return not test.kind.startswith("Positive")
    except (RuntimeError, OSError):
        return test.kind.startswith("Positive")
    return test.kind.startswith("Positive")


def insertion(name: str | None, path: Path) -> str:
    """An update that stores a file in a graph."""
    triples = ox.serialize(load(path, name or path.as_uri()), format=ox.RdfFormat.N_TRIPLES).decode()
    return f"INSERT DATA {{ GRAPH <{name}> {{ {triples} }} }}" if name else f"INSERT DATA {{ {triples} }}"


def update_test(test: Test, server: Server) -> bool:
    action, result = test.graph.value(test.node, MF.action), test.graph.value(test.node, MF.result)
    text = text_of(path_of(test.graph.value(action, UT.request)))
    default, named = data_of(test, UT, action)
    files = {**({None: default} if default else {}), **named}
    before = " ;\n".join(["DROP ALL", *(insertion(name, path) for name, path in files.items())])
    assert server.update(before).is_success
    if not server.update(text).is_success:
        return False
    wanted, others = data_of(test, UT, result)
    held = {None: wanted, **others}
    return all(server_graph(server, name).isomorphic(expected_graph(path)) for name, path in held.items())


def server_graph(server: Server, name: str | None) -> rdflib.Graph:
    params = {"graph": name} if name else {"default": ""}
    answer = server.client.get(f"{server.address}/graphs", params=params, headers={"Accept": "application/n-triples"})
    return rdflib.Graph().parse(data=answer.content if answer.is_success else b"", format="nt")


def expected_graph(path: Path | None) -> rdflib.Graph:
    return rdflib.Graph().parse(path) if path else rdflib.Graph()


def raw_update_test(test: Test, server: Server) -> bool:
    del server
    action, result = test.graph.value(test.node, MF.action), test.graph.value(test.node, MF.result)
    default, named = data_of(test, UT, action)
    store = ox.Store()
    for label, file in {None: default, **named}.items():
        home = ox.NamedNode(label) if label else ox.DefaultGraph()
        if file:
            store.extend(ox.Quad(t.subject, t.predicate, t.object, home) for t in load(file, label or file.as_uri()))
    try:
        store.update(text_of(path_of(test.graph.value(action, UT.request))))
    except (SyntaxError, RuntimeError, OSError):
        return False
    wanted, others = data_of(test, UT, result)
    for label, path in {None: wanted, **others}.items():
        home = ox.NamedNode(label) if label else ox.DefaultGraph()
        quads = store.quads_for_pattern(None, None, None, home)
        got = ox.serialize((quad.triple for quad in quads), format=ox.RdfFormat.N_TRIPLES)
        if not rdflib.Graph().parse(data=got, format="nt").isomorphic(expected_graph(path)):
            return False
    return True


def protocol_test(test: Test, server: Server) -> bool:
    assert server.update("DROP ALL").is_success
    for given in test.graph.objects(test.node, UT.graphData):
        server.put(str(test.graph.value(given, RDFS.label)), path_of(test.graph.value(given, UT.graph)))
    action = test.graph.value(test.node, MF.action)
    made = ""
    for request in Collection(test.graph, test.graph.value(action, HT.requests)):
        answer = sent(test, request, server, made)
        made = answer.headers.get("location", made)
        if not as_said(test, test.graph.value(request, HT.resp), answer):
            return False
    return True


def sent(test: Test, request: rdflib.term.Node, server: Server, made: str) -> httpx.Response:
    g = test.graph
    headers = {"Authorization": f"Bearer {WORD}"}
    listed = g.value(request, HT.headers)
    for header in Collection(g, listed) if listed else ():
        headers[str(g.value(header, HT.fieldName))] = str(g.value(header, HT.fieldValue))
    body = g.value(request, HT.body)
    content = str(g.value(body, CNT.chars) or "") if body else ""
    encoding = str(g.value(body, CNT.characterEncoding) or "utf-8") if body else "utf-8"
    path = (
        str(g.value(request, HT.absolutePath))
        .replace("$LOCATION$", quote(made, safe=""))
        .replace("$NEWPATH", urlsplit(made).path)
    )
    path = path.replace("/gsp", "/graphs", 1) if path.startswith("/gsp") else path
    return server.client.request(
        str(g.value(request, HT.methodName)), server.address + path, headers=headers, content=content.encode(encoding)
    )


NAMED = {"OK": "200", "Created": "201", "NoContent": "204", "NotFound": "404", "BadRequest": "400"}


def as_said(test: Test, response: rdflib.term.Node, answer: httpx.Response) -> bool:
    g = test.graph
    said = [
        str(status).rpartition("#")[2].removeprefix("StatusCode") for status in g.objects(response, MF.expectedStatus)
    ]
    statuses = [NAMED.get(status, status) for status in said]
    if statuses and not any(str(answer.status_code).startswith(status.rstrip("x")) for status in statuses):
        return False
    wanted = g.value(response, MF.expectedBoolean)
    return wanted is None or answer.json()["boolean"] == wanted.toPython()


def description_test(test: Test, server: Server) -> bool:
    answer = server.client.get(f"{server.address}/sparql", headers={"Accept": "text/turtle"})
    graph = rdflib.Graph().parse(data=answer.content, format="turtle")
    sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    endpoint = rdflib.URIRef(f"{server.address}/sparql")
    if test.name == "has-endpoint-triple":
        return (None, sd.endpoint, endpoint) in graph
    return (endpoint, RDF.type, sd.Service) in graph


Runner = Callable[[Test, Server], bool]
RUNNERS: dict[str, tuple[Runner, Runner | None]] = {
    "QueryEvaluationTest": (query_test, raw_query_test),
    "CSVResultFormatTest": (query_test, raw_query_test),
    "UpdateEvaluationTest": (update_test, raw_update_test),
    "ProtocolTest": (protocol_test, None),
    "GraphStoreProtocolTest": (protocol_test, None),
    "ServiceDescriptionTest": (description_test, None),
    **{
        f"{sign}{kind}SyntaxTest11": (syntax_test, raw_syntax_test)
        for sign in ("Positive", "Negative")
        for kind in ("", "Update")
    },
}


def result(run: Runner, test: Test, server: Server) -> bool:
    try:
        return run(test, server)
    except (AssertionError, httpx.HTTPError, SyntaxError, ValueError, KeyError) as error:
        print(f"  {test.suite}/{test.name}: {type(error).__name__}: {str(error)[:200]}", file=sys.stderr)
        return False


def prepare(listed: list[Test], server: Server) -> None:
    """Loads every file that a query test reads, once, as a named graph."""
    files = {EMPTY: None}
    for test in listed:
        if RUNNERS[test.kind][0] is query_test:
            default, named = data_of(test, QT, test.graph.value(test.node, MF.action))
            files |= {**named, **({default.as_uri(): default} if default else {})}
    for name, path in files.items():
        if path is None:
            assert server.update(f"CREATE SILENT GRAPH <{name}>").is_success
        else:
            server.put(name, path)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="the W3C's sparql11 folder")
    parser.add_argument("--suite", action="append", help="only this folder's tests")
    given = parser.parse_args()
    folder = given.folder.resolve()
    listed = [t for t in tests(folder) if t.suite not in SKIPPED and (not given.suite or t.suite in given.suite)]
    unknown = sorted({t.kind for t in listed if t.kind not in RUNNERS})
    listed = [t for t in listed if t.kind in RUNNERS and not deprecated(t)]
    ours, raw, failed = defaultdict(list), defaultdict(list), []
    order = sorted(listed, key=lambda t: RUNNERS[t.kind][0] is not query_test)
    with tempfile.TemporaryDirectory() as place:
        process, server = started(Path(place))
        try:
            prepare(listed, server)
            for test in order:
                mine, theirs = RUNNERS[test.kind]
                passed = result(mine, test, server)
                ours[test.suite].append(passed)
                if theirs:
                    raw[test.suite].append(result(theirs, test, server))
                if not passed:
                    failed.append(f"{test.suite}/{test.name}")
        finally:
            process.terminate()
            process.wait(20)
    return told(ours, raw, failed, unknown)


def deprecated(test: Test) -> bool:
    return test.suite == "http-rdf-update"  # the manifest says so: graph-store-protocol replaces it


def told(ours: dict[str, list[bool]], raw: dict[str, list[bool]], failed: list[str], unknown: list[str]) -> int:
    print("| suite | tests | ours | raw pyoxigraph |\n|---|---|---|---|")
    below = []
    for suite, results in sorted(ours.items()):
        share, theirs = sum(results) / len(results), raw.get(suite)
        beside = f"{sum(theirs) / len(theirs):.1%}" if theirs else "—"
        print(f"| {suite} | {len(results)} | {share:.1%} | {beside} |")
        if theirs and sum(results) < sum(theirs):
            below.append(suite)
    everything = [passed for results in ours.values() for passed in results]
    beside = [passed for results in raw.values() for passed in results]
    total, theirs = sum(everything) / len(everything), sum(beside) / max(1, len(beside))
    print(f"| all | {len(everything)} | {total:.1%} | {theirs:.1%} of {len(beside)} |")
    lines = EXPLAINED.read_text("utf-8").splitlines() if EXPLAINED.exists() else []
    explained = dict(line.split("\t", 1) for line in lines if "\t" in line and not line.startswith("#"))
    for name in failed:
        print(f"fails: {name}: {explained.get(name, 'NOT EXPLAINED')}")
    for suite, why in SKIPPED.items():
        print(f"not run: {suite}: {why}")
    print(f"kinds not run: {', '.join(unknown) or 'none'}")
    print(f"below raw pyoxigraph: {', '.join(below) or 'none'}")
    return int(bool(below or [name for name in failed if name not in explained]))


if __name__ == "__main__":
    sys.exit(main())
