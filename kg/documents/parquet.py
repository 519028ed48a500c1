"""Parquet: a document a row, by the names of the columns; needs pyarrow, which is not installed with ``kg`` itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from kg.documents.columns import SHAPE, columns_of
from kg.documents.content import Content, Found
from kg.documents.parsing import parsing
from kg.documents.record import document_of
from kg.errors import RefusedDocument, Skipped, UnreadableDocument

__all__ = ["read_parquet", "rows_of_groups"]

ROWS = 100
GROUP = 1_000_000_000


def read_parquet(content: Content, groups: Sequence[int] | None = None, before: int = 0) -> Iterator[Found | Skipped]:
    """A document a row. Its source is the row's own, else the file's with ``#`` and the row's id or number.

    With ``groups`` only these row groups are read, ``before`` which so many rows stand.
    """
    number = before
    for batch in batches_of(content, groups):
        for row in batch:
            number += 1
            where = f"{content.where}:{number}"
            try:
                yield Found(where, document_of(row, content.place, where, SHAPE, number))
            except Skipped as failure:
                yield failure


def rows_of_groups(content: Content) -> list[int]:
    """How many rows each row group holds; raises UnreadableDocument."""
    with parsing("a Parquet file", content.where):
        metadata = opened(content).metadata
        return [metadata.row_group(number).num_rows for number in range(metadata.num_row_groups)]


def batches_of(content: Content, groups: Sequence[int] | None = None) -> Iterator[list[dict[str, object]]]:
    """Rows by the names of our fields, some at a time; raises UnreadableDocument and RefusedDocument."""
    with parsing("a Parquet file", content.where):
        file = opened(content)
        names = list(file.schema_arrow.names)
        named = columns_of(names, content.where)
        sizes = (file.metadata.row_group(number).total_byte_size for number in range(file.metadata.num_row_groups))
        if max(sizes, default=0) > GROUP:
            raise RefusedDocument(
                f"a row group of more than {GROUP} bytes", where=content.where, way_out="Write smaller row groups"
            )
        columns = [names[at] for at in named.values()]
        for group in range(file.metadata.num_row_groups) if groups is None else groups:
            for batch in file.iter_batches(batch_size=ROWS, row_groups=[group], columns=columns, use_threads=False):
                found = {name: batch.column(names[at]).to_pylist() for name, at in named.items()}
                yield [{name: plain(values[row]) for name, values in found.items()} for row in range(batch.num_rows)]


def opened(content: Content) -> Any:  # noqa: ANN401 - pyarrow ships no types
    try:
        from pyarrow import parquet
    except ImportError as error:
        raise UnreadableDocument(
            "Parquet, which needs pyarrow", where=content.where, way_out="pip install 'kg-builder[parquet]'"
        ) from error
    return parquet.ParquetFile(content.seekable(), page_checksum_verification=True)


def plain(value: object) -> object:
    """Days and times as they are written; everything else as it is."""
    return str(value.isoformat()) if hasattr(value, "isoformat") else value
