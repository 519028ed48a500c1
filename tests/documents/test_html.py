"""Web pages: the article and what the page says of it, nothing guessed, nothing fetched."""

import subprocess
import sys
from datetime import date, datetime

import pytest
import trafilatura
from trafilatura.settings import Document as Article

from kg.documents import read
from kg.errors import RefusedDocument, UnreadableDocument
from kg.model import Document

PROSE = "Anthropic has reportedly turned to SpaceX as a partner."


def page(body=f"<p>{PROSE}</p>", head=""):
    return f"<!doctype html><html><head>{head}</head><body>{body}</body></html>"


@pytest.mark.usefixtures("data")
def test_an_article_is_read_with_what_its_page_says_of_it(only):
    assert only("article.html") == Document(
        "Anthropic turns to SpaceX\n"
        "Anthropic has reportedly turned to SpaceX as a partner. Elon Musk leads SpaceX & xAI.\n"
        "xAI, which develops Grok, competes with Anthropic for the same customers.",
        "https://orbit.example/2026/05/07/anthropic-spacex",
        title="Anthropic turns to SpaceX",
        publisher="Orbit Business Daily",
        published=date(2026, 5, 7),
    )


@pytest.mark.usefixtures("data")
def test_a_page_without_an_article_gives_no_document(failure):
    said = "menu.html: no article in this page. Save the article's text as .txt"
    assert failure("menu.html") == (UnreadableDocument, said)


@pytest.mark.parametrize("name", ["a.html", "a.txt", "a"])
def test_a_page_is_known_by_its_content(write, only, name):
    assert only(write(name, page())) == Document(PROSE, name)


def test_a_fragment_is_a_page_where_its_name_says_so(write, only):
    assert only(write("a.htm", f"<p>{PROSE}</p>")).text == PROSE


def test_a_page_without_an_address_lies_where_its_file_lies(write, only):
    assert only(write("in/a.html", page())).source == "in/a.html"


@pytest.mark.parametrize("address", ["javascript:alert(1)", "file:///etc/passwd", "/relative"])
def test_an_address_that_is_not_of_the_web_is_left_out(write, only, address):
    assert only(write("a.html", page(head=f'<link rel="canonical" href="{address}">'))).source == "a.html"


def test_a_site_in_the_title_is_the_publisher(write, only):
    document = only(write("a.html", page(head="<title>A leads - YourStory.com</title>")))
    assert (document.title, document.publisher) == ("A leads", "YourStory.com")


def test_a_page_without_a_day_gets_none_from_its_prose(write, only):
    prose = f"<p>{PROSE} On 3 March 2019 it was otherwise.</p><footer>Copyright 2024</footer>"
    assert only(write("a.html", page(prose))).published is None


def test_a_page_without_a_day_takes_that_of_its_name(write, only):
    assert only(write("2026-05-07.html", page())).published == date(2026, 5, 7)


def test_a_page_without_a_day_takes_that_of_its_address(write, only):
    head = '<link rel="canonical" href="https://orbit.example/2026/05/07/deal">'
    assert only(write("a.html", page(head=head))).published == date(2026, 5, 7)


def test_a_day_after_today_is_not_cut_off_so_that_every_run_reads_the_same(write, only):
    later = datetime.now().year + 20
    head = f'<meta property="article:published_time" content="{later}-05-07">'
    assert only(write("a.html", page(head=head))).published == date(later, 5, 7)


@pytest.mark.parametrize("charset", ["iso-8859-1", "windows-1252", "shift_jis", "latin1"])
def test_the_charset_that_a_page_declares_is_tried(write, only, charset):
    word = "東京" if charset == "shift_jis" else "Café"
    raw = page(f"<p>{word}: {PROSE}</p>", f'<meta charset="{charset}">').encode(charset)
    assert only(write("a.html", raw)).text == f"{word}: {PROSE}"


def test_utf8_is_utf8_whatever_the_page_declares(write, only):
    raw = page(f"<p>Café: {PROSE}</p>", '<meta charset="iso-8859-1">').encode()
    assert only(write("a.html", raw)).text == f"Café: {PROSE}"


