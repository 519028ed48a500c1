"""PDF: lines to paragraphs, columns in order, without running heads."""

from datetime import date

import pytest
from corpus import FORMATS

from kg.documents import read
from kg.documents.paragraphs import glued, joined
from kg.documents.pdf_lines import Line, gutters_of, in_columns
from kg.documents.pdf_text import without_running_heads, written
from kg.errors import RefusedDocument


@pytest.fixture
def text(monkeypatch, only):
    monkeypatch.chdir(FORMATS)
    return lambda name: only(f"pdf/{name}").text


def lines(*texts, y=700.0, x=50.0):
    """Lines below each other, as on a page."""
    return [Line(x, y - 12 * number, 10.0, 4.8 * len(text), text) for number, text in enumerate(texts)]


def test_columns_that_the_file_draws_row_by_row_are_read_one_after_the_other(text):
    columns = text("two-columns.pdf")
    assert columns.index("offer of Nordfeld Storage.") < columns.index("Tessera Optics has named")
    assert "it had agreed to buy the storage operator Halden Silos" in columns


def test_columns_that_the_file_draws_one_by_one_are_read_so(text):
    assert "in cash, three people familiar with the matter said." in text("printed-columns.pdf")


def test_words_that_were_broken_are_whole_and_compounds_keep_their_hyphen(text):
    assert "commissioner" in glued("the commis-", "sioner said", set())
    assert glued("a well-", "known firm", {"well-known"}) == "a well-known firm"
    assert glued("of Rolls-", "Royce", set()) == "of Rolls-Royce"
    assert glued("the soft\u00ad", "ware", set()) == "the software"
    assert "well-known stake" in text("two-columns.pdf")


def test_running_heads_and_page_numbers_are_left_out(text):
    letter = text("letter.pdf")
    assert "Letter to shareholders" not in letter
    assert "Page 2" not in letter
    assert "Venn Labs was founded in 2012" in letter


def test_a_line_at_the_edge_of_one_page_stays():
    pages = [lines("A title of one page only", "Some text."), lines("More text.", "The end.")]
    assert len(without_running_heads(pages)) == 4


def test_a_paragraph_ends_with_a_short_line():
    said = lines(
        "Acme said on Tuesday that it would buy the firm", "Bolt.", "Coil did not say anything about it at all."
    )
    assert written(said) == (
        "Acme said on Tuesday that it would buy the firm Bolt.\n\nCoil did not say anything about it at all."
    )


def test_a_paragraph_goes_on_over_a_page():
    page, following = lines("Acme said on Tuesday that it would", y=60.0), lines("buy the firm Bolt.")
    assert written([*page, *following]) == "Acme said on Tuesday that it would buy the firm Bolt."


def test_a_list_keeps_its_lines():
    said = lines("The board has three members, who are as follows", "1. Ann Lee, who chairs it", "2. Bo Ek")
    assert written(said).count("\n\n") == 2


def test_a_table_of_short_cells_is_no_pair_of_columns():
    rows = [piece for n in range(8) for piece in (*lines("Sales", y=700 - 12 * n), *lines("17", y=700 - 12 * n, x=200))]
    assert gutters_of(rows) == []


def test_a_line_across_the_page_stands_between_the_columns():
    left = lines(*["on the left of the page"] * 6, y=680)
    right = lines(*["on the right of the page"] * 6, y=680, x=300)
    rows = [piece for pair in zip(left, right, strict=True) for piece in pair]
    head = lines("A headline that runs across the whole of the page, from left to right, all of it", y=700)
    ordered = in_columns([*head, *rows], gutters_of(rows))
    assert [piece.x for piece in ordered] == [50.0] * 7 + [300.0] * 6


def test_the_day_a_file_was_made_does_not_date_it(monkeypatch, only):
    monkeypatch.chdir(FORMATS)
    assert only("pdf/no-copying.pdf").published is None
    assert only("pdf/notice.pdf").published == date(2026, 4, 21)


def test_a_wrapped_letter_is_joined_and_a_list_of_short_lines_is_not():
    wrapped = "Acme said on Tuesday that it would buy Bolt, a maker of\nwell-\nknown bolts and of nothing else at all."
    assert joined(wrapped).startswith("Acme said on Tuesday that it would buy Bolt, a maker of")
    assert joined("Ann Lee\nBo Ek\nCy Fox") == "Ann Lee\nBo Ek\nCy Fox"


def test_a_file_that_draws_without_end_is_left(monkeypatch, failure):
    monkeypatch.chdir(FORMATS)
    monkeypatch.setattr("kg.documents.pdf_lines.OPERATORS", 100)
    said = "pdf/letter.pdf: a PDF of more than 100 drawing operators. Save its text as .txt"
    assert failure("pdf/letter.pdf") == (RefusedDocument, said)


def test_nothing_is_told_on_standard_error(monkeypatch, capfd):
    monkeypatch.chdir(FORMATS)
    list(read(["pdf", "broken", "warc"]))
    assert capfd.readouterr() == ("", "")
