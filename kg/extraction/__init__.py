"""Document → Extraction: who is mentioned, which mentions are one thing, and what is said of whom.

The only room that imports spaCy. A small encoder, trained by ``training/``, reads a document window by window; light
heads give names, phrases and pronouns, who refers to whom, and the pairs worth a second look, which markers then read.
Any other extractor may stand in its place that keeps the protocol.

    windows → mentions → clusters → pairs → relations → factuality and details → claims
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from kg.extraction.gazetteer import read_known
from kg.model import Document, Extraction
from kg.ontology import Ontology
from kg.ontology import load as load_ontology

__all__ = ["COMPONENTS", "PROFILES", "Extractor", "load", "read_known"]

COMPONENTS = ("kg_encoder", "kg_entities", "kg_coreference", "kg_relations", "kg_factuality")
PROFILES = ("accurate", "fast")


class Extractor(Protocol):
    """Reads documents one by one; the same document always gives the same extraction."""

    @property
    def name(self) -> str:
        """Name and version, as it stands in every claim."""
        ...

    def extract(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        """One extraction a document, in the order of the documents."""
        ...


def load(
    ontology: Ontology | None = None,
    *,
    profile: str = "accurate",
    known: Iterable[tuple[str, str]] = (),
    least: float = 0.0,
    workers: int = 1,
) -> Extractor:
    """The trained extractor with the bundled ontology or another.

    ``profile`` is "accurate" or "fast"; ``known`` are names with their types; claims less likely than ``least`` are
    left out; with more than one of ``workers`` so many processes read. Raises NotFound for a profile that is none.
    """
    if workers > 1:
        from kg.extraction.workers import Pool

        return Pool(ontology or load_ontology(), profile, known, least, workers)
    from kg.extraction.extractor import TrainedExtractor  # spaCy takes seconds to import: only who extracts waits

    return TrainedExtractor(ontology or load_ontology(), profile, known, least)
