"""Who belongs together: communities after Blondel et al. (2008), split until each is small enough to be laid out."""

from __future__ import annotations

from collections.abc import Iterable

import networkx as nx

__all__ = ["communities"]

SEED = 7


def communities(tied: nx.Graph, largest: int) -> list[list[str]]:
    """The nodes of a graph in communities of at most ``largest``, the largest community first.

    One that no division makes smaller, such as a hub with its leaves, stays whole. Edges may carry a ``weight``.
    """
    found = [part for parts in map(sorted, nx.connected_components(tied)) for part in split(tied, parts, largest)]
    return sorted(found, key=lambda part: (-len(part), part[0]))


def split(tied: nx.Graph, part: list[str], largest: int) -> Iterable[list[str]]:
    """The part, or what its division gives."""
    if len(part) <= largest:
        return [part]
    pieces = divided(tied, part)
    if len(pieces) == 1:
        return [part]
    return [small for piece in pieces for small in split(tied, piece, largest)]


def divided(tied: nx.Graph, part: list[str]) -> list[list[str]]:
    """One division of a part, into pieces that hang together: a community need not (Traag et al. 2019).

    Numbers stand for names, since a set of texts has no order of its own.
    """
    number = {node: place for place, node in enumerate(part)}
    numbered = nx.Graph()
    numbered.add_nodes_from(range(len(part)))
    lines = sorted(
        (*sorted((number[a], number[b])), data.get("weight", 1.0))
        for a, b, data in tied.subgraph(part).edges(data=True)
    )
    numbered.add_weighted_edges_from(lines)
    found = nx.community.louvain_communities(numbered, seed=SEED)
    whole = (piece for several in found for piece in nx.connected_components(numbered.subgraph(several)))
    return sorted([part[place] for place in sorted(piece)] for piece in whole)
