"""Content negotiation (RFC 9110, 12.5.1): which of the forms that we can give a client wants most."""

from __future__ import annotations

from collections.abc import Mapping

import pyoxigraph as ox

__all__ = ["HTML", "RDF", "ROWS", "best"]

HTML = "text/html"
ROWS: Mapping[str, str] = {
    "application/sparql-results+json": "json",
    "application/json": "json",
    "application/sparql-results+xml": "xml",
    "application/xml": "xml",
    "text/xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
}
RDF: Mapping[str, ox.RdfFormat] = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/trig": ox.RdfFormat.TRIG,
    "application/n-quads": ox.RdfFormat.N_QUADS,
}


def best(accept: str, offers: list[str]) -> str | None:
    """The offer that an Accept header likes best, the earlier of equals; None where it likes none of them."""
    ranges = list(ranges_of(accept)) or [("*/*", 1.0)]
    liked = [(quality(offer, ranges), -place, offer) for place, offer in enumerate(offers)]
    score, _, offer = max(liked)
    return offer if score > 0 else None


def ranges_of(accept: str) -> list[tuple[str, float]]:
    found = []
    for part in accept.split(",")[:100]:
        name, *parameters = (piece.strip() for piece in part.split(";"))
        if name:
            found.append((name.casefold(), weight(parameters)))
    return found


def weight(parameters: list[str]) -> float:
    for parameter in parameters:
        key, _, value = parameter.partition("=")
        if key.strip().casefold() == "q":
            try:
                return min(1.0, max(0.0, float(value)))
            except ValueError:
                return 0.0
    return 1.0


def quality(offer: str, ranges: list[tuple[str, float]]) -> float:
    """By the most specific range that holds the offer."""
    kind = offer.partition("/")[0]
    for wanted in (offer, f"{kind}/*", "*/*"):
        weights = [weight for name, weight in ranges if name == wanted]
        if weights:
            return max(weights)
    return 0.0
