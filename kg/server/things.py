"""What the graph knows of one IRI: its account for a page, its triples for a program."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from itertools import islice
from typing import Any

import pyoxigraph as ox

from kg.errors import NotFound
from kg.store import Store
from kg.tables import shortened
from kg.vocab import BASE

__all__ = ["account", "triples"]

QUERIES = ("names", "roles", "edges", "evidence", "said_of", "saying")


@cache
def text_of(name: str) -> str:
    return files("kg.server").joinpath(f"queries/{name}.rq").read_text("utf-8")


def account(store: Store, address: str, most: int) -> dict[str, Any]:
    """The rows of each query about an IRI, as cells with text and link; raises NotFound for one that is unknown."""
    found = {name: rows(store, name, address, most) for name in QUERIES}
    if not any(found.values()):
        raise NotFound(f"nothing here is called <{address}>")
    title = next((row["name"]["text"] for row in found["names"] if row["kind"]["text"] == "name"), shortened(address))
    return {"address": address, "title": title, **found}


def rows(store: Store, name: str, address: str, most: int) -> list[dict[str, dict[str, str]]]:
    answer = store.query(text_of(name), bindings={"thing": ox.NamedNode(address)}, where=f"queries/{name}.rq")
    if not isinstance(answer, ox.QuerySolutions):
        return []
    names = [variable.value for variable in answer.variables if variable.value != "thing"]
    return [{name: cell(row[name]) for name in names} for row in islice(answer, most)]


def cell(term: object) -> dict[str, str]:
    """A term as text, with a link where it is an IRI: to our own page for one of ours."""
    if isinstance(term, ox.NamedNode):
        own = term.value.startswith(BASE)
        safe = own or term.value.startswith(("http://", "https://"))
        link = "/" + term.value.removeprefix(BASE).lstrip("/") if own else term.value  # "//" would be another host
        return {"text": shortened(term.value), "link": link if safe else ""}
    return {"text": "" if term is None else str(getattr(term, "value", term)), "link": ""}


def triples(store: Store, address: str, most: int) -> list[ox.Triple]:
    """What has the IRI for its subject or object; raises NotFound where nothing has."""
    found = list(islice(store.about(address), most))
    if not found:
        raise NotFound(f"nothing here is called <{address}>")
    return found
