"""Updates, the Graph Store Protocol, and documents sent to the running graph."""

from pathlib import Path

import pytest

from kg.ontology import load
from kg.server.protocol import Refusal
from kg.server.writes import require_name, upload

FORMATS = Path(__file__).parent.parent / "data" / "formats"
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


@pytest.mark.parametrize("name", ["docx/minutes.docx", "pdf/notice.pdf", "archive/plain.tar"])
def test_a_document_of_another_format_is_read_into_the_graph(writing, name):
    content = (FORMATS / name).read_bytes()
    answer = writing.post("/upload", params={"name": Path(name).name}, content=content)
    assert (answer.status_code, answer.json()["stored"] > 0) == (200, True)


@pytest.mark.parametrize("path", sorted(p.name for p in FORMATS.glob("*/*") if p.parent.name != "broken" and p.suffix))
def test_what_is_read_may_be_sent(path):
    require_name(path)


@pytest.mark.parametrize("name", ["encrypted.pdf", "truncated.docx", "zero.zip"])
def test_a_document_that_cannot_be_read_is_422_and_says_why(writing, name):
    refused = writing.post("/upload", params={"name": name}, content=(FORMATS / "broken" / name).read_bytes())
    assert (refused.status_code, f"uploads/{name}: " in refused.json()["title"]) == (422, True)


def test_what_was_kept_under_a_name_outlives_a_document_that_cannot_be_read(tmp_path):
    kept, onto = tmp_path / "uploads" / "kept.txt", load()
    upload(tmp_path / "store", onto, {"name": "kept.txt"}, b"Tim Cook leads Apple.")
    for name in ("kept.txt", "new.txt"):
        with pytest.raises(Refusal):
            upload(tmp_path / "store", onto, {"name": name}, b"")
    assert (kept.read_bytes(), list(kept.parent.iterdir())) == (b"Tim Cook leads Apple.", [kept])


def test_what_cannot_be_read_of_a_file_that_holds_several_is_named(writing):
    lines = b'{"id": "1", "text": "Tim Cook leads Apple."}\n{"id": "2"}\n'
    told = writing.post("/upload", params={"name": "two.jsonl"}, content=lines).json()
    assert (told["stored"], len(told["skipped"])) == (1, 1)


def test_the_form_offers_every_format_that_is_taken(writing):
    page = writing.get("/").text
    assert 'accept=".txt,' in page
    assert ".docx" in page


def test_a_graph_with_a_name_beyond_latin_letters_is_made_and_told_of(writing):
    answer = writing.post(
        "/graphs", params={"graph": "http://own.example/\u2603"}, content="<a:a> <a:b> 1 .", headers=TURTLE
    )
    assert (answer.status_code, answer.headers["location"]) == (201, "http://own.example/%E2%98%83")


@pytest.mark.parametrize("path", ["x%3E", "x%20y", "x%25zz"])
def test_a_graph_whose_address_is_no_iri_is_400(writing, path):
    assert writing.put(f"/graphs/{path}", content="<a:a> <a:b> 1 .", headers=TURTLE).status_code == 400
