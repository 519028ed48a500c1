"""Cutting a text into windows loses nothing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.extraction.lines import is_header, readable, windows


@given(st.text(max_size=400), st.integers(min_value=5, max_value=60))
def test_windows_cover_the_text_in_order(text, size):
    found = list(windows(text, size))
    assert "".join(text[w.start : w.start + len(w.text)] for w in found) == text
    assert all(len(w.text) <= size for w in found)


@given(st.text(max_size=200))
def test_readable_text_keeps_every_offset(text):
    assert len(readable(text)) == len(text)


def test_windows_are_cut_at_line_breaks():
    assert [w.text for w in windows("one two\nthree four\nfive", 12)] == ["one two\n", "three four\n", "five"]


def test_only_known_words_make_a_header():
    words = frozenset(["publisher"])
    assert is_header("Publisher: The Daily", words)
    assert not is_header("Verdict: guilty", words)
