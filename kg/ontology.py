"""Loads ``ontology/``; answers what may relate to what.

The folder is the checkout's top-level ``ontology/``, or ``kg/_ontology`` inside an installed wheel, or one of the
user's own. Lexicons are text files: one entry a line, ``#`` begins a remark, a tab separates an entry from its value.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, cached_property
from pathlib import Path

import rdflib
from rdflib.collection import Collection
from rdflib.namespace import OWL, RDF, RDFS

from kg.errors import NotFound, OntologyError
from kg.model import EntityType, digest
from kg.vocab import KG, label_of

__all__ = ["Ontology", "Relation", "bundled", "load"]


@dataclass(frozen=True, slots=True)
class Relation:
    """A canonical relation: which types it ties, head first, and how it behaves.

    ``reading`` says it aloud with SUBJECT and OBJECT. ``lasting`` relations are states, which end; the others are
    events, which stay true once they have happened. ``tie_class`` is the local name of the n-ary class, or "".
    """

    label: str
    domain: frozenset[EntityType]
    range: frozenset[EntityType]
    symmetric: bool
    inverse: str
    lasting: bool
    tie_class: str
    reading: str

    def allows(self, subject: EntityType, object_: EntityType) -> bool:
        """Whether the relation may tie these two types, in this direction."""
        return subject in self.domain and object_ in self.range


class Ontology:
    """The folder that a domain expert edits."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / "kg.ttl"
        if not self.path.is_file():
            raise NotFound("no ontology here", where=str(self.path), way_out="Name a folder that holds kg.ttl")

    @cached_property
    def digest(self) -> str:
        """Hash of every file of the folder: what was derived with another ontology has to be derived again."""
        files = sorted(path for path in self.folder.rglob("*") if path.is_file())
        return digest(*((path.relative_to(self.folder).as_posix(), path.read_bytes().hex()) for path in files))

    @cached_property
    def graph(self) -> rdflib.Graph:
        """``kg.ttl`` as an rdflib graph; raises OntologyError where it does not parse."""
        try:
            return rdflib.Graph().parse(self.path, format="turtle")
        except Exception as error:
            raise OntologyError(f"not Turtle ({error})", where=str(self.path)) from error

    @cached_property
    def relations(self) -> Mapping[str, Relation]:
        """Canonical label → relation, in alphabetical order."""
        properties = sorted(str(p) for p in self.graph.subjects(RDF.type, rdflib.URIRef(KG + "Relation")))
        return {label_of(p): self._relation(rdflib.URIRef(p)) for p in properties}

    @cached_property
    def terms(self) -> frozenset[str]:
        """Local names of every class and property of ours."""
        return frozenset(str(s).removeprefix(KG) for s in self.graph.subjects() if str(s).startswith(KG))

    def suggestion(self, name: str, extra: frozenset[str] = frozenset()) -> str:
        """``Did you mean kg:…?`` for a local name that is neither a term nor one of ``extra``, or what else to do."""
        close = get_close_matches(name, sorted(self.terms | extra), n=1, cutoff=0.6)
        return f"Did you mean kg:{close[0]}?" if close else f"The terms are listed in {self.path.name}"

    def lexicon(self, name: str) -> tuple[tuple[str, str], ...]:
        """Entries of ``lexicon/NAME.txt`` as (entry, value) pairs, the value "" where a line has none."""
        path = self.folder / "lexicon" / f"{name}.txt"
        if not path.is_file():
            raise NotFound("no such lexicon", where=str(path))
        return tuple(entries(path.read_text("utf-8").splitlines()))

    def _relation(self, address: rdflib.URIRef) -> Relation:
        types = set(self.graph.objects(address, RDF.type))
        inverse = self.graph.value(address, OWL.inverseOf)
        tie = self.graph.value(address, rdflib.URIRef(KG + "tieClass"))
        return Relation(
            label=label_of(str(address)),
            domain=self._classes(address, RDFS.domain),
            range=self._classes(address, RDFS.range),
            symmetric=OWL.SymmetricProperty in types,
            inverse=label_of(str(inverse)) if inverse is not None else "",
            lasting=str(self.graph.value(address, rdflib.URIRef(KG + "temporality"))) == "state",
            tie_class=str(tie).removeprefix(KG) if tie is not None else "",
            reading=str(self.graph.value(address, RDFS.comment)).rstrip("."),
        )

    def _classes(self, address: rdflib.URIRef, side: rdflib.URIRef) -> frozenset[EntityType]:
        named = self.graph.value(address, side)
        union = self.graph.value(named, OWL.unionOf) if named is not None else None
        members: Iterable[object] = [named] if union is None else Collection(self.graph, union)
        try:
            return frozenset(EntityType(str(member).removeprefix(KG)) for member in members)
        except ValueError as error:
            name = str(address).removeprefix(KG)
            raise OntologyError(f"kg:{name} names a class that is no entity type", where=str(self.path)) from error


def entries(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Entry and value of each line that is neither empty nor a remark."""
    for line in lines:
        said = line.partition("#")[0].rstrip()
        if said.strip():
            entry, _, value = said.partition("\t")
            yield entry.strip(), value.strip()


def bundled() -> Path:
    """The ontology folder that came with this installation."""
    inside = Path(__file__).parent / "_ontology"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "ontology"


@cache
def load(folder: Path | None = None) -> Ontology:
    """The bundled ontology, or that of a folder; raises NotFound where there is none."""
    return Ontology(folder or bundled())