@pytest.mark.parametrize("charset", ["", "utf-8", "punycode", "iso-8859-0", "iso-8859-12", "cp1259", "gb", "nonsense"])
def test_without_a_charset_of_the_web_bytes_are_not_guessed_at(write, failure, charset):
    raw = page(f"<p>Café: {PROSE}</p>", f'<meta charset="{charset}">').encode("latin-1")
    kind, said = failure(write("a.html", raw))
    assert (kind, said) == (
        UnreadableDocument,
        f"a.html: not valid UTF-8 at byte {raw.index(0xE9)}. Convert it to UTF-8",
    )


def test_bytes_outside_the_declared_charset_are_named(write, failure):
    raw = page(f"<p>\x81: {PROSE}</p>", '<meta charset="latin1">').encode("latin-1")
    said = f"a.html: not valid WINDOWS-1252 at byte {raw.index(0x81)}. Convert it to UTF-8"
    assert failure(write("a.html", raw)) == (UnreadableDocument, said)


def test_a_binary_file_is_none_the_less_so_for_declaring_a_charset(write, failure):
    raw = page(head='<meta charset="latin1">').encode() + b"\0\xe9"
    said = "a.html: a binary file, not text. Convert it to text first"
    assert failure(write("a.html", raw)) == (UnreadableDocument, said)


def test_external_entities_are_not_taken_in(write, only):
    write("secret.txt", "hunter2")
    body = f"<p>{PROSE} &x; {PROSE}</p>"
    raw = f'<!DOCTYPE html [<!ENTITY x SYSTEM "secret.txt">]><html><body>{body}</body></html>'
    assert "hunter2" not in only(write("a.html", raw)).text


def test_halves_of_characters_in_a_script_do_not_reach_the_publisher(write, only):
    publisher = r'{"@type": "Organization", "name": "The\ud800 Post"}'
    said = f'{{"@context": "https://schema.org", "@type": "NewsArticle", "publisher": {publisher}}}'
    document = only(write("a.html", page(head=f'<script type="application/ld+json">{said}</script>')))
    assert document.publisher == "The Post"


def test_a_page_of_tags_alone_is_refused(write, failure):
    said = "a.html: a page of more than 80000 tags. Save the article alone"
    assert failure(write("a.html", "<b>" * 80_001)) == (RefusedDocument, said)


def test_nesting_without_end_is_survived(write, failure):
    assert failure(write("a.html", "<div>" * 70_000 + PROSE))[0] is UnreadableDocument


def test_an_empty_page_is_called_so(write, failure):
    assert failure(write("a.html", "")) == (UnreadableDocument, "a.html: empty. Give it a text")


def test_the_day_it_was_published_counts_and_not_the_day_it_was_changed(write, only):
    changed = '<time class="updated" datetime="2026-05-09">9 May</time>'
    dates = f'{changed}<time class="published" datetime="2026-05-07">7 May</time>'
    assert only(write("a.html", page(f"{dates}<p>{PROSE}</p>"))).published == date(2026, 5, 7)


def test_what_the_library_lets_through_is_checked_again(write, only, failure, monkeypatch):
    article = Article(text=PROSE, url="javascript:alert(1)")
    monkeypatch.setattr(trafilatura, "bare_extraction", lambda *_arguments, **_options: article)
    assert only(write("a.html", page())).source == "a.html"
    article.text = "A \ud800 leads."
    said = "a.html: half of a surrogate pair at character 2 of its text. Replace it with U+FFFD"
    assert failure("a.html") == (UnreadableDocument, said)


def test_what_the_parser_fails_with_becomes_one_line(write, failure, monkeypatch):
    def fails(*_arguments, **_options):
        raise RecursionError

    monkeypatch.setattr(trafilatura, "bare_extraction", fails)
    said = "a.html: a page that cannot be parsed (RecursionError)"
    assert failure(write("a.html", page())) == (UnreadableDocument, said)


def test_nothing_is_printed_even_for_a_broken_page(write):
    names = [write("a.html", "<html"), write("b.html", "<!doctype html><x/>"), write("c.html", page())]
    script = f"from kg.documents import read\nlist(read({names!r}))"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, check=True, env={"PYTHONPATH": ":".join(sys.path)}
    )
    assert (done.stdout, done.stderr) == (b"", b"")


def test_reading_twice_gives_the_same(data):
    assert [str(found) for found in read([data])] == [str(found) for found in read([data])]
