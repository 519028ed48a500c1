"""The page as a text: one file, nothing outside it, nothing of a document in its markup."""

import base64
import hashlib
import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from kg.errors import NotFound
from kg.model import Graph
from kg.view import draw, write
from kg.view.assets import SCRIPTS, script, texts
from kg.view.packing import unpack


class Elements(HTMLParser):
    """Start tags with their attributes, and what stands inside script and style."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.inlined: list[tuple[str, dict[str, str | None], str]] = []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))

    def handle_data(self, data):
        tag, attributes = self.tags[-1] if self.tags else ("", {})
        if tag in ("script", "style") and data.strip():
            self.inlined.append((tag, attributes, data))


def block(page: str) -> dict:
    return next(json.loads(text) for _, attributes, text in Elements(page).inlined if attributes.get("id") == "data")


def unpacked(page: str) -> dict:
    shown = block(page)["graph"]
    packed = ("entities", "statements", "documents", "groups")
    return shown | {name: unpack(shown[name]) for name in packed}


def policy(page: str) -> str:
    metas = [attributes for tag, attributes in Elements(page).tags if tag == "meta"]
    return next(m["content"] for m in metas if m.get("http-equiv") == "Content-Security-Policy")


def sha256(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@pytest.fixture(scope="module")
def page(story, readings) -> str:
    return draw(story, readings=readings)


def test_no_element_names_a_resource_outside_the_page(page):
    asking = {"src", "href", "srcset", "data", "action", "poster", "background", "formaction"}
    found = [
        (tag, name, value)
        for tag, attributes in Elements(page).tags
        for name, value in attributes.items()
        if name in asking
    ]
    assert found == [("a", "href", "#ties")]


def test_the_style_asks_for_nothing(page):
    styles = [text for tag, _, text in Elements(page).inlined if tag == "style"]
    assert [text for text in styles if "url(" in text or "@import" in text] == []


def test_the_policy_allows_exactly_what_is_inlined(page):
    inlined = Elements(page).inlined
    scripts = [sha256(text) for tag, attributes, text in inlined if tag == "script" and "type" not in attributes]
    styles = [sha256(text) for tag, _, text in inlined if tag == "style"]
    assert policy(page) == (
        f"default-src 'none'; script-src {' '.join(scripts)}; style-src {' '.join(styles)}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def test_no_element_has_a_style_or_a_handler_of_its_own(page):
    names = {name for _, attributes in Elements(page).tags for name in attributes}
    assert {name for name in names if name == "style" or name.startswith("on")} == set()


def test_the_block_holds_every_entity_statement_document_and_finding(page, story):
    shown = unpacked(page)
    assert [entity["id"] for entity in shown["entities"]] == sorted(story.entities)
    assert [s["id"] for s in shown["statements"]] == [statement.id for statement in story.statements]
    assert [document["id"] for document in shown["documents"]] == sorted(story.documents)
    assert sorted(finding["id"] for finding in shown["findings"]) == sorted(finding.id for finding in story.findings)


def test_hostile_text_comes_back_from_the_block_unchanged(hostile):
    shown = unpacked(draw(hostile))
    assert {entity["id"]: entity["name"] for entity in shown["entities"]} == {
        key: entity.name for key, entity in hostile.entities.items()
    }


def test_hostile_text_adds_no_element(hostile, story):
    tags = [tag for tag, _ in Elements(draw(hostile, title="<b>'\"</title><script>x</script>")).tags]
    assert tags == [tag for tag, _ in Elements(draw(story)).tags]


def test_the_block_holds_no_character_that_could_end_it(hostile):
    raw = re.search(r'id="data">(.*?)</script>', draw(hostile), re.DOTALL)[1]
    assert re.findall("[<>&'\u2028\u2029]", raw) == []


def test_a_title_is_text(hostile):
    assert "<h1>&lt;i&gt;A&amp;B&lt;/i&gt;</h1>" in draw(hostile, title="<i>A&B</i>")


def test_the_same_graph_gives_the_same_bytes_in_any_process(tmp_path, page):
    code = (
        "import sys; from pathlib import Path\n"
        "from conftest import READINGS, story_graph; from kg.view import draw, write\n"
        "write(draw(story_graph(), readings=READINGS), Path(sys.argv[1]))"
    )
    env = os.environ | {"PYTHONPATH": os.pathsep.join([str(Path(__file__).parent), *sys.path])}
    for seed in ("1", "2"):
        path = tmp_path / f"{seed}.html"
        subprocess.run([sys.executable, "-c", code, str(path)], check=True, env=env | {"PYTHONHASHSEED": seed})
        assert path.read_bytes() == page.encode()


def test_the_order_in_which_a_graph_was_filled_does_not_matter(story, readings, page):
    turned = Graph(
        dict(reversed(list(story.entities.items()))),
        story.statements,
        dict(reversed(list(story.documents.items()))),
        tuple(reversed(story.findings)),
    )
    assert draw(turned, readings=readings) == page


def test_write_makes_the_folder_and_writes_utf_8(tmp_path):
    write("é\n", tmp_path / "new" / "page.html")
    assert (tmp_path / "new" / "page.html").read_bytes() == b"\xc3\xa9\n"


def test_an_empty_graph_gives_a_page():
    assert block(draw(Graph({}, (), {})))["nodes"] == []


def test_a_focus_keeps_what_lies_within_the_hops(story):
    shown = unpacked(draw(story, focus="organization/solvanthe", hops=1))
    assert [entity["name"] for entity in shown["entities"]] == ["Kestrel Ridge", "Solvanthe", "Prisma"]
    assert sorted({s["predicate"] for s in shown["statements"]}) == ["develops", "invested_in"]
    assert (len(shown["documents"]), shown["findings"]) == (1, [])


def test_a_graph_too_large_for_a_page_shows_its_foremost_and_says_how_much_is_left_out(story, monkeypatch):
    monkeypatch.setattr("kg.view.page.MOST", 6)
    shown = unpacked(draw(story))
    flagged = {entity for finding in story.findings for entity in (finding.party, *finding.organizations)}
    kept = {entity["id"] for entity in shown["entities"]}
    assert flagged <= kept
    assert len(kept) == max(6, len(flagged)) < len(story.entities)
    assert shown["left_out"]["entities"] == len(story.entities) - len(kept)
    assert shown["left_out"]["statements"] == len(story.statements) - len(shown["statements"]) > 0
    assert {finding["id"] for finding in shown["findings"]} == {finding.id for finding in story.findings}
    assert unpacked(draw(story, focus="organization/solvanthe", hops=1))["left_out"] == {}


def test_a_focus_that_the_graph_lacks_is_named(story):
    with pytest.raises(NotFound, match="organization/nobody"):
        draw(story, focus="organization/nobody")


def test_every_text_that_a_script_says_exists():
    said = set(re.findall(r'say\("([\w-]+)"', script())) | set(
        re.findall(r'"(sentence_one|sentences|sources_one|sources_count)"', script())
    )
    assert said - set(texts()) == set()


def test_no_script_writes_markup():
    assert re.findall(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function", script()) == []


def test_every_script_beside_the_module_is_part_of_the_page():
    folder = Path(__file__).parents[2] / "kg" / "view"
    assert sorted(path.name for path in folder.glob("*.js")) == sorted(SCRIPTS)
