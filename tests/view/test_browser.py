"""The page in a real browser, from disk and offline: what a reader sees, clicks and types."""

from __future__ import annotations

from pathlib import Path

import pytest
from browsing import Seen, click, edge, names, opened, switch, until
from playwright.sync_api import Page

from kg.model import Graph
from kg.view import draw, write

NOT_BLANK = """() => {
  const canvas = document.querySelector('#graph canvas');
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  return new Set(new Uint32Array(data.buffer)).size;
}"""


def test_the_graph_is_drawn(page, story):
    assert page.evaluate(NOT_BLANK) > 50
    drawn = page.evaluate("kg.drawn()")
    assert (drawn["nodes"], drawn["highlighted"]) == (len(story.entities), [])
    assert page.locator("#showing").inner_text() == "Showing 44 of 44 entities and 72 of 80 ties."


def test_the_header_says_what_the_graph_holds(page):
    held = page.locator("#holdings div").all_inner_texts()
    assert [" ".join(text.split()) for text in held] == [
        "entities 44",
        "ties 80",
        "sentences read 83",
        "documents 7",
        "potential conflicts 3",
        "as of 2026-05-07",
    ]


def test_hedged_and_denied_ties_are_off_until_switched_on(page):
    before = page.evaluate("kg.model.visible().edges.length")
    switch(page, "standing", "hedged")
    hedged = page.evaluate("kg.model.visible().edges.length")
    switch(page, "standing", "denied")
    assert (before, hedged, page.evaluate("kg.model.visible().edges.length")) == (72, 77, 80)


def test_a_firm_is_found_by_an_alias_and_the_keyboard(page):
    page.locator("#search").fill("x.ai")
    assert page.get_by_role("option").all_inner_texts() == ["xAI\nOrganization · also X.AI Corp."]
    page.keyboard.press("ArrowDown")
    assert page.locator("#search").get_attribute("aria-activedescendant") == "option-0"
    page.keyboard.press("Enter")
    assert page.locator("#panel h3").inner_text() == "xAI"
    assert page.locator("#announce").inner_text() == "xAI chosen"
    assert page.evaluate("document.activeElement.id") == "panel"


def test_escape_closes_the_suggestions(page):
    page.locator("#search").fill("a")
    page.keyboard.press("Escape")
    assert page.locator("#suggestions").is_hidden()


def test_a_search_without_a_match_says_so(page):
    page.locator("#search").fill("qqq")
    assert page.locator("#suggestions").inner_text() == "Nothing of that name"


def test_a_click_on_a_line_shows_its_sentence_with_both_mentions_marked(page):
    click(page, edge(page, "organization/tsmc", "headquartered_in", "place/hsinchu"))
    card = page.locator("#panel .claim")
    assert card.locator(".quote").inner_text() == "TSMC is based in Hsinchu."
    assert [(m.get_attribute("class"), m.inner_text()) for m in card.locator("mark").all()] == [
        ("subject", "TSMC"),
        ("object", "Hsinchu"),
    ]
    assert " ".join(card.locator("dl").inner_text().split()) == (
        "Source Chips for everyone, Meridian News Published 2026-02-11 Said stated as fact, current Confidence 0.91"
    )


def test_a_line_of_several_ties_lists_them_all(page):
    click(page, edge(page, "organization/spacex", "supplier_of", "organization/anthropic"))
    assert page.locator("#panel .kicker").first.inner_text() == "2 relations between these two"
    heads = [" ".join(text.split()) for text in page.locator("#panel .tie h4").all_inner_texts()]
    assert heads == ["Anthropic partner of SpaceX", "SpaceX supplier of Anthropic"]
    assert (
        page.evaluate("kg.bundles.label(kg.model.state.chosen.ids.map((id) => kg.model.lines.get(id)))")
        == "partner of +1"
    )


def test_a_click_on_a_node_shows_its_name_aliases_and_ties(page):
    click(page, "person/elon-musk")
    assert page.locator("#panel h3").inner_text() == "Elon Musk"
    assert page.locator("#panel dl").first.inner_text().split("\n") == ["Also called", "Mr Musk, Musk"]
    tie = page.locator("#panel .fold", has_text="leads Tesla")
    tie.locator("summary").click()
    assert tie.locator(".quote").inner_text() == "Elon Musk also heads Tesla, the carmaker."


