"""Where a text says that one firm's product competes with another's, their makers are rivals, by that sentence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.model import Claim, Cluster, EntityType, Mention, Modality, Polarity

__all__ = ["rival_makers"]

FACTOR = 0.85


def rival_makers(claims: Sequence[Claim], clusters: Sequence[Cluster]) -> list[Claim]:
    """The claims that the makers of competing products compete, for products with one maker in the text."""
    home = {mention.id: number for number, cluster in enumerate(clusters) for mention in cluster.mentions}
    makers = makers_of(claims, home)
    rivals = [claim for claim in claims if claim.predicate == "competitor_of"]
    return [lifted for claim in rivals for lifted in of_makers(claim, makers, home, clusters)]


def makers_of(claims: Sequence[Claim], home: dict[str, int]) -> dict[int, int]:
    """Product → its one maker, as the text plainly says it."""
    found: dict[int, set[int]] = defaultdict(set)
    for claim in claims:
        plain = claim.polarity is Polarity.AFFIRMED and claim.modality is Modality.ASSERTED
        if claim.predicate == "develops" and plain:
            found[home[claim.object.id]].add(home[claim.subject.id])
    return {product: makers.pop() for product, makers in found.items() if len(makers) == 1}


def of_makers(
    claim: Claim, makers: dict[int, int], home: dict[str, int], clusters: Sequence[Cluster]
) -> Iterator[Claim]:
    """The claim with each product's maker in its place; nothing where neither is a product or both have one maker."""
    ends = (claim.subject, claim.object)
    products = [end for end in ends if end.type is EntityType.PRODUCT]
    firms = [makers.get(home[e.id]) if e.type is EntityType.PRODUCT else home[e.id] for e in ends]
    if products and firms[0] is not None and firms[1] is not None and firms[0] != firms[1]:
        subject, object_ = (nearest(clusters[int(f or 0)], e) for f, e in zip(firms, ends, strict=True))
        yield replace(claim, subject=subject, object=object_, confidence=round(claim.confidence * FACTOR, 3))


def nearest(firm: Cluster, end: Mention) -> Mention:
    """The mention of a firm that stands closest to a product's."""
    return min(firm.mentions, key=lambda m: (abs(m.span.start - end.span.start), m.span.start))
