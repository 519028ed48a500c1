"""Starts the service and waits until it is told to end."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path

import uvicorn

from kg.errors import UsageError
from kg.ontology import Ontology
from kg.server.app import application
from kg.server.settings import Settings
from kg.store import Store

__all__ = ["serve"]

BACKLOG = 256


def serve(place: Path | str, ontology: Ontology, settings: Settings, *, tell: Callable[[str], None]) -> None:
    """Serves the graph until interrupted; ``tell`` hears the address. Raises NotFound, UsageError."""
    if isinstance(place, str):
        raise UsageError("a store at an address has an endpoint of its own", way_out="Leave out --store")
    Store.reader(place).close()
    listener = bound(settings)
    host, port = listener.getsockname()[:2]
    tell(f"serving {place.parent} at http://{host}:{port}/")
    config = uvicorn.Config(
        application(place, ontology, settings),
        http="h11",  # the one that keeps the bound on headers
        ws="none",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=2,
        h11_max_incomplete_event_size=1 << 16,
    )
    with listener:
        uvicorn.Server(config).run(sockets=[listener])


def bound(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)  # named, so that asyncio sends without delay
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((settings.host, settings.port))
        made.listen(BACKLOG)
    except OSError as error:
        made.close()
        reason = error.strerror or str(error)
        where = f"{settings.host}:{settings.port}"
        raise UsageError(f"cannot listen there ({reason})", where=where, way_out="Name another --port") from error
    return made
