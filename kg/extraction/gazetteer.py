"""A user's own list of names with their types (``--known FILE``)."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from kg.errors import NotFound, UsageError
from kg.model import EntityType

__all__ = ["read_known"]


def read_known(path: Path) -> Iterator[tuple[str, str]]:
    """Names and types of a file: a line ``name<TAB>type``, or CSV with a header that names ``name`` and ``type``.

    Raises NotFound and UsageError, which name the line.
    """
    if not path.is_file():
        raise NotFound("no such file", where=str(path), way_out="Check the name")
    rows = list(csv.reader(path.read_text("utf-8-sig").splitlines(), delimiter="," if path.suffix == ".csv" else "\t"))
    columns = [cell.strip().casefold() for cell in rows[0]] if rows else []
    headed = {"name", "type"} <= set(columns)
    name_at, type_at = (columns.index("name"), columns.index("type")) if headed else (0, 1)
    for number, row in enumerate(rows[int(headed) :], 1 + int(headed)):
        if not row or row[0].startswith("#"):
            continue
        kind = row[type_at].strip().capitalize() if len(row) > max(name_at, type_at) else ""
        if kind not in set(EntityType) or not row[name_at].strip():
            way_out = f"A line is a name, a tab and one of {', '.join(EntityType)}"
            raise UsageError("no name with a type", where=f"{path}:{number}", way_out=way_out)
        yield " ".join(row[name_at].split()), kind
