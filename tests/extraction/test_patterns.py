"""Every pattern reads its own example; broken pattern files are refused with their place."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kg.errors import OntologyError
from kg.extraction.patterns import Pattern, read_patterns
from kg.extraction.pipeline import RuleExtractor
from kg.model import Document
from kg.ontology import Ontology, bundled

ONTOLOGY = Ontology(bundled())
PATTERNS = read_patterns(ONTOLOGY)


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda p: f"{p.relation}-{p.name}")
def test_a_pattern_alone_reads_its_example(pattern: Pattern):
    alone = RuleExtractor(ONTOLOGY, (pattern,))
    (extraction,) = alone.extract([Document(text=pattern.example, source="example")])
    said = {(c.predicate, c.subject.text, c.object.text) for c in extraction.claims}
    head, tail = pattern.gives
    turned = {(pattern.gives_relation, tail, head)} if ONTOLOGY.relations[pattern.gives_relation].symmetric else set()
    assert said & ({(pattern.gives_relation, head, tail)} | turned)


def test_pattern_names_are_unique_within_a_relation():
    keys = [(p.relation, p.name) for p in PATTERNS]
    assert sorted(set(keys)) == sorted(keys)


def folder_with(tmp_path: Path, line: str) -> Path:
    folder = tmp_path / "ontology"
    shutil.copytree(bundled(), folder)
    (folder / "lexicon" / "patterns" / "sued.jsonl").write_text(line + "\n", "utf-8")
    return folder


@pytest.mark.parametrize(
    "line",
    [
        "{",
        '{"name": "x"}',
        '{"name": "x", "nodes": {"v": "=sue"}, "subject": "w.subject", "object": "v.object"}',
        '{"name": "x", "nodes": {"v": "=sue"}, "subject": "v.nobody", "object": "v.object"}',
    ],
)
def test_a_broken_pattern_is_named_by_file_and_line(tmp_path, line):
    folder = folder_with(tmp_path, line)
    with pytest.raises(OntologyError, match=r"sued\.jsonl:1: broken pattern"):
        read_patterns(Ontology(folder))


def test_a_pattern_file_of_an_unknown_relation_is_refused(tmp_path):
    folder = folder_with(tmp_path, "")
    patterns = folder / "lexicon" / "patterns"
    (patterns / "sued.jsonl").rename(patterns / "befriended.jsonl")
    shutil.copy(bundled() / "lexicon" / "patterns" / "sued.jsonl", patterns / "befriended.jsonl")
    with pytest.raises(OntologyError, match="befriended is no relation"):
        read_patterns(Ontology(folder))
