"""SPARQL 1.1 Protocol: what is asked, in which form it is answered, and what is refused."""

import pytest

ASK, SELECT = "ASK { ?p kg:leads ?o }", "SELECT ?p ?o { ?p kg:leads ?o } ORDER BY ?o"
CONSTRUCT = "CONSTRUCT WHERE { ?p kg:leads ?o }"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
DIRECT = {"Content-Type": "application/sparql-query"}


def test_a_query_by_get(reading):
    assert reading.get("/sparql", params={"query": ASK}).json()["boolean"] is True


def test_a_query_by_form(reading):
    assert reading.post("/sparql", data={"query": ASK}).json()["boolean"] is True


def test_a_query_as_the_body(reading):
    assert reading.post("/sparql", content=ASK, headers=DIRECT).json()["boolean"] is True


@pytest.mark.parametrize(
    ("accept", "begins"),
    [
        ("application/sparql-results+json", b'{"head"'),
        ("application/sparql-results+xml", b"<?xml"),
        ("text/csv", b"p,o\r\n"),
        ("text/tab-separated-values", b"?p\t?o\n"),
        ("text/csv;q=0.1, text/tab-separated-values", b"?p\t"),
        ("*/*", b"{"),
    ],
)
def test_rows_come_in_the_form_that_is_liked_best(reading, accept, begins):
    answer = reading.get("/sparql", params={"query": SELECT}, headers={"Accept": accept})
    assert answer.status_code == 200
    assert answer.content.startswith(begins)


@pytest.mark.parametrize(
    "media",
    [
        "text/turtle",
        "application/n-triples",
        "application/ld+json",
        "application/rdf+xml",
        "application/trig",
        "application/n-quads",
    ],
)
def test_triples_come_in_every_form_of_rdf(reading, media):
    answer = reading.get("/sparql", params={"query": CONSTRUCT}, headers={"Accept": media})
    assert answer.headers["content-type"] == media
    assert b"spacex" in answer.content


@pytest.mark.parametrize(("query", "accept"), [(SELECT, "text/turtle"), (CONSTRUCT, "text/csv"), (ASK, "image/png")])
def test_a_form_that_an_answer_lacks_is_406(reading, query, accept):
    assert reading.get("/sparql", params={"query": query}, headers={"Accept": accept}).status_code == 406


@pytest.mark.parametrize(
    ("method", "address", "content", "headers", "status"),
    [
        ("GET", "/sparql?query=SELEKT", None, {}, 400),
        ("GET", "/sparql?query=ASK%7B%7D&query=ASK%7B%7D", None, {}, 400),
        ("GET", "/sparql?update=CLEAR%20ALL", None, {}, 400),
        ("GET", "/sparql?query=%FF", None, {}, 400),
        ("GET", "/sparql?query=ASK%7B%7D&default-graph-uri=x", None, {}, 400),
        ("POST", "/sparql", b"", FORM, 400),
        ("POST", "/sparql", b"query=ASK%7B%7D&update=CLEAR%20ALL", FORM, 400),
        ("POST", "/sparql", b"ASK{}", {"Content-Type": "text/plain"}, 415),
        ("POST", "/sparql", b"ASK{}", {}, 415),
        ("POST", "/sparql", b"\xff", DIRECT, 400),
        ("POST", "/sparql", b"update=CLEAR%20ALL", FORM, 403),
        ("PUT", "/sparql", b"ASK{}", DIRECT, 405),
        ("GET", "/static/../app.py", None, {}, 404),
        ("GET", "/static/", None, {}, 404),
        ("GET", "/entity/person/nobody", None, {}, 404),
        ("GET", "/conflicts?as_of=soon", None, {}, 400),
        ("GET", "/graphs", None, {}, 400),
        ("GET", "/graphs?graph=https://kg.example/graph/workspace", None, {}, 404),
        ("DELETE", "/graphs?default", None, {}, 403),
    ],
)
def test_what_the_standard_does_not_know_is_refused(reading, method, address, content, headers, status):
    assert reading.request(method, address, content=content, headers=headers).status_code == status


def test_a_dataset_of_the_protocol_is_asked_alone(reading):
    graph = "https://kg.example/graph/facts"
    asked = {"query": "ASK { ?claim a kg:Claim }"}
    assert reading.get("/sparql", params=asked).json()["boolean"]
    assert not reading.get("/sparql", params=asked | {"default-graph-uri": graph}).json()["boolean"]


def test_a_graph_of_from_that_is_not_here_is_refused_and_not_fetched(reading):
    answer = reading.get("/sparql", params={"query": "ASK FROM <http://127.0.0.1:9/x> {}"})
    assert (answer.status_code, "none is ever fetched" in answer.text) == (400, True)


def test_an_answer_that_is_cut_says_so(reading):
    whole = reading.get("/sparql", params={"query": "SELECT * { ?s ?p ?o } LIMIT 5"})
    cut = reading.get("/sparql", params={"query": "SELECT * { ?s ?p ?o }"})
    assert "kg-limit" not in whole.headers
    assert (cut.headers["kg-limit"], len(cut.json()["results"]["bindings"])) == ("rows=5", 5)


def test_a_query_without_end_is_503_in_time_and_leaves_the_service_well(hurried):
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    answer = hurried.get("/sparql", params={"query": endless})
    assert (answer.status_code, answer.headers["kg-limit"]) == (503, "time=3")
    assert answer.elapsed.total_seconds() < 30  # the limit and a busy machine; benchmarks/runaways.py measures it
    assert hurried.get("/sparql", params={"query": ASK}).json()["boolean"] is True


def test_asked_nothing_a_program_gets_the_description_and_a_browser_the_editor(reading):
    assert "sparql-service-description#" in reading.get("/sparql").text
    assert "yasgui" in reading.get("/sparql", headers={"Accept": "text/html"}).text
    assert "void#" in reading.get("/.well-known/void").text
