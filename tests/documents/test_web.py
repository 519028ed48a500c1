"""Addresses: fetched politely, within limits, and never what lies behind a firewall."""

import gzip
import json
import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from kg.cli import main
from kg.documents import Web, read
from kg.documents import web as fetching
from kg.documents.content import site_of
from kg.documents.public import is_public
from kg.errors import RefusedDocument, UnreadableDocument

PAGE = b"<!doctype html><html><head><title>A deal</title></head><body><p>Acme bought Bolt on Monday.</p></body></html>"


class Site(BaseHTTPRequestHandler):
    """What a server of ours answers: path → status, headers, body. Remembers what it was asked."""

    def do_GET(self):
        self.asked.append((self.path, self.headers.get("If-None-Match"), self.headers.get("User-Agent")))
        status, headers, body = self.pages.get(self.path, (404, {}, b""))
        if status == 200 and headers.get("ETag") and self.headers.get("If-None-Match") == headers["ETag"]:
            status, body = 304, b""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if callable(body):
            body(self.wfile)
        else:
            self.wfile.write(body)

    def log_message(self, *_words):
        pass


@pytest.fixture
def site():
    own = type("Own", (Site,), {"pages": {}, "asked": []})
    with ThreadingHTTPServer(("127.0.0.1", 0), own) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        own.address = f"http://127.0.0.1:{server.server_port}"
        yield own
        server.shutdown()
        thread.join()


@pytest.fixture
def pauses():
    return []


@pytest.fixture
def web(tmp_path, pauses):
    return Web(tmp_path / "fetched", private=True, sleep=pauses.append)


def failure(site, path, web):
    [skipped] = read([site.address + path], web=web)
    return type(skipped), str(skipped).removeprefix(site.address)


def test_a_page_is_a_document_under_its_address(site, web):
    site.pages["/deal"] = (200, {"Content-Type": "text/html"}, PAGE)
    [document] = read([f"{site.address}/deal#top"], web=web)
    assert (document.source, document.title) == (f"{site.address}/deal", "A deal")
    assert document.text == "Acme bought Bolt on Monday."


@pytest.mark.parametrize("own", ["https://other.example/scoop", "http://127.0.0.1.other.example/a", "http://[::1/"])
def test_a_page_does_not_speak_for_another_site(site, web, own):
    body = PAGE.replace(b"<head>", f'<head><link rel="canonical" href="{own}">'.encode())
    site.pages["/deal?from=feed"] = (200, {"Content-Type": "text/html"}, body)
    [document] = read([f"{site.address}/deal?from=feed"], web=web)
    assert document.source == f"{site.address}/deal?from=feed"


def test_a_page_says_its_own_address_on_its_site(site, web):
    body = PAGE.replace(b"<head>", f'<head><link rel="canonical" href="{site.address}/deal">'.encode())
    site.pages["/deal?from=feed"] = (200, {"Content-Type": "text/html"}, body)
    [document] = read([f"{site.address}/deal?from=feed"], web=web)
    assert document.source == f"{site.address}/deal"


def test_a_text_does_not_speak_for_another_site(site, web):
    body = b"A deal\nSource: https://other.example/scoop\n\nAcme bought Bolt on Monday.\n"
    site.pages["/deal"] = (200, {"Content-Type": "text/plain"}, body)
    [document] = read([f"{site.address}/deal"], web=web)
    assert document.source == f"{site.address}/deal"


@pytest.mark.parametrize("host", ["m.a.example", "www.a.example", "amp.a.example", "a.example", "A.EXAMPLE."])
def test_twins_of_a_site_are_one(host):
    assert site_of(f"https://{host}/x") == site_of("http://a.example:8080/y")


def test_it_says_who_it_is(site, web):
    list(read([f"{site.address}/deal"], web=web))
    assert {agent.partition("/")[0] for _, _, agent in site.asked} == {"kg-builder"}


def test_the_charset_that_the_server_says_is_taken(site, web):
    body = PAGE.replace(b"Acme", b"Caf\xe9")
    site.pages["/deal"] = (200, {"Content-Type": "text/html; charset=iso-8859-1"}, body)
    [document] = read([f"{site.address}/deal"], web=web)
    assert document.text == "Café bought Bolt on Monday."


def test_a_page_that_has_not_changed_is_not_sent_again(site, web):
    site.pages["/deal"] = (200, {"Content-Type": "text/html", "ETag": '"1"'}, PAGE)
    first, again = (list(read([f"{site.address}/deal"], web=web)) for _ in range(2))
    assert first == again
    assert [condition for path, condition, _ in site.asked if path == "/deal"] == [None, '"1"']


def test_robots_are_obeyed(site, web):
    site.pages["/robots.txt"] = (200, {}, b"User-agent: *\nDisallow: /private\nCrawl-delay: 7\n")
    said = "/private/x: robots.txt forbids it. Save it yourself and name the file"
    assert failure(site, "/private/x", web) == (RefusedDocument, said)
    assert [path for path, _, _ in site.asked] == ["/robots.txt"]


def test_a_site_whose_robots_fail_is_left_alone(site, web):
    site.pages["/robots.txt"] = (503, {}, b"")
    assert failure(site, "/deal", web)[0] is RefusedDocument


