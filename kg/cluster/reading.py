"""Inputs → a table of what was read, documents and failures, each at its place in the order of the local run.

Files that every machine sees under one path are read in pieces, by the workers. Names of Hadoop's file systems
(``hdfs://``, ``s3a://``, ``file://``, patterns too) are read by Spark, a file at a time. Addresses of the web and
standard input are read here, as one polite reader would.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial, reduce
from glob import glob
from itertools import count
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from pyspark import StorageLevel
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F  # noqa: N812 - as Spark's own guide has it

from kg.cluster.rows import Row, mapped, packed, table, unpacked
from kg.documents import LIMIT, Meter, Web
from kg.documents.content import STDIN, Content, Found, too_large
from kg.documents.files import require
from kg.documents.pieces import SIZE, Ended, Piece, count_lines, pieces_of, read_piece, with_lines_counted
from kg.documents.reading import Call, accepted, contents_of, read_content
from kg.documents.web import is_address
from kg.errors import NotFound, Skipped

__all__ = ["READ", "failure_of", "read", "spread"]

READ = {
    "piece": "bigint",
    "number": "bigint",
    "file": "bigint",
    "kind": "string",
    "id": "string",
    "key": "string",
    "text_id": "string",
    "where": "binary",
    "value": "binary",
}
"""``piece`` and ``number`` give the order; ``kind`` is document, skipped or ended, ``value`` document or failure."""

PIECES = {"piece": "bigint", "file": "bigint", "value": "binary"}
HADOOP = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
PATTERN = re.compile(r"[*?\[]")
LARGEST = 500_000_000
"""Bytes of a file that Spark reads whole."""

TASKS = 8
"""Tasks a core, so that slow ones even out."""


@dataclass(slots=True)
class Sorted:
    """Where the inputs are read, in their order."""

    pieces: list[tuple[int, int, Piece]] = field(default_factory=list)
    here: list[Row] = field(default_factory=list)
    hadoop: list[tuple[str, dict[str, int]]] = field(default_factory=list)


def read(
    spark: SparkSession,
    inputs: Sequence[str | Path],
    *,
    stdin: BinaryIO | None = None,
    leave_out: Sequence[Path] = (),
    web: Web | None = None,
    any_language: bool = False,
    limit: int = LIMIT,
    size: int = SIZE,
) -> DataFrame:
    """Everything that the inputs give, with the columns of READ; as ``kg.documents.read`` but for what is double.

    It is held on the workers. Files of more than ``size`` bytes are cut. Raises NotFound, before anything is read, for
    a path that does not exist.
    """
    call = Call(stdin, limit, tuple(leave_out), web or Web(), Meter())
    found = sort_out(spark, inputs, call, any_language, size)
    taken = partial(piece_rows, any_language, limit)
    tables = [mapped(pieces_table(spark, found), taken, READ)] if found.pieces else []
    for pattern, numbers in found.hadoop:
        files = spark.read.format("binaryFile").load(pattern)
        content = F.when(files["length"] <= LARGEST, files["content"]).alias("content")
        rows = files.select("path", "length", content)
        tables.append(mapped(rows, partial(hadoop_rows, numbers, any_language, limit), READ))
    if found.here or not tables:
        tables.append(table(spark, found.here, READ))
    return reduce(DataFrame.union, tables).persist(StorageLevel.MEMORY_AND_DISK)


def spread(rows: DataFrame, count: int, column: str) -> DataFrame:
    """Rows in tasks by a column, several tasks a core, however few they are."""
    cores = rows.sparkSession.sparkContext.defaultParallelism
    return rows.repartition(max(1, min(count, cores * TASKS)), column)


# ---- here


def sort_out(spark: SparkSession, inputs: Sequence[str | Path], call: Call, any_language: bool, size: int) -> Sorted:
    named = tuple(dict.fromkeys(name for each in inputs for name in without_pattern(each)))
    require(Path(name) for name in named if name != STDIN and not is_address(name) and not is_hadoop(name))
    found, numbers = Sorted(), count()
    for name in named:
        if isinstance(name, str) and is_hadoop(name):
            found.hadoop.append((name, {path: next(numbers) for path in paths_of(spark, name)}))
        elif name == STDIN or is_address(name):
            number = next(numbers)
            results = (accepted(each, any_language=any_language) for each in contents_of(name, call))
            found.here += [row_of(number, number, at, each) for at, each in enumerate(results)]
        else:
            sort_files(Path(name), call, size, found, numbers)
    return found


def sort_files(path: Path, call: Call, size: int, found: Sorted, numbers: Iterator[int]) -> None:
    file, last = 0, ""
    for each in pieces_of(path, call.leave_out, size):
        number = next(numbers)
        if isinstance(each, Skipped):
            found.here.append(row_of(number, number, 0, each))
            continue
        file, last = (file if each.path == last and each.start else number), each.path
        found.pieces.append((number, file, each))


def without_pattern(name: str | Path) -> list[str | Path]:
    """The files that a pattern stands for, sorted; raises NotFound where there is none."""
    said = str(name)
    if is_address(name) or is_hadoop(name) or not PATTERN.search(said) or Path(said).exists():
        return [name]
    found: list[str | Path] = sorted(glob(said, recursive=True))  # noqa: PTH207 - a pattern may be absolute
    if not found:
        raise NotFound("no file matches", where=said, way_out="Check the pattern")
    return found


def is_hadoop(name: str | Path) -> bool:
    return isinstance(name, str) and HADOOP.match(name) is not None and not is_address(name)


def paths_of(spark: SparkSession, pattern: str) -> list[str]:
    rows = spark.read.format("binaryFile").load(pattern).select("path").collect()
    return sorted(row["path"] for row in rows)


def pieces_table(spark: SparkSession, found: Sorted) -> DataFrame:
    pieces = [piece for _, _, piece in found.pieces]
    if any(piece.kind == "lines" for piece in pieces):
        counted = mapped(numbered(spark, found, pieces), counted_rows, {"piece": "bigint", "lines": "bigint"})
        lines = {row["piece"]: row["lines"] for row in counted.collect()}
        pieces = list(with_lines_counted(pieces, [lines[number] for number, _, _ in found.pieces]))
    return numbered(spark, found, pieces)


def numbered(spark: SparkSession, found: Sorted, pieces: Sequence[Piece]) -> DataFrame:
    rows = [
        {"piece": number, "file": file, "value": packed(piece)}
        for (number, file, _), piece in zip(found.pieces, pieces, strict=True)
    ]
    return spread(table(spark, rows, PIECES), len(rows), "piece")


# ---- on the workers


def counted_rows(rows: Iterator[Row]) -> Iterator[Row]:
    for row in rows:
        yield {"piece": row["piece"], "lines": count_lines(unpacked(row["value"]))}


def piece_rows(any_language: bool, limit: int, rows: Iterator[Row]) -> Iterator[Row]:
    for row in rows:
        for at, each in enumerate(read_piece(unpacked(row["value"]), limit)):
            taken = each if isinstance(each, Ended) else accepted(each, any_language=any_language)
            yield row_of(row["piece"], row["file"], at, taken)


def hadoop_rows(numbers: dict[str, int], any_language: bool, limit: int, rows: Iterator[Row]) -> Iterator[Row]:
    for row in rows:
        number, path = numbers[row["path"]], row["path"]
        for at, each in enumerate(hadoop_file(path, row["length"], row["content"], limit)):
            yield row_of(number, number, at, accepted(each, any_language=any_language))


def hadoop_file(path: str, length: int, content: bytes | None, limit: int) -> Iterator[Found | Skipped]:
    if content is None:
        yield too_large(path, length, LARGEST)
    else:
        yield from read_content(Content(path, path, PurePosixPath(path).name, io.BytesIO(content), limit, length))


def row_of(piece: int, file: int, number: int, result: Found | Skipped | Ended) -> Row:
    row: Row = dict.fromkeys(READ) | {"piece": piece, "file": file, "number": number}
    if isinstance(result, Found):
        document = result.document
        told = {"id": document.id, "key": document.key, "text_id": document.text_id}
        where = result.where.encode("utf-8", "surrogatepass")
        return row | told | {"kind": "document", "where": where, "value": packed(document)}
    failure = result.failure if isinstance(result, Ended) else result
    kind = "ended" if isinstance(result, Ended) else "skipped"
    return row | {"kind": kind, "value": packed((type(failure), failure.what, failure.where, failure.way_out))}


def failure_of(cell: bytes) -> Skipped:
    """The failure of a row."""
    kind, what, where, way_out = unpacked(cell)
    failure: Skipped = kind(what, where=where, way_out=way_out)
    return failure
