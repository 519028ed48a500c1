"""What a text says of itself: header lines, else what stands at its top, else its file's name."""

from datetime import date

import pytest

from kg.documents import read
from kg.documents.headers import Header, header_of, split_site, web_address
from kg.model import Document


def test_header_lines_are_read_in_any_order_and_case():
    text = "DATE: 7 May 2026\nsource: https://x.example/a\nTitle: A leads B\nPublisher: The Post\n\nProse."
    assert header_of(text, "a.txt") == Header("A leads B", "The Post", date(2026, 5, 7), "https://x.example/a")


def test_header_lines_count_only_at_the_very_beginning():
    assert header_of("A leads B.\nTitle: Not this\nPublisher: Nor this\n", "a.txt") == Header()


def test_the_first_of_two_header_lines_counts():
    assert header_of("Title: One\nTitle: Two\n\nProse.", "a.txt") == Header(title="One")


@pytest.mark.parametrize(
    "source", ["file:///etc/passwd", "javascript:alert(1)", "https://x.example/a b", "https://", "x"]
)
def test_a_source_that_is_no_web_address_is_left_out(source):
    assert header_of(f"Source: {source}\n\nProse.", "a.txt") == Header()


def test_a_header_date_beats_the_days_in_the_text_and_the_name():
    assert header_of("Date: 2025-07-14\n\nMay 7, 2026\n\nProse.", "2024-01-01.txt").published == date(2025, 7, 14)


def test_a_header_date_that_is_no_day_leaves_it_to_the_name():
    assert header_of("Date: soon\n\nProse.", "2024-01-01.txt").published == date(2024, 1, 1)


def test_the_first_line_is_the_title_where_it_stands_alone():
    assert header_of("TSMC denies talks\n\nTSMC denied it.", "a.txt") == Header(title="TSMC denies talks")


def test_a_heading_of_markdown_is_a_title():
    assert header_of("## TSMC denies talks\n\nTSMC denied it.", "a.md") == Header(title="TSMC denies talks")


@pytest.mark.parametrize(
    "text",
    [
        "TSMC denies talks\nTSMC denied it.",
        "TSMC denied it.\n\nIntel did not.",
        "TSMC denies talks",
        "x" * 161 + "\n\nProse.",
        "\n\n",
        "← Back\n\n***\n\n---\n\nToo late\n\nProse.",
    ],
    ids=["prose follows", "a sentence", "all there is", "long", "nothing", "fourth line"],
)
def test_other_first_lines_are_no_title(text):
    assert header_of(text, "a.txt") == Header()


def test_a_link_back_and_a_day_may_stand_above_the_title():
    text = "← Back\n\nMay 7, 2026\n\nTSMC denies talks\n\nTSMC denied it."
    assert header_of(text, "a.txt") == Header(title="TSMC denies talks", published=date(2026, 5, 7))


def test_an_article_copied_from_a_news_reader_is_understood(data):
    [document] = read(["google-news.txt"])
    assert document == Document(
        (data / "google-news.txt").read_text(encoding="utf-8"),
        "google-news.txt",
        title="TSMC denies talks with Intel",
        publisher="WaferWeekly.com",
        published=date(2025, 4, 17),
    )


@pytest.mark.parametrize("dash", ["-", "\u2013", "—", "|"])
def test_a_domain_after_a_dash_is_the_publisher(dash):
    assert split_site(f"Musk - the builder {dash} YourStory.com") == ("Musk - the builder", "YourStory.com")


@pytest.mark.parametrize("title", ["Iran deal - Trump", "Claude 3.5", "GPT-4.com", "YourStory.com", "A - v3.5", None])
def test_anything_else_stays_in_the_title(title):
    assert split_site(title) == (title, None)


def test_a_header_publisher_beats_the_site_in_the_title():
    text = "Title: A leads - x.com\nPublisher: The Post\n\nProse."
    assert header_of(text, "a.txt") == Header(title="A leads", publisher="The Post")


@pytest.mark.parametrize("address", ["http://x.example", "HTTPS://x.example/a?b=c#d", "https://x.example/é"])
def test_web_addresses_are_kept_as_they_are(address):
    assert web_address(address) == address