def test_a_pronoun_or_alias_unknown_to_the_entity_is_explained(page):
    said = page.evaluate(
        "() => { const s = [...kg.model.statements.values()].find((x) => x.predicate === 'develops');"
        " return kg.evidence.card({...s, said: ['the firm', s.said[1]]}).querySelector('.meaning').textContent; }"
    )
    assert said.startswith("“the firm” is ")


def test_only_web_sources_are_links(page):
    hrefs = page.evaluate("[...new Set([...document.querySelectorAll('#table a')].map((a) => a.href))].sort()")
    assert hrefs == [
        "https://harbor.example/c",
        "https://harbor.example/f",
        "https://ledger.example/a",
        "https://ledger.example/d",
        "https://meridian.example/b?x=1",
    ]
    assert page.evaluate("[...document.querySelectorAll('#table a')].every((a) => a.rel === 'noopener noreferrer')")


def test_a_type_is_filtered_away(page):
    switch(page, "type", "Person")
    assert "Elon Musk" not in names(page)
    assert page.evaluate("kg.drawn().nodes") == len(names(page))
    assert "Elon Musk" not in page.locator("#table").inner_text()


def test_a_relation_is_filtered_away_and_brought_back(page):
    count = "kg.model.visible().edges.filter((e) => e.predicate === 'leads').length"
    before = page.evaluate(count)
    switch(page, "relation", "leads")
    assert page.evaluate(count) == 0
    page.locator("#reset").click()
    assert page.evaluate(count) == before


def test_with_every_relation_off_the_page_says_that_nothing_is_drawn(page):
    page.locator("#filter-groups fieldset", has_text="Relation").get_by_role("button", name="None").click()
    assert page.locator("#showing").inner_text().endswith("Nothing to draw with these filters.")


def test_findings_are_cards_and_the_others_stand_folded_with_their_reasons(page):
    assert page.locator("#cards > .grid > .card .badge").all_inner_texts() == [
        "related party",
        "structural",
        "structural",
    ]
    assert page.locator("#cards > details > summary").all_inner_texts() == [
        "Watched: would matter if it came true (1)",
        "Set aside, with the reason (1)",
    ]
    page.locator("#cards summary").last.click()
    reason = page.locator(".card.suppressed .reason").inner_text()
    assert reason == "Reason: one corporate group since February 2026"


def test_a_card_says_who_in_plain_words(page):
    card = page.locator(".card").first
    assert card.locator("h3").inner_text() == (
        "Elon Musk has roles at SpaceX and xAI; SpaceX deals with Anthropic, which competes with xAI"
    )
    assert card.locator(".caution").inner_text() == "potential conflict, review"


def test_a_card_lights_its_path_and_opens_its_sentences(page):
    page.locator(".card .show").first.click()
    assert sorted(page.evaluate("kg.drawn().highlighted.map(JSON.parse)")) == [
        ["organization/anthropic", "organization/spacex"],
        ["organization/anthropic", "organization/xai"],
        ["organization/spacex", "person/elon-musk"],
        ["organization/xai", "person/elon-musk"],
    ]
    assert page.locator(".card .show").first.get_attribute("aria-pressed") == "true"
    sentences = page.locator("#panel .quote").all_inner_texts()
    assert "xAI competes with Anthropic for the same corporate customers." in sentences
    page.locator("#clear").click()
    assert page.evaluate("kg.drawn().highlighted") == []


def test_a_watched_finding_shows_its_planned_tie_although_plans_are_off(page):
    page.locator("#cards summary").first.click()
    page.locator(".card.watch .show").click()
    planned = edge(page, "organization/tesla", "invested_in", "organization/xai")
    assert page.evaluate("(id) => kg.positionOf(id) !== null", planned)
    page.locator("#clear").click()
    assert page.evaluate("(id) => kg.positionOf(id)", planned) is None


def column(page: Page, name: str) -> list[str]:
    return page.locator(f"#table td.{name}").all_inner_texts()


def test_the_table_starts_with_the_newest(page):
    dates = column(page, "date")
    assert dates == sorted(dates, reverse=True)
    assert page.locator("#table-showing").inner_text() == "Showing 75 of 75 sentences (83 in the graph)."


