"""How each worker makes the extractor for itself: models are loaded once a process, never sent."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from kg import extraction
from kg.errors import ClusterFailed
from kg.extraction import Extractor
from kg.ontology import Ontology, bundled, load

__all__ = ["Recipe", "Trained", "extractor_of"]


class Recipe(Hashable, Protocol):
    """Something small that makes an extractor; equal ones make the same."""

    def extractor(self) -> Extractor:
        """Made anew."""


@dataclass(frozen=True, slots=True)
class Trained:
    """The trained extractor with these choices, and the ontology folder of this hash, None for the bundled one."""

    folder: Path | None
    digest: str
    profile: str
    known: tuple[tuple[str, str], ...] = ()
    least: float = 0.0

    @classmethod
    def of(
        cls, ontology: Ontology, profile: str, known: tuple[tuple[str, str], ...] = (), least: float = 0.0
    ) -> Trained:
        """With an ontology; one of the user's own has to lie at the same place on every worker."""
        own = ontology.folder.resolve() != bundled().resolve()
        return cls(ontology.folder.resolve() if own else None, ontology.digest, profile, known, least)

    def extractor(self) -> Extractor:
        """Raises ClusterFailed on a machine whose ontology is another."""
        ontology = load(self.folder)
        if ontology.digest != self.digest:
            raise ClusterFailed(
                "a worker has another ontology than the driver",
                where=str(ontology.folder),
                way_out="Install the same kg and the same ontology folder on every machine",
            )
        return extraction.load(ontology, profile=self.profile, known=self.known, least=self.least)


@lru_cache(maxsize=1)
def extractor_of(recipe: Recipe) -> Extractor:
    """The extractor of this process."""
    return recipe.extractor()
