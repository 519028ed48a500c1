"""Pages for people, data for programs, under one address."""

import json


def test_an_entity_has_a_page_with_names_roles_edges_and_sentences(reading):
    page = reading.get("/entity/person/elon-musk", headers={"Accept": "text/html"}).text
    for heading in (
        "Elon Musk",
        "Roles and deals over time",
        "Edges",
        "Evidence",
        "Elon Musk leads SpaceX (title=chief).",
    ):
        assert heading in page


def test_an_entity_is_rdf_for_a_program(reading):
    answer = reading.get("/entity/person/elon-musk", headers={"Accept": "text/turtle"})
    assert (answer.headers["content-type"], "Accept" in answer.headers["vary"]) == ("text/turtle", True)
    assert "person:elon-musk" in answer.text


def test_conflicts_are_listed_with_their_date_and_sentences(reading):
    listed = reading.get("/conflicts", headers={"Accept": "application/json"}).json()
    assert any(finding["pattern"] == "counterparty_rival" for finding in listed["findings"])
    page = reading.get("/conflicts", params={"as_of": listed["as_of"]}).text
    assert "Anthropic partner_of SpaceX (reported)." in page


def test_conflicts_are_shown_as_of_the_day_asked_for(reading):
    listed = reading.get("/conflicts", params={"as_of": "1999"}, headers={"Accept": "application/json"}).json()
    assert {finding["as_of"] for finding in listed["findings"]} == {listed["as_of"]} == {"1999-12-31"}


def test_the_front_page_holds_the_interactive_graph(reading):
    assert 'src="/view"' in reading.get("/").text
    assert '"Elon Musk"' in reading.get("/view").text


def test_the_editor_has_our_prefixes_and_named_queries(reading):
    page = reading.get("/sparql", headers={"Accept": "text/html"}).text
    data = json.loads(page.partition('id="data">')[2].partition("</script>")[0])
    assert "PREFIX kg:" in data["prefixes"]
    assert "leaders" in [query["name"] for query in data["queries"]]


def test_markup_in_an_address_stays_text(reading):
    assert "<script>alert" not in reading.get("/entity/%3Cscript%3Ealert(1)%3C/script%3E").text
