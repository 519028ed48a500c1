"""Builders of the extraction tests: one extractor for all, and what a text is read as, in short."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from factory import words_of

from kg.extraction import Extractor, load
from kg.model import Document, Extraction

Reader = Callable[..., Extraction]
Facts = Callable[..., set[tuple[str, str, str]]]


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    return load()


@pytest.fixture(scope="session")
def read(extractor: Extractor) -> Reader:
    """The extraction of a text."""

    def extraction(text: str, published: date | None = date(2024, 3, 18)) -> Extraction:
        return next(iter(extractor.extract([Document(text=text, source="news/1.txt", published=published)])))

    return extraction


@pytest.fixture(scope="session")
def facts(read: Reader) -> Facts:
    """(Subject's name, relation, object's name) of every claim of a text."""

    def triples(text: str, **more: object) -> set[tuple[str, str, str]]:
        extraction = read(text, **more)
        named = {mention.id: cluster.name for cluster in extraction.clusters for mention in cluster.mentions}
        return {(named[c.subject.id], c.predicate, named[c.object.id]) for c in extraction.claims}

    return triples


@pytest.fixture
def make_words():
    """Words and marks of punctuation of a text, each its own piece."""
    return words_of


@pytest.fixture(scope="session")
def fast() -> Extractor:
    return load(profile="fast")
