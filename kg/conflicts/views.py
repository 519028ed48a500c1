"""The snapshot's vocabulary, ``ontology/snapshot.ttl``: as which classes the ties of a relation are seen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from kg.errors import NotFound, OntologyError
from kg.ontology import Ontology
from kg.vocab import KG, PREFIXES, label_of

__all__ = ["Views", "views_of"]


class Views:
    """What a tie is called in conflict patterns. Raises NotFound or OntologyError for a missing or broken file."""

    def __init__(self, ontology: Ontology) -> None:
        self.terms: set[str] = set()
        self.labels: dict[str, str] = {}
        self._of: dict[str, list[str]] = defaultdict(list)
        self._wider: dict[str, list[str]] = defaultdict(list)
        for triple in _triples(ontology.folder / "snapshot.ttl"):
            self._learn(triple)

    def of(self, relation: str) -> tuple[str, ...]:
        """The narrowest classes of a relation's ties."""
        return tuple(self._of.get(relation, ()))

    def with_wider(self, names: Iterable[str]) -> tuple[str, ...]:
        """The classes and all that take them in, nearest first."""
        found = list(names)
        for name in found:
            found += [wider for wider in self._wider.get(name, ()) if wider not in found]
        return tuple(found)

    def _learn(self, triple: Triple) -> None:
        subject, verb, value = triple.subject, triple.predicate.value, triple.object
        if not isinstance(subject, NamedNode) or not isinstance(value, NamedNode | Literal):
            return
        name = subject.value.removeprefix(KG)
        self.terms.add(name)
        if verb == PREFIXES["rdfs"] + "label":
            self.labels[name] = value.value
        elif verb == PREFIXES["rdfs"] + "subClassOf":
            self._wider[name].append(value.value.removeprefix(KG))
        elif verb == KG + "viewOf":
            self._of[label_of(value.value)].append(name)


@lru_cache(maxsize=8)
def views_of(ontology: Ontology) -> Views:
    """The vocabulary of an ontology, read once."""
    return Views(ontology)


def _triples(path: Path) -> list[Triple]:
    if not path.is_file():
        raise NotFound("no snapshot vocabulary here", where=str(path), way_out="Copy the one that kg ships")
    try:
        return [quad.triple for quad in parse(path=str(path), format=RdfFormat.TURTLE)]
    except SyntaxError as error:
        raise OntologyError(f"not Turtle ({error})", where=str(path)) from error
