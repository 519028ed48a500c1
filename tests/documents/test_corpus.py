"""At least three files of each format as they come in life, and broken ones: each read, or refused in one line."""

import re
from collections import Counter
from pathlib import Path

import pytest
from corpus import EXPECTED, FORMATS, expected, files, told

from kg.documents import read
from kg.errors import Skipped

ONE_LINE = re.compile(r"[^\n]{10,300}")


@pytest.fixture(autouse=True)
def here(monkeypatch):
    monkeypatch.chdir(FORMATS)


def test_every_file_has_an_expectation_and_every_format_three_files():
    assert sorted(expected()) == files()
    per_format = Counter(Path(name).parent.name for name in files())
    assert min(per_format.values()) >= 3
    assert (
        len(per_format)
        == len("archive csv docx eml epub feed html jsonl markdown mbox parquet pdf txt warc".split()) + 1
    )


@pytest.mark.parametrize("name", files())
def test_a_file_gives_what_was_reviewed(name):
    assert told(name) == expected()[name], f"if it is right so, correct {EXPECTED.name}"


def clear():
    """Files whose content says what they are; plain text needs its name."""
    unclear = (".txt", ".md", ".csv", ".tsv", ".ndjson", "")
    return [name for name in files() if Path(name).suffix not in unclear and "zero" not in name]


@pytest.mark.parametrize("name", clear())
def test_a_name_decides_nothing_where_the_content_is_clear(name, tmp_path, monkeypatch):
    raw = Path(name).read_bytes()
    monkeypatch.chdir(tmp_path)
    (tmp_path / "unnamed").write_bytes(raw)
    assert [type(found) for found in read(["unnamed"])] == [type(found) for found in read([FORMATS / name])]


def test_failures_are_one_line_each_and_the_rest_is_read():
    found = list(read(["."]))
    failures = [str(one) for one in found if isinstance(one, Skipped)]
    assert all(ONE_LINE.fullmatch(failure) for failure in failures)
    assert len(found) - len(failures) > 50


def test_reading_twice_gives_the_same():
    assert [str(found) for found in read(["."])] == [str(found) for found in read(["."])]
