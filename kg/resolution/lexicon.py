"""What resolution reads from the ontology's word lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.errors import OntologyError
from kg.ontology import Ontology
from kg.resolution.naming import Naming

__all__ = ["Lexicon"]


@dataclass(frozen=True)
class Lexicon:
    """How names are read, what says that a thing was renamed, and what each feature weighs."""

    naming: Naming
    renaming: frozenset[str]
    weights: Mapping[str, float]

    @classmethod
    def of(cls, ontology: Ontology) -> Lexicon:
        """By the lists of an ontology; raises OntologyError for a weight that is no number."""
        try:
            weights = {name: float(weight) for name, weight in ontology.lexicon("identity_weights")}
        except ValueError as error:
            raise OntologyError(f"a weight is no number ({error})", where="lexicon/identity_weights.txt") from error
        return cls(Naming.of(ontology), frozenset(cue for cue, _ in ontology.lexicon("renaming")), weights)
