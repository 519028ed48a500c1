"""What Spark reads is what is read here, in whatever pieces and by whatever names."""

import io
import json

import pyarrow as pa
import pytest
from pyarrow import parquet

from kg import documents
from kg.cluster import choose, read
from kg.cluster.rows import unpacked
from kg.errors import NotFound, Skipped
from kg.model import Document

LINES = [json.dumps({"id": f"n{number}", "text": f"Acme {number} leads. " * number}) for number in range(1, 30)]
LINES[5] = "not JSON"
LINES[20] = json.dumps({"id": "n3", "text": "Another text of one key."})


@pytest.fixture
def inputs(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "lines.jsonl").write_text("\n".join(LINES), "utf-8")
    table = pa.table({"text": [f"Bolt {number} leads." for number in range(12)]})
    parquet.write_table(table, tmp_path / "rows.parquet", row_group_size=2)
    raw = bytearray((tmp_path / "rows.parquet").read_bytes())
    broken = parquet.ParquetFile(tmp_path / "rows.parquet").metadata.row_group(3).column(0)
    raw[broken.data_page_offset : broken.data_page_offset + 20] = b"\xff" * 20
    (tmp_path / "broken.parquet").write_bytes(raw)
    for name in "ab":
        (tmp_path / f"{name}.txt").write_text(f"{name} leads Acme.", "utf-8")
    return ["lines.jsonl", "-", "broken.parquet", "rows.parquet", "[ab].txt"]


def taken(spark, inputs, **more):
    """Documents by id, and failures in their order."""
    chosen = choose(read(spark, inputs, **more), {}, {}, "fake 1")
    found = {row["id"]: unpacked(row["value"]) for row in chosen.fresh.collect()}
    assert chosen.count == len(found)
    return found, [str(one) for one in chosen.skipped]


def test_files_cut_in_pieces_a_pipe_and_a_pattern_give_what_reading_here_gives(spark, inputs):
    found = taken(spark, inputs, stdin=io.BytesIO(b"Coil leads."), size=100)
    here = list(documents.read([*inputs[:-1], "a.txt", "b.txt"], stdin=io.BytesIO(b"Coil leads.")))
    failures = [str(each) for each in here if isinstance(each, Skipped)]
    assert found == ({each.id: each for each in here if isinstance(each, Document)}, failures)
    assert len(failures) == 3


def test_names_of_hadoop_s_file_systems_are_read_by_spark(spark, tmp_path):
    for name in ("b.txt", "a.txt", "c.pdf"):
        (tmp_path / name).write_text(f"{name} leads Acme.", "utf-8")
    found, skipped = taken(spark, [f"file://{tmp_path}/*.txt"])
    assert {document.source: document.text for document in found.values()} == {
        f"file:{tmp_path}/{name}": f"{name} leads Acme." for name in ("a.txt", "b.txt")
    }
    assert skipped == []


def test_a_path_that_is_not_there_stops_before_anything_is_read(spark, tmp_path):
    with pytest.raises(NotFound):
        read(spark, [tmp_path / "nowhere"])
