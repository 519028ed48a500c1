"""Who is who, worked out on Spark, is who is who."""

import pytest
from stories import CASES, made_document

from kg.cluster import resolve
from kg.cluster.bundling import components_of
from kg.cluster.extracting import GRAPHS, member, opened
from kg.cluster.known import key_of, name_of
from kg.cluster.rows import table
from kg.model import EntityType, Judgement, Reference, Verdict
from kg.ontology import load
from kg.rdf import extraction_quads, nquads
from kg.resolution import Lexicon
from kg.resolution import resolve as resolve_here
from kg.resolution.groups import GroupKey

LEXICON = Lexicon.of(load())
JUDGEMENTS = [
    Judgement("Daniel Weber", "Daniel Weber", Verdict.DIFFERENT),
    Judgement("Acme", "Bolt", Verdict.SAME, "one firm", "vb", "2025-01-01"),
    Judgement("Erdogan", "Musk", Verdict.SAME),
]


@pytest.fixture(scope="module")
def graphs():
    """All cases together, as graphs of documents."""
    made = []
    for path in sorted(CASES.glob("*/*.txt")):
        parts = path.read_text("utf-8").partition("===")[0].split("--- ")[1:]
        made += [made_document(f"{path.parent.name}-{path.stem}-{part}") for part in parts]
    return [member(nquads(extraction_quads(one))) for one in made]


def on_spark(spark, graphs):
    rows = [{"id": str(number), "fresh": True, "words": 1, "graph": graph} for number, graph in enumerate(graphs)]
    return table(spark, rows, GRAPHS).repartition(3)


def test_all_cases_together_come_out_as_here_with_judgements_and_references(spark, graphs):
    extractions = [opened(graph) for graph in graphs]
    names = sorted({entity.name for entity in resolve_here(extractions, LEXICON).entities})
    references = [
        Reference(kind, name, (), (("wikidata", f"Q{number}"),))
        for number, name in enumerate(names[::3], 1)
        for kind in (EntityType.PERSON, EntityType.ORGANIZATION)
    ]
    found = resolve(on_spark(spark, graphs), LEXICON, JUDGEMENTS, references)
    assert found == resolve_here(extractions, LEXICON, JUDGEMENTS, references)
    assert any(entity.identifiers for entity in found.entities)
    assert {reason.feature for reason in found.reasons} >= {"judgement", "same_name", "alias_said"}


def test_of_no_documents_nobody_is_anybody(spark):
    assert resolve(on_spark(spark, []), LEXICON) == resolve_here([], LEXICON)


def test_linked_groups_are_one_component_by_its_first_name():
    pairs = [("d", "c"), ("a", "b"), ("b", "d"), ("x", "y")]
    assert components_of(pairs) == {"a": "a", "b": "a", "c": "a", "d": "a", "x": "x", "y": "x"}


def test_groups_sort_by_their_names_as_by_their_keys():
    keys = [GroupKey(kind, primary) for kind in EntityType for primary in ("ann", "ann lee", "annz", "b")]
    assert sorted(map(name_of, keys)) == [name_of(key) for key in sorted(keys)]
    assert [key_of(name_of(key)) for key in keys] == keys
