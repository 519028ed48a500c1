"""Updates, the Graph Store Protocol, and documents sent to the running graph."""

import pytest

GRAPH = "http://own.example/g"
TURTLE = {"Content-Type": "text/turtle"}


def holds(client, query):
    return client.get("/sparql", params={"query": query}).json()["boolean"]


def test_an_update_is_seen_by_the_next_query(writing):
    assert writing.post(
        "/sparql", data={"update": "INSERT DATA { GRAPH <http://u.example/> { <a:a> <a:b> 1 } }"}
    ).is_success
    assert holds(writing, "ASK { <a:a> <a:b> 1 }")


@pytest.mark.parametrize(
    "update",
    [
        "LOAD <http://127.0.0.1:9/>",
        "INSERT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "INSERT",
        "CLEAR ALL; LOAD <http://127.0.0.1:9/>",
    ],
)
def test_an_update_that_would_fetch_or_does_not_parse_changes_nothing(writing, update):
    assert writing.post("/sparql", data={"update": update}).status_code == 400
    assert holds(writing, "ASK { ?claim a kg:Claim }")


def test_the_protocols_dataset_and_that_of_the_update_exclude_each_other(writing):
    params = {"using-graph-uri": "http://a.example/"}
    update = "INSERT { <a:a> <a:b> 2 } USING <http://b.example/> WHERE { ?s ?p ?o }"
    assert writing.post("/sparql", params=params, data={"update": update}).status_code == 400


def test_a_graph_is_put_read_added_to_and_deleted(writing):
    where = {"graph": GRAPH}
    assert writing.put("/graphs", params=where, content="<a:a> <a:b> 1 .", headers=TURTLE).status_code == 201
    assert writing.put("/graphs", params=where, content="<a:a> <a:b> 2 .", headers=TURTLE).status_code == 204
    assert writing.post("/graphs", params=where, content="<a:a> <a:b> 3 .", headers=TURTLE).status_code == 204
    assert writing.get("/graphs", params=where, headers={"Accept": "application/n-triples"}).text.count("\n") == 2
    assert writing.delete("/graphs", params=where).status_code == 204
    assert writing.get("/graphs", params=where).status_code == 404
    assert writing.delete("/graphs", params=where).status_code == 404


def test_a_graph_sent_in_another_form_is_415_and_a_broken_one_400(writing):
    where = {"graph": GRAPH}
    assert writing.put("/graphs", params=where, content="x", headers={"Content-Type": "text/csv"}).status_code == 415
    assert writing.put("/graphs", params=where, content="<a", headers=TURTLE).status_code == 400


@pytest.mark.parametrize("name", ["../x.txt", "/etc/x.txt", "x.exe", ".hidden.txt", "a/b.txt", ""])
def test_a_document_with_an_unsafe_name_is_refused(writing, name):
    assert writing.post("/upload", params={"name": name}, content=b"text").status_code == 400


def test_a_document_is_read_into_the_running_graph(writing):
    text = b"Tim Cook is the chief executive of Apple."
    answer = writing.post("/upload", params={"name": "news.txt"}, content=text)
    assert (answer.status_code, answer.json()["stored"]) == (200, 1)
    assert holds(writing, 'ASK { ?d nif:isString ?t FILTER(CONTAINS(?t, "Tim Cook")) }')
