"""Reference lists: entities with names, aliases, types and identifiers, from CSV or FollowTheMoney JSON Lines.

CSV has the columns name, type, and any of aliases (separated by ``;``), wikidata, lei, ticker, isin, iri. Turtle is
read in ``kg.rdf.references``.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from kg.errors import UsageError
from kg.model import EntityType, Reference
from kg.resolution.bundles import Bundle
from kg.resolution.naming import Naming

__all__ = ["identifiers_of", "keyed", "read_csv", "read_entities_jsonl"]

IDENTIFIERS = ("wikidata", "lei", "ticker", "isin", "iri")
TYPES = {
    "person": EntityType.PERSON,
    "organization": EntityType.ORGANIZATION,
    "organisation": EntityType.ORGANIZATION,
    "company": EntityType.ORGANIZATION,
    "publicbody": EntityType.ORGANIZATION,
    "legalentity": EntityType.ORGANIZATION,
    "product": EntityType.PRODUCT,
    "place": EntityType.PLACE,
    "address": EntityType.PLACE,
}
PROPERTIES = {"wikidataId": "wikidata", "leiCode": "lei", "ticker": "ticker", "isinCode": "isin", "isin": "isin"}
NAMES = ("name", "alias", "weakAlias", "previousName", "abbreviation")


def read_csv(text: str, where: str) -> tuple[Reference, ...]:
    """Entities of a CSV; raises UsageError naming the line."""
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    columns = {name.strip().casefold(): name for name in rows.fieldnames or ()}
    if not {"name", "type"} <= {*columns}:
        raise UsageError("a reference list needs the columns name and type", where=where)
    return tuple(_row(row, columns, f"{where}:{rows.line_num}") for row in rows)


def _row(row: Mapping[str, Any], columns: Mapping[str, str], where: str) -> Reference:
    given = {name: str(row.get(column) or "").strip() for name, column in columns.items()}
    aliases = [alias.strip() for alias in given.get("aliases", "").split(";")]
    identifiers = [(name, given[name]) for name in IDENTIFIERS if given.get(name)]
    return _reference(given["type"], [given["name"], *aliases], identifiers, where)


def read_entities_jsonl(text: str, where: str) -> tuple[Reference, ...]:
    """Entities of FollowTheMoney JSON Lines; schemata that are no type of ours are left out."""
    return tuple(_entities(text.splitlines(), where))


def _entities(lines: Iterable[str], where: str) -> Iterator[Reference]:
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                said = json.loads(line)
                schema, properties = str(said["schema"]), said["properties"]
                names = [str(name) for key in NAMES for name in properties.get(key, ())]
                identifiers = [(PROPERTIES[k], str(v)) for k in sorted(PROPERTIES) for v in properties.get(k, ())]
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise UsageError("not an entity of FollowTheMoney", where=f"{where}:{number}") from error
            if schema.casefold() in TYPES and names:
                yield _reference(schema, names, identifiers, f"{where}:{number}")


def _reference(kind: str, names: Iterable[str], identifiers: Iterable[tuple[str, str]], where: str) -> Reference:
    known = TYPES.get(kind.strip().casefold())
    spelled = tuple(dict.fromkeys(name for name in names if name.strip()))
    if known is None or not spelled:
        raise UsageError("a reference needs a name and a type of Person, Organization, Product, Place", where=where)
    return Reference(known, spelled[0], spelled[1:], tuple(dict.fromkeys(identifiers)))


def keyed(references: Iterable[Reference], naming: Naming) -> dict[tuple[EntityType, str], str]:
    """(Type, key of a name) → the only entity that bears it; names that several bear stand for none of them."""
    bearers: dict[tuple[EntityType, str], set[str]] = {}
    for reference in references:
        for name in reference.names:
            key = naming.key(name, reference.type)
            if key:
                bearers.setdefault((reference.type, key), set()).add(reference.id)
    return {key: next(iter(ids)) for key, ids in bearers.items() if len(ids) == 1}


def identifiers_of(
    one: Bundle, beside: Iterable[Bundle], references: Mapping[str, Reference]
) -> tuple[tuple[str, str], ...]:
    """Those of the one entry that a bundle stands for; of several people whose name is in a list, none has them.

    ``beside`` are the bundles of its component, ``references`` the entries by id.
    """
    if len(one.references) != 1:
        return ()
    (reference,) = one.references
    rivals = [other for other in beside if other is not one and reference in other.references]
    return () if rivals else references[reference].identifiers
