"""Records as columns: a page of twenty thousand entities says each field's name once, and each repeated value once.

``unpack(pack(records)) == records``; unpacking in the browser is ``packing.js``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

__all__ = ["Table", "pack", "unpack"]

Table: TypeAlias = dict[str, Any]


def pack(records: Sequence[Mapping[str, Any]]) -> Table:
    """Number of records, and each field as a column: its values, or its distinct values and where they stand."""
    fields = list(records[0]) if records else []
    return {"count": len(records), "columns": {field: column([r[field] for r in records]) for field in fields}}


def column(values: list[Any]) -> Table:
    """The values as they are where most differ, else the distinct ones and an index for each record."""
    known: dict[str, int] = {}
    distinct = list[Any]()
    at = [known.setdefault(json.dumps(value), len(known)) for value in values]
    if len(known) * 2 > len(values):
        return {"values": values}
    for place, value in zip(at, values, strict=True):
        if place == len(distinct):
            distinct.append(value)
    return {"distinct": distinct, "at": at}


def unpack(table: Table) -> list[dict[str, Any]]:
    """The records again."""
    columns: Iterable[tuple[str, Table]] = table["columns"].items()
    full = {name: held.get("values") or [held["distinct"][place] for place in held["at"]] for name, held in columns}
    return [{name: values[row] for name, values in full.items()} for row in range(table["count"])]
