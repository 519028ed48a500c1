"""From a graph to the text of one HTML file that asks nothing of any network."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from jinja2 import DictLoader, Environment, StrictUndefined
from pyvis.network import Network

from kg.export.network import to_networkx
from kg.model import Graph, Reason
from kg.view import assets
from kg.view.content import content
from kg.view.look import Look
from kg.view.nodes import GROUPS
from kg.view.scene import scene
from kg.view.scope import foremost, neighbourhood

__all__ = ["draw", "write"]

LARGE = 150
MOST = 20_000
"""Entities in one page: beyond that no browser opens it in good time."""
COMPACT = {"separators": (",", ":"), "sort_keys": False}


class Page(Network):  # type: ignore[misc]
    """pyvis with our own template: escaped, its data in one JSON block, vis-network inlined.

    pyvis's own templates run what a document says and ask a CDN. Its ``add_node`` and ``add_edge`` look through all
    that was added before, so nodes and edges are set as lists.
    """

    def __init__(self, title: str, shown: Mapping[str, Any], look: Look) -> None:
        super().__init__(directed=True, cdn_resources="in_line", heading=title)
        self.path = "page.html.jinja"
        self.templateEnv = environment(shown, look)

    def get_network_data(self) -> tuple[Any, ...]:
        """As in pyvis, but options are a value, which the template writes into the block with the rest."""
        return self.nodes, self.edges, self.heading, self.height, self.width, self.options


def draw(
    graph: Graph,
    *,
    title: str | None = None,
    readings: Mapping[str, str] | None = None,
    reasons: Iterable[Reason] = (),
    focus: str | None = None,
    hops: int = 2,
    places: Mapping[str, tuple[int, int]] | None = None,
    template: Path | None = None,
) -> str:
    """The page of a graph, or of what lies within ``hops`` ties of the entity with id ``focus``.

    ``readings`` say a conflict pattern (or one finding, by its id) in plain words; ``{party}``, ``{a}``, ``{b}`` and
    ``{c}`` stand for names. ``reasons`` say why names were merged. Nodes that have a place in ``places`` keep it.
    ``template`` is a folder with a look of one's own. Raises NotFound for a focus that the graph lacks and for a folder
    without a look. Of more than 20,000 entities the foremost are in the page. The same input gives the same text.
    """
    look = Look.of(template)
    if focus is not None:
        graph = neighbourhood(graph, to_networkx(graph), focus, hops)
    whole = graph
    graph = foremost(whole, to_networkx(whole), MOST)
    network = to_networkx(graph)
    staged = scene(network, graph, places)
    shown = content(graph, network, readings or {}, staged, reasons)
    page = Page(
        title or look.texts["title"],
        shown | {"focus": focus or "", "hops": hops, "left_out": left_out(whole, graph)},
        look,
    )
    page.edges = shown.pop("edges")
    page.nodes = staged.nodes
    page.options = options(len(page.nodes))
    return str(page.generate_html())


def left_out(whole: Graph, shown: Graph) -> dict[str, int]:
    """How much of a graph is not in its page; empty where all of it is."""
    if whole is shown:
        return {}
    edges = (to_networkx(graph).number_of_edges() for graph in (whole, shown))
    return {
        "entities": len(whole.entities) - len(shown.entities),
        "edges": next(edges) - next(edges),
        "statements": len(whole.statements) - len(shown.statements),
        "documents": len(whole.documents) - len(shown.documents),
    }


def write(page: str, path: Path) -> None:
    """Writes a page as UTF-8, making the folder where there is none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(page.encode("utf-8", "replace"))


def environment(shown: Mapping[str, Any], look: Look) -> Environment:
    """The template with its parts. Undefined names are errors, and every value is escaped."""
    env = Environment(loader=DictLoader({"page.html.jinja": look.template}), autoescape=True)
    env.undefined = StrictUndefined
    env.policies["json.dumps_kwargs"] = COMPACT
    parts = {"library": assets.vis_network(), "script": assets.script(), "style": look.style}
    env.globals |= {
        "shown": dict(shown),
        "texts": look.texts,
        "inlined": parts,
        "hashes": {name: assets.content_hash(text) for name, text in parts.items()},
    }
    return env


def options(count: int) -> dict[str, Any]:
    """What vis-network is told: places are given, nothing moves by itself."""
    return {
        "physics": {"enabled": False},
        "layout": {"improvedLayout": False},
        "groups": GROUPS,
        "nodes": {"borderWidth": 1.5, "borderWidthSelected": 3, "labelHighlightBold": False},
        "edges": {"smooth": {"enabled": False}, "arrowStrikethrough": False},
        "interaction": {
            "hover": True,
            "hideEdgesOnDrag": count > LARGE,
            "hideEdgesOnZoom": count > LARGE,
            "tooltipDelay": 10**9,
            "keyboard": {"enabled": True, "bindToWindow": False},
            "selectConnectedEdges": False,
            "hoverConnectedEdges": False,
        },
    }
