"""Queries name only known terms, and none of them calls another server."""

import socket
import threading
from importlib.resources import files

import pyoxigraph as ox
import pytest

from kg.errors import QueryError
from kg.ontology import load
from kg.sparql import check_terms, is_ordered, read_request, refuse_remote, tokens

REMOTE = [
    "SELECT * { SERVICE <ADDRESS> { ?s ?p ?o } }",
    "select * { service silent <ADDRESS> { ?s ?p ?o } }",
    "SELECT * { { SELECT * { SERVICE<ADDRESS>{?s ?p ?o} } } }",
    "PREFIX e: <ADDRESS> SELECT * {SERVICEe:x{?s ?p ?o}}",
    "PREFIX e: <ADDRESS> SELECT * {SERVICESILENTe:x{?s ?p ?o}}",
    "PREFIX : <ADDRESS> SELECT * {SERVICE:x{?s ?p ?o}}",
    "SELECT * { VALUES ?s { <ADDRESS> } SERVICE ?s { ?a ?b ?c } }",
    "SELECT * { BIND(<ADDRESS> AS ?s) FILTER(1<2).SERVICE?s#>\n{?a ?b ?c} }",
    "SELECT * { BIND(<ADDRESS> AS ?s) BIND(1 AS ?b) FILTER(1<?b).SERVICE?s#>\n{?a ?b ?c} }",
    "SELECT * { ?s ?p trueSERVICE<ADDRESS>{?a ?b ?c} }",
    "SELECT * { ?s ?p 1SERVICE SILENT<ADDRESS>{?a ?b ?c} }",
    "SELECT * { #comment\nSERVICE#another\n<ADDRESS> { ?s ?p ?o } }",
    'SELECT * { ?s ?p "a\\"SERVICE" . SERVICE <ADDRESS> { ?a ?b ?c } }',
    "SELECT * { ?s ?p '''it's '''SERVICE <ADDRESS> { ?a ?b ?c } }",
    "SELECT * { \\u0053ERVICE <ADDRESS> { ?a ?b ?c } }",
    "ASK { OPTIONAL { SERVICE <ADDRESS> { ?s ?p ?o } } }",
    "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <ADDRESS> { ?s ?p ?o } }",
    "SELECT * { FILTER EXISTS { SERVICE <ADDRESS> { ?s ?p ?o } } }",
]
LOCAL = [
    "SELECT * { ?s ?p 'SERVICE <x> { }' } # SERVICE <x> {}",
    "SELECT ?service { ?service ?p ?o }",
    "PREFIX service: <http://x.example/> SELECT * { GRAPH service:g { ?s service:provides ?o . } }",
    "SELECT * { ?s <http://x.example/service> ?o . FILTER(?o < 3) }",
    'SELECT * { ?s ?p "SERVICE"@en-SERVICE }',
    "SELECT * { ?s ?p ?o } ORDER BY ?service",
]


@pytest.mark.parametrize("query", REMOTE)
def test_a_query_that_would_call_another_server_is_refused(query):
    with pytest.raises(QueryError, match="SERVICE would call another server"):
        refuse_remote(query.replace("ADDRESS", "http://127.0.0.1:9/"), "query")


@pytest.mark.parametrize("query", LOCAL)
def test_a_query_that_only_speaks_of_services_passes(query):
    refuse_remote(query, "query")
    ox.Store().query(query)


def test_the_refused_queries_really_would_call_out():
    """Oxigraph follows most of the list, so the refusal is not about nothing."""
    called = []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        threading.Thread(target=_count_calls, args=(listener, called), daemon=True).start()
        for query in REMOTE:
            _run_raw(query.replace("ADDRESS", address))
    assert len(called) >= 10


def _count_calls(listener, called):
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        with connection:
            called.append(1)


def _run_raw(query):
    store = ox.Store()
    named = ox.NamedNode("http://x.example/a")
    store.extend([ox.Quad(named, named, value) for value in (ox.Literal(1), ox.Literal(True), named)])
    try:
        answer = store.query(query)
        if not isinstance(answer, ox.QueryBoolean):
            list(answer)
    except (OSError, RuntimeError, SyntaxError, ValueError):
        pass


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * {\n ?p kg:boardMember ?o }",
        "SELECT * {\n ?p <https://kg.example/ontology#boardMember> ?o }",
        "PREFIX k: <https://kg.example/ontology#> SELECT * {\n ?p k:boardMember ?o }",
    ],
)
def test_a_misspelt_property_is_named_with_its_line_and_a_suggestion(query):
    with pytest.raises(QueryError) as caught:
        check_terms(query, load(), "q.rq")
    assert str(caught.value) == "q.rq:2: unknown property kg:boardMember. Did you mean kg:boardMemberOf?"