def test_a_host_is_asked_no_faster_than_it_likes(site, web, pauses):
    site.pages["/robots.txt"] = (200, {}, b"User-agent: *\nCrawl-delay: 7\n")
    list(read([f"{site.address}/{number}" for number in range(3)], web=web))
    assert [round(pause) for pause in pauses] == [7, 7]


def test_redirects_are_followed_and_the_last_address_counts(site, web):
    site.pages |= {"/old": (301, {"Location": "/new"}, b""), "/new": (200, {"Content-Type": "text/html"}, PAGE)}
    [document] = read([f"{site.address}/old"], web=web)
    assert document.source == f"{site.address}/new"


def test_a_redirect_without_end_is_refused(site, web):
    site.pages["/round"] = (302, {"Location": "/round"}, b"")
    said = "/round: more than 5 redirects. Name the last address"
    assert failure(site, "/round", web) == (RefusedDocument, said)


@pytest.mark.parametrize("location", ["file:///etc/passwd", "ftp://x.example/a", "http://a:b@x.example/"])
def test_a_redirect_out_of_the_web_is_not_followed(site, web, location):
    site.pages["/out"] = (302, {"Location": location}, b"")
    assert failure(site, "/out", web)[0] is UnreadableDocument


@pytest.mark.parametrize("status", [404, 410, 403, 500])
def test_what_the_server_refuses_is_named(site, web, status):
    site.pages["/deal"] = (status, {}, b"")
    kind, said = failure(site, "/deal", web)
    assert kind is UnreadableDocument
    assert said.startswith(f"/deal: the server answers {status}")


def test_a_page_over_the_limit_is_refused(site, web):
    site.pages["/deal"] = (200, {"Content-Type": "text/html"}, PAGE * 100)
    [refused] = read([f"{site.address}/deal"], web=web, limit=100)
    assert isinstance(refused, RefusedDocument)


def test_a_page_that_unpacks_to_too_much_is_refused(site, web):
    packed = gzip.compress(b"0" * 20_000_000)
    site.pages["/deal"] = (200, {"Content-Encoding": "gzip"}, packed)
    [refused] = read([f"{site.address}/deal"], web=web, limit=100_000)
    assert "limit is 1000000 bytes" in str(refused)


def test_a_server_that_is_too_slow_is_left(site, web, monkeypatch):
    monkeypatch.setattr(fetching, "SECONDS", 0.2)
    monkeypatch.setattr(fetching.Web, "_page", lambda *_words: time.sleep(1))
    said = "/deal: no whole answer in 0 seconds. Try again later"
    assert failure(site, "/deal", web) == (UnreadableDocument, said)


def test_where_nothing_answers_one_line_says_so(web):
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        [skipped] = read([f"http://127.0.0.1:{unused.getsockname()[1]}/"], web=web)
    assert "no answer (ConnectError). Try again later" in str(skipped)


def test_a_private_address_is_refused_and_not_asked(site):
    [refused] = read([f"{site.address}/deal"], web=Web())
    assert str(refused).endswith("a private address. Allow it with --allow-private")
    assert site.asked == []


def test_a_name_that_leads_to_a_private_address_is_refused(site, monkeypatch):
    answer = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80)) for address in ("93.184.215.14", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_words, **_more: answer)
    [refused] = read(["http://news.example/deal"], web=Web())
    assert isinstance(refused, RefusedDocument)


def test_a_redirect_to_a_private_address_is_refused(site, monkeypatch):
    site.pages["/in"] = (302, {"Location": "http://127.0.0.2:1/"}, b"")
    seen = []
    monkeypatch.setattr(
        "kg.documents.public.is_public", lambda address: not seen.append(address) and address == "127.0.0.1"
    )
    [refused] = read([f"{site.address}/in"], web=Web())
    assert (type(refused), seen[-1]) == (RefusedDocument, "127.0.0.2")


@pytest.mark.parametrize(
    "address",
    (
        "127.0.0.1 10.1.2.3 192.168.0.1 169.254.169.254 0.0.0.0 100.64.0.1 224.0.0.1 ::1 fe80::1%eth0 fd00::1"
        " ::ffff:127.0.0.1 64:ff9b::7f00:1 2002:7f00:1:: :: nonsense"
    ).split(),
)
def test_private_addresses_are_known_in_every_disguise(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:4700::1111", "64:ff9b::5db8:d70e"])
def test_public_addresses_are_known(address):
    assert is_public(address)


def test_a_damaged_page_in_the_folder_is_fetched_again(site, web, tmp_path):
    site.pages["/deal"] = (200, {"Content-Type": "text/html", "ETag": '"1"'}, PAGE)
    list(read([f"{site.address}/deal"], web=web))
    for head in (tmp_path / "fetched").glob("*.json"):
        head.write_text("{", "utf-8")
    assert len(list(read([f"{site.address}/deal"], web=web))) == 1


def test_the_command_line_takes_an_address(site, capsys):
    site.pages["/deal"] = (200, {"Content-Type": "text/html"}, PAGE)
    assert main(["extract", f"{site.address}/deal", "--allow-private"]) == 0
    assert json.loads(capsys.readouterr().out)["text"] == "Acme bought Bolt on Monday."
    assert main(["extract", f"{site.address}/deal"]) == 3
    assert "a private address. Allow it with --allow-private" in capsys.readouterr().err
