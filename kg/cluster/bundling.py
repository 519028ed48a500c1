"""Components of linked groups → bundles, entities under readable ids, and why.

A component is bundled by one worker, which holds its units. Then those that would share an id meet: the oldest has it
bare, the others get a suffix, as in ``kg.resolution.registry``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from operator import itemgetter

from pyspark import Broadcast
from pyspark.sql import DataFrame
from pyspark.sql import functions as F  # noqa: N812 - as Spark's own guide has it

from kg.cluster.known import Known, key_of
from kg.cluster.rows import Row, by, grouped, mapped, packed, table, unpacked
from kg.resolution.bundles import Bundle
from kg.resolution.clusters import Decision, bundle
from kg.resolution.entities import bare_id, make_entity, suffixed
from kg.resolution.groups import Group, GroupKey
from kg.resolution.links import Link
from kg.resolution.meant import Meant
from kg.resolution.partition import Partition
from kg.resolution.references import identifiers_of
from kg.resolution.units import Unit

__all__ = ["bundles_of", "components_of", "named"]

COMPONENTS = {"group": "string", "component": "string"}
BUNDLES = {"bare": "string", "value": "binary"}
"""An entity under its bare id with its anchor and its oldest unit's id; or, without an id, a decision."""

ENTITIES = {"bundle": "string", "entity": "binary"}


def components_of(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Group → the first of its component by alphabet, for the groups that stand in a pair (union-find)."""
    tied = tuple(pairs)
    groups = sorted({group for pair in tied for group in pair})
    number = {group: at for at, group in enumerate(groups)}
    partition = Partition(len(groups))
    for left, right in tied:
        partition.join(number[left], number[right])
    return {group: groups[partition.root(at)] for at, group in enumerate(groups)}


def bundles_of(
    units: DataFrame, links: DataFrame, components: Mapping[str, str], known: Broadcast[Known], meant: Broadcast[Meant]
) -> DataFrame:
    """The entities of each component, under bare ids, and the decisions, with the columns of BUNDLES."""
    rows = ({"group": group, "component": component} for group, component in sorted(components.items()))
    homes = table(units.sparkSession, rows, COMPONENTS)
    home = F.coalesce("component", "group").alias("component")
    members = units.join(homes, "group", "left").select(home, F.lit("").alias("left"), F.col("group"), F.col("unit"))
    ties = links.join(homes, links["left"] == homes["group"]).select("component", "left", "right", "link")
    return mapped(by(members.union(ties), "component"), partial(bundle_rows, known, meant), BUNDLES)


def bundle_rows(known: Broadcast[Known], meant: Broadcast[Meant], rows: Iterator[Row]) -> Iterator[Row]:
    rules = known.value.rules(meant.value)
    judged = frozenset().union(*(units for units, _ in meant.value.same))
    for _, members in grouped(rows, "component"):
        units: dict[GroupKey, list[Unit]] = defaultdict(list)
        tied: dict[GroupKey, dict[GroupKey, Link]] = defaultdict(dict)
        for row in members:
            key, value = key_of(row["group"]), unpacked(row["unit"])
            if row["left"]:
                other = key_of(row["left"])
                tied[key][other] = tied[other][key] = value
            else:
                units[key].append(value)
        groups = [Group(key, units[key]) for key in sorted(units)]
        ids = frozenset(unit.id for some in units.values() for unit in some)
        same = [(some & ids, told) for some, told in meant.value.same if some & ids] if judged & ids else []
        bundles, decisions = bundle(groups, tied, rules, known.value.lexicon.weights, same)
        yield from (entity_row(known.value, one, bundles) for one in bundles)
        yield from decision_rows(decisions, bundles)


def entity_row(known: Known, one: Bundle, beside: Sequence[Bundle]) -> Row:
    bare = bare_id(one, known.lexicon.naming)
    entity = make_entity(one, bare, identifiers_of(one, beside, known.references))
    return {"bare": bare, "value": packed((one.anchor, one.id, entity))}


def decision_rows(decisions: Iterable[Decision], bundles: Iterable[Bundle]) -> Iterator[Row]:
    """Each decision with the names of its units, and the bundles that these are in."""
    names, homes = dict[str, str](), dict[str, str]()
    for one in bundles:
        names |= {unit.id: unit.name.text for unit in one.units}
        homes |= dict.fromkeys((unit.id for unit in one.units), one.id)
    for decision in decisions:
        units = decision.left, decision.right
        told = decision, tuple(names[unit] for unit in units), tuple(homes[unit] for unit in units)
        yield {"bare": None, "value": packed(told)}


def named(bundles: DataFrame) -> DataFrame:
    """The entities of bundles under ids that nothing else has, with the columns of ENTITIES."""
    return mapped(by(bundles.where("bare IS NOT NULL"), "bare"), named_rows, ENTITIES)


def named_rows(rows: Iterator[Row]) -> Iterator[Row]:
    for bare, several in grouped(rows, "bare"):
        ordered = sorted((unpacked(row["value"]) for row in several), key=itemgetter(0))
        for index, (_, oldest, entity) in enumerate(ordered):
            named = replace(entity, id=suffixed(bare, oldest)) if index else entity
            yield {"bundle": oldest, "entity": packed(named)}
