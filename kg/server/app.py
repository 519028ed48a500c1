"""Addresses → what answers them. This process parses HTTP and waits; it never opens the graph."""

from __future__ import annotations

import asyncio
import hmac
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from kg.model import digest
from kg.ontology import Ontology
from kg.server.frames import Reply
from kg.server.guard import Guard, Log, log_line
from kg.server.media import HTML, RDF, best
from kg.server.pages import STATIC, editor, render, static
from kg.server.pool import Deadline, Pool, Worker, WorkerLost
from kg.server.protocol import Operation, Refusal, is_absolute, operation, parameters, values
from kg.server.settings import TOKEN, Settings
from kg.server.writes import SUFFIXES, require_name
from kg.vocab import BASE

__all__ = ["application"]

QUERY_BYTES, DATA_BYTES = 1 << 20, 64 << 20
THINGS = ("entity", "document", "sentence", "claim", "mention", "cluster", "tie", "finding", "reason", "graph")
UNREAD = 204


class Service:
    """The handlers, over one store."""

    def __init__(self, place: Path, ontology: Ontology, settings: Settings) -> None:
        self.place, self.ontology, self.settings = place, ontology, settings
        self.writing = asyncio.Lock()
        self.pool: Pool | None = None
        self.editor = b""

    @asynccontextmanager
    async def lifespan(self, app: Starlette) -> AsyncIterator[None]:
        """Starts the workers, and ends them all."""
        del app
        given = self.settings
        self.pool = Pool(self.place, self.ontology.folder, most=given.workers, memory=given.memory)
        self.editor = editor(self.ontology)
        await self.pool.fill()
        try:
            yield
        finally:
            await self.pool.close()

    async def ask(self, job: dict[str, Any], seconds: float | None = None) -> Response:
        """What a worker answers to a job; 503 at the deadline."""
        assert self.pool is not None  # noqa: S101 - the lifespan comes first
        limit = seconds or self.settings.timeout
        try:
            return response(await self.pool.ask(job | {"rows": self.settings.rows}, limit))
        except Deadline:
            raise Refusal(503, f"not done within {limit:g} seconds", {"KG-Limit": f"time={limit:g}"}) from None
        except WorkerLost:
            raise Refusal(503, "the query ran out of this service's memory", {"KG-Limit": "memory"}) from None

    async def write(self, job: dict[str, Any], body: bytes, seconds: float | None = None) -> Response:
        """Runs a write in a process of its own, one after another."""
        limit = seconds or self.settings.timeout
        async with self.writing:
            worker = await Worker.start(self.place, self.ontology.folder, 0)
            try:
                return response(await asyncio.wait_for(worker.ask(job, body), limit))
            except TimeoutError:
                raise Refusal(503, f"not done within {limit:g} seconds", {"KG-Limit": f"time={limit:g}"}) from None
            except WorkerLost:
                raise Refusal(503, "the writer ended early; nothing of this request is stored") from None
            finally:
                worker.kill()
                await asyncio.to_thread(worker.process.join, 5)

    def bears_token(self, request: Request) -> bool:
        """Whether the request may change the graph."""
        said = request.headers.get("authorization", "")
        same = hmac.compare_digest(said.encode(), f"Bearer {self.settings.token}".encode())
        return self.settings.allow_update and same

    async def body(self, request: Request) -> bytes:
        """The body: of one that bears the token as much as a graph may take, else as much as a query may."""
        given = self.settings
        if self.bears_token(request):
            return await limited(request, DATA_BYTES, given.upload_timeout)
        return await limited(request, QUERY_BYTES, given.timeout)

    def require_token(self, request: Request) -> None:
        """Raises Refusal: 403 where nothing may be changed, 401 without the token."""
        if not self.settings.allow_update:
            raise Refusal(403, "this service takes no updates; start it with --allow-update")
        if not self.bears_token(request):
            raise Refusal(401, f"updates bear the token of {TOKEN}", {"WWW-Authenticate": 'Bearer realm="kg"'})

    async def sparql(self, request: Request) -> Response:
        """The endpoint; asked nothing, a browser gets the editor and a program the service description."""
        body = await self.body(request)
        kind = request.headers.get("content-type", "")
        asked = operation(request.method, request.scope["query_string"], kind, body)
        if asked is None:
            return await self.describe(request)
        request.scope["kg.query"] = asked.text
        if asked.kind == "update":
            self.require_token(request)
            job = {"do": "update", "using": asked.default, "using_named": asked.named, "base": base_of(request)}
            return await self.write(job, asked.text.encode())
        return await self.ask(query_job(asked, request))

    async def describe(self, request: Request) -> Response:
        """The editor, or the service description."""
        accept = request.headers.get("accept", "")
        if best(accept, ["text/turtle", HTML, *RDF]) == HTML:
            return Response(self.editor, media_type=HTML)
        return await self.ask({"do": "describe", "what": "service", "accept": accept} | self.about(request))

    async def void(self, request: Request) -> Response:
        """VoID of the graph."""
        accept = request.headers.get("accept", "")
        return await self.ask({"do": "describe", "what": "void", "accept": accept} | self.about(request))

    def about(self, request: Request) -> dict[str, Any]:
        return {"base": f"{request.url.scheme}://{request.url.netloc}", "updates": self.settings.allow_update}

    async def graphs(self, request: Request) -> Response:
        """The Graph Store Protocol: ?default, ?graph=IRI, or the address of a graph below /graphs/."""
        address, known = graph_of(request)
        if request.method in ("GET", "HEAD"):
            if not known:
                raise Refusal(400, "say which graph: ?default or ?graph=IRI")
            return await self.ask({"do": "graph", "graph": address, "accept": request.headers.get("accept", "")})
        self.require_token(request)
        body = await self.body(request)
        if not known:
            if request.method != "POST":
                raise Refusal(400, "say which graph: ?default or ?graph=IRI")
            address = f"{request.url.scheme}://{request.url.netloc}/graphs/{digest('posted', body.hex())}"
        kind = request.headers.get("content-type", "")
        return await self.write({"do": request.method.lower(), "graph": address, "type": kind}, body)

    async def upload(self, request: Request) -> Response:
        """A document into the graph: its text as the body, its name as ?name=."""
        self.require_token(request)
        names = values(parameters(request.scope["query_string"]), "name")
        if len(names) != 1:
            raise Refusal(400, "say the document's name: ?name=")
        require_name(names[0])
        body = await self.body(request)
        return await self.write({"do": "upload", "name": names[0]}, body, self.settings.upload_timeout)

    async def home(self, request: Request) -> Response:
        """The front page around the interactive graph."""
        del request
        shown = {"updates": self.settings.allow_update, "suffixes": SUFFIXES}
        return Response(render("home.html.jinja", shown), media_type=HTML)

    async def view(self, request: Request) -> Response:
        """The interactive graph."""
        found = await self.ask({"do": "view", "as_of": as_of(request)})
        found.headers["Content-Security-Policy"] = "frame-ancestors 'self'"  # the page brings its own, with hashes
        return found

    async def conflicts(self, request: Request) -> Response:
        """The findings at a date."""
        return await self.ask({"do": "conflicts", "as_of": as_of(request), "accept": request.headers.get("accept", "")})

    async def thing(self, request: Request) -> Response:
        """An IRI of ours, dereferenced."""
        iri = BASE + request.scope["path"].lstrip("/")
        if not is_absolute(iri):
            raise Refusal(404, "nothing here is called so")
        return await self.ask({"do": "thing", "iri": iri, "accept": request.headers.get("accept", "")})

    async def vocabulary(self, request: Request) -> Response:
        """The ontology."""
        del request
        return Response(self.ontology.path.read_bytes(), media_type="text/turtle")

    async def file(self, request: Request) -> Response:
        """A file that a page asks for."""
        name = request.path_params["name"]
        if name not in STATIC:
            raise Refusal(404, "no such file")
        return Response(static(name), media_type=STATIC[name], headers={"Cache-Control": "no-cache"})


