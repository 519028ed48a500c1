"""In-document clusters as units to resolve: their keys, and what stands near them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.model import Cluster, EntityType, Extraction
from kg.resolution.names import NameKeys

__all__ = ["NEAR", "Unit", "make_units"]

NEAR = 150
"""Characters between two mentions that still stand near each other: about a sentence."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A named cluster of a document.

    ``primary`` is the key of its fullest name, ``keys`` those of all. ``near`` are the keys of the organizations,
    products and people that stand in a claim with it or within NEAR characters; ``around`` those of the whole document.
    """

    cluster: Cluster
    document_id: str
    primary: str
    keys: frozenset[str]
    near: frozenset[str]
    around: frozenset[str]

    @property
    def id(self) -> str:
        """The cluster's id."""
        return self.cluster.id


def make_units(extractions: Iterable[Extraction], keys: NameKeys) -> list[Unit]:
    """The units of all documents, sorted by cluster id."""
    return sorted((unit for e in extractions for unit in _of_document(e, keys)), key=lambda unit: unit.id)


def _of_document(extraction: Extraction, keys: NameKeys) -> Iterator[Unit]:
    primary = {c: _primary(c, keys) for c in extraction.clusters}
    named = [c for c in extraction.clusters if primary[c]]
    telling = {c: primary[c] for c in named if c.type is not EntityType.PLACE}
    claimed = _claimed(extraction)
    for cluster in named:
        others = {c: key for c, key in telling.items() if c != cluster and key != primary[cluster]}
        near = {key for c, key in others.items() if (cluster, c) in claimed or _close(cluster, c)}
        spelled = frozenset(k for k in (keys.key(name, cluster.type) for name in cluster.names) if k)
        yield Unit(
            cluster,
            extraction.document.id,
            primary[cluster],
            spelled,
            frozenset(near),
            frozenset(others.values()),
        )


def _primary(cluster: Cluster, keys: NameKeys) -> str:
    candidates = {keys.key(name, cluster.type) for name in cluster.names}
    return max(candidates, key=lambda key: (len(key.split()), len(key), key), default="")


def _claimed(extraction: Extraction) -> set[tuple[Cluster, Cluster]]:
    home = {mention.id: cluster for cluster in extraction.clusters for mention in cluster.mentions}
    pairs = set()
    for claim in extraction.claims:
        ends = home.get(claim.subject.id), home.get(claim.object.id)
        if ends[0] and ends[1]:
            pairs |= {(ends[0], ends[1]), (ends[1], ends[0])}
    return pairs


def _close(left: Cluster, right: Cluster) -> bool:
    return any(
        a.span.start - NEAR <= b.span.end and b.span.start <= a.span.end + NEAR
        for a in left.mentions
        for b in right.mentions
    )
