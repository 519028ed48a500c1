"""What a reader does on the page, in a real browser with the network off: filter, focus, follow, mark, undo, save."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from xml.etree import ElementTree

import pytest
from browsing import click, names, opened, switch, until

MUSK, XAI, TESLA = "person/elon-musk", "organization/xai", "organization/tesla"


def choose(page, identifier):
    page.evaluate("(id) => kg.model.choose({kind: 'entity', id}, 'search')", identifier)


def showing(page):
    return page.locator("#showing").inner_text()


def press(page, name):
    page.locator("#panel").get_by_role("button", name=name, exact=True).click()


def labels(page):
    return page.evaluate("kg.labels.now().map(({id, x, y, w, h}) => ({id, x, y, w, h}))")


def covering(boxes):
    return [
        (a["id"], b["id"])
        for place, a in enumerate(boxes)
        for b in boxes[:place]
        if a["x"] < b["x"] + b["w"]
        and b["x"] < a["x"] + a["w"]
        and a["y"] < b["y"] + b["h"]
        and b["y"] < a["y"] + a["h"]
    ]


@pytest.mark.parametrize("times", [0, 2, 5])
def test_no_label_lies_on_another_at_any_zoom(page, times):
    for _ in range(times):
        page.locator("#zoom-in").click()
    page.wait_for_timeout(100)
    found = labels(page)
    assert len(found) > 3
    assert covering(found) == []


def test_no_label_lies_on_a_node(page):
    shapes = page.evaluate(
        "() => { const {network, nodes, order} = kg.graph.scene(); return order.map((id) => {"
        "const {x, y} = network.canvasToDOM(network.getPosition(id));"
        "const r = 0.95 * nodes.get(id).size * network.getScale();"
        "return {id: `node ${id}`, x: x - r, y: y - r, w: 2 * r, h: 2 * r}; }); }"
    )
    assert covering(shapes + labels(page)) == []


def test_everyone_on_the_path_of_a_finding_is_named(page):
    page.locator(".card .show").first.click()
    page.wait_for_timeout(100)
    named = {label["id"] for label in labels(page)}
    assert {MUSK, XAI, "organization/spacex", "organization/anthropic"} <= named


def test_the_whole_name_stands_in_the_tooltip(page):
    where = page.evaluate("kg.positionOf('organization/federal-trade-commission')")
    page.locator("#graph").scroll_into_view_if_needed()
    where = page.evaluate("kg.positionOf('organization/federal-trade-commission')")
    page.mouse.move(where["x"], where["y"])
    page.locator("#tip").wait_for()
    assert page.locator("#tip").inner_text() == "Federal Trade Commission\nOrganization"


def test_a_focus_shows_what_lies_within_so_many_ties(page):
    choose(page, "organization/solvanthe")
    page.get_by_role("button", name="Focus on what lies within 1 ties").click()
    assert names(page) == ["Kestrel Ridge", "Prisma", "Solvanthe"]
    assert "Within 1 ties of Solvanthe." in showing(page)
    page.locator("#clear").click()
    assert len(names(page)) == 44


def test_a_path_between_two_is_found_and_shown(page):
    choose(page, "person/jensen-huang")
    press(page, "Path from here")
    assert page.locator("#path-next").inner_text().startswith("Path from Jensen Huang")
    page.locator("#search").fill("Lisa Su")
    page.keyboard.press("Enter")
    assert page.locator("#panel .kicker").first.inner_text() == "Path of 1 steps"
    assert "distant cousins" in page.locator("#panel .quote").first.inner_text()
    assert len(page.evaluate("kg.drawn().highlighted")) == 1


def test_where_there_is_no_path_the_page_says_so(page):
    page.evaluate("(ends) => kg.model.choose(kg.paths.choice(...ends))", [MUSK, "organization/solvanthe"])
    assert page.locator("#panel .notice").inner_text() == "No path under these filters."


def test_a_source_is_filtered_away(page):
    before = page.locator("#table-showing").inner_text()
    switch(page, "source", "Harbor Post")
    assert page.locator("#table-showing").inner_text() != before
    assert "Harbor Post" not in page.locator("#table").inner_text()


def test_confidence_filters(page):
    page.locator("#filter-confidence").fill("0.95")
    assert showing(page).endswith("Nothing to draw with these filters.")
    assert page.locator("#confidence-words").inner_text() == "0.95"


def test_dates_filter(page):
    page.locator("#filter-after").fill("2026-05-07")
    dates = set(page.locator("#table td.date").all_inner_texts())
    assert dates == {"2026-05-07"}


def test_the_slider_takes_the_graph_back_in_time(page):
    assert page.locator("#day-words").inner_text() == "all documents"
    page.locator("#day").fill("0")
    assert page.locator("#day-words").inner_text() == "known by 2025-11-20"
    dates = set(page.locator("#table td.date").all_inner_texts())
    assert max(dates) <= "2025-11-20"
    assert page.locator(".card.later").count() > 0


def test_time_plays_to_the_end_and_stops(browser, story_file):
    for one in opened(browser, story_file, reduced_motion="no-preference"):
        one.page.locator("#day").fill("4")
        one.page.locator("#play").click()
        assert one.page.locator("#play").inner_text() == "Pause"
        one.page.get_by_role("button", name="Play", exact=True).wait_for()
        assert one.page.locator("#day-words").inner_text() == "all documents"


def test_the_panel_gives_the_query_behind_a_tie(page, demo_query):
    choose(page, MUSK)
    tie = page.locator("#panel .fold", has_text="leads Tesla")
    tie.locator("summary").first.click()
    tie.locator(".sparql summary").click()
    query = tie.locator("pre").inner_text()
    assert "<https://kg.example/entity/person/elon-musk> <https://kg.example/entity/organization/tesla>" in query
    assert "<https://kg.example/ontology#leads>" in query
    demo_query(query)


def test_the_panel_gives_the_query_behind_an_entity_and_a_finding(page, demo_query):
    choose(page, MUSK)
    demo_query(page.locator("#panel > .sparql pre").text_content())
    page.locator(".card .show").first.click()
    demo_query(page.locator("#panel > .sparql pre").first.text_content())


@pytest.fixture(scope="module")
def demo_query():
    """Parses a query with the parser of the store."""
    from pyoxigraph import Store

    return Store().query


def test_why_names_are_one_is_told(page):
    choose(page, MUSK)
    page.locator("#panel .why summary").click()
    assert page.locator("#panel .why li").all_inner_texts() == ["“musk” was joined: alias"]


def test_what_is_hidden_is_gone_until_undone(page):
    choose(page, MUSK)
    press(page, "Hide")
    assert "Elon Musk" not in names(page)
    assert "1 hidden by you." in showing(page)
    page.keyboard.press("Control+z")
    assert "Elon Musk" in names(page)


def test_what_is_dragged_stays_pinned_and_undo_brings_it_back(page):
    page.locator("#graph").scroll_into_view_if_needed()
    start = page.evaluate("kg.positionOf('person/elon-musk')")
    page.mouse.move(start["x"], start["y"])
    page.mouse.down()
    page.mouse.move(start["x"] + 60, start["y"] + 40, steps=4)
    page.mouse.up()
    until(page, "() => kg.model.state.pinned.size === 1")
    page.locator("#undo").click()
    after = page.evaluate("kg.positionOf('person/elon-musk')")
    assert abs(after["x"] - start["x"]) < 2


def test_a_note_is_kept_in_the_address_and_read_back(browser, at):
    choose(at.page, XAI)
    at.page.locator("#note").fill("ask <b>legal</b>")
    at.page.locator("#note").blur()
    address = at.page.evaluate("location.href")
    for again in opened(browser, at.path, address=address):
        choose(again.page, XAI)
        assert again.page.locator("#note").input_value() == "ask <b>legal</b>"


def test_the_address_carries_the_whole_state(browser, at):
    page = at.page
    switch(page, "type", "Place")
    switch(page, "standing", "hedged")
    page.locator("#day").fill("3")
    choose(page, TESLA)
    press(page, "Pin")
    before = page.evaluate("[kg.address.write(), kg.model.visible().nodes]")
    for again in opened(browser, at.path, address=page.evaluate("location.href")):
        assert again.page.evaluate("[kg.address.write(), kg.model.visible().nodes]") == before
        assert again.page.locator("#panel h3").inner_text() == "Tesla"


def test_an_address_with_unknown_words_is_read_as_far_as_it_goes(browser, story_file):
    address = (
        story_file.as_uri()
        + "#at=entity:nobody&focus=9:x&day=soon&pin=a,b:c&off=nonsense:x&hidden=person/elon-musk&%E0%A4%A"
    )
    for one in opened(browser, story_file, address=address):
        state = (
            "(({chosen, focus, day, pinned, hidden}) => [chosen, focus, day, pinned.size, [...hidden]])(kg.model.state)"
        )
        assert one.page.evaluate(state) == [None, None, "", 0, [MUSK]]


def test_undo_takes_back_filters_one_by_one(page):
    switch(page, "type", "Person")
    switch(page, "type", "Place")
    page.locator("#undo").click()
    assert page.evaluate("[...kg.model.off.type]") == ["Person"]
    page.locator("#undo").click()
    assert page.evaluate("[...kg.model.off.type]") == []
    assert page.locator("#undo").is_disabled()


def saved(page, identifier: str) -> bytes:
    with page.expect_download() as waiting:
        page.locator(identifier).click()
    return Path(waiting.value.path()).read_bytes()


def test_the_drawing_is_saved_as_png(page):
    assert saved(page, "#save-png")[:8] == b"\x89PNG\r\n\x1a\n"


def test_the_drawing_is_saved_as_svg_with_real_text(page):
    root = ElementTree.fromstring(saved(page, "#save-svg"))  # noqa: S314 - our own
    words = {text.text for text in root.iter("{http://www.w3.org/2000/svg}text")}
    assert {"SpaceX", "Anthropic"} <= words
    assert len(list(root.iter("{http://www.w3.org/2000/svg}line"))) >= page.evaluate("kg.drawn().lines")


def test_what_is_seen_is_saved_as_csv(page):
    rows = list(csv.DictReader(io.StringIO(saved(page, "#save-csv").decode("utf-8-sig"))))
    assert len(rows) == 75
    assert {"Elon Musk", "xAI"} <= {row["subject"] for row in rows}
    assert all(row["sentence"] for row in rows)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", " =1"])
def test_no_cell_of_the_csv_is_a_formula(page, text):
    assert page.evaluate("(text) => kg.saving.cell(text).replace(/^\"/, '')[0]", text) == "'"


def test_names_are_walked_and_opened_by_keyboard(page):
    page.locator("#graph .vis-network").focus()
    page.keyboard.press("n")
    assert page.locator("#announce").inner_text().endswith(", 1 of 44")
    page.keyboard.press("n")
    page.keyboard.press("p")
    page.keyboard.press("Enter")
    assert page.evaluate("kg.model.state.chosen.kind") == "entity"
    page.locator("#graph .vis-network").focus()
    page.keyboard.press("Escape")
    assert page.evaluate("kg.model.state.chosen") is None


def test_every_control_can_be_reached_by_tab_and_shows_it(page):
    page.keyboard.press("Tab")
    seen = set()
    for _ in range(160):
        seen.add(page.evaluate("document.activeElement.id"))
        page.keyboard.press("Tab")
    assert {"search", "fit", "day", "play", "save-svg", "table-filter", "reset"} <= seen


def test_neighbours_of_a_folded_entity_and_a_community_unfold(browser, crowd_file):
    for one in opened(browser, crowd_file):
        page = one.page
        page.evaluate("kg.graph.pick([...kg.model.groups.keys()][0])")
        assert page.locator("#panel .kicker").first.inner_text() == "Community"
        page.locator("#panel .unfold").click()
        drawn = page.evaluate("kg.drawn().nodes")
        assert drawn > 320
        page.keyboard.press("Control+z")
        assert page.evaluate("kg.drawn().nodes") == 320


def test_on_paper_there_are_no_controls(page):
    page.emulate_media(media="print")
    for name in ("#search", "#time", ".tools", ".saving", "#filters"):
        assert page.locator(name).is_hidden()
    assert page.locator(".card h3").first.is_visible()


def test_what_is_clicked_twice_shows_its_neighbours(page):
    click(page, MUSK)
    press(page, "Show neighbours")
    assert page.locator("#announce").inner_text() == "0 neighbours of Elon Musk added"
