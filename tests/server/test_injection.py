"""The corpus of attacks in everything that is stored and asked: nothing runs, nothing is fetched, nothing is markup."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlsplit

import pyoxigraph as ox
import pytest
import rdflib
from browsing import DRAWN, until
from hostile import ALL, ATTACKS, hostile
from lxml import etree, html
from playwright.sync_api import Browser, Error, Page, expect
from rdflib.term import Literal, URIRef

from server.conftest import TOKEN, served

ADDRESSES = (Path(__file__).parent.parent / "view" / "attack_addresses.js").read_text("utf-8")
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
FIRM = f"/entity/{ALL}"
STYLE = "/static/pages.css"
EDITOR = {"/sparql", STYLE, "/static/yasgui.min.css", "/static/yasgui.min.js", "/static/editor.js"}
SAMPLE = ATTACKS[::32]
OURS = set(
    "html head meta title link body nav a main h1 h2 p code section div table thead tbody tr th td article form label "
    "input button ul li blockquote footer".split()
)

FOUND = """() => {
  const all = [...document.querySelectorAll("*")];
  const safe = (link) => ["http:", "https:", "data:", "blob:"].includes(link.protocol);
  return {
    ran: [window.__pwned, Object.prototype.__pwned].filter((mark) => mark !== undefined),
    handlers: all.filter((one) => one.getAttributeNames().some((name) => name.startsWith("on"))).length,
    links: [...document.querySelectorAll("a[href]")].filter((link) => !safe(link)).map((link) => link.href),
    foreign: document.querySelectorAll(
      "object, embed, base, audio, video, marquee, portal, math, svg script, img[src=x], iframe:not(#view), [srcdoc]"
    ).length,
  };
}"""
NOTHING = {"ran": [], "handlers": 0, "links": [], "foreign": 0}


@pytest.fixture(scope="module")
def attacked(tmp_path_factory) -> Iterator:
    """A service over the graph of attacks that takes documents."""
    with served(hostile(tmp_path_factory.mktemp("attacked")), "--allow-update", "--timeout", "120") as client:
        yield client


@pytest.fixture(scope="module")
def iris(attacked) -> dict[str, str]:
    """One path of each kind of thing that the first attack stands in."""
    asked = """SELECT ?document ?sentence ?claim ?tie ?finding ?reason ?mention {
      ?document dcterms:source ?said . FILTER(CONTAINS(?said, "onerror"))
      ?claim oa:exact ?quote ; prov:wasQuotedFrom ?sentence ; kg:subjectMention ?mention .
      ?sentence nif:referenceContext ?document .
      ?tie kg:claim ?claim . ?finding kg:premise ?claim . ?reason kg:feature ?said } LIMIT 1"""
    [row] = attacked.get("/sparql", params={"query": asked}).json()["results"]["bindings"]
    return {kind: urlsplit(cell["value"]).path for kind, cell in row.items()}


# ---- in a browser


@dataclass
class Visit:
    """A page of the service, what it asked for and what the browser complained of."""

    page: Page
    base: str
    asked: set[str] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)
    forgiven: str = ""

    def open(self, path: str) -> None:
        self.page.goto(self.base + path)
        self.require_calm()

    def require_calm(self) -> None:
        """Nothing ran in any frame, nothing foreign stands in it, nothing was complained of or popped up."""
        for frame in self.page.frames:
            assert frame.evaluate(FOUND) == NOTHING
        assert [message for message in self.wrong if message != self.forgiven] == []


@contextmanager
def visiting(browser: Browser, client, **options) -> Iterator[Visit]:
    """A browser's window; a request that leaves the service is noted with its host, one to it with its path."""
    context = browser.new_context(**options)
    page = context.new_page()
    visit = Visit(page, str(client.base_url).rstrip("/"))

    def note(address: str) -> None:
        if not address.startswith(("data:", "blob:")):
            inside = address.startswith(visit.base + "/")
            visit.asked.add(urlsplit(address).path if inside else address)

    def complain(message) -> None:
        if "the server responded with a status of" not in message.text:
            visit.wrong.append(message.text)

    context.route(lambda address: not address.startswith((visit.base + "/", "data:", "blob:")), lambda r: r.abort())
    context.on("request", lambda request: note(request.url))
    context.on("console", complain)
    context.on("weberror", lambda error: visit.wrong.append(str(error.error)))
    context.on("dialog", lambda dialog: (visit.wrong.append(dialog.message), dialog.dismiss()))
    yield visit
    context.close()


