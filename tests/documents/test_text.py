"""Plain text: kept verbatim, decoded strictly."""

from datetime import date

import pytest

from kg.documents import read
from kg.errors import RefusedDocument, UnreadableDocument
from kg.model import Document


def test_a_text_is_kept_to_the_character(write, only):
    text = "  A\u00a0leads B…\t\n\n\nIt  was “so”.\r \u2028 e\u0301 \n"
    assert only(write("a.txt", text)).text == text


def test_line_ends_of_windows_become_plain(write, only):
    assert only(write("a.txt", "A leads.\r\nB leads.\r\n")).text == "A leads.\nB leads.\n"


def test_header_lines_stay_in_the_text(write, only):
    text = "Title: A leads\nPublisher: The Post\nDate: 2025-07-14\nSource: https://post.example/a\n\nA leads B.\n"
    assert only(write("a.txt", text)) == Document(
        text, "https://post.example/a", title="A leads", publisher="The Post", published=date(2025, 7, 14)
    )


def test_a_byte_order_mark_is_no_part_of_the_text(write, only):
    assert only(write("a.txt", b"\xef\xbb\xbfA leads.")).text == "A leads."


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_utf16_and_utf32_are_read_where_a_mark_says_so(write, only, encoding):
    assert only(write("a.txt", "\ufeffCafé leads.".encode(encoding))).text == "Café leads."


def test_markdown_is_text_even_where_it_begins_with_a_tag(write, only):
    text = '<p align="center">A leads.</p>\n\n# Heading\n'
    assert only(write("a.md", text)).text == text


def test_an_empty_file_gives_no_document(write, failure):
    assert failure(write("a.txt", "")) == (UnreadableDocument, "a.txt: empty. Give it a text")


def test_white_space_gives_no_document(write, failure):
    assert failure(write("a.txt", " \n\t\u00a0\n")) == (UnreadableDocument, "a.txt: only white space. Give it a text")


@pytest.mark.parametrize("raw", [b"text\0text", b"\x7fELF\0\0", b"\x01\x02\x03\x04 few words", b"%PDF-\x00"])
def test_a_binary_file_named_txt_gives_no_document(write, failure, raw):
    said = "a.txt: a binary file, not text. Convert it to text first"
    assert failure(write("a.txt", raw)) == (UnreadableDocument, said)


def test_a_form_feed_or_a_stray_control_character_makes_no_binary(write, only):
    text = "A leads.\f" + "B leads. " * 20 + "\x01"
    assert only(write("a.txt", text)).text == text


def test_bytes_that_are_not_utf8_are_named_and_never_guessed_at(write, failure):
    said = "a.txt: not valid UTF-8 at byte 3. Convert it to UTF-8"
    assert failure(write("a.txt", "Café leads.".encode("latin-1"))) == (UnreadableDocument, said)


def test_half_a_utf16_character_is_named(write, failure):
    said = "a.txt: not valid UTF-16 at byte 4. Convert it to UTF-8"
    assert failure(write("a.txt", b"\xff\xfeA\0B")) == (UnreadableDocument, said)


def test_a_nul_character_in_utf16_is_named(write, failure):
    said = "a.txt: a NUL character at character 1 of its text. Replace it with U+FFFD"
    assert failure(write("a.txt", b"\xff\xfeA\0\0\0")) == (UnreadableDocument, said)


def test_a_single_line_of_20_megabytes_is_refused_with_size_and_limit(write, failure):
    said = "a.txt: a document of 20000000 bytes, where the limit is 10000000 bytes. Split it into single articles"
    assert failure(write("a.txt", b"x" * 20_000_000)) == (RefusedDocument, said)


def test_a_text_at_the_limit_is_read_and_one_byte_more_refused(write, failure):
    [document] = read([write("a.txt", "12345")], limit=5)
    assert document.text == "12345"
    said = "b.txt: a document of 6 bytes, where the limit is 5 bytes. Split it into single articles"
    assert failure(write("b.txt", "123456"), limit=5) == (RefusedDocument, said)
