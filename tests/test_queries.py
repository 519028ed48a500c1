"""Named queries: found, explained, bound by terms."""

import pytest
from factory import FakeExtractor

from kg import queries
from kg.errors import NotFound, OntologyError, QueryError, UsageError
from kg.ontology import Ontology, bundled, load
from kg.pipeline import build
from kg.store import Store
from kg.tables import answer_bytes
from kg.workspace import Workspace

TEXT = """\
Elon Musk leads SpaceX (title=chief). Elon Musk leads xAI. xAI competitor_of Anthropic (reported).
Acme acquired Bolt (denied by=Reuters). Anthropic partner_of SpaceX (reported).
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("workspace")
    (folder / "a.txt").write_text(TEXT, "utf-8")
    build([folder / "a.txt"], Workspace(folder), load(), extractor=FakeExtractor())
    with Store(folder / "store") as opened:
        yield opened


def answer(store, name, **arguments):
    return answer_bytes(queries.run(store, load(), name, arguments), "csv").decode().splitlines()[1:]


@pytest.mark.parametrize("query", queries.load(load()).values(), ids=lambda query: query.name)
def test_every_query_of_ours_runs(store, query):
    values = {"entity": "Elon Musk", "string": "x", "date": "2025-01-01"}
    assert answer(store, query.name, **{p.name: values[p.kind] for p in query.parameters}) is not None


def test_two_organizations_names_musk(store):
    assert answer(store, "two_organizations") == ["https://kg.example/entity/person/elon-musk,Elon Musk,SpaceX,xAI"]


def test_leaders_come_with_title_and_sentence(store):
    (row,) = answer(store, "leaders", organization="SpaceX")
    assert ",Elon Musk," in row
    assert "chief" in row
    assert "Elon Musk leads SpaceX" in row


def test_rivals_are_found_from_either_side(store):
    assert [
        row.split(",")[1] for name in ("xAI", "Anthropic") for row in answer(store, "rivals", organization=name)
    ] == ["Anthropic", "xAI"]


def test_hedged_shows_what_is_denied_and_by_whom(store):
    (row,) = answer(store, "hedged")
    assert "denied" in row
    assert "Reuters" in row


@pytest.mark.parametrize(
    "said",
    [
        "Elon Musk",
        "elon musk",
        "person/elon-musk",
        "person:elon-musk",
        "<https://kg.example/entity/person/elon-musk>",
    ],
)
def test_an_entity_is_found_by_name_id_or_iri(store, said):
    assert queries.find_entity(store.entities(), said).id == "person/elon-musk"


def test_an_unknown_entity_is_met_with_a_suggestion(store):
    with pytest.raises(NotFound, match=r"no entity named 'Elon Must'. Did you mean Elon Musk\?"):
        queries.find_entity(store.entities(), "Elon Must")


def test_an_unknown_query_is_met_with_a_suggestion(store):
    with pytest.raises(NotFound, match="Did you mean leaders"):
        queries.run(store, load(), "leader", {})


def test_a_missing_argument_is_named(store):
    with pytest.raises(UsageError, match="query leaders needs organization="):
        queries.run(store, load(), "leaders", {})


def test_an_unknown_argument_is_named(store):
    with pytest.raises(UsageError, match="takes organization, not 'firm'"):
        queries.run(store, load(), "leaders", {"firm": "x"})


@pytest.fixture
def own(tmp_path):
    """An ontology folder of a user's own with a place for queries."""
    (tmp_path / "kg.ttl").write_bytes((bundled() / "kg.ttl").read_bytes())
    (tmp_path / "queries").mkdir()
    return tmp_path


def test_a_query_of_the_users_own_is_found_and_run(store, own):
    (own / "queries" / "mine.rq").write_text(
        "# name: mine\n# reading: All leaders.\nSELECT ?n { ?p kg:leads ?o ; skos:prefLabel ?n } ORDER BY ?n", "utf-8"
    )
    found = queries.run(store, Ontology(own), "mine", {})
    assert answer_bytes(found, "csv") == b"n\r\nElon Musk\r\nElon Musk\r\n"


def test_a_misspelt_property_in_a_query_file_is_named_with_its_line(store, own):
    (own / "queries" / "mine.rq").write_text("# name: mine\n# reading: All.\nSELECT ?n { ?p kg:leeds ?n }", "utf-8")
    with pytest.raises(QueryError, match=r"queries/mine\.rq:3: unknown property kg:leeds. Did you mean kg:leads\?"):
        queries.run(store, Ontology(own), "mine", {})


@pytest.mark.parametrize(
    "header", ["# name: other\n# reading: x", "# name: mine", "# name: mine\n# reading: x\n# parameter: a number"]
)
def test_a_broken_header_is_named(own, header):
    (own / "queries" / "mine.rq").write_text(f"{header}\nSELECT * {{ ?s ?p ?o }}", "utf-8")
    with pytest.raises(OntologyError, match=r"queries/mine\.rq: "):
        queries.load(Ontology(own))
