"""Where a text says that one firm's product competes with another's, their makers are rivals, by that sentence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.extraction.arguments import Argument
from kg.extraction.relations import Said
from kg.model import EntityType, Modality, Polarity

__all__ = ["rival_makers"]

FACTOR = 0.85


def rival_makers(said: list[Said], arguments: Iterable[Argument]) -> list[Said]:
    """The claims that the makers of competing products compete, for products with one maker in the text."""
    makers = makers_of(said)
    spots = [a for a in arguments if a.kind is EntityType.ORGANIZATION]
    return [
        claim for product in said if product.predicate == "competitor_of" for claim in lifted(product, makers, spots)
    ]


def makers_of(said: list[Said]) -> dict[str, str]:
    """Product → its one maker, as the text plainly says it."""
    found: dict[str, set[str]] = defaultdict(set)
    for claim in said:
        if claim.predicate == "develops" and plain(claim):
            found[claim.object.key].add(claim.subject.key)
    return {product: makers.pop() for product, makers in found.items() if len(makers) == 1}


def plain(claim: Said) -> bool:
    """Whether a claim is made without denial or hedge."""
    return claim.frame.polarity is Polarity.AFFIRMED and claim.frame.modality is Modality.ASSERTED


def lifted(claim: Said, makers: dict[str, str], spots: list[Argument]) -> Iterator[Said]:
    """The claim with each product's maker in its place; nothing where neither is a product or both have one maker."""
    sides = [
        makers.get(side.key) if side.kind is EntityType.PRODUCT else side.key for side in (claim.subject, claim.object)
    ]
    products = [side for side in (claim.subject, claim.object) if side.kind is EntityType.PRODUCT]
    if not products or None in sides or sides[0] == sides[1]:
        return
    subject, object_ = (
        nearest(str(key), side, spots) for key, side in zip(sides, (claim.subject, claim.object), strict=True)
    )
    if subject and object_:
        yield replace(claim, subject=subject, object=object_, confidence=round(claim.confidence * FACTOR, 3))


def nearest(key: str, side: Argument, spots: list[Argument]) -> Argument | None:
    """The mention of a firm that stands closest to a product's."""
    return min((a for a in spots if a.key == key), key=lambda a: (abs(a.start - side.start), a.start), default=None)