def test_the_table_sorts_by_a_heading_both_ways(page):
    heading = page.get_by_role("columnheader", name="Object")
    heading.get_by_role("button").click()
    ascending = column(page, "object")
    assert (heading.get_attribute("aria-sort"), ascending) == ("ascending", sorted(ascending, key=str.casefold))
    heading.get_by_role("button").click()
    descending = column(page, "object")
    assert (heading.get_attribute("aria-sort"), descending) == ("descending", ascending[::-1])
    assert page.locator("#announce").inner_text() == "Sorted by Object, descending"


def test_the_table_is_searched(page):
    page.locator("#table-filter").fill("fusion FIRM")
    assert column(page, "sentence") == ["Sam Altman put $375 million into Helion, a fusion firm."]


def test_a_relation_in_the_table_opens_its_tie(page):
    page.locator("#table-filter").fill("distant cousins")
    page.locator("#table td.relation button").click()
    assert page.locator("#panel .quote").inner_text() == "Jensen Huang and Lisa Su are distant cousins."


def test_the_graph_can_be_reached_and_moved_by_keyboard(page):
    page.locator("#graph .vis-network").focus()
    before = page.evaluate("kg.positionOf('organization/xai')")
    page.keyboard.down("ArrowRight")
    until(page, "(x) => Math.abs(kg.positionOf('organization/xai').x - x) > 2", before["x"])
    page.keyboard.up("ArrowRight")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_stand_out_from_their_ground(browser, story_file, scheme):
    for one in opened(browser, story_file, color_scheme=scheme):
        ratios = one.page.evaluate(Path(__file__).with_name("contrast.js").read_text("utf-8"))
        assert {name: ratio for name, ratio in ratios.items() if ratio < (3 if name.startswith("shape") else 4.5)} == {}


def test_a_phone_stacks_everything_and_never_scrolls_sideways(browser, story_file):
    for one in opened(browser, story_file, viewport={"width": 360, "height": 740}):
        assert one.page.evaluate("document.documentElement.scrollWidth") == 360
        graph, panel = (one.page.locator(name).bounding_box() for name in ("#graph", "#panel"))
        assert panel["y"] >= graph["y"] + graph["height"]


def test_a_hostile_document_runs_nothing(browser, hostile, tmp_path):
    path = tmp_path / "hostile.html"
    write(draw(hostile, title="</title><script>window.__pwned=1</script>"), path)
    for one in opened(browser, path):
        page = one.page
        page.locator(".card .show").click()
        click(page, "organization/a")
        for fold in page.locator("#panel summary").all():
            fold.click()
        page.locator("#search").fill("<img")
        assert page.get_by_role("option").count() == 3
        page.keyboard.press("Enter")
        assert page.evaluate("window.__pwned") is None
        assert page.evaluate("document.querySelectorAll('img, iframe, object, embed, main a').length") == 0
        assert one.seen == Seen(requests=[path.as_uri()])


def test_a_large_graph_draws_the_central_and_brings_in_what_is_chosen(browser, crowd_file):
    for one in opened(browser, crowd_file):
        page = one.page
        assert page.evaluate("kg.drawn().nodes") == 320
        assert "Showing 320 of 1644 entities" in page.locator("#showing").inner_text()
        assert "communities are folded" in page.locator("#showing").inner_text()
        hidden = page.evaluate("[...kg.model.entities.keys()].find((id) => !kg.model.drawn.has(id))")
        page.locator("#search").fill(page.evaluate("(id) => kg.model.name(id)", hidden))
        page.keyboard.press("Enter")
        assert page.evaluate("kg.drawn().nodes") == 321
        assert page.evaluate("(id) => kg.positionOf(id) !== null", hidden)
        assert page.locator("#table-showing").inner_text().startswith("Showing 100 of 1675 ")
        page.locator("#more-rows").click()
        assert page.locator("#table tbody tr").count() == 200


def test_an_empty_graph_says_so(browser, tmp_path):
    path = tmp_path / "empty.html"
    write(draw(Graph({}, (), {})), path)
    for one in opened(browser, path):
        assert one.page.locator("#showing").inner_text().endswith("This graph holds nothing yet.")
        assert one.page.locator("#cards").inner_text() == "No potential conflict was found in this graph."
        assert one.seen == Seen(requests=[path.as_uri()])
