"""The same pipeline on Apache Spark: the documents and who is who, worked out on many machines.

    pieces → documents, one a key → extractions → units → groups → links → components → bundles → entities

- ``session``     Spark for one run; what is missing is said in one line
- ``rows``        functions over rows, as Spark calls them
- ``reading``     inputs → documents, in the order of the local run
- ``fresh``       one document a key, and which of them are stored already
- ``recipe``      the extractor that every worker makes for itself, once
- ``extracting``  documents → their graphs as N-Quads
- ``known``       what decides about identity besides the documents
- ``grouping``    units → groups → links, by marks
- ``bundling``    components of linked groups → entities and decisions
- ``resolving``   all of identity: the same Resolution as ``kg.resolution.resolve``
- ``parts``       N-Quads and a manifest, in one folder
- ``claims``      … with a table of the claims

Every value has an id that is a hash of what it is, and every shuffle is followed by a sort, so neither the number of
workers nor a task that ran twice shows in a byte. Importing raises ClusterFailed where pyspark is not installed.
"""

from kg.errors import ClusterFailed

try:
    import pyspark  # noqa: F401 - to say that it is missing before anything else does
except ImportError as error:
    raise ClusterFailed(
        "pyspark is not installed", where="--spark", way_out="pip install 'kg-builder[spark]'"
    ) from error

from pyspark.sql import DataFrame, SparkSession

from kg.cluster.claims import write_claims
from kg.cluster.extracting import extract
from kg.cluster.fresh import Chosen, choose
from kg.cluster.parts import Written, fresh_quads, write_derived, write_documents, write_manifest
from kg.cluster.reading import read
from kg.cluster.recipe import Recipe, Trained
from kg.cluster.resolving import resolve
from kg.cluster.session import SUBMITTED, session, translated

__all__ = [
    "SUBMITTED",
    "Chosen",
    "DataFrame",
    "Recipe",
    "SparkSession",
    "Trained",
    "Written",
    "choose",
    "extract",
    "fresh_quads",
    "read",
    "resolve",
    "session",
    "translated",
    "write_claims",
    "write_derived",
    "write_documents",
    "write_manifest",
]
