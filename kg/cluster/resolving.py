"""All of identity on Spark: the same Resolution as ``kg.resolution.resolve``, to the byte.

On the driver stand: the pairs of linked groups (their keys, for union-find), the units that a judgement names, and the
result. Everything else is on the workers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import pairwise

from pyspark import StorageLevel
from pyspark.sql import DataFrame

from kg.cluster.bundling import bundles_of, components_of, named
from kg.cluster.grouping import groups_of, links_of, units_in
from kg.cluster.known import Known, name_of
from kg.cluster.rows import Row, mapped, unpacked
from kg.model import Entity, EntityType, Judgement, Reason, Reference, Resolution
from kg.resolution import Lexicon
from kg.resolution.index import home
from kg.resolution.judgements import Handle
from kg.resolution.meant import Meant, called, meant
from kg.resolution.reasons import reason_of, sorted_reasons
from kg.resolution.units import Unit

__all__ = ["resolve"]

Keys = frozenset[tuple[EntityType, str]]


def resolve(
    graphs: DataFrame, lexicon: Lexicon, judgements: Iterable[Judgement] = (), references: Iterable[Reference] = ()
) -> Resolution:
    """Every named cluster's entity, with the reasons; of documents' graphs as ``extract`` gives them."""
    known = Known.of(lexicon, judgements, references)
    share = graphs.sparkSession.sparkContext.broadcast
    shared = share(known)
    kept: list[DataFrame] = []

    def keep(table: DataFrame) -> DataFrame:
        kept.append(table.persist(StorageLevel.MEMORY_AND_DISK))
        return kept[-1]

    units = keep(units_in(graphs, shared))
    links = keep(links_of(keep(groups_of(units, shared)), shared))
    judged = judged_units(units, known)
    said = meant(known.judgements, lambda kind, name: called_so(judged, known, kind, name))
    pairs = {(row["left"], row["right"]) for row in links.select("left", "right").toLocalIterator()}
    components = components_of(pairs | judged_pairs(judged, said))
    bundles = keep(bundles_of(units, links, components, shared, share(said)))
    entities = {row["bundle"]: unpacked(row["entity"]) for row in named(bundles).toLocalIterator()}
    reasons = sorted_reasons(reasons_of(bundles, entities))
    for table in kept:
        table.unpersist()
    return Resolution(tuple(sorted(entities.values(), key=lambda entity: entity.id)), reasons, known.judgements)


def reasons_of(bundles: DataFrame, entities: dict[str, Entity]) -> Iterator[Reason]:
    for row in bundles.where("bare IS NULL").toLocalIterator():
        decision, names, homes = unpacked(row["value"])
        yield reason_of(decision, names, (entities[one].id for one in homes))


# ---- judgements


def judged_units(units: DataFrame, known: Known) -> list[Unit]:
    """The units that bear a name of a judgement."""
    names = {Handle.parse(side).name for said in known.judgements for side in (said.left, said.right)}
    keys = frozenset((kind, known.lexicon.naming.key(name, kind)) for name in names for kind in EntityType)
    if not keys:
        return []
    found = mapped(units.select("unit"), partial(bearing_rows, keys), {"unit": "binary"})
    return sorted((unpacked(row["unit"]) for row in found.toLocalIterator()), key=lambda unit: unit.id)


def bearing_rows(keys: Keys, rows: Iterator[Row]) -> Iterator[Row]:
    for row in rows:
        unit = unpacked(row["unit"])
        if any((unit.type, key) in keys for key in unit.keys):
            yield row


def called_so(judged: Iterable[Unit], known: Known, kind: EntityType, name: str) -> list[Unit]:
    key = known.lexicon.naming.key(name, kind)
    return called((unit for unit in judged if unit.type is kind), key)


def judged_pairs(judged: Iterable[Unit], said: Meant) -> set[tuple[str, str]]:
    """Pairs of groups that judgements put into one component."""
    homes = {unit.id: name_of(home(unit)) for unit in judged}
    several = (sorted({homes[unit] for unit in units}) for units, _ in said.same)
    return {pair for groups in several for pair in pairwise(groups)}
