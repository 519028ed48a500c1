"""``kg.open``: the graph in Python and in notebooks."""

import pytest
import rdflib
from factory import FakeExtractor

import kg
from kg.errors import NotFound, QueryError

TEXT = "Elon Musk leads SpaceX (title=chief). xAI competitor_of Anthropic (reported). <b>Acme acquired Bolt."
LEADERS = "SELECT ?p ?o { ?p kg:leads ?o }"
MUSK, SPACEX = "https://kg.example/entity/person/elon-musk", "https://kg.example/entity/organization/spacex"


@pytest.fixture(scope="module")
def graph(tmp_path_factory):
    folder = tmp_path_factory.mktemp("opened")
    (folder / "a.txt").write_text(TEXT, "utf-8")
    kg.build([folder / "a.txt"], kg.Workspace(folder), kg.load_ontology(), extractor=FakeExtractor())
    with kg.open(folder) as opened:
        yield opened


def test_rows_are_a_sequence_of_dictionaries(graph):
    rows = graph.query(LEADERS)
    assert (len(rows), rows[0], list(rows[:1])) == (1, {"p": MUSK, "o": SPACEX}, [{"p": MUSK, "o": SPACEX}])


def test_rows_show_as_a_table_and_names_in_them_are_no_markup(graph):
    rows = graph.query('SELECT ("<script>" AS ?x) { }')
    assert "&lt;script&gt;" in rows._repr_html_()
    assert repr(graph.query(LEADERS)).splitlines()[2] == "person:elon-musk  organization:spacex"


def test_rows_become_a_data_frame_with_numbers_as_numbers(graph):
    frame = graph.query("SELECT (COUNT(*) AS ?n) (1.5 AS ?x) (true AS ?y) { ?p kg:leads ?o }").to_pandas()
    assert frame.to_dict("records") == [{"n": 1, "x": 1.5, "y": True}]


def test_a_named_query_takes_its_arguments(graph):
    assert graph.query("leaders", organization="SpaceX")[0]["title"] == "chief"


def test_ask_gives_a_truth_value_and_construct_a_graph(graph):
    assert graph.query("ASK { ?p kg:leads ?o }") is True
    made = graph.query("CONSTRUCT WHERE { ?p kg:leads ?o }")
    assert list(made.subject_objects()) == [(rdflib.URIRef(MUSK), rdflib.URIRef(SPACEX))]


def test_a_call_to_another_server_is_refused(graph):
    with pytest.raises(QueryError, match="SERVICE"):
        graph.query("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }")


@pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")  # rdflib's own evaluator still asks the old names
def test_rdflib_gets_every_named_graph_and_asks_their_union(graph):
    dataset = graph.as_rdflib()
    assert len(dataset) == len({quad.triple for quad in graph.store.quads()})
    assert bool(dataset.query("ASK { ?p <https://kg.example/ontology#leads> ?o }"))


def test_networkx_gets_entities_and_relations(graph):
    assert graph.as_networkx().has_edge("person/elon-musk", "organization/spacex", key="leads")


def test_a_folder_without_a_graph_is_not_found(tmp_path):
    with pytest.raises(NotFound, match="no graph here yet"):
        kg.open(tmp_path)
