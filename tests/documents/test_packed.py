"""Word files, books, feeds and web archives: what counts as text, and what hostile ones cannot do."""

import io
import zipfile
from datetime import date

import docx
import pytest

from kg.documents import read
from kg.errors import RefusedDocument, UnreadableDocument
from kg.model import Document

OUTSIDE = '<!DOCTYPE x [<!ENTITY s SYSTEM "secret.txt">]>'
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
)


def word(*paragraphs, change=None):
    file = docx.Document()
    for paragraph in paragraphs:
        file.add_paragraph(paragraph)
    made = io.BytesIO()
    file.save(made)
    return repacked(made.getvalue(), "word/document.xml", change) if change else made.getvalue()


def repacked(raw, name, change):
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.namelist():
            part = source.read(entry)
            target.writestr(entry, change(part) if entry == name else part)
    return made.getvalue()


def test_header_lines_of_a_word_file_are_read(write, only):
    raw = word("Title: A deal", "Date: 2026-05-07", "Acme bought Bolt.")
    assert only(write("a.docx", raw)) == Document(
        "Title: A deal\n\nDate: 2026-05-07\n\nAcme bought Bolt.", "a.docx", published=date(2026, 5, 7), title="A deal"
    )


def test_a_word_file_takes_in_nothing_from_elsewhere(write, only):
    write("secret.txt", "hunter2")

    def change(part):
        return part.replace(b"<w:document", OUTSIDE.encode() + b"<w:document").replace(b"Acme", b"&s;Acme")

    assert only(write("a.docx", word("Acme.", "Bolt is glad.", change=change))).text == "Bolt is glad."


def test_a_word_file_that_grows_without_end_is_stopped(write):
    def change(part):
        return part.replace(b"<w:document", (LAUGHS + "]>").encode() + b"<w:document").replace(b"Acme", b"&j;Acme")

    [found] = read([write("a.docx", word("Acme bought Bolt.", change=change))])
    assert isinstance(found, UnreadableDocument) or len(found.text) < 1000


def test_a_word_file_that_unpacks_to_far_more_is_refused(write, failure):
    raw = word("Acme bought Bolt.", change=lambda part: part + b" " * 30_000_000)
    assert failure(write("a.docx", raw))[0] is RefusedDocument


def test_tables_within_tables_end_somewhere(write, failure):
    deep = "<w:tbl><w:tr><w:tc>" * 90 + "<w:p><w:r><w:t>A leads.</w:t></w:r></w:p>" + "</w:tc></w:tr></w:tbl>" * 90
    raw = word("Acme.", change=lambda part: part.replace(b"<w:body>", b"<w:body>" + deep.encode()))
    [found] = read([write("a.docx", raw)])
    assert isinstance(found, UnreadableDocument) or "Acme." in found.text


def book(chapter="<p>A leads B.</p>", href="c.xhtml", package=""):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        container = '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        archive.writestr(
            "META-INF/container.xml", f'{container}<rootfile full-path="b/p.opf"/></rootfiles></container>'
        )
        item = f'<item id="c" href="{href}" media-type="application/xhtml+xml"/>'
        spaces = 'xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        parts = f"<manifest>{item}</manifest><spine><itemref idref='c'/></spine>"
        archive.writestr("b/p.opf", f"{package}<package {spaces}><metadata/>{parts}</package>")
        archive.writestr("b/c.xhtml", f"<html><body><h1>One</h1>{chapter}</body></html>")
    return made.getvalue()


def test_a_chapter_is_a_document(write, only):
    assert only(write("a.epub", book())) == Document("One\n\nA leads B.", "a.epub#b/c.xhtml", title="One")


@pytest.mark.parametrize("href", ["../../../etc/passwd", "/etc/passwd", "gone.xhtml", ""])
def test_a_chapter_that_is_not_in_the_book_is_not_looked_for_elsewhere(write, failure, href):
    assert failure(write("a.epub", book(href=href)))[0] is UnreadableDocument


def test_entities_of_a_book_stay_as_they_are(write, only):
    write("secret.txt", "hunter2")
    assert "hunter2" not in only(write("a.epub", book(package=OUTSIDE))).text


@pytest.mark.parametrize("name", ["a.rss", "a.txt"])
def test_a_feed_that_defines_entities_is_refused(write, failure, name):
    feed = f'<rss version="2.0"><!-- {LAUGHS}]> --><channel><item><title>&j;</title></item></channel></rss>'
    assert failure(write(name, feed))[0] is RefusedDocument


@pytest.mark.parametrize("piece", ["<a ", "<item>", "&amp;"])
def test_a_feed_that_would_keep_its_parser_busy_is_refused(write, failure, piece):
    feed = "<rss version='2.0'><channel><item><description>" + piece * 600_000
    assert failure(write("a.xml", feed))[1].startswith("a.xml: a feed of more than 80000 tags or 500000 references")


def test_a_web_archive_of_pictures_only_says_so(write, failure):
    block = b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nx"
    head = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://x.example/a.png\r\n"
    raw = head + b"Content-Length: %d\r\n\r\n" % len(block) + block + b"\r\n\r\n"
    assert failure(write("a.warc", raw)) == (UnreadableDocument, "a.warc: a WARC file without a page that was got")


def test_an_entry_without_a_text_is_its_title(write, only):
    feed = "<rss version='2.0'><channel><item><title>A buys &amp;amp; sells</title></item></channel></rss>"
    document = only(write("a.xml", feed))
    assert (document.text, document.published) == ("A buys & sells", None)


def test_a_script_in_a_feed_is_no_text(write, only):
    said = "&lt;p&gt;A leads.&lt;/p&gt;&lt;script&gt;alert(1)&lt;/script&gt;"
    feed = f"<rss version='2.0'><channel><item><description>{said}</description></item></channel></rss>"
    assert only(write("a.xml", feed)).text == "A leads."


def test_what_no_graph_can_hold_in_a_title_is_replaced(write, only):
    head = "From: a@x.example\nMessage-ID: <1@x>\nSubject: =?utf-16-le?q?=00=D8=41=00?=\n"
    document = only(write("a.eml", f"{head}\nA leads.\n"))
    assert "\0" not in f"{document.title}"
    repr(document).encode("utf-8")
