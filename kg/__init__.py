"""News in, an RDF graph of firms, people, products and their ties out, with potential conflicts of interest.

    from pathlib import Path
    import kg

    kg.build(["examples"], kg.Workspace(Path("outputs")), kg.load_ontology())
    kg.open("outputs").query("leaders", organization="SpaceX")

The rooms, and the one way in which values flow through them:

    documents → extraction → resolution → rdf, store → conflicts → queries → view, export

- ``model``       the values that cross the doors: frozen, no input or output
- ``errors``      everything that can go wrong, as one tree
- ``vocab``       namespaces; the one place where an id becomes an IRI
- ``ontology``    loads the top-level ``ontology/``: what may relate to what, patterns, queries, word lists
- ``documents``   files, folders, archives and addresses → Document; which are copies of one story
- ``extraction``  Document → Extraction: mentions, clusters, claims (the only room that imports spaCy)
- ``resolution``  Extractions → Resolution: who is who
- ``rdf``         values ↔ quads
- ``sparql``      parses queries: unknown names, calls to other servers
- ``store``       the graph on disk (Oxigraph), its snapshots for readers; or in a SPARQL 1.1 store by its address
- ``conflicts``   snapshot at a date, guards, patterns → Findings; explain
- ``queries``, ``tables``, ``shapes``, ``summary``   ask, print, validate, count
- ``export``      files that other tools read
- ``view``        networkx and pyvis → one self-contained HTML page
- ``workspace``   where everything lies that a run makes
- ``pipeline``    the order of the stages, incremental; the only module that knows them all
- ``cluster``     reading, extraction and identity on Apache Spark (the only room that imports pyspark)
- ``clustered``   the pipeline with these in it; ``submit`` is what spark-submit runs
- ``opened``      the graph in Python and notebooks: rows, rdflib, networkx
- ``server``      the graph as a service: SPARQL endpoint and web page
- ``progress``, ``runs``   how a build comes on, and what it did, for people and for programs
- ``watching``    waits for files to change
- ``arguments``   the words of the command line; ``cli`` what they do: arguments in, text out

Imports go down only; ``lint-imports`` proves it.
"""

from kg.errors import KgError
from kg.model import Document, Extraction, Finding, Graph
from kg.ontology import Ontology
from kg.ontology import load as load_ontology
from kg.opened import open_graph as open  # noqa: A004 - kg.open, as one says it
from kg.pipeline import build
from kg.store import Store
from kg.workspace import Workspace

__all__ = [
    "Document",
    "Extraction",
    "Finding",
    "Graph",
    "KgError",
    "Ontology",
    "Store",
    "Workspace",
    "build",
    "load_ontology",
    "open",
]
