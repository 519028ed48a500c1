"""The door: what is named, in which order, and one document a key."""

import io
import json
from pathlib import Path

import pytest

import kg.documents
from kg.documents import read
from kg.errors import NotFound, RefusedDocument, UnreadableDocument
from kg.model import Document


def test_the_door_is_read_and_its_limit():
    assert kg.documents.__all__ == ["LIMIT", "Meter", "Web", "copies", "is_address", "read"]
    assert kg.documents.LIMIT == 10_000_000


def test_inputs_are_read_in_the_order_named(write):
    names = [write("b.txt", "B leads."), write("a.txt", "A leads.")]
    assert list(read(names)) == [Document("B leads.", "b.txt"), Document("A leads.", "a.txt")]


def test_a_missing_path_stops_before_anything_is_read(write):
    with pytest.raises(NotFound, match=r"^gone\.txt: no such file or folder\. Check the name$"):
        read([write("a.txt", "A leads."), "gone.txt"])


@pytest.mark.parametrize("name", ["a\0b", "\ud800"])
def test_a_name_that_no_file_can_have_is_not_found(name):
    with pytest.raises(NotFound):
        read([name])


def test_what_cannot_be_read_stands_among_the_documents(write):
    write("in/a.txt", "")
    write("in/b.txt", "B leads.")
    skipped, document = read(["in"])
    assert (type(skipped), str(skipped)) == (UnreadableDocument, "in/a.txt: empty. Give it a text")
    assert document == Document("B leads.", "in/b.txt")


def test_a_file_named_twice_is_one_document(write):
    write("in/a.txt", "A leads.")
    assert list(read(["in/a.txt", "in", Path("in/a.txt"), "./in/a.txt"])) == [Document("A leads.", "in/a.txt")]


def test_two_files_with_one_text_are_two_documents(write):
    assert list(read([write("a.txt", "A leads."), write("b.txt", "A leads.")])) == [
        Document("A leads.", "a.txt"),
        Document("A leads.", "b.txt"),
    ]


def test_another_text_under_a_key_that_was_seen_is_refused_and_names_the_first(write):
    write("a.txt", "Source: https://x.example/1\n\nA leads.")
    write("b.txt", "Source: https://x.example/1\n\nB leads.")
    document, refused = read(["a.txt", "b.txt"])
    assert document.key == "https://x.example/1"
    assert isinstance(refused, RefusedDocument)
    assert str(refused) == (
        "b.txt: the id or source 'https://x.example/1' of a.txt, with another text. Give each document an id of its own"
    )


def test_standard_input_is_text_under_its_hash():
    [document] = read(["-"], stdin=io.BytesIO(b"A leads."))
    assert document == Document("A leads.", f"-#{document.text_id}")


def test_two_texts_from_standard_input_do_not_replace_each_other():
    [one], [other] = (list(read(["-"], stdin=io.BytesIO(text))) for text in (b"A leads.", b"B leads."))
    assert one.key != other.key


def test_standard_input_may_be_json_lines():
    lines = io.BytesIO(b'{"id": "a", "text": "A leads."}\n{"id": "b", "text": "B leads."}\n')
    assert list(read(["-"], stdin=lines)) == [
        Document("A leads.", "-#a", external_id="a"),
        Document("B leads.", "-#b", external_id="b"),
    ]


def test_standard_input_longer_than_what_is_looked_at_comes_through_whole():
    text = "A leads. " * 5000
    [document] = read(["-"], stdin=io.BytesIO(json.dumps({"id": "a", "text": text}).encode()))
    assert document == Document(text, "-#a", external_id="a")


def test_standard_input_is_read_where_the_others_stand(write):
    names = [write("a.txt", "A leads."), "-", write("b.txt", "B leads.")]
    texts = [document.text for document in read(names, stdin=io.BytesIO(b"In between."))]
    assert texts == ["A leads.", "In between.", "B leads."]


def test_a_stream_that_breaks_off_is_skipped():
    class Broken(io.BytesIO):
        def read(self, _size: int | None = -1) -> bytes:
            raise OSError(5, "Input/output error")

    [skipped] = read(["-"], stdin=Broken())
    assert (type(skipped), str(skipped)) == (UnreadableDocument, "standard input: Input/output error")


def test_the_examples_of_the_repository_are_dated_and_named():
    found = list(read([Path(__file__).parents[2] / "examples"]))
    assert len(found) == 8
    assert all(document.title and document.publisher and document.published for document in found)
    assert [document.published for document in found] == sorted(document.published for document in found)
