"""Everything that can go wrong, as one tree.

KgError                     what, where, the way out
├── Skipped                 this one failed, the run goes on
│   ├── UnreadableDocument  a file, a line or a page that gives no document
│   └── RefusedDocument     readable, but not to be stored: too large, another language, a duplicate id
└── Stop                    the run cannot go on
    ├── UsageError          the call's words are off (exit status 2)
    ├── NotFound            a file, a folder, an IRI or a name that is not there
    ├── OntologyError       a file under ontology/ (or the user's own) is broken
    ├── QueryError          a query that cannot be parsed, is refused, or names what the ontology lacks
    ├── WorkspaceLocked     another run holds the workspace
    ├── WriteFailed         the disk or the remote store did not take what was to be stored
    ├── ClusterFailed       Spark is not there, or gave up
    └── StoreVersionError   the store was written by a newer version
"""

from __future__ import annotations

__all__ = [
    "ClusterFailed",
    "KgError",
    "NotFound",
    "OntologyError",
    "ProcessLost",
    "QueryError",
    "RefusedDocument",
    "Skipped",
    "Stop",
    "StoreVersionError",
    "UnreadableDocument",
    "UsageError",
    "WorkspaceLocked",
    "WriteFailed",
]


class KgError(Exception):
    """Prints as one line: ``where: what. way out``."""

    def __init__(self, what: str, *, where: str = "", way_out: str = "") -> None:
        self.what = what
        self.where = where
        self.way_out = way_out
        super().__init__(what, where, way_out)

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        remedy = f". {self.way_out}" if self.way_out else ""
        return " ".join(f"{place}{self.what}{remedy}".split())


class Skipped(KgError):
    """One document failed; the others go on."""


class UnreadableDocument(Skipped):
    """A file, a line or a page that gives no document."""


class RefusedDocument(Skipped):
    """Readable, but not to be stored."""


class Stop(KgError):
    """The run cannot go on."""


class UsageError(Stop):
    """The call's words are off."""


class NotFound(Stop):
    """A file, a folder, an IRI or a name that is not there."""


class OntologyError(Stop):
    """A file under ``ontology/``, ours or the user's, is broken."""


class QueryError(Stop):
    """A query that cannot be parsed, is refused, or names what the ontology lacks."""


class WorkspaceLocked(Stop):
    """Another run holds the workspace."""


class WriteFailed(Stop):
    """The disk or the remote store did not take what was to be stored; what it held before is kept."""


class ProcessLost(Stop):
    """A process that worked for the run has ended by itself."""


class ClusterFailed(Stop):
    """Spark is not there, or gave up; what was stored before is kept."""


class StoreVersionError(Stop):
    """The store was written by a newer version."""