def test_nothing_runs_on_the_front_page_or_in_the_graph_on_it(browser, attacked):
    with visiting(browser, attacked) as visit:
        visit.open("/")
        graph = visit.page.wait_for_selector("#view").content_frame()
        until(graph, DRAWN, seconds=60)
        graph.evaluate("kg.model.tell()")
        assert graph.evaluate(ADDRESSES, SAMPLE) is None
        visit.require_calm()
        assert visit.asked == {"/", "/view", STYLE, "/static/home.js"}


def test_nothing_runs_on_any_page_about_what_is_stored(browser, attacked, iris):
    pages = [FIRM, "/entity/person/e1", "/conflicts", "/conflicts?as_of=2026-12-31", *iris.values()]
    with visiting(browser, attacked) as visit:
        for path in pages:
            visit.open(path)
        assert visit.asked == {*(urlsplit(path).path for path in pages), STYLE}


NAMES = "endpoint tabTitle requestMethod headers contentTypeSelect outputFormat namedGraph x".split()


@pytest.mark.parametrize("share", range(2))
def test_nothing_runs_in_the_editor_from_its_address_even_without_a_policy(browser, attacked, share):
    words = quote("".join(ATTACKS[share::2]))
    with visiting(browser, attacked, bypass_csp=True) as visit:
        visit.forgiven, said = TOKENIZER, "&".join(f"{name}={words}" for name in NAMES)
        visit.open(f"/sparql?x={words}#query={words}&{said}")
        until(visit.page, "() => window.kgEditor")
        visit.require_calm()
        assert visit.asked == EDITOR


TOKENIZER = "Cannot read properties of null (reading '0')"
"""What the editor's own code says of a text that is far from SPARQL."""


def test_a_link_to_the_editor_brings_a_query_and_no_other_endpoint(browser, attacked):
    with visiting(browser, attacked) as visit:
        visit.open("/sparql#query=ASK%20%7B%7D&endpoint=https%3A%2F%2Fevil.invalid%2Fsparql")
        until(visit.page, "() => window.kgEditor")
        tab = "(() => { const tab = kgEditor.getTab(); return [tab.getQuery(), tab.getEndpoint()]; })()"
        assert visit.page.evaluate(tab) == ["ASK {}", f"{visit.base}/sparql"]


def test_nothing_runs_in_the_answers_that_the_editor_shows_even_without_a_policy(browser, attacked):
    query = "SELECT ?name (IRI(?name) AS ?address) { ?thing skos:prefLabel ?name } ORDER BY DESC(BOUND(?address)) ?name"
    with visiting(browser, attacked, bypass_csp=True) as visit:
        visit.open(f"/sparql#query={quote(query)}")
        until(visit.page, "() => window.kgEditor")
        visit.page.click(".yasqe_queryButton")
        visit.page.wait_for_selector(".yasr table tbody tr", timeout=60_000)
        assert "window.__pwned" in visit.page.inner_text(".yasr")
        visit.page.wait_for_load_state("networkidle")
        visit.require_calm()
        assert visit.asked == EDITOR


def test_nothing_runs_from_what_is_asked_for_in_vain(browser, attacked):
    with visiting(browser, attacked) as visit:
        for attack in SAMPLE:
            word = quote(attack, safe="")
            for path in (
                f"/{word}",
                f"/entity/{word}",
                f"/static/{word}",
                f"/conflicts?as_of={word}",
                f"/view?as_of={word}",
                f"/sparql?query={word}",
                f"/graphs?graph={word}",
            ):
                visit.open(path)
        every = quote("".join(SAMPLE))
        visit.open(f"/?x={every}#{every}")
        assert {path for path in visit.asked if "://" in path} == set()


def test_a_browser_saves_rows_and_shows_triples_as_text(browser, attacked):
    with visiting(browser, attacked) as visit:
        with visit.page.expect_download(), pytest.raises(Error, match="Download is starting"):
            visit.open(f"/sparql?query={quote('SELECT * { ?thing skos:prefLabel ?name }')}")
        visit.open(f"/sparql?query={quote('CONSTRUCT WHERE { ?thing skos:prefLabel ?name }')}")
        assert "window.__pwned" in visit.page.inner_text("body")
        assert visit.asked == {"/sparql"}


