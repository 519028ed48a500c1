"""Who may ask: host names, origins, tokens; and what the log says."""

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
