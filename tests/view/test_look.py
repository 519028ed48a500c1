"""A look of one's own, why names are one, and the page inside a notebook."""

import json
from html import unescape

import pytest

from kg.errors import NotFound, UsageError
from kg.model import Entity, EntityType, Reason, Verdict
from kg.view import Inline, draw
from kg.view.look import Look
from kg.view.reasons import merged, reasons_by_name


def test_a_style_of_ones_own_takes_the_place_of_ours(tmp_path, story):
    (tmp_path / "page.css").write_text("body { color: teal }\r\n")
    page = draw(story, template=tmp_path)
    assert "<style>body { color: teal }\n</style>" in page


def test_a_translation_may_be_partial(tmp_path, story):
    (tmp_path / "texts.json").write_text(json.dumps({"graph": "Der Graph"}))
    page = draw(story, template=tmp_path)
    assert '<h2 id="explore-heading">Der Graph</h2>' in page
    assert "Potential conflicts of interest" in page


def test_a_template_of_ones_own_is_filled_and_escaped(tmp_path, story):
    (tmp_path / "page.html.jinja").write_text("<title>{{ heading }}</title>")
    assert draw(story, title="<b>", template=tmp_path) == "<title>&lt;b&gt;</title>"


def test_a_folder_without_a_look_is_refused(tmp_path):
    with pytest.raises(NotFound, match="page"):
        Look.of(tmp_path)


@pytest.mark.parametrize("text", ['{"grahp": "x"}', '{"graph": 3}', "[]", "{"])
def test_texts_that_the_page_does_not_know_are_refused(tmp_path, text):
    (tmp_path / "texts.json").write_text(text)
    with pytest.raises(UsageError, match="texts"):
        Look.of(tmp_path)


def test_a_style_that_ends_its_element_is_refused(tmp_path):
    (tmp_path / "page.css").write_text("</STYLE><script>")
    with pytest.raises(UsageError, match="page"):
        Look.of(tmp_path)


def test_reasons_are_found_by_name_whatever_the_case():
    musk = Entity("person/elon-musk", EntityType.PERSON, "Elon Musk", ("Musk",))
    why = reasons_by_name(
        [Reason("1", "2", Verdict.SAME, "alias", "musk"), Reason("3", "4", Verdict.SAME, "alias", "tesla")]
    )
    assert merged(musk, why) == [["same", "alias", "musk", "1"]]


def test_what_joins_comes_before_what_parts():
    weber = Entity("person/w", EntityType.PERSON, "Weber")
    why = reasons_by_name(
        [
            Reason("1", "2", Verdict.DIFFERENT, "a", "weber"),
            *[Reason("1", n, Verdict.SAME, "same_name", "weber") for n in "34"],
        ]
    )
    assert merged(weber, why) == [["same", "same name", "weber", "2"], ["different", "a", "weber", "1"]]


def test_a_notebook_shows_the_page_in_a_closed_frame(story):
    page = draw(story)
    shown = Inline(page)._repr_html_()
    assert 'sandbox="allow-scripts ' in shown
    assert "allow-same-origin" not in shown
    assert unescape(shown.split('srcdoc="')[1].split('"></iframe>')[0]) == page