def test_nothing_runs_where_no_form_or_no_name_of_ours_is_asked_for(browser, attacked):
    with visiting(browser, attacked) as visit:
        visit.page.route("**/*", lambda route: route.continue_(headers=route.request.headers | {"accept": "image/png"}))
        visit.open(f"{FIRM}?{quote(SAMPLE[0])}")
        assert '"status": 406' in visit.page.content()
    with visiting(browser, attacked) as visit:
        visit.base = visit.base.replace("127.0.0.1", "evil.localhost")
        visit.open(f"/{quote(SAMPLE[0], safe='')}?x={quote(SAMPLE[1])}")
        assert "does not go by that name" in visit.page.content()


def test_nothing_runs_from_the_name_of_a_document_that_is_sent(browser, attacked):
    with visiting(browser, attacked) as visit:
        visit.open("/")
        visit.page.click("summary")
        visit.page.fill("#token", TOKEN)
        for attack in SAMPLE:
            name = attack.replace("/", "_").replace("\0", "_")
            visit.page.set_input_files(
                "#document", {"name": f"#{name}.txt", "mimeType": "text/plain", "buffer": b"text"}
            )
            visit.page.click("#upload button")
            expect(visit.page.locator("#told")).to_contain_text("letters, digits")
        visit.require_calm()


# ---- every attack, without a browser


def require_headers(answer, attack: str) -> None:
    headers = answer.headers
    assert headers["x-content-type-options"] == "nosniff"
    assert "frame-ancestors 'self'" in headers["content-security-policy"]
    kind = headers["content-type"]
    assert not kind.startswith("text/") or kind == "text/turtle" or kind.endswith("charset=utf-8")
    assert "window.__pwned" not in str(headers)
    assert "evil" not in str(headers)
    assert attack not in headers.values()


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/{}", {404}),
        ("/static/{}", {404}),
        ("/entity/{}", {404}),
        ("/graphs/{}", {400, 404}),
        ("/conflicts?as_of={}", {400}),
        ("/view?as_of={}", {400}),
        ("/graphs?graph={}", {400, 404}),
        ("/sparql?query=ASK%20%7B%7D&default-graph-uri={}", {200, 400}),
        ("/sparql?query=ASK%20%7B%7D&named-graph-uri={}", {200, 400}),
    ],
)
def test_every_attack_in_an_address_is_refused_as_data(attacked, path, status):
    for attack in ATTACKS:
        answer = attacked.get(path.format(quote(attack, safe="")), headers={"Accept": "text/turtle, */*;q=0.1"})
        assert answer.status_code in status, (attack, answer.text)
        require_headers(answer, attack)
        json.loads(answer.text)


def test_every_attack_is_refused_as_a_query(attacked):
    for attack in ATTACKS:
        answer = attacked.get("/sparql", params={"query": attack}, headers={"Accept": BROWSER})
        assert (answer.status_code, answer.json()["status"]) == (400, 400)
        require_headers(answer, attack)


@pytest.mark.parametrize("path", ["/", "/sparql", "/ontology"])
def test_no_page_repeats_what_its_address_says(attacked, path):
    plain = attacked.get(path, headers={"Accept": BROWSER}).content
    for attack in ATTACKS:
        answer = attacked.get(path, params={"x": attack}, headers={"Accept": BROWSER})
        assert answer.content == plain
        require_headers(answer, attack)


def test_no_attack_is_the_name_of_a_document(attacked):
    for attack in ATTACKS:
        for name in (attack, f"{attack}.", f"../{attack}.txt"):
            answer = attacked.post("/upload", params={"name": name}, headers={"Authorization": f"Bearer {TOKEN}"})
            assert answer.status_code == 400, (name, answer.text)
            require_headers(answer, attack)


@pytest.mark.parametrize("path", [FIRM, "/conflicts", *(f"/entity/person/e{n}" for n in range(0, len(ATTACKS), 32))])
def test_every_attack_on_a_page_is_text(attacked, path):
    answer = attacked.get(path, headers={"Accept": BROWSER})
    page = html.document_fromstring(answer.content.replace(b"\0", b""))
    assert {element.tag for element in page.iter()} <= OURS
    assert [name for element in page.iter() for name in element.attrib if name.startswith("on")] == []
    said = "".join(page.text_content().split())
    own = ATTACKS if "person" not in path else [ATTACKS[int(path.rpartition("e")[2])]]
    assert [attack for attack in own if "".join(attack.replace("\0", "").split()) not in said] == []
    require_headers(answer, "")


