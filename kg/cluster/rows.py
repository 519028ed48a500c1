"""Functions over rows, as Spark calls them: in another process, over batches of Arrow columns."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from typing import Any

import pyarrow as pa
from pyspark.sql import DataFrame, SparkSession

from kg.cluster.session import quiet_about_pandas

__all__ = ["Columns", "Row", "by", "grouped", "mapped", "packed", "table", "unpacked"]

Row = dict[str, Any]
Columns = Mapping[str, str]
"""Name → one of TYPES."""

TYPES = {
    "bigint": pa.int64(),
    "boolean": pa.bool_(),
    "string": pa.string(),
    "binary": pa.binary(),
    "array<string>": pa.list_(pa.string()),
}
MOST_ROWS, MOST_BYTES = 500, 8_000_000
"""Of a batch that goes back."""


def table(spark: SparkSession, rows: Iterable[Row], columns: Columns) -> DataFrame:
    """Rows of this process as a table."""
    return spark.createDataFrame([tuple(row[name] for name in columns) for row in rows], schema=ddl(columns))


def mapped(rows: DataFrame, function: Callable[[Iterator[Row]], Iterator[Row]], columns: Columns) -> DataFrame:
    """What the function gives for the rows of each partition, in their order."""
    schema = pa.schema([(name, TYPES[kind]) for name, kind in columns.items()])

    def over(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        found = function(row for batch in batches for row in batch.to_pylist())
        for some in in_batches(found):
            yield pa.RecordBatch.from_pylist(some, schema=schema)

    with quiet_about_pandas():
        return rows.mapInArrow(over, ddl(columns))


def in_batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    some: list[Row] = []
    size = 0
    for row in rows:
        some.append(row)
        size += sum(len(value) for value in row.values() if isinstance(value, bytes))
        if len(some) == MOST_ROWS or size >= MOST_BYTES:
            yield some
            some, size = [], 0
    if some:
        yield some


def by(rows: DataFrame, column: str, *then: str) -> DataFrame:
    """Rows with one value of a column in one partition, beside each other, sorted by the others."""
    return rows.repartition(column).sortWithinPartitions(column, *then)


def grouped(rows: Iterator[Row], column: str) -> Iterator[tuple[Any, Iterator[Row]]]:
    """Rows that stand beside each other and share a value."""
    return groupby(rows, key=itemgetter(column))


def packed(value: object) -> bytes:
    """A value of ours in one cell."""
    return pickle.dumps(value, protocol=5)


def unpacked(cell: bytes) -> Any:  # noqa: ANN401 - what was packed
    """The value of a cell."""
    return pickle.loads(cell)  # noqa: S301 - written by a process of this run


def ddl(columns: Columns) -> str:
    return ", ".join(f"`{name}` {kind}" for name, kind in columns.items())
