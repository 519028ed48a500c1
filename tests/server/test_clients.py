"""Tools that people have: SPARQLWrapper, rdflib's SPARQLStore, and the editor in a browser."""

import warnings

import pytest
from browsing import until
from rdflib.plugins.stores.sparqlstore import SPARQLStore

LEADS = "SELECT ?o { ?p <https://kg.example/ontology#leads> ?o }"
FIRMS = {f"https://kg.example/entity/organization/{name}" for name in ("spacex", "xai")}


def test_sparqlwrapper_runs_a_query(reading):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from SPARQLWrapper import JSON, SPARQLWrapper
    client = SPARQLWrapper(f"{reading.base_url}/sparql", returnFormat=JSON)
    client.setQuery(LEADS)
    rows = client.query().convert()["results"]["bindings"]
    assert {row["o"]["value"] for row in rows} == FIRMS


def test_rdflibs_sparqlstore_runs_a_query(reading):
    store = SPARQLStore(f"{reading.base_url}/sparql")
    assert {str(row[0]) for row in store.query(LEADS)} == FIRMS


@pytest.fixture
def page(browser):
    opened = browser.new_page()
    opened.asked, opened.wrong = [], []
    opened.on("request", lambda request: opened.asked.append(request.url))
    opened.on("pageerror", lambda error: opened.wrong.append(str(error)))
    yield opened
    opened.close()


def test_the_editor_runs_a_query_in_a_browser_and_asks_nobody_else(reading, page):
    page.goto(f"{reading.base_url}/sparql")
    until(page, "() => window.kgEditor")
    page.select_option("#named", "two_organizations")
    page.click(".yasqe_queryButton")
    page.wait_for_selector(".yasr table tbody tr", timeout=30_000)
    assert "Elon Musk" in page.inner_text(".yasr")
    base = str(reading.base_url).rstrip("/")
    assert [url for url in page.asked if not url.startswith((base, "data:", "blob:"))] == []
    assert page.wrong == []


def test_the_front_page_draws_the_graph_in_a_browser(reading, page):
    page.goto(f"{reading.base_url}/")
    frame = page.wait_for_selector("#view").content_frame()
    frame.wait_for_selector("#graph canvas", timeout=30_000)
    assert frame.evaluate("window.kg.drawn().nodes ?? Object.keys(window.kg.drawn()).length") is not None
    assert page.wrong == []
