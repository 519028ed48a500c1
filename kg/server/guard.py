"""What stands before every address: host names, origins, headers, and one line of log a request.

A page of another site can send requests to a service on the loopback. It learns nothing: the Host check refuses names
that were rebound to us, and without ``--cors`` no browser shows it an answer.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.server.settings import Settings

__all__ = ["Guard", "log_line"]

Log = Callable[[dict[str, Any]], None]
METHODS = "GET, HEAD, POST, PUT, DELETE, OPTIONS"
SEEN = "KG-Limit, Location"
PAGE = (
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self' data:; frame-ancestors 'self'; base-uri 'none'; form-action 'self'; object-src 'none'"
)


def log_line(entry: dict[str, Any]) -> None:
    """One line of JSON on standard error."""
    sys.stderr.write(json.dumps(entry, ensure_ascii=True) + "\n")


class Guard:
    """ASGI middleware."""

    def __init__(self, app: ASGIApp, settings: Settings, log: Log = log_line) -> None:
        self._app, self._settings, self._log = app, settings, log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuses what is not for us, else lets the request through and adds headers to the answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, status = time.monotonic(), 500
        headers = Headers(scope=scope)

        async def answering(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                self._add(MutableHeaders(scope=message), headers.get("origin"))
            await send(message)

        try:
            refused = self._refusal(scope, headers)
            await (refused or self._app)(scope, receive, answering)
        finally:
            self._note(scope, status, began)

    def _refusal(self, scope: Scope, headers: Headers) -> Response | None:
        if host_name(headers.get("host", "")) not in self._settings.hosts:
            return PlainTextResponse("This service does not go by that name; see --allow-host\n", 421)
        origin = headers.get("origin")
        if scope["method"] == "OPTIONS":
            return Response(status_code=204, headers={"Allow": METHODS})
        sent_by_page = scope["method"] in ("PUT", "DELETE") and origin is not None
        if (sent_by_page or from_another_site(headers)) and not self._shown_to(origin or "", headers):
            return PlainTextResponse("That page may not use this graph; see --cors\n", 403)
        return None

    def _shown_to(self, origin: str, headers: Headers) -> bool:
        same = origin.partition("://")[2] == headers.get("host", "")
        return same or "*" in self._settings.cors or origin in self._settings.cors

    def _add(self, headers: MutableHeaders, origin: str | None) -> None:
        headers.setdefault("Content-Security-Policy", PAGE)
        headers["X-Content-Type-Options"] = "nosniff"
        headers["Referrer-Policy"] = "no-referrer"
        headers["Cross-Origin-Resource-Policy"] = "cross-origin" if "*" in self._settings.cors else "same-origin"
        allowed = "*" if "*" in self._settings.cors else origin if origin in self._settings.cors else None
        if allowed:
            headers["Access-Control-Allow-Origin"] = allowed
            headers["Access-Control-Allow-Methods"] = METHODS
            headers["Access-Control-Allow-Headers"] = "Accept, Authorization, Content-Type"
            headers["Access-Control-Expose-Headers"] = SEEN
        if self._settings.cors:
            headers.add_vary_header("Origin")

    def _note(self, scope: Scope, status: int, began: float) -> None:
        entry = {
            "method": scope["method"],
            "path": scope["path"][:200],
            "status": status,
            "ms": round((time.monotonic() - began) * 1000, 1),
        }
        if self._settings.log_queries:
            entry["query"] = scope.get("kg.query", scope["query_string"].decode("latin-1"))[:10_000]
        self._log(entry)


def from_another_site(headers: Headers) -> bool:
    """Whether a browser says that another site's page asks: how long an answer takes tells something, too.

    Following a link to us is not asking.
    """
    site, target = headers.get("sec-fetch-site"), headers.get("sec-fetch-dest")
    return site in ("cross-site", "same-site") and target != "document"


def host_name(host: str) -> str:
    """A Host header without its port, in small letters."""
    name, colon, port = host.rpartition(":")
    return (name if colon and port.isascii() and port.isdigit() else host).casefold()
