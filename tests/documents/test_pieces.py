"""Pieces of inputs, read one by one, give what reading them in one go gives."""

import json
from itertools import chain

import pyarrow as pa
import pytest
from pyarrow import parquet

from kg.documents import pieces, read
from kg.documents.pieces import Ended, count_lines, pieces_of, read_piece, with_lines_counted
from kg.documents.reading import accepted, once_a_key
from kg.errors import Skipped

LINES = [json.dumps({"id": f"n{number}", "text": f"Acme {number} leads é " + "x" * number}) for number in range(40)]
LINES[7] = "not JSON"
LINES[9] = json.dumps({"id": "n9", "text": "y" * 400})
LINES[20] = ""


@pytest.fixture
def lines(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text("\ufeff" + "\n".join(LINES), "utf-8")
    return path


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "a.parquet"
    rows = {"text": [f"Acme {number} leads." for number in range(40)], "title": ["T" * number for number in range(40)]}
    parquet.write_table(pa.table(rows), path, row_group_size=3)
    return path


def said(results):
    return [str(each) if isinstance(each, Skipped) else each for each in results]


def in_pieces(path, size, limit=10_000):
    cut = list(pieces_of(path, size=size))
    found = list(chain.from_iterable(read_piece(p, limit) for p in with_lines_counted(cut, map(count_lines, cut))))
    assert not any(isinstance(each, Ended) for each in found)
    return len(cut), said(once_a_key(accepted(each, any_language=False) for each in found))


@pytest.mark.parametrize("size", [1, 20, 100, 1000, 1_000_000])
def test_lines_read_in_pieces_are_those_read_in_one_go(lines, size):
    count, found = in_pieces(lines, size, limit=300)
    assert found == said(read([lines], limit=300))
    assert (count > 1) == (size < lines.stat().st_size)


@pytest.mark.parametrize("size", [1, 500, 1_000_000])
def test_row_groups_read_in_pieces_are_those_read_in_one_go(table, size):
    count, found = in_pieces(table, size)
    assert found == said(read([table]))
    assert (count > 1) == (size < table.stat().st_size)


@pytest.mark.parametrize(("text", "encoding"), [("Acme leads.\n" * 40, "utf-8"), ("\n".join(LINES), "utf-16")])
def test_what_is_no_json_lines_in_utf8_is_never_cut(tmp_path, text, encoding):
    (tmp_path / "a.txt").write_text(text, encoding)
    (piece,) = pieces_of(tmp_path / "a.txt", size=10)
    assert piece.kind == "whole"


def failures(found):
    return [each.failure for each in chain.from_iterable(found) if isinstance(each, Ended)]


def test_a_file_of_parquet_that_breaks_in_the_middle_says_so_in_the_piece_that_breaks(table):
    raw = bytearray(table.read_bytes())
    first = parquet.ParquetFile(table).metadata.row_group(3).column(0)
    raw[first.data_page_offset : first.data_page_offset + 20] = b"\xff" * 20
    table.write_bytes(raw)
    found = [list(read_piece(piece)) for piece in pieces_of(table, size=1)]
    assert [any(isinstance(each, Ended) for each in one) for one in found] == [n == 3 for n in range(len(found))]
    whole = [each for each in chain.from_iterable(found[:4]) if not isinstance(each, Ended)]
    *documents, failure = read([table])
    assert (documents, str(failure)) == ([each.document for each in whole], str(failures(found)[0]))


def test_a_folder_gives_its_files_in_the_order_of_reading(tmp_path):
    for name in ("b.txt", "a.txt", "README.md", ".hidden"):
        (tmp_path / name).write_text("x", "utf-8")
    assert [piece.path for piece in pieces_of(tmp_path)] == [str(tmp_path / "a.txt"), str(tmp_path / "b.txt")]


def test_a_piece_whose_file_is_gone_says_so_by_the_name_of_its_source(tmp_path):
    (tmp_path / "a.txt").write_text("x", "utf-8")
    (piece,) = pieces_of(tmp_path)
    (tmp_path / "a.txt").unlink()
    (failure,) = read_piece(piece)
    assert (type(failure), failure.where) == (pieces.UnreadableDocument, piece.source)
