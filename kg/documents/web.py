"""Addresses of the web → contents, fetched politely: what is named and nothing else.

robots.txt is obeyed, a host is asked once a second at most, the size, the time and the redirects are limited, private
addresses are refused unless they are allowed, and what has not changed is not sent again.
"""

from __future__ import annotations

import io
import re
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from email.message import Message
from functools import cached_property
from importlib.metadata import version
from pathlib import Path, PurePosixPath
from threading import Thread
from typing import TypeVar

import httpx
from protego import Protego

from kg.documents.content import LIMIT, PACKING, Content, too_large
from kg.documents.kept import Kept, Page
from kg.documents.parsing import parsing
from kg.documents.public import PublicTransport
from kg.errors import RefusedDocument, UnreadableDocument

__all__ = ["Web", "is_address"]

AGENT = "kg-builder"
ADDRESS = re.compile(r"https?://[^\s/]", re.IGNORECASE)
REDIRECTS = 5
SECONDS = 60.0
PAUSE, LONGEST_PAUSE = 1.0, 30.0
ROBOTS_SIZE = 500_000
MOVED = (301, 302, 303, 307, 308)
FORBIDDEN = "User-agent: *\nDisallow: /"
HEADERS = {
    "User-Agent": f"{AGENT}/{version('kg-builder')}",
    "Accept": "text/html, application/xhtml+xml, application/pdf, application/xml;q=0.9, text/plain;q=0.9, */*;q=0.5",
    "Accept-Encoding": "gzip, identity",
}

Told = TypeVar("Told")


def is_address(name: object) -> bool:
    """Whether an input is an address of the web rather than a path."""
    return isinstance(name, str) and ADDRESS.match(name) is not None


