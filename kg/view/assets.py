"""The files that a page is made of: ours beside this module, vis-network out of the pyvis wheel."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

__all__ = ["QUERIES", "SCRIPTS", "content_hash", "queries", "script", "style", "template", "texts", "vis_network"]

SCRIPTS = (
    "dom.js",
    "packing.js",
    "model.js",
    "groups.js",
    "address.js",
    "history.js",
    "paths.js",
    "placing.js",
    "theme.js",
    "bundles.js",
    "labels.js",
    "highlight.js",
    "graph.js",
    "hover.js",
    "evidence.js",
    "sparql.js",
    "marks.js",
    "panel.js",
    "search.js",
    "filters.js",
    "time.js",
    "conflicts.js",
    "table.js",
    "saving.js",
    "steps.js",
    "page.js",
)
QUERIES = ("entity", "tie", "finding")


@cache
def read(package: str, path: str) -> str:
    """A text file of a package with bare line feeds: a browser drops carriage returns before it hashes."""
    return files(package).joinpath(path).read_text("utf-8").replace("\r\n", "\n").replace("\r", "\n")


def vis_network() -> str:
    """vis-network without the pointer to its source map, which a browser's tools would ask the disk for."""
    return read("pyvis", "lib/vis-9.1.2/vis-network.min.js").partition("//# sourceMappingURL")[0]


def script() -> str:
    """Our scripts in the order in which they build on one another."""
    return "".join(read("kg.view", name) for name in SCRIPTS)


def style() -> str:
    """The style sheet."""
    return read("kg.view", "page.css")


def template() -> str:
    """The page's Jinja template."""
    return read("kg.view", "page.html.jinja")


@cache
def texts() -> Mapping[str, str]:
    """Every word that the page itself says."""
    found: dict[str, str] = json.loads(read("kg.view", "texts.json"))
    return found


@cache
def queries() -> Mapping[str, str]:
    """The SPARQL behind an entity, a tie and a finding, with {slots} for IRIs."""
    return {name: read("kg.view", f"{name}.rq") for name in QUERIES}


def content_hash(inlined: str) -> str:
    """A Content-Security-Policy source for exactly this inlined text."""
    return f"sha256-{base64.b64encode(hashlib.sha256(inlined.encode('utf-8')).digest()).decode('ascii')}"
