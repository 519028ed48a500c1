"""Graphs → units, units of one type and name → groups, groups that meet at a mark → links.

Two shuffles that grow with the text: units to their groups, and marks to one another. Only names travel to a mark;
what a pair is compared by is fetched once the pair is found.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from pyspark import Broadcast
from pyspark.sql import DataFrame
from pyspark.sql import functions as F  # noqa: N812 - as Spark's own guide has it

from kg.cluster.extracting import opened
from kg.cluster.known import Known, key_of, name_of
from kg.cluster.rows import Row, by, grouped, mapped, packed, unpacked
from kg.resolution.groups import Group, Profile, asked, posted
from kg.resolution.index import home
from kg.resolution.links import link
from kg.resolution.units import units_of

__all__ = ["groups_of", "links_of", "units_in"]

UNITS = {"group": "string", "unit": "binary"}
GROUPS = {"group": "string", "posted": "array<string>", "asked": "array<string>", "profile": "binary"}
LINKS = {"left": "string", "right": "string", "link": "binary"}


def units_in(graphs: DataFrame, known: Broadcast[Known]) -> DataFrame:
    """The units of documents' graphs, each with its group."""
    return mapped(graphs.select("graph"), partial(unit_rows, known), UNITS)


def unit_rows(known: Broadcast[Known], rows: Iterator[Row]) -> Iterator[Row]:
    lexicon, rivals = known.value.lexicon, known.value.rivals
    for row in rows:
        for unit in units_of(opened(row["graph"]), lexicon.naming, lexicon.renaming, rivals):
            yield {"group": name_of(home(unit)), "unit": packed(unit)}


def groups_of(units: DataFrame, known: Broadcast[Known]) -> DataFrame:
    """The groups of units, with the marks that they post and ask for."""
    return mapped(by(units, "group"), partial(group_rows, known), GROUPS)


def group_rows(known: Broadcast[Known], rows: Iterator[Row]) -> Iterator[Row]:
    naming, rules = known.value.lexicon.naming, known.value.rules()
    for name, members in grouped(rows, "group"):
        group = Group(key_of(name), (unpacked(row["unit"]) for row in members))
        references = rules.references_of(group.units)
        profile, kind = Profile.of(group), group.key.type.value
        yield {
            "group": name,
            "posted": sorted(kind + mark for mark in posted(profile, naming, references)),
            "asked": sorted(kind + mark for mark in asked(profile, naming, references)),
            "profile": packed((profile, references)),
        }


def links_of(groups: DataFrame, known: Broadcast[Known]) -> DataFrame:
    """What ties the names of two groups, for the pairs where one asks for a mark that the other posts."""
    posts = groups.select(F.explode("posted").alias("mark"), F.col("group").alias("one"))
    asks = groups.select(F.explode("asked").alias("mark"), F.col("group").alias("other"))
    met = posts.join(asks, "mark").where("one != other")
    pairs = met.select(F.least("one", "other").alias("left"), F.greatest("one", "other").alias("right")).distinct()
    for side in ("left", "right"):
        profiles = groups.select(F.col("group").alias(side), F.col("profile").alias(f"{side}_profile"))
        pairs = pairs.join(profiles, side)
    return mapped(pairs, partial(link_rows, known), LINKS)


def link_rows(known: Broadcast[Known], rows: Iterator[Row]) -> Iterator[Row]:
    for row in rows:
        (left, references), (right, others) = unpacked(row["left_profile"]), unpacked(row["right_profile"])
        found = link(left, right, known.value.lexicon.naming, bool(references & others))
        if found:
            yield {"left": row["left"], "right": row["right"], "link": packed(found)}
