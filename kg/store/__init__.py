"""The graph that is kept: on disk with Oxigraph, or in any SPARQL 1.1 store by its address.

- ``store``       documents, derived graphs, marks, queries: what the other rooms use
- ``backend``     the few things that a place for quads can do
- ``local``       … on disk: one writer, transactions, errors translated
- ``remote``      … over HTTP: SPARQL 1.1 query, update, Graph Store Protocol
- ``snapshots``   what readers open while a writer goes on
- ``migrations``  from the layouts of earlier versions to today's
- ``upkeep``      info, compact, backup, restore, verify
"""

from kg.store.backend import Answer
from kg.store.migrations import SCHEMA_VERSION
from kg.store.store import Store

__all__ = ["SCHEMA_VERSION", "Answer", "Store"]