def response(reply: Reply) -> Response:
    headers = dict(reply.headers)
    if reply.media:
        headers["Content-Type"] = reply.media
        headers["Vary"] = "Accept"
    return Response(b"" if reply.status == UNREAD else reply.body, reply.status, headers)


def query_job(asked: Operation, request: Request) -> dict[str, Any]:
    accept = request.headers.get("accept", "")
    dataset = {"default": asked.default, "named": asked.named, "base": base_of(request)}
    return {"do": "query", "text": asked.text, "accept": accept} | dataset


def base_of(request: Request) -> str:
    """The address that relative IRIs of a query are resolved against: that of the request."""
    return f"{request.url.scheme}://{request.url.netloc}{request.url.path}"


def as_of(request: Request) -> str | None:
    return next(iter(values(parameters(request.scope["query_string"]), "as_of")), None)


def graph_of(request: Request) -> tuple[str | None, bool]:
    """The graph that a request of the Graph Store Protocol names, None for the unnamed; and whether it names one."""
    said = parameters(request.scope["query_string"])
    named, unnamed = values(said, "graph"), any(key == "default" for key, _ in said)
    if request.path_params.get("path"):
        named, unnamed = [base_of(request)], False
    if len(named) + unnamed > 1:
        raise Refusal(400, "one graph at a time")
    if named and not is_absolute(named[0]):
        raise Refusal(400, "a graph is named by an absolute IRI")
    return (named[0], True) if named else (None, unnamed)


