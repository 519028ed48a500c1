"""Who may ask: host names, origins, tokens; and what the log says."""

import json
import socket
import time

import httpx
import pytest

from server.conftest import TOKEN

ASK = {"query": "ASK { ?s ?p 'secret-word' }"}


def test_a_name_that_was_rebound_to_us_is_refused(reading):
    assert reading.get("/", headers={"Host": "evil.example"}).status_code == 421


@pytest.mark.parametrize("host", ["127.0.0.1:1", "localhost", "LOCALHOST:80", "[::1]:80"])
def test_names_of_the_loopback_pass(reading, host):
    assert reading.get("/ontology", headers={"Host": host}).status_code == 200


def test_no_other_page_is_shown_an_answer_unless_named(reading, writing):
    friend = {"Origin": "https://friend.example"}
    assert "access-control-allow-origin" not in reading.get("/ontology", headers=friend).headers
    assert writing.get("/ontology", headers=friend).headers["access-control-allow-origin"] == "https://friend.example"


@pytest.mark.parametrize("word", ["", "Bearer", "Bearer wrong", f"Basic {TOKEN}", f"Bearer {TOKEN}x"])
def test_an_update_without_the_token_is_401(writing, word):
    answer = writing.post("/sparql", data={"update": "CLEAR ALL"}, headers={"Authorization": word})
    assert (answer.status_code, "WWW-Authenticate" in answer.headers) == (401, True)


def test_the_log_has_no_query_unless_asked(reading, writing):
    for client in (reading, writing):
        client.get("/sparql", params=ASK)
    time.sleep(0.2)
    assert "secret-word" in "".join(reading.log)
    assert "secret-word" not in "".join(writing.log)


def test_every_answer_bears_the_headers_that_keep_pages_apart(reading):
    headers = reading.get("/").headers
    assert headers["x-content-type-options"] == "nosniff"
    assert "default-src 'self'" in headers["content-security-policy"]


def test_it_listens_on_the_loopback_only(reading):
    assert httpx.URL(reading.base_url).host == "127.0.0.1"


@pytest.mark.parametrize(
    "host", ["127.0.0.1:\u00b2", "127.0.0.1:x", "evil@127.0.0.1", "127.0.0.1.evil.example", "127.0.0.1:"]
)
def test_names_that_only_look_like_the_loopback_are_refused(reading, host):
    assert reading.get("/ontology", headers={"Host": host.encode("latin-1")}).status_code in (400, 421)


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_another_sites_page_cannot_even_ask_but_may_link(reading, writing, site):
    asked = {"Sec-Fetch-Site": site, "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"}
    linked = asked | {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
    assert reading.get("/sparql", params=ASK, headers=asked).status_code == 403
    assert reading.get("/sparql", params=ASK, headers=linked).status_code == 200
    friend = asked | {"Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty", "Origin": "https://friend.example"}
    assert writing.get("/sparql", params=ASK, headers=friend).status_code == 200


def test_a_line_of_the_log_is_one_line_whatever_the_path(reading):
    reading.get("/x%0D%0A%7B%22status%22%3A%20200%7D%1B[2J")
    time.sleep(0.2)
    lines = [json.loads(line) for line in reading.log if "[2J" in line]
    assert [line["path"] for line in lines] == ['/x\r\n{"status": 200}\x1b[2J']


def test_a_body_that_does_not_arrive_is_given_up(hurried):
    address = hurried.base_url
    head = b"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 9\r\n\r\nA"
    with socket.create_connection((address.host, address.port), timeout=30) as line:
        line.sendall(head)
        assert line.recv(100).startswith(b"HTTP/1.1 408 ")


def test_a_large_body_is_taken_from_who_bears_the_token_only(writing):
    large = "ASK {} #" + "x" * (2 << 20)
    sent = {"content": large, "headers": {"Content-Type": "application/sparql-query", "Authorization": ""}}
    assert writing.post("/sparql", **sent).status_code == 413
    sent["headers"].pop("Authorization")
    assert writing.post("/sparql", **sent).status_code != 413


def test_a_packed_body_is_refused(reading):
    headers = {"Content-Encoding": "gzip", "Content-Type": "application/sparql-query"}
    assert reading.post("/sparql", content=b"\x1f\x8b", headers=headers).status_code == 415


@pytest.mark.parametrize("path", ["/conflicts", "/view"])
def test_digits_of_another_script_are_no_date(reading, path):
    assert reading.get(path, params={"as_of": "\u0662\u0660\u0662\u0665"}).status_code == 400


@pytest.mark.parametrize(
    "path", ["/entity/%3Cscript%3E", "/entity/%25zz", "/graphs?graph=a:%7F", "/graphs?graph=a:%25zz"]
)
def test_what_is_no_iri_does_not_end_a_worker(reading, path):
    assert reading.get(path).status_code in (400, 404)
