"""Does the graph keep the rules of ``ontology/shapes.ttl``? SHACL, graph by graph.

The domain and range of every relation are checked as well: they are read from ``kg.ttl``, not written again as shapes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import rdflib
from rdflib.namespace import RDF, SH

from kg.errors import NotFound, OntologyError, UsageError
from kg.model import EntityType
from kg.ontology import Ontology
from kg.vocab import FACTS, IDENTITY, INFERRED, KG, property_iri

__all__ = ["Violation", "check", "quads_of_file"]

DERIVED = frozenset({FACTS, IDENTITY, INFERRED})


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """In ``graph``, ``focus`` breaks a rule at ``path`` (IRIs, or "")."""

    graph: str
    focus: str
    path: str
    message: str


def check(quads: Iterable[ox.Quad], ontology: Ontology) -> list[Violation]:
    """What is wrong with the quads, sorted; each document's graph by itself, the derived graphs together."""
    parts: dict[str, list[ox.Quad]] = {}
    for quad in quads:
        name = quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else ""
        parts.setdefault("derived graphs" if name in DERIVED else name, []).append(quad)
    shapes = _shapes(ontology.folder / "shapes.ttl")
    found = [v for name, part in parts.items() for v in _shacl(name, part, shapes)]
    return sorted({*found, *_relations(parts.get("derived graphs", []), ontology)})


def quads_of_file(path: Path) -> list[ox.Quad]:
    """The quads of a file of RDF, by its ending (.trig, .ttl, .nq, .nt, .jsonld, .rdf); raises NotFound, UsageError."""
    wanted = ox.RdfFormat.from_extension(path.suffix.removeprefix("."))
    if wanted is None:
        raise UsageError(
            f"{path.suffix or 'no ending'} names no RDF format", where=str(path), way_out="Use .trig or .ttl"
        )
    try:
        return list(ox.parse(path=str(path), format=wanted))
    except OSError as error:
        raise NotFound(f"cannot be read ({error.strerror})", where=str(path)) from error
    except SyntaxError as error:
        raise UsageError(f"not {wanted.name} ({error.msg})", where=f"{path}:{error.lineno or 1}") from error


@cache
def _shapes(path: Path) -> rdflib.Graph:
    try:
        return rdflib.Graph().parse(path, format="turtle")
    except Exception as error:
        raise OntologyError(f"not Turtle ({error})", where=str(path)) from error


def _shacl(name: str, quads: list[ox.Quad], shapes: rdflib.Graph) -> Iterator[Violation]:
    triples = ox.serialize((quad.triple for quad in quads), format=ox.RdfFormat.N_TRIPLES) or b""
    data = rdflib.Graph().parse(data=triples, format="nt")
    conforms, report, _ = pyshacl.validate(data, shacl_graph=shapes)
    if conforms:
        return
    for result in report.subjects(RDF.type, SH.ValidationResult):
        focus, path, message = (report.value(result, p) for p in (SH.focusNode, SH.resultPath, SH.resultMessage))
        yield Violation(name, str(focus), str(path or ""), str(message))


def _relations(quads: list[ox.Quad], ontology: Ontology) -> Iterator[Violation]:
    """Plain edges whose ends are not of the classes that the relation ties."""
    edges = [_addresses(quad) for quad in quads]
    named = {KG + kind.value: kind for kind in EntityType}
    kinds = {head: named[tail] for head, predicate, tail in edges if predicate == str(RDF.type) and tail in named}
    relations = {property_iri(label): relation for label, relation in ontology.relations.items()}
    for head, predicate, tail in edges:
        relation = relations.get(predicate)
        if relation and not (head in kinds and tail in kinds and relation.allows(kinds[head], kinds[tail])):
            ends = (kinds.get(address, "an unknown thing") for address in (head, tail))
            yield Violation("derived graphs", head, predicate, f"{relation.label} does not tie {' to '.join(ends)}")


def _addresses(quad: ox.Quad) -> tuple[str, str, str]:
    return tuple(str(getattr(term, "value", term)) for term in (quad.subject, quad.predicate, quad.object))  # type: ignore[return-value]
