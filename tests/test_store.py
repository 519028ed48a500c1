"""The store holds whole documents, replaces them, answers SPARQL, and keeps to one writer and one version."""

import multiprocessing
from dataclasses import replace

import pyoxigraph as ox
import pytest
from factory import extraction

from kg.errors import NotFound, QueryError, StoreVersionError, WorkspaceLocked, WriteFailed
from kg.ontology import load
from kg.rdf import extraction_quads, nquads, read_extraction
from kg.store import Store
from kg.store.local import Local
from kg.vocab import BASE, FACTS, KG, WORKSPACE


@pytest.fixture
def store(tmp_path):
    with Store(tmp_path / "store", create=True) as opened:
        yield opened


def fact(name: str) -> ox.Quad:
    return ox.Quad(
        ox.NamedNode(BASE + "entity/" + name),
        ox.NamedNode(KG + "leads"),
        ox.NamedNode(BASE + "entity/x"),
        ox.NamedNode(FACTS),
    )


def test_what_is_stored_comes_back(store):
    said = extraction()
    store.replace(said)
    assert [e.claims for e in store.extractions()] == [said.claims]
    assert store.document(said.document.id) == said.document


def test_a_changed_document_replaces_its_graph(store):
    old, new = extraction("Acme acquired Bolt."), extraction("Acme sued Bolt.")
    store.replace(old)
    store.replace(new, earlier=store.document_ids()["a.txt"])
    assert store.document_ids() == {"a.txt": [new.document.id]}


def test_storing_the_same_document_twice_changes_nothing(store):
    store.replace(extraction())
    before = store.quads()
    store.replace(extraction(), earlier=store.document_ids()["a.txt"])
    assert store.quads() == before


def test_a_store_survives_closing(tmp_path):
    with Store(tmp_path / "store", create=True) as store:
        store.replace(extraction())
    with Store(tmp_path / "store") as store:
        assert list(store.document_ids()) == ["a.txt"]


def test_derived_graphs_are_replaced_and_marked(store):
    store.derive({FACTS: [fact("a")]}, load())
    store.derive({FACTS: [fact("b")]}, load())
    assert store.named_graph(FACTS) == [fact("b")]
    assert store.is_derived(load())


def lines(*extractions):
    return nquads(quad for said in extractions for quad in extraction_quads(said))


def test_loaded_documents_are_those_stored_one_by_one(store, tmp_path):
    one, other, old = extraction(), extraction("Coil leads.", "b.txt"), extraction("Bolt leads.", "b.txt")
    store.replace(old)
    store.load([lines(one), lines(other)], earlier=[old.document.id])
    with Store(tmp_path / "other", create=True) as same:
        same.replace(one)
        same.replace(other)
        assert store.quads() == same.quads()
    assert store.document_lines(one.document.id) == lines(one)


def test_a_loaded_document_takes_the_place_of_what_another_extractor_read_in_it(store):
    store.replace(extraction("Acme acquired Bolt. Bolt acquired Coil."))
    read_again = replace(extraction("Acme acquired Bolt. Bolt acquired Coil."), claims=(), extractor="fake 2")
    store.load([lines(read_again)])
    assert list(store.extractions()) == [replace(read_again, sentences=())]