class Web:
    """Fetches addresses, one after the other. ``kept`` is a folder for pages; ``private`` allows private addresses."""

    def __init__(
        self,
        kept: Path | None = None,
        *,
        private: bool = False,
        transport: httpx.BaseTransport | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.kept, self.sleep = Kept(kept), sleep
        self.private, self.given = private, transport
        self.robots: dict[str, Protego] = {}
        self.asked: dict[str, float] = {}

    @cached_property
    def transport(self) -> httpx.BaseTransport:
        """Made when it is first needed: that reads certificates."""
        return self.given or PublicTransport(private=self.private)

    def fetch(self, address: str, limit: int = LIMIT) -> Content:
        """What lies at an address; raises RefusedDocument and UnreadableDocument."""
        asked = address.partition("#")[0]
        page = in_time(lambda: self._page(asked, limit * PACKING), asked)
        path = PurePosixPath(httpx.URL(page.address).path)
        said = Message()
        said["Content-Type"] = page.kind
        unnamed = said.get_content_type() == "text/html" and path.suffix.lower() not in (".html", ".htm")
        name = f"{path.name}.html" if unnamed else path.name
        return Content(asked, page.address, name, io.BytesIO(page.body), limit, charset=said.get_content_charset())

    def _page(self, asked: str, most: int) -> Page:
        known = self.kept.get(asked)
        address = asked
        with httpx.Client(transport=Lent(self.transport), timeout=SECONDS / 3, headers=HEADERS) as client:
            for _ in range(REDIRECTS + 1):
                url = checked(address, asked)
                self._require_allowed(client, url)
                with self._answer(client, url, conditions(known)) as answer:
                    if answer.status_code not in MOVED:
                        return self._told(answer, asked, known, most)
                    address = onward(answer)
        raise RefusedDocument(f"more than {REDIRECTS} redirects", where=asked, way_out="Name the last address")

    def _told(self, answer: httpx.Response, asked: str, known: Page | None, most: int) -> Page:
        if answer.status_code == httpx.codes.NOT_MODIFIED and known is not None:
            return known
        if answer.status_code != httpx.codes.OK:
            what = f"the server answers {answer.status_code} {answer.reason_phrase}".strip()
            raise UnreadableDocument(what, where=asked, way_out="Check the address, or try again later")
        page = Page(
            address=str(answer.request.url),
            body=body_of(answer, most, asked),
            kind=answer.headers.get("Content-Type", ""),
            etag=answer.headers.get("ETag"),
            modified=answer.headers.get("Last-Modified"),
        )
        self.kept.put(asked, page)
        return page

    @contextmanager
    def _answer(self, client: httpx.Client, url: httpx.URL, more: dict[str, str]) -> Iterator[httpx.Response]:
        try:
            with client.stream("GET", url, headers=more, follow_redirects=False) as answer:
                yield answer
        except (httpx.HTTPError, httpx.StreamError) as error:
            what = f"no answer ({type(error).__name__})"
            raise UnreadableDocument(what, where=str(url), way_out="Try again later") from error

    def _require_allowed(self, client: httpx.Client, url: httpx.URL) -> None:
        """Raises RefusedDocument where the site does not want the page read; waits as long as it asks for."""
        site = url.join("/robots.txt")
        if str(site) not in self.robots:
            with parsing("a robots.txt", str(site)):
                self.robots[str(site)] = Protego.parse(self._robots(client, site))
        rules = self.robots[str(site)]
        if not rules.can_fetch(str(url), AGENT):
            raise RefusedDocument("robots.txt forbids it", where=str(url), way_out="Save it yourself and name the file")
        pause = min(max(rules.crawl_delay(AGENT) or 0.0, PAUSE), LONGEST_PAUSE)
        due = self.asked.get(url.host, -LONGEST_PAUSE) + pause - time.monotonic()
        if due > 0:
            self.sleep(due)
        self.asked[url.host] = time.monotonic()

    def _robots(self, client: httpx.Client, site: httpx.URL) -> str:
        """The rules of a site: none where it has none, all forbidden where it fails (RFC 9309)."""
        for _ in range(REDIRECTS + 1):
            with self._answer(client, site, {}) as answer:
                if answer.status_code in MOVED:
                    site = checked(onward(answer), str(site))
                elif answer.status_code == httpx.codes.OK:
                    return body_of(answer, ROBOTS_SIZE, str(site)).decode("utf-8", "replace")
                else:
                    return FORBIDDEN if answer.is_server_error else ""
        return ""


class Lent(httpx.BaseTransport):
    """A transport that outlives the client."""

    def __init__(self, inner: httpx.BaseTransport) -> None:
        self.inner = inner

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """As the inner one."""
        return self.inner.handle_request(request)


def conditions(known: Page | None) -> dict[str, str]:
    """Headers that ask for a page only if it is another than the known one."""
    said = {"If-None-Match": known.etag, "If-Modified-Since": known.modified} if known else {}
    return {name: value for name, value in said.items() if value}


def onward(answer: httpx.Response) -> str:
    """Where a redirect leads."""
    try:
        return str(answer.request.url.join(answer.headers.get("Location", "")))
    except httpx.InvalidURL as error:
        raise UnreadableDocument("leads to no address", where=str(answer.request.url)) from error


def checked(address: str, where: str) -> httpx.URL:
    """The address, taken apart; raises UnreadableDocument for one that is not of the web or bears a password."""
    try:
        url = httpx.URL(address)
    except httpx.InvalidURL as error:
        raise UnreadableDocument("no address of the web", where=where, way_out="Check the address") from error
    if url.scheme not in ("http", "https") or not url.host or url.userinfo:
        raise UnreadableDocument("no plain address of the web", where=where, way_out="Give https://HOST/PATH")
    return url


def body_of(answer: httpx.Response, most: int, where: str) -> bytes:
    """What the server sends; raises RefusedDocument where it is too much."""
    if answer.headers.get("Content-Encoding", "identity").lower() not in ("identity", "gzip", "deflate", ""):
        raise UnreadableDocument("sent in a packing that was not asked for", where=where)
    pieces, size = [], 0
    for piece in answer.iter_bytes():
        size += len(piece)
        if size > most:
            raise too_large(where, None, most)
        pieces.append(piece)
    return b"".join(pieces)


def in_time(call: Callable[[], Told], where: str) -> Told:
    """What a call gives; raises UnreadableDocument where it takes too long: a server may send a byte a minute."""
    done: Future[Told] = Future()

    def run() -> None:
        try:
            done.set_result(call())
        except Exception as error:  # noqa: BLE001 - handed on to who waits
            done.set_exception(error)

    Thread(target=run, daemon=True).start()
    try:
        return done.result(SECONDS)
    except TimeoutError as error:
        raise UnreadableDocument(
            f"no whole answer in {SECONDS:.0f} seconds", where=where, way_out="Try again later"
        ) from error
