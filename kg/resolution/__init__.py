"""Extractions → Resolution: who is who over all documents.

The unit is the in-document cluster. Units of one type are grouped by the key of their fullest name; a group known by
an alias joins the one group that bears that alias beside a fuller name; people of one name are kept apart until a firm,
product or person near one of them turns up in the other's document. The result depends on the set of documents only,
never on their order.
"""

from __future__ import annotations

from collections.abc import Iterable

from kg.model import Extraction, Resolution
from kg.resolution.entities import make_entities
from kg.resolution.grouping import group
from kg.resolution.names import NameKeys
from kg.resolution.units import make_units

__all__ = ["NameKeys", "resolve"]


def resolve(extractions: Iterable[Extraction], keys: NameKeys) -> Resolution:
    """Every named cluster's entity, with the reasons for merging and for keeping apart.

    Clusters without a name ("the company" whose name is never said) become no entity. Entities come sorted by id.
    """
    units = make_units(extractions, keys)
    groups, reasons = group(units)
    return Resolution(
        make_entities(groups), tuple(sorted(reasons, key=lambda r: (r.left, r.right, r.feature, r.value)))
    )
