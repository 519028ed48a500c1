"""Document → Extraction: who is mentioned, which mentions are one thing, and what is said of whom.

The only room that imports spaCy. The extractor reads by rules: word lists and dependency patterns under
``ontology/lexicon/`` over a small statistical parser. Any other one may stand in its place that keeps the protocol.

    lines → names → phrases → clusters → frames → patterns → claims (factuality, dates, amounts)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from kg.model import Document, Extraction
from kg.ontology import Ontology
from kg.ontology import load as load_ontology

__all__ = ["Extractor", "load"]


class Extractor(Protocol):
    """Reads documents one by one; the same document always gives the same extraction."""

    @property
    def name(self) -> str:
        """Name and version, as it stands in every claim."""
        ...

    def extract(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        """One extraction a document, in the order of the documents."""
        ...


def load(ontology: Ontology | None = None) -> Extractor:
    """The rule-based extractor with the bundled ontology or another; raises OntologyError for a broken pattern."""
    from kg.extraction.pipeline import RuleExtractor  # spaCy takes seconds to import: only who extracts waits

    return RuleExtractor(ontology or load_ontology())
