"""What was read → the documents to extract: one a key, and none that is stored as it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pyspark.sql import Column, DataFrame
from pyspark.sql import Row as SparkRow
from pyspark.sql import functions as F  # noqa: N812 - as Spark's own guide has it

from kg.cluster.reading import failure_of
from kg.cluster.rows import table
from kg.documents.reading import clash
from kg.errors import Skipped

__all__ = ["Chosen", "choose"]

STORED = {"key": "string", "only": "string"}
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Chosen:
    """``fresh`` are ``count`` documents to extract (id, value), in place of the ``earlier`` ones, which are stored."""

    fresh: DataFrame
    count: int
    unchanged: int
    earlier: tuple[str, ...]
    skipped: tuple[Skipped, ...]


def choose(read: DataFrame, stored: Mapping[str, Sequence[str]], readers: Mapping[str, str], extractor: str) -> Chosen:
    """One document a key, the first in the order of the inputs; a copy of it is passed over, another text refused.

    ``stored`` holds the ids of stored documents by key, ``readers`` who read them, by id. ``read`` is best kept.
    """
    failures = read.where("kind != 'document'").collect()
    ends = {(row["file"], row["piece"]) for row in failures if row["kind"] == "ended"}
    skipped = {place(row): failure_of(row["value"]) for row in failures if not after(row["file"], row["piece"], ends)}
    documents = without_what_follows(read.where("kind = 'document'"), ends)
    kept, clashes = once_a_key(documents)
    for row in clashes.collect():
        where, first = (row[name].decode("utf-8", "surrogatepass") for name in ("where", "first_where"))
        skipped[place(row)] = clash(row["key"], where, first)
    ordered = tuple(skipped[at] for at in sorted(skipped))
    if not stored:
        fresh = kept.select("id", "value")
        return Chosen(fresh, fresh.count(), 0, (), ordered)
    known = table(kept.sparkSession, stored_rows(stored, readers, extractor), STORED)
    held = F.coalesce(F.col("only") == F.col("id"), F.lit(False))
    told = kept.join(known.withColumn("stored", F.lit(True)), "key", "left").withColumn("held", held)
    counts = {row["held"]: row["count"] for row in told.groupBy("held").count().collect()}
    renewed = told.where("stored AND NOT held").select("key").collect()
    earlier = sorted(identifier for row in renewed for identifier in stored[row["key"]])
    fresh = told.where("NOT held").select("id", "value")
    return Chosen(fresh, counts.get(False, 0), counts.get(True, 0), tuple(earlier), ordered)


def place(row: SparkRow) -> Place:
    return row["piece"], row["number"]


def after(file: int, piece: int, ends: set[Place]) -> bool:
    return any(file == end and piece > last for end, last in ends)


def without_what_follows(documents: DataFrame, ends: set[Place]) -> DataFrame:
    """Without what stands in a file behind a failure that ended it."""
    for file, piece in sorted(ends):
        documents = documents.where(f"NOT (file = {file} AND piece > {piece})")
    return documents


def once_a_key(documents: DataFrame) -> tuple[DataFrame, DataFrame]:
    """The first document of each key, and the later ones with another text."""
    first = F.min(F.struct("piece", "number", "text_id", "where")).alias("first")
    several = documents.groupBy("key").agg(F.count("*").alias("bearers"), first).where("bearers > 1")
    told = documents.join(several, "key", "left")
    is_first = F.col("first").isNull() | same("piece", "number")
    clashes = told.where(~is_first & ~same("text_id"))
    return told.where(is_first), clashes.select(
        "piece", "number", "key", "where", F.col("first.where").alias("first_where")
    )


def same(*names: str) -> Column:
    equal = F.lit(True)
    for name in names:
        equal = equal & (F.col(name) == F.col(f"first.{name}"))
    return equal


def stored_rows(
    stored: Mapping[str, Sequence[str]], readers: Mapping[str, str], extractor: str
) -> list[dict[str, str | None]]:
    """Each key, with the id of its only document where this extractor has read that."""
    return [
        {"key": key, "only": ids[0] if len(ids) == 1 and readers.get(ids[0]) == extractor else None}
        for key, ids in stored.items()
    ]
