"""From the layouts of earlier versions to today's.

The layout's number is a mark in the store itself. A writer takes a store up one step at a time, each in one
transaction; a reader of an old snapshot asks for a writer first.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.store.store import Store

__all__ = ["MIGRATIONS", "SCHEMA_VERSION", "migrate"]

SCHEMA_VERSION = 1
UNMARKED = 0


def marked(store: Store) -> None:
    """From the first stores, which bore no number: what was derived from their documents is made again."""
    store.unmark("derivedFrom")


MIGRATIONS: Mapping[int, Callable[[Store], None]] = {UNMARKED: marked}
"""Layout → the step that leads to the next one."""


def migrate(store: Store, found: int) -> None:
    """Takes a store from layout ``found`` to today's, a step at a time."""
    for version in range(found, SCHEMA_VERSION):
        MIGRATIONS[version](store)
        store.mark("schemaVersion", str(version + 1))