# ---- other media


NAMED = "SELECT ?name { ?thing skos:prefLabel ?name FILTER(STRSTARTS(STR(?thing), STR(person:))) }"
MADE = """CONSTRUCT { ?made rdfs:label ?name ; rdfs:seeAlso ?address } {
  ?thing skos:prefLabel ?name FILTER(STRSTARTS(STR(?thing), STR(person:)))
  BIND(IRI(CONCAT("http://made.example/", ENCODE_FOR_URI(?name))) AS ?made) BIND(IRI(?name) AS ?address) }"""


def rows(attacked, media: str) -> bytes:
    answer = attacked.get("/sparql", params={"query": NAMED}, headers={"Accept": media})
    assert answer.status_code == 200
    require_headers(answer, "")
    return answer.content


def in_xml(text: str) -> str:
    return "".join("\ufffd" if character < " " and character not in "\t\n\r" else character for character in text)


def test_rows_in_json_hold_every_attack(attacked):
    bindings = json.loads(rows(attacked, "application/sparql-results+json"))["results"]["bindings"]
    assert sorted(row["name"]["value"] for row in bindings) == sorted(ATTACKS)


def test_rows_in_xml_hold_every_attack(attacked):
    said = etree.fromstring(rows(attacked, "application/sparql-results+xml")).iter("{*}literal")
    assert sorted(literal.text for literal in said) == sorted(map(in_xml, ATTACKS))


def test_rows_in_csv_hold_every_attack(attacked):
    said = csv.reader(io.StringIO(rows(attacked, "text/csv").decode(), newline=""))
    assert sorted(row[0] for row in said) == sorted(["name", *ATTACKS])


def test_rows_in_tsv_hold_every_attack(attacked):
    head, *cells = rows(attacked, "text/tab-separated-values").decode().removesuffix("\n").split("\n")
    said = [next(ox.parse(f"<a:a> <a:b> {cell} .", format=ox.RdfFormat.N_TRIPLES)).object.value for cell in cells]
    assert (head, sorted(said)) == ("?name", sorted(ATTACKS))


@pytest.mark.parametrize(
    ("media", "form"),
    [
        ("text/turtle", "turtle"),
        ("application/n-triples", "nt"),
        ("application/ld+json", "json-ld"),
        ("application/rdf+xml", "xml"),
        ("application/trig", "trig"),
        ("application/n-quads", "nquads"),
    ],
)
def test_triples_in_every_form_of_rdf_hold_every_attack(attacked, media, form):
    answer = attacked.get("/sparql", params={"query": MADE}, headers={"Accept": media})
    require_headers(answer, "")
    read = rdflib.Dataset().parse(data=answer.content, format=form)
    literals = {str(term) for _, _, term, _ in read.quads() if isinstance(term, Literal)}
    addresses = {str(term) for _, _, term, _ in read.quads() if isinstance(term, URIRef)}
    expected = set(map(xml_read, ATTACKS)) if form == "xml" else set(ATTACKS)
    assert literals == expected
    assert "javascript:window.__pwned=1" in addresses


def xml_read(text: str) -> str:
    """What an XML reader gives: line ends are one character."""
    return in_xml(text).replace("\r\n", "\n").replace("\r", "\n")


@pytest.mark.parametrize("media", ["application/rdf+xml", "text/turtle", "application/ld+json"])
def test_pages_about_what_is_stored_are_well_formed_in_rdf(attacked, iris, media):
    for path in (FIRM, *iris.values()):
        answer = attacked.get(path, headers={"Accept": media})
        assert len(rdflib.Graph().parse(data=answer.content, format=media)) > 0


def test_a_property_that_xml_cannot_name_is_refused_in_rdf_xml(attacked):
    query = "CONSTRUCT { <a:a> <http://x.example/1> ?o } { VALUES ?o { 1 } }"
    answer = attacked.get("/sparql", params={"query": query}, headers={"Accept": "application/rdf+xml"})
    assert (answer.status_code, "does not end in a name" in answer.text) == (406, True)


def test_conflicts_in_json_hold_every_attack(attacked):
    answer = attacked.get("/conflicts", headers={"Accept": "application/json"})
    require_headers(answer, "")
    assert {finding["reason"] for finding in answer.json()["findings"]} == set(ATTACKS)
