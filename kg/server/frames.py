"""Messages between the web process and a worker: a header in JSON and a body in bytes, each with its length."""

from __future__ import annotations

import asyncio
import json
import socket
import struct
from dataclasses import dataclass, field
from typing import Any

__all__ = ["Reply", "frame", "receive", "receive_async"]

LENGTHS = struct.Struct("!QQ")
Header = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Reply:
    """What a worker answers: an HTTP status, a media type, a body, and headers beside."""

    status: int
    media: str
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)


def frame(header: Header, body: bytes = b"") -> bytes:
    """A message as bytes."""
    encoded = json.dumps(header).encode()
    return LENGTHS.pack(len(encoded), len(body)) + encoded + body


def receive(connection: socket.socket) -> tuple[Header, bytes] | None:
    """The next message; None where the other side has gone."""
    lengths = read(connection, LENGTHS.size)
    if lengths is None:
        return None
    first, second = LENGTHS.unpack(lengths)
    header, body = read(connection, first), read(connection, second)
    return None if header is None or body is None else (json.loads(header), body)


def read(connection: socket.socket, length: int) -> bytes | None:
    pieces = bytearray()
    while len(pieces) < length:
        piece = connection.recv(min(length - len(pieces), 1 << 20))
        if not piece:
            return None
        pieces += piece
    return bytes(pieces)


async def receive_async(stream: asyncio.StreamReader) -> tuple[Header, bytes]:
    """The next message; raises IncompleteReadError where the worker has gone."""
    first, second = LENGTHS.unpack(await stream.readexactly(LENGTHS.size))
    return json.loads(await stream.readexactly(first)), await stream.readexactly(second)