async def limited(request: Request, most: int, seconds: float) -> bytes:
    """The body; raises Refusal for one that is too large, packed, or not sent in time."""
    if request.headers.get("content-encoding", "identity") != "identity":
        raise Refusal(415, "a body is sent as it is, not packed", {"Accept-Encoding": "identity"})
    body = bytearray()
    try:
        async with asyncio.timeout(seconds):
            async for piece in request.stream():
                body += piece
                if len(body) > most:
                    raise Refusal(413, f"at most {most} bytes are taken")
    except TimeoutError:
        raise Refusal(408, f"the body was not sent within {seconds:g} seconds", {"Connection": "close"}) from None
    return bytes(body)


def application(place: Path, ontology: Ontology, settings: Settings, log: Log = log_line) -> Starlette:
    """The web application over the store at ``place``."""
    service = Service(place, ontology, settings)
    everything = ["GET", "HEAD", "POST", "PUT", "DELETE"]

    def route(path: str, handler: Callable[[Request], Awaitable[Response]], *methods: str) -> Route:
        return Route(path, handler, methods=list(methods) or ["GET"])

    made = Starlette(
        routes=[
            route("/", service.home),
            route("/view", service.view),
            route("/sparql", service.sparql, "GET", "POST"),
            route("/sparql/", service.sparql, "GET", "POST"),
            route("/graphs", service.graphs, *everything),
            route("/graphs/{path:path}", service.graphs, *everything),
            route("/conflicts", service.conflicts),
            route("/upload", service.upload, "POST"),
            route("/.well-known/void", service.void),
            route("/ontology", service.vocabulary),
            route("/static/{name}", service.file),
            *(route(f"/{kind}/{{path:path}}", service.thing) for kind in THINGS),
        ],
        middleware=[Middleware(Guard, settings=settings, log=log)],
        exception_handlers={Refusal: refused, HTTPException: unknown, ClientDisconnect: gone},  # type: ignore[dict-item]
        lifespan=service.lifespan,
    )
    made.router.redirect_slashes = False  # a redirect would repeat the address in a header
    return made


def refused(request: Request, refusal: Refusal) -> Response:
    del request
    body = json.dumps({"status": refusal.status, "title": refusal.what}, ensure_ascii=False)
    return Response(body.encode("utf-8", "replace"), refusal.status, refusal.headers, "application/problem+json")


def unknown(request: Request, error: HTTPException) -> Response:
    headers = dict(error.headers or {})
    return refused(request, Refusal(error.status_code, error.detail, headers))


def gone(request: Request, error: ClientDisconnect) -> Response:
    del request, error
    return Response(status_code=499)
