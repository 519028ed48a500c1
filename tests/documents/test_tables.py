"""Tables: a document a row, by the names of the columns."""

import builtins
import datetime
import io

import pyarrow
import pyarrow.parquet
import pytest

from kg.documents import read
from kg.errors import RefusedDocument, UnreadableDocument
from kg.model import Document

SHAPE = "Name a column text, and others id, title, source, published, publisher if known"


def test_a_row_is_a_document_with_what_its_columns_say(write, only):
    head = "id,Headline,Body,URL,Date,Outlet,Views"
    row = '7,A deal,"Acme bought\nBolt.",https://x.example/7,2026-05-07,The Post,12'
    assert only(write("a.csv", f"{head}\n{row}\n")) == Document(
        "Acme bought\nBolt.",
        "https://x.example/7",
        external_id="7",
        title="A deal",
        publisher="The Post",
        published=datetime.date(2026, 5, 7),
    )


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_columns_are_parted_as_the_first_line_has_it(write, only, mark):
    assert only(write("a.txt", f"id{mark}text\n1{mark}A leads.\n")).text == "A leads."


def test_rows_without_an_id_are_told_by_their_number(write):
    name = write("a.csv", "title,text\nx,A leads.\n,\ny,B leads.\n")
    assert [document.source for document in read([name])] == ["a.csv#1", "a.csv#3"]


def test_a_row_that_fails_is_skipped_by_itself(write):
    failed, document = read([write("a.csv", "text,date\nA leads.,soon\nB leads.,\n")])
    assert str(failed) == "a.csv:1: a published that names no day. Write it as 2026-05-07"
    assert document.text == "B leads."


def test_a_table_without_a_text_is_refused(write, failure):
    said = f"a.csv: a table without a column named text. {SHAPE}"
    assert failure(write("a.csv", "name,city\nAcme,Riga\n")) == (UnreadableDocument, said)


def test_a_headline_with_a_comma_is_no_table(write, only):
    text = "Acme, Bolt and Coil merge\n\nThe text of the deal is long.\n"
    assert only(write("a.txt", text)).text == text


def test_a_quotation_without_end_is_not_read_for_ever(write, failure):
    kind, said = failure(write("a.csv", 'id,text\n1,"' + "A leads.\n" * 200), limit=500)
    assert kind is UnreadableDocument
    assert "field larger than field limit" in said


def test_a_line_without_end_is_refused(write, failure):
    assert failure(write("a.csv", "id,text\n1," + "x" * 1000), limit=500)[0] is RefusedDocument


def parquet(rows):
    made = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows), made)
    return made.getvalue()


def test_a_parquet_row_is_a_document(write, only):
    row = {"text": "A leads.", "id": 3, "date": datetime.date(2026, 5, 7), "more": [1, 2]}
    assert only(write("a.bin", parquet([row]))) == Document(
        "A leads.", "a.bin#3", external_id="3", published=datetime.date(2026, 5, 7)
    )


def test_parquet_without_its_library_says_what_to_install(write, failure, monkeypatch):
    name = write("a.parquet", parquet([{"text": "A leads."}]))
    imported = builtins.__import__

    def without(module, *words, **more):
        if module.startswith("pyarrow"):
            raise ImportError(module)
        return imported(module, *words, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    said = "a.parquet: Parquet, which needs pyarrow. pip install 'kg-builder[parquet]'"
    assert failure(name) == (UnreadableDocument, said)
