"""Whatever bytes come: values, never an exception, and soon."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.documents import read
from kg.errors import Skipped
from kg.model import Document

STARTS = [
    b"",
    b"<!doctype html><html><body>",
    b"<p>",
    b'{"id": "a", "text": "',
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\x1f\x8b\x08",
]
PIECES = [
    b"<p>",
    b"</div>",
    b"<meta charset=",
    b'"',
    b"\\ud800",
    b"\n",
    b"&#xD800;",
    b"Title: ",
    b"2026-02-31",
    b"A leads. ",
]

raw = st.builds(
    lambda start, rest: start + b"".join(rest),
    st.sampled_from(STARTS),
    st.lists(st.one_of(st.sampled_from(PIECES), st.binary(max_size=40)), max_size=30),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("hostile")


@settings(max_examples=150, deadline=5000, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(content=raw, suffix=st.sampled_from([".txt", ".html", ".jsonl", ".md", ""]))
def test_random_bytes_never_raise(folder, content, suffix):
    path = folder / f"a{suffix}"
    path.write_bytes(content)
    for found in read([path]):
        assert isinstance(found, Document | Skipped)
        assert "\n" not in str(found) or isinstance(found, Document)
        if isinstance(found, Document):
            assert found.text.strip()
            repr(found).encode("utf-8")


@given(text=st.text(min_size=1))
@settings(max_examples=100, derandomize=True)
def test_a_text_that_is_read_is_the_text_that_was_written(folder, text):
    path = folder / "a.md"
    path.write_bytes(text.encode("utf-8", "ignore"))
    for found in read([path]):
        if isinstance(found, Document):
            assert found.text == path.read_bytes().decode("utf-8").removeprefix("\ufeff").replace("\r\n", "\n")
