"""SPARQL 1.1 Protocol: what an HTTP request asks (https://www.w3.org/TR/sparql11-protocol/)."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl

import pyoxigraph as ox

__all__ = ["Operation", "Refusal", "content_type", "is_absolute", "operation", "parameters"]

QUERY, UPDATE = "application/sparql-query", "application/sparql-update"
FORM = "application/x-www-form-urlencoded"
MOST_FIELDS = 10_000
DATASET = {
    "query": ("default-graph-uri", "named-graph-uri"),
    "update": ("using-graph-uri", "using-named-graph-uri"),
}
Parameters = list[tuple[str, str]]


class Refusal(Exception):
    """An answer with an HTTP status other than success, and a line that says why."""

    def __init__(self, status: int, what: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(what)
        self.status, self.what, self.headers = status, what, headers or {}


@dataclass(frozen=True, slots=True)
class Operation:
    """A query or an update (``kind``), with the dataset that the protocol names; None where it names none."""

    kind: str
    text: str
    default: tuple[str, ...] | None
    named: tuple[str, ...] | None


def operation(method: str, address: bytes, kind: str, body: bytes) -> Operation | None:
    """What is asked, None for a GET that asks nothing; raises Refusal for what the standard does not know."""
    said = parameters(address)
    if method in ("GET", "HEAD"):
        if values(said, "update"):
            raise Refusal(400, "an update goes by POST")
        return asked("query", said) if values(said, "query") else None
    media, charset = content_type(kind)
    if media == FORM:
        said += parameters(body)
        kinds = [name for name in ("query", "update") if values(said, name)]
        if len(kinds) != 1:
            raise Refusal(400, "the form gives neither a query nor an update, or both")
        return asked(kinds[0], said)
    if media in (QUERY, UPDATE):
        if charset not in ("", "utf-8", "utf8"):
            raise Refusal(400, "SPARQL is sent as UTF-8")
        name = "query" if media == QUERY else "update"
        return asked(name, [*said, (name, decoded(body))])
    raise Refusal(415, f"POST takes {FORM}, {QUERY} or {UPDATE}")


def asked(kind: str, said: Parameters) -> Operation:
    texts = values(said, kind)
    if len(texts) != 1:
        raise Refusal(400, f"one {kind} at a time")
    default, named = (tuple(values(said, name)) for name in DATASET[kind])
    for iri in (*default, *named):
        if not is_absolute(iri):
            raise Refusal(400, f"{iri!r} is no absolute IRI of a graph")
    chosen = bool(default or named)
    return Operation(kind, texts[0], default if chosen else None, named if chosen else None)


def is_absolute(iri: str) -> bool:
    """Whether a text is an absolute IRI by the letter of RFC 3987."""
    try:
        ox.NamedNode(iri)
    except ValueError:
        return False
    return True


def parameters(encoded: bytes) -> Parameters:
    """Names and values of a URL's query or a form; raises Refusal for what is not UTF-8."""
    try:
        said = encoded.decode("ascii")
        return parse_qsl(said, keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS)
    except UnicodeDecodeError as error:
        raise Refusal(400, "parameters are sent as percent-encoded UTF-8") from error
    except ValueError as error:
        raise Refusal(400, f"too many parameters, or not readable ({error})") from error


def values(said: Parameters, name: str) -> list[str]:
    return [value for key, value in said if key == name]


def content_type(header: str) -> tuple[str, str]:
    """Media type and charset, in small letters."""
    media, *rest = (part.strip() for part in header.casefold().split(";"))
    charsets = [part.partition("=")[2].strip(' "') for part in rest if part.startswith("charset")]
    return media, charsets[0] if charsets else ""


def decoded(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refusal(400, "SPARQL is sent as UTF-8") from error
