"""The graph as GraphML, for Gephi, yEd and Cytoscape: entities as nodes, facts and hedged ties as edges."""

from __future__ import annotations

import io
import re

import networkx as nx

from kg.export.network import to_networkx
from kg.model import Graph

__all__ = ["graphml"]

NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def graphml(graph: Graph) -> bytes:
    """UTF-8 GraphML; nested attributes and characters that XML cannot hold are left out."""
    flat = nx.MultiDiGraph()
    network = to_networkx(graph)
    for node, attributes in sorted(network.nodes(data=True)):
        flat.add_node(node, **_scalars(attributes))
    for head, tail, key, attributes in sorted(network.edges(keys=True, data=True), key=lambda edge: edge[:3]):
        flat.add_edge(head, tail, key=key, **_scalars(attributes))
    written = io.BytesIO()
    nx.write_graphml(flat, written, encoding="utf-8", prettyprint=True)
    return written.getvalue()


def _scalars(attributes: dict[str, object]) -> dict[str, str | int | float]:
    kept = {name: value for name, value in sorted(attributes.items()) if isinstance(value, str | int | float)}
    return {name: NOT_XML.sub("", value) if isinstance(value, str) else value for name, value in kept.items()}
