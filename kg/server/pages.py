"""HTML from templates, every value escaped; and the fixed files that pages ask for."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from kg.ontology import Ontology
from kg.queries import load
from kg.vocab import PREFIXES

__all__ = ["STATIC", "as_json", "editor", "render", "static"]

STATIC: Mapping[str, str] = {
    "yasgui.min.js": "text/javascript; charset=utf-8",
    "yasgui.min.css": "text/css; charset=utf-8",
    "editor.js": "text/javascript; charset=utf-8",
    "home.js": "text/javascript; charset=utf-8",
    "pages.css": "text/css; charset=utf-8",
}


@cache
def environment() -> Environment:
    made = Environment(loader=PackageLoader("kg.server"), autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    made.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "indent": 2}
    return made


def render(template: str, values: Mapping[str, Any]) -> bytes:
    """A page as UTF-8."""
    return environment().get_template(template).render(values).encode("utf-8", "replace")


@cache
def static(name: str) -> bytes:
    """One of the files of STATIC."""
    return files("kg.server").joinpath(f"static/{name}").read_bytes()


def editor(ontology: Ontology) -> bytes:
    """The page with the SPARQL editor, our prefixes and named queries."""
    head = "".join(f"PREFIX {name}: <{address}>\n" for name, address in sorted(PREFIXES.items()))
    named = [{"name": q.name, "reading": q.reading, "text": q.text} for q in load(ontology).values()]
    return render("editor.html.jinja", {"data": {"prefixes": head, "queries": named}})


def as_json(value: object) -> bytes:
    """JSON with letters as they are."""
    return json.dumps(value, ensure_ascii=False, indent=2).encode("utf-8", "replace")
