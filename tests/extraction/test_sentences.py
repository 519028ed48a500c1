import pytest

from kg.extraction.sentences import headline_end, sentences


def split(text):
    return [text[start:end] for start, end in sentences(text)]


def test_a_full_stop_before_a_capital_ends_a_sentence():
    assert split("Halvard grew. It hired.") == ["Halvard grew.", "It hired."]


@pytest.mark.parametrize("text", ["Mr. Lund left.", "Halvard Inc. Bought it.", "J. Lund left.", "It fell 3.5 percent."])
def test_neither_an_abbreviation_nor_an_initial_nor_a_number_ends_one(text):
    assert split(text) == [text]


def test_a_closing_quote_stays_with_its_sentence():
    assert split('"We won." She left.') == ['"We won."', "She left."]


def test_an_empty_line_ends_a_sentence_without_a_full_stop():
    assert split("Halvard buys Brightwell\n\nThe price was low.") == ["Halvard buys Brightwell", "The price was low."]


def test_a_line_wrapped_within_a_sentence_does_not_end_it():
    assert split("Halvard bought\nthe firm.") == ["Halvard bought\nthe firm."]


def test_blank_text_has_none():
    assert split(" \n ") == []


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("Halvard buys Brightwell\n\nThe price was low.", 23),
        ("Halvard buys Brightwell", 0),
        ("Halvard bought it.\nThe price was low.", 0),
        ('She asked: "Why?"\nNobody knew.', 0),
        ("\n\nThe price was low.", 0),
        ("x" * 300 + "\nThe price was low.", 0),
    ],
)
def test_a_headline_is_a_short_first_line_without_a_full_stop(text, end):
    assert headline_end(text) == end