def test_a_document_that_was_loaded_by_half_is_none_and_is_replaced_when_it_comes_again(store, monkeypatch):
    def fails(*_):
        raise WriteFailed("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(Local, "add", fails)
        with pytest.raises(WriteFailed):
            store.load([lines(extraction())])
    assert (store.document_ids(), list(store.extractions())) == ({}, [])
    assert store.quads() != []
    store.replace(replace(extraction(), claims=(), sentences=()))
    assert nquads(store.quads()) == lines(replace(extraction(), claims=(), sentences=()))


def test_a_new_document_makes_the_derived_graphs_stale(store):
    store.derive({FACTS: []}, load())
    store.replace(extraction())
    assert not store.is_derived(load())


def test_a_removed_document_makes_the_derived_graphs_stale(store):
    said = extraction()
    store.replace(said)
    store.derive({FACTS: []}, load())
    store.forget([said.document.id])
    assert not store.is_derived(load())
    assert store.document_ids() == {}


def test_the_own_marks_of_a_workspace_are_no_part_of_the_graph(store):
    store.derive({FACTS: []}, load())
    assert store.quads() == []
    assert WORKSPACE not in store.graph_names()


def test_a_folder_without_a_graph_is_not_found(tmp_path):
    with pytest.raises(NotFound, match=r"no graph here yet. Make one with: kg build FOLDER"):
        Store(tmp_path / "store")


def hold(path, ready, done):
    with Store(path, create=True):
        ready.set()
        done.wait(20)


def test_a_second_process_is_told_that_the_workspace_is_in_use(tmp_path):
    context = multiprocessing.get_context("spawn")
    ready, done = context.Event(), context.Event()
    other = context.Process(target=hold, args=(tmp_path / "store", ready, done))
    other.start()
    try:
        assert ready.wait(20)
        with pytest.raises(WorkspaceLocked, match=r"another run is using this workspace. Wait until it ends"):
            Store(tmp_path / "store")
    finally:
        done.set()
        other.join()


def test_a_store_of_a_newer_version_is_refused_and_left_alone(tmp_path):
    with Store(tmp_path / "store", create=True) as store:
        store.replace(extraction())
        store.mark("schemaVersion", "99")
    for _ in range(2):
        with pytest.raises(StoreVersionError, match=r"of layout 99, this kg reads layout 1. Update kg"):
            Store(tmp_path / "store")


def rows(store, query, **bindings):
    return [[value.value for value in solution] for solution in store.query(query, load(), bindings=bindings)]


def test_queries_run_over_all_graphs_with_our_prefixes(store):
    store.replace(extraction())
    store.derive({FACTS: [fact("a")]}, load())
    assert rows(store, "SELECT ?p { ?p kg:leads ?o . ?claim a kg:Claim }") == [[BASE + "entity/a"]]


def test_variables_are_bound_as_terms_and_never_as_text(store):
    store.derive({FACTS: [fact("a")]}, load())
    hostile = '"} ; DROP ALL #'
    assert rows(store, "SELECT ?p ?name { ?p kg:leads ?o FILTER(STR(?o) = ?name) }", name=ox.Literal(hostile)) == []


@pytest.mark.parametrize(
    "query", ["SELECT", "DROP ALL", "INSERT DATA { <a:a> <a:b> <a:c> }", "LOAD <http://127.0.0.1:9/>"]
)
def test_what_is_no_query_is_refused(store, query):
    with pytest.raises(QueryError, match="not a SPARQL query"):
        store.query(query, load())


def test_a_query_that_calls_a_server_is_refused(store):
    with pytest.raises(QueryError, match="SERVICE would call another server"):
        store.query("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", load())


def test_quads_come_sorted_and_read_back(store):
    store.replace(extraction())
    quads = store.quads()
    assert quads == sorted(quads, key=lambda q: (str(q.graph_name), str(q.subject), str(q.predicate), str(q.object)))
    assert read_extraction(quads).document == extraction().document


def test_a_graph_of_from_is_asked_alone(store):
    store.replace(extraction())
    store.derive({FACTS: [fact("a")]}, load())
    assert rows(store, f"SELECT ?p FROM <{FACTS}> {{ ?p ?x ?o }}") == [[BASE + "entity/a"]]


def test_a_graph_of_from_that_is_not_here_is_refused(store):
    with pytest.raises(QueryError, match="none is ever fetched"):
        store.query("SELECT * FROM <http://127.0.0.1:9/> { ?s ?p ?o }")


def test_derived_quads_that_take_several_transactions_are_all_stored(store, monkeypatch):
    monkeypatch.setattr("kg.store.store.PART", 2)
    facts = [fact(name) for name in "abcde"]
    store.derive({FACTS: facts}, load())
    assert store.named_graph(FACTS) == facts


def test_graphs_come_one_by_one_and_without_the_own_marks_of_the_workspace(store):
    store.replace(extraction())
    store.replace(extraction("Coil leads.", "b.txt"))
    store.derive({FACTS: [fact("a")]}, load())
    store.load_graph(None, [fact("b").triple], replace=False)
    names = [{quad.graph_name for quad in quads} for quads in store.graphs()]
    assert [len(several) for several in names] == [1, 1, 1, 1]
    assert [str(name) for several in names for name in several] == sorted(str(n) for several in names for n in several)
