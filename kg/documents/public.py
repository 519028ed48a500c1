"""Requests to public addresses only: a page must not make us read what lies behind a firewall.

The name is resolved once, every address that it has is looked at, and the connection goes to one of those, so that a
second answer of the name server changes nothing.
"""

from __future__ import annotations

import ipaddress
import socket

import httpx

from kg.errors import RefusedDocument, UnreadableDocument

__all__ = ["PublicTransport", "is_public"]

TRANSLATED = ipaddress.ip_network("64:ff9b::/96")


class PublicTransport(httpx.BaseTransport):
    """Sends requests over HTTP, to public addresses unless ``private`` ones are allowed, too. Proxies are not used."""

    def __init__(self, *, private: bool = False) -> None:
        self.private, self.inner = private, httpx.HTTPTransport()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Raises RefusedDocument for a private address, UnreadableDocument for a name that has none."""
        host = request.url.host
        address = resolved(host, request.url.port or 443, str(request.url), private=self.private)
        return self.inner.handle_request(
            httpx.Request(
                request.method,
                request.url.copy_with(host=address),
                headers=request.headers,
                stream=request.stream,
                extensions={**request.extensions, "sni_hostname": host},
            )
        )

    def close(self) -> None:
        """Closes its connections."""
        self.inner.close()


def resolved(host: str, port: int, where: str, *, private: bool) -> str:
    """The first address of a host, once all of them were found public."""
    try:
        answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise UnreadableDocument("no such host", where=where, way_out="Check the address") from error
    addresses = [str(answer[4][0]) for answer in answers]
    if not private and not all(is_public(address) for address in addresses):
        raise RefusedDocument("a private address", where=where, way_out="Allow it with --allow-private")
    return addresses[0]


def is_public(address: str) -> bool:
    """Whether an address belongs to the open internet, also where it wraps another."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        if found in TRANSLATED:
            return is_public(str(ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)))
        wrapped = found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)
        if wrapped is not None:
            return is_public(str(wrapped))
    return found.is_global and not found.is_multicast
