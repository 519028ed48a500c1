"""Extractions → Resolution: who is who over all documents.

The unit is the in-document cluster. Units of one type and name are a group; the units of a group are parted into
namesakes; groups that share a mark (sound, initials, alias, abbreviation) are compared by a table of weighted
features, and the likely ones become one entity, unless a judgement, an identifier, a birth year or a claim between the
two forbids it. The result depends on the set of documents, judgements and reference entries only, never on their order.
"""

from __future__ import annotations

from collections.abc import Iterable

from kg.model import Extraction, Judgement, Reference, Resolution
from kg.resolution.kept import Kept
from kg.resolution.lexicon import Lexicon
from kg.resolution.resolver import Resolver

__all__ = ["Kept", "Lexicon", "Resolver", "resolve"]


def resolve(
    extractions: Iterable[Extraction],
    lexicon: Lexicon,
    judgements: Iterable[Judgement] = (),
    references: Iterable[Reference] = (),
) -> Resolution:
    """Every named cluster's entity, with the reasons for merging and for keeping apart.

    Clusters without a name ("the company" whose name is never said) become no entity. Entities come sorted by id.
    """
    resolver = Resolver(lexicon, judgements, references)
    for extraction in extractions:
        resolver.add(extraction)
    return resolver.resolution()
