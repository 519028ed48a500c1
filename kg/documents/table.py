"""Tables as text (CSV, TSV): a document a row, by the names in the first line.

A row that fails is skipped by itself. Rows are read one at a time, so that a table may be larger than the memory.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from kg.documents.columns import SHAPE, columns_of, names_text
from kg.documents.content import Content, Found, too_large
from kg.documents.decoding import marked_encoding
from kg.documents.record import document_of
from kg.errors import Skipped, UnreadableDocument

__all__ = ["is_table", "read_table"]

DELIMITERS = ",\t;|"


def is_table(beginning: str) -> bool:
    """Whether the first line names columns, a text among them."""
    line, newline, _ = beginning.partition("\n")
    return bool(newline) and names_text(row) if len(row := first_row(line)) > 1 else False


def first_row(line: str) -> list[str]:
    try:
        return next(csv.reader([line.lstrip("\ufeff")], delimiter=delimiter_of(line), strict=True), [])
    except csv.Error:
        return []


def delimiter_of(line: str) -> str:
    return max(DELIMITERS, key=line.count)


def read_table(content: Content) -> Iterator[Found | Skipped]:
    """A document a row. Its source is the row's own, else the file's with ``#`` and the row's id or number."""
    csv.field_size_limit(content.limit)
    lines = io.TextIOWrapper(content.stream, marked_encoding(content.head), newline="")
    try:
        yield from rows_of(content, lines)
    except UnicodeError as error:
        what = f"not valid {lines.encoding.upper()}"
        raise UnreadableDocument(what, where=content.where, way_out="Convert it to UTF-8") from error
    except csv.Error as error:
        what = f"a table that cannot be parsed ({error})"
        raise UnreadableDocument(what, where=content.where, way_out=SHAPE) from error
    finally:
        lines.detach()


def lines_of(lines: io.TextIOWrapper, content: Content) -> Iterator[str]:
    """Its lines; raises RefusedDocument for one that is longer than a document may be."""
    while line := lines.readline(content.limit + 1):
        if len(line) > content.limit:
            raise too_large(content.where, None, content.limit)
        yield line


def rows_of(content: Content, lines: io.TextIOWrapper) -> Iterator[Found | Skipped]:
    first = lines.readline(content.limit).removeprefix("\ufeff")
    rest = lines_of(lines, content)
    named = columns_of(first_row(first), content.where)
    for number, row in enumerate(csv.reader(rest, delimiter=delimiter_of(first)), start=1):
        where = f"{content.where}:{number}"
        try:
            if any(cell.strip() for cell in row):
                record = {name: row[at] for name, at in named.items() if at < len(row)}
                yield Found(where, document_of(record, content.place, where, SHAPE, number))
        except Skipped as failure:
            yield failure
