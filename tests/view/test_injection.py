"""Two hundred attacks and more, in every field and in the address: nothing runs, is asked for, or is markup."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest
from browsing import Seen, opened
from payloads import attacked, payloads

from kg.view import draw, write

ADDRESSES = Path(__file__).with_name("attack_addresses.js").read_text("utf-8")
OPEN_ALL = Path(__file__).with_name("open_all.js").read_text("utf-8")
FOREIGN = """document.querySelectorAll(
  "img, iframe, object, embed, link, base, form, audio, video, svg script, style:not(head *)"
).length"""


LINKS = """[...document.querySelectorAll("a[href]")].filter(
  (link) => !/^(https?:[/][/][a-z.]+[/]|file:.*#ties$)/.test(link.href)
).length"""


def harmless(one) -> None:
    assert one.page.evaluate(LINKS) == 0
    assert one.page.evaluate("window.__pwned") is None
    assert one.page.evaluate("Object.prototype.__pwned") is None
    assert one.page.evaluate(FOREIGN) == 0
    assert one.seen == Seen(requests=[one.path.as_uri()])


def test_there_are_two_hundred_different_attacks():
    assert len(set(payloads())) >= 200


@pytest.fixture(scope="module")
def attacked_page(tmp_path_factory):
    path = tmp_path_factory.mktemp("attacked") / "page.html"
    graph, reasons = attacked(payloads())
    readings = {attack: attack for attack in payloads()}
    write(draw(graph, title="".join(payloads()[:40]), readings=readings, reasons=reasons), path)
    return path


def test_nothing_runs_from_any_field_whatever_is_opened(browser, attacked_page):
    for one in opened(browser, attacked_page):
        one.page.evaluate(OPEN_ALL)
        one.page.locator("#more-rows").click()
        for attack in payloads()[::25]:
            one.page.locator("#search").fill(attack)
            one.page.locator("#table-filter").fill(attack)
        harmless(one)


def test_every_attack_is_shown_as_the_words_that_it_is(browser, attacked_page):
    for one in opened(browser, attacked_page):
        shown = one.page.evaluate("[...kg.model.entities.values()].map((entity) => entity.name)")
        expected = [attack.encode("utf-16", "surrogatepass").decode("utf-16", "replace") for attack in payloads()]
        assert sorted(name for name in shown if "\ud800" not in name) == sorted(
            e for e in expected if "\ufffd" not in e
        )


def test_nothing_runs_from_the_address(browser, story_file):
    for one in opened(browser, story_file):
        assert one.page.evaluate(ADDRESSES, payloads()) is None
        harmless(one)


@pytest.mark.parametrize("attack", payloads()[::20])
def test_nothing_runs_from_an_address_that_the_page_is_opened_with(browser, story_file, attack):
    words = quote(attack, safe="<>\"'", errors="replace")
    address = f"{story_file.as_uri()}#note=person/elon-musk:{words}&at={words}&{words}"
    for one in opened(browser, story_file, address=address):
        assert one.page.evaluate("window.__pwned") is None
        assert one.page.evaluate(FOREIGN) == 0
        assert [url for url in one.seen.requests if not url.startswith("file:")] == []


def test_a_saved_drawing_holds_no_script(browser, attacked_page):
    for one in opened(browser, attacked_page):
        with one.page.expect_download() as waiting:
            one.page.locator("#save-svg").click()
        text = waiting.value.path().read_text("utf-8")
        assert "<script" not in text.lower()
        assert " on" not in "".join(part.split(">")[0] for part in text.split("<"))
