"""JSON lines: ids and texts come through unchanged, a line that fails is skipped by itself."""

import json
from datetime import date

import pytest

from kg.documents import read
from kg.errors import RefusedDocument, Skipped, UnreadableDocument
from kg.model import Document

SHAPE = 'A line is {"id": "…", "text": "…"}, with title, source, publisher and published if known'


def test_a_line_is_a_document(data):
    assert list(read([data / "news.jsonl"])) == [
        Document(
            "Nvidia buys chips from TSMC.\r\n",
            "https://wafer.example/a1",
            external_id="a1",
            title="Chips",
            publisher="Wafer Weekly",
            published=date(2025, 4, 17),
        ),
        Document("AMD competes with Nvidia.", "news.jsonl#2", external_id="2"),
    ]


@pytest.mark.parametrize("identity", ["a b/ü#?", " a ", "007", "http://x.example/1"])
def test_an_id_comes_through_unchanged(write, only, identity):
    document = only(write("a.jsonl", json.dumps({"id": identity, "text": "A leads."})))
    assert document == Document("A leads.", f"a.jsonl#{identity}", external_id=identity)


@pytest.mark.parametrize(
    "text", [" A leads.\n\n", "\ufeffA\r\nleads.", "Title: X\nDate: 2025-01-01\n\nA leads.", "\U0001f680"]
)
def test_a_text_comes_through_unchanged_and_unread(write, only, text):
    assert only(write("a.jsonl", json.dumps({"id": "a", "text": text}))) == Document(text, "a.jsonl#a", external_id="a")


def test_empty_fields_and_nulls_are_unknown(write, only):
    line = {"id": "a", "text": "A leads.", "title": "", "source": None, "publisher": None, "published": "", "more": [1]}
    assert only(write("a.jsonl", json.dumps(line))) == Document("A leads.", "a.jsonl#a", external_id="a")


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ('{"id": "a", "text": "A leads."', f"not JSON. {SHAPE}"),
        ("A leads.", f"not JSON. {SHAPE}"),
        ('{"id": NaN, "text": "A leads."}', f"not JSON. {SHAPE}"),
        ("[" * 100_000, f"not JSON. {SHAPE}"),
        ("1" * 5000, f"not JSON. {SHAPE}"),
        ('["a", "A leads."]', f"JSON, but not an object. {SHAPE}"),
        ('{"id": "a"}', f"no text. {SHAPE}"),
        ('{"id": "a", "text": null}', f"no text. {SHAPE}"),
        ('{"id": "a", "text": ["A leads."]}', f"a text that is not a string. {SHAPE}"),
        ('{"id": "a", "text": ""}', "empty. Give it a text"),
        ('{"id": "a", "text": " \\n"}', "only white space. Give it a text"),
        ('{"text": "A leads."}', f"no id. {SHAPE}"),
        ('{"id": "", "text": "A leads."}', f"no id. {SHAPE}"),
        ('{"id": true, "text": "A leads."}', f"an id that is neither a string nor a number. {SHAPE}"),
        ('{"id": ["a"], "text": "A leads."}', f"an id that is neither a string nor a number. {SHAPE}"),
        ('{"id": "a", "text": "A leads.", "title": 3}', f"a title that is not a string. {SHAPE}"),
        (
            '{"id": "a", "text": "A leads.", "published": "soon"}',
            "a published that names no day. Write it as 2026-05-07",
        ),
        (
            '{"id": "a", "text": "A \\ud800leads."}',
            "half of a surrogate pair at character 2 of its text. Replace it with U+FFFD",
        ),
        (
            '{"id": "\\udc00", "text": "A leads."}',
            "half of a surrogate pair at character 0 of its id. Replace it with U+FFFD",
        ),
        (
            '{"id": "a", "text": "A\\u0000 leads."}',
            "a NUL character at character 1 of its text. Replace it with U+FFFD",
        ),
    ],
)
def test_a_line_that_fails_is_named_and_the_rest_goes_on(write, line, what):
    write("a.jsonl", f'{line}\n\n{{"id": "z", "text": "Z leads."}}\n')
    skipped, document = read(["a.jsonl"])
    assert isinstance(skipped, Skipped)
    assert (type(skipped), str(skipped)) == (UnreadableDocument, f"a.jsonl:1: {what}")
    assert document.external_id == "z"


def test_a_line_that_is_not_utf8_is_skipped_by_itself(write):
    write("a.jsonl", b'{"id": "a", "text": "Caf\xe9"}\n{"id": "z", "text": "Z leads."}\n')
    skipped, document = read(["a.jsonl"])
    assert str(skipped) == "a.jsonl:1: not valid UTF-8 at byte 24. Convert it to UTF-8"
    assert document.external_id == "z"


def test_a_line_over_the_limit_is_refused_and_the_rest_goes_on(write):
    write("a.jsonl", '{"id": "a", "text": "' + "x" * 500 + '"}\n{"id": "z", "text": "Z leads."}\n')
    refused, document = read(["a.jsonl"], limit=100)
    assert isinstance(refused, RefusedDocument)
    assert str(refused) == (
        "a.jsonl:1: a document of more than 100 bytes, where the limit is 100 bytes. Split it into single articles"
    )
    assert document.external_id == "z"


def test_many_lines_may_be_longer_than_the_limit_together(write):
    lines = "".join(f'{{"id": {number}, "text": "A leads."}}\n' for number in range(50))
    assert [document.external_id for document in read([write("a.jsonl", lines)], limit=100)] == [*map(str, range(50))]


def test_an_id_seen_before_with_another_text_is_refused(write):
    write("a.jsonl", '{"id": "a", "text": "A leads."}\n')
    write("b.jsonl", '\n{"id": "a", "text": "B leads."}\n')
    document, refused = read(["a.jsonl", "b.jsonl"])
    assert document.text == "A leads."
    said = "b.jsonl:2: the id or source 'a' of a.jsonl:1, with another text. Give each document an id of its own"
    assert (type(refused), str(refused)) == (RefusedDocument, said)


def test_a_copy_of_a_line_is_passed_over(write):
    assert len(list(read([write("a.jsonl", '{"id": "a", "text": "A leads."}\n' * 3)]))) == 1


def test_a_message_names_only_the_beginning_of_a_long_id(write):
    lines = [json.dumps({"id": "x" * 10_000, "text": text}) for text in ("A leads.", "B leads.")]
    _, refused = read([write("a.jsonl", "\n".join(lines))])
    assert len(str(refused)) < 300


def test_lines_in_utf16_are_read_where_a_mark_says_so(write, only):
    line = json.dumps({"id": "a", "text": "Café leads."}, ensure_ascii=False)
    assert only(write("a.jsonl", line.encode("utf-16"))).text == "Café leads."