def test_terms_in_strings_and_comments_do_not_count():
    check_terms('SELECT * { ?p kg:leads "kg:boss" } # kg:boss', load(), "q")


def test_extra_terms_are_known():
    check_terms("SELECT * { ?p kg:roleAt ?o }", load(), "q", extra=frozenset({"roleAt"}))


def test_a_prefix_of_the_query_beats_ours():
    check_terms("PREFIX kg: <http://x.example/> SELECT * { ?p kg:boss ?o }", load(), "q")


def test_lines_are_counted_through_strings_of_several_lines():
    assert [(t.text, t.line) for t in tokens("a '''x\ny''' b") if t.kind == "word"] == [("a", 1), ("b", 2)]


def test_ordered_queries_are_known():
    assert is_ordered("SELECT * { ?s ?p ?o } order by ?s")
    assert not is_ordered("SELECT * { ?s ?p 'ORDER BY' } # ORDER")


@pytest.mark.parametrize("number", ["1", "-1", "+1.5", "-1e5", "1.e-3", ".5E2", "-.5", "+.5e1"])
def test_numbers_of_every_shape_are_read(number):
    assert read_request(f"ASK {{ ?a ?b {number} . FILTER(?a < {number}) }}", "q").form == "ask"


def test_a_query_with_a_bit_of_everything_is_read():
    sample = files("kg.sparql").joinpath("sample.rq").read_text("utf-8")
    assert read_request(sample, "q").graphs == {"http://x.example/a", "http://x.example/b"}


@pytest.mark.parametrize("query", REMOTE)
def test_the_syntax_tree_alone_refuses_every_disguise(query):
    with pytest.raises(QueryError):
        read_request(query.replace("ADDRESS", "http://127.0.0.1:9/"), "query")


@pytest.mark.parametrize("query", LOCAL)
def test_the_syntax_tree_lets_harmless_queries_pass(query):
    assert read_request(query, "query").form == "select"


def test_graphs_of_from_are_named_whatever_their_form():
    text = "BASE <http://x.example/> PREFIX p: <http://p.example/> SELECT * FROM <a> FROM NAMED p:b { }"
    assert read_request(text, "q").graphs == {"http://x.example/a", "http://p.example/b"}


def test_a_query_that_breaks_off_says_where():
    with pytest.raises(QueryError, match=r"q:2: not a SPARQL query \(it breaks off at column 3\)"):
        read_request("SELECT * {\n  % }", "q")


@pytest.mark.parametrize("query", ["ASK {" + "{" * 500 + "}" * 500 + "}", "ASK { ?s ?p '" + "x" * 1_000_001 + "' }"])
def test_a_query_too_deep_or_too_long_is_refused(query):
    with pytest.raises(QueryError, match="too long or too deeply nested"):
        read_request(query, "q")


def test_an_update_with_a_bit_of_everything_is_read():
    sample = files("kg.sparql").joinpath("sample.ru").read_text("utf-8")
    assert read_request(sample, "u", update=True).form == "update"


def test_the_protocols_graphs_go_before_each_where():
    text = "INSERT { ?a ?b 1 } WHERE { ?a ?b ?c } ; DELETE { ?a ?b 1 } WHERE { ?a ?b ?c }"
    said = read_request(text, "u", update=True).with_using(["http://g.example/"], [])
    assert said == text.replace("WHERE", "USING <http://g.example/> WHERE")


def test_bound_values_stand_at_the_head_of_the_pattern():
    text, bound = "SELECT ?a { ?a ?b ?c }", "SELECT ?a { VALUES ?a { <a:a> } ?a ?b ?c }"
    assert read_request(text, "q").with_values({"a": "<a:a>"}) == bound


def test_a_load_that_may_fail_unheard_does():
    update = "INSERT DATA { <a:a> <a:b> 'LOAD SILENT <a:a>' } ; load silent <a:a> INTO GRAPH <a:b> ;\nLOAD SILENT <a:a>"
    kept = "INSERT DATA { <a:a> <a:b> 'LOAD SILENT <a:a>' } ; INSERT DATA {} ;\nINSERT DATA {}"
    assert read_request(update, "u", update=True).text == kept


def test_one_that_may_not_is_refused_beside_it():
    with pytest.raises(QueryError, match="LOAD would fetch"):
        read_request("LOAD SILENT <a:a> ; LOAD <a:a>", "u", update=True)
