"""What a file holds, told by its first bytes where its name leaves it open."""

import pytest

from kg.documents import read
from kg.documents.formats import reader_for
from kg.documents.html import read_html
from kg.documents.jsonl import read_jsonl
from kg.documents.text import read_text
from kg.errors import UnreadableDocument


@pytest.mark.parametrize(
    "head",
    [
        "<!DOCTYPE html>",
        " \n<html lang=en>",
        "<HEAD><title>A</title>",
        "<!-- saved from url=(0014)about:internet -->\n<html>",
        '<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "x">',
        "<p>A leads.</p>",
    ],
)
def test_tags_make_a_page(head):
    assert reader_for("a.txt", head.encode()) is read_html


@pytest.mark.parametrize("head", ['{"id": "a", "text": "A leads."}\n', '\ufeff{ "id": 1', '\n{"text": "' + "x" * 9000])
def test_an_object_at_the_beginning_of_a_line_makes_json_lines(head):
    assert reader_for("a.txt", head.encode()) is read_jsonl


@pytest.mark.parametrize(
    "head", ["A leads.", "", "{A} leads.", "[1] leads.", "< 3 firms", "<Musk> said", "a < b > c", "\xff"]
)
def test_anything_else_is_text(head):
    assert reader_for("a.txt", head.encode("latin-1")) is read_text


def test_a_page_in_utf16_is_known():
    assert reader_for("a.txt", "<html>".encode("utf-16")) is read_html


@pytest.mark.parametrize(
    ("name", "reader"), [("a.HTML", read_html), ("a.jsonl", read_jsonl), ("a.ndjson", read_jsonl), ("a.md", read_text)]
)
def test_a_plain_suffix_decides(name, reader):
    assert reader_for(name, b"A leads.") is reader


@pytest.mark.parametrize("text", ['{\n  "id": "a",\n  "text": "A leads."\n}', '[{"id": "a"}]'])
def test_other_json_is_told_from_json_lines(write, failure, text):
    said = "a.json: JSON, but not JSON lines. Write one object a line"
    assert failure(write("a.json", text)) == (UnreadableDocument, said)


@pytest.mark.parametrize("text", ['<?xml version="1.0"?><note></note>', "<!DOCTYPE rss [<!ENTITY a 'b'>]><rss></rss>"])
def test_other_xml_is_told_from_a_page(write, failure, text):
    said = "a.xml: XML that is no web page. Give text, HTML or JSON lines"
    assert failure(write("a.xml", text)) == (UnreadableDocument, said)


@pytest.mark.usefixtures("data")
def test_a_mixed_folder_is_read_whatever_its_names():
    assert [document.source for document in read(["."]) if not isinstance(document, Exception)] == [
        "https://orbit.example/2026/05/07/anthropic-spacex",
        "google-news.txt",
        "https://wafer.example/a1",
        "news.jsonl#2",
    ]
