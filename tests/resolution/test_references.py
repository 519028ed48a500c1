"""Reference lists: names and identifiers from CSV, FollowTheMoney and Turtle; different identifiers are never one."""

import json

import pytest
from factory import FakeExtractor, extraction
from stories import made_document

from kg import identity
from kg.errors import KgError
from kg.model import EntityType, Reference
from kg.ontology import load
from kg.pipeline import build
from kg.resolution import Lexicon, resolve
from kg.store import Store
from kg.workspace import Workspace

LEXICON = Lexicon.of(load())
ACME = Reference(EntityType.ORGANIZATION, "Acme Corporation", ("ACM",), (("wikidata", "Q1"), ("lei", "L1")))
BOLT = Reference(EntityType.ORGANIZATION, "Bolt", (), (("wikidata", "Q2"),))


def entities(extractions, *references):
    return {e.name: e for e in resolve(extractions, LEXICON, references=references).entities}


def test_a_matched_entity_gets_the_identifiers():
    assert entities([extraction("Acme acquired Bolt.")], ACME)["Acme"].identifiers == ACME.identifiers


def test_names_of_one_reference_are_one_entity():
    made = [made_document("a\n<o Acme> grew."), made_document("b\n<o ACM> grew.")]
    assert len(resolve(made, LEXICON).entities) == 2
    assert len(resolve(made, LEXICON, references=[ACME]).entities) == 1


def test_names_of_two_references_are_never_one_even_in_one_cluster():
    made = [made_document("a\n<o=1 Acme>, now <o=1 Bolt>, grew.")]
    assert len(resolve(made, LEXICON).entities) == 1
    assert len(resolve(made, LEXICON, references=[ACME, BOLT]).entities) == 2


def test_a_name_of_two_references_stands_for_neither():
    other = Reference(EntityType.ORGANIZATION, "Acme Records", ("Acme",), (("wikidata", "Q9"),))
    assert entities([extraction("Acme acquired Bolt.")], ACME, other)["Acme"].identifiers == ()


def test_namesakes_do_not_share_one_persons_identifier():
    known = Reference(EntityType.PERSON, "Daniel Weber", (), (("wikidata", "Q3"),))
    one, two = extraction("Daniel Weber leads Acme.", "a"), extraction("Daniel Weber leads Bolt.", "b")
    assert entities([one], known)["Daniel Weber"].identifiers == (("wikidata", "Q3"),)
    found = resolve([one, two], LEXICON, references=[known]).entities
    assert [e.identifiers for e in found if e.type is EntityType.PERSON] == [(), ()]


def test_a_reference_names_no_other_type():
    assert entities([extraction("Bolt develops Acme.")], ACME)["Acme"].identifiers == ()


FILES = {
    "list.csv": "name,type,aliases,wikidata,lei\nAcme Corporation,Organization,ACM,Q1,L1\n",
    "list.jsonl": json.dumps(
        {
            "id": "x",
            "schema": "Company",
            "properties": {"name": ["Acme Corporation"], "alias": ["ACM"], "wikidataId": ["Q1"], "leiCode": ["L1"]},
        }
    ),
    "list.ttl": """@prefix schema: <https://schema.org/> . @prefix wd: <http://www.wikidata.org/entity/> .
wd:Q1 a schema:Organization ; schema:name "Acme Corporation" ; schema:alternateName "ACM" ; schema:leiCode "L1" .""",
}


@pytest.mark.parametrize("name", FILES)
def test_a_list_reads_the_same_from_every_format(tmp_path, name):
    (tmp_path / name).write_text(FILES[name], "utf-8")
    (read,) = identity.read_references([tmp_path / name])
    assert (read.type, read.name, read.aliases, sorted(read.identifiers)) == (
        ACME.type,
        ACME.name,
        ACME.aliases,
        sorted(ACME.identifiers),
    )


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.csv", "name\nAcme\n"),
        ("a.csv", "name,type\nAcme,Spaceship\n"),
        ("a.jsonl", "{}"),
        ("a.jsonl", "[1]"),
        ("a.jsonl", '{"schema": "Company", "properties": 3}'),
        ("a.ttl", "this is not turtle"),
        ("a.xlsx", ""),
    ],
)
def test_a_broken_list_is_one_line_that_names_it(tmp_path, name, text):
    (tmp_path / name).write_text(text, "utf-8")
    with pytest.raises(KgError, match=r"a\.\w+") as raised:
        identity.read_references([tmp_path / name])
    assert "\n" not in str(raised.value)


def test_a_list_is_kept_for_later_builds_and_enters_the_graph(tmp_path):
    (tmp_path / "list.csv").write_text(FILES["list.csv"], "utf-8")
    (tmp_path / "a.txt").write_text("Acme acquired Bolt.", "utf-8")
    workspace = Workspace(tmp_path / "work")
    for references in ([tmp_path / "list.csv"], None):
        build([tmp_path / "a.txt"], workspace, load(), extractor=FakeExtractor(), references=references)
        with Store(workspace.store) as store:
            assert store.entities()["organization/acme"].identifiers == (("lei", "L1"), ("wikidata", "Q1"))
    assert "owl:sameAs wd:Q1" in workspace.trig.read_text("utf-8")


def test_an_identifier_that_is_no_address_makes_no_link(tmp_path):
    (tmp_path / "list.csv").write_text(
        'name,type,wikidata,iri\nAcme,Organization,"Q1> <x",javascript:alert(1)\n', "utf-8"
    )
    (tmp_path / "a.txt").write_text("Acme acquired Bolt.", "utf-8")
    workspace = Workspace(tmp_path / "work")
    build([tmp_path / "a.txt"], workspace, load(), extractor=FakeExtractor(), references=[tmp_path / "list.csv"])
    assert "sameAs" not in workspace.trig.read_text("utf-8")
