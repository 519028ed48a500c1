"""Letters: the own words of each, dated and titled by its header; what is attached is read by itself."""

from datetime import date
from email.message import EmailMessage

import pytest

from kg.documents import read
from kg.errors import RefusedDocument, UnreadableDocument
from kg.model import Document

HEAD = (
    "From: Nell Harrow <nell@ledger.example>\nSubject: Acme\nDate: Tue, 3 Feb 2026 23:30:00 -0500\nMessage-ID: <1@x>\n"
)


def test_the_header_gives_title_sender_and_the_senders_own_day(write, only):
    assert only(write("a.eml", f"{HEAD}\nAcme bought Bolt.\n")) == Document(
        "Acme bought Bolt.", "a.eml", title="Acme", publisher="Nell Harrow", published=date(2026, 2, 3)
    )


def test_a_letter_is_known_without_its_name(write, only):
    assert only(write("a.txt", f"{HEAD}\nAcme bought Bolt.\n")).title == "Acme"


def test_a_note_that_begins_like_a_letter_is_a_text(write, only):
    text = "From: the desk\nSubject: Acme\n\nAcme bought Bolt.\n"
    assert only(write("a.txt", text)).text == text


def test_quotations_and_signature_are_left_out(write, only):
    body = "Acme bought Bolt.\n\nOn Monday, Tom wrote:\n> Coil bought Dyno.\n> Really.\n\nMore follows.\n-- \nNell\n"
    assert only(write("a.eml", f"{HEAD}\n{body}")).text == "Acme bought Bolt.\n\nMore follows."


def test_a_letter_that_only_quotes_is_its_quotation(write, only):
    assert only(write("a.eml", f"{HEAD}\n> Coil bought Dyno.\n> Really.\n")).text == "Coil bought Dyno.\nReally."


def test_encoded_headers_are_plain(write, only):
    head = HEAD.replace("Acme", "=?iso-8859-1?q?Caf=E9?= =?utf-8?b?IOKAkyBuZXdz?=")
    assert only(write("a.eml", f"{head}\nA leads.\n")).title == "Café \u2013 news"


def test_a_charset_that_is_none_is_told(write, failure):
    raw = f"{HEAD}Content-Type: text/plain; charset=nonsense\n\n".encode() + b"Caf\xe9 leads.\n"
    assert failure(write("a.eml", raw)) == (UnreadableDocument, "a.eml: not valid UTF-8 at byte 3. Convert it to UTF-8")


def test_a_letter_within_a_letter_is_a_document_of_its_own(write):
    inner, outer = EmailMessage(), EmailMessage()
    inner["From"], inner["Subject"], inner["Message-ID"] = "tom@x.example", "Bolt", "<2@x>"
    inner.set_content("Bolt has been sold.\n")
    outer["From"], outer["Subject"], outer["Message-ID"] = "nell@x.example", "Forwarded", "<3@x>"
    outer.set_content("See below.\n")
    outer.add_attachment(inner)
    letter, attached = read([write("a.eml", outer.as_bytes())])
    assert (letter.title, letter.text) == ("Forwarded", "See below.")
    assert (attached.title, attached.text, attached.source) == ("Bolt", "Bolt has been sold.", "a.eml#1.eml")


def test_letters_within_letters_end_somewhere(write):
    raw = b"From: a@x.example\nMessage-ID: <1@x>\n\nA leads.\n"
    for number in range(20):
        raw = b"From: a@x.example\nMessage-ID: <%d@y>\nContent-Type: message/rfc822\n\n" % number + raw
    found = list(read([write("a.eml", raw)]))
    assert isinstance(found[-1], RefusedDocument)


def test_a_line_that_begins_with_from_ends_a_letter_only_after_an_empty_line(write):
    body = "A leads.\nFrom now on until 2026\nB leads.\n"
    found = list(read([write("a.mbox", f"From x Thu Mar 12 2026\n{HEAD}\n{body}")]))
    assert [document.text for document in found] == ["A leads.\nFrom now on until 2026\nB leads."]


@pytest.mark.parametrize("name", ["a.mbox", "a"])
def test_the_letters_of_a_box_are_told_by_their_ids(write, name):
    box = "".join(f"From x Thu Mar 12 2026\n{HEAD.replace('1@x', f'{n}@x')}\n{n} leads.\n\n" for n in (1, 2))
    assert [document.source for document in read([write(name, box)])] == [f"{name}#1@x", f"{name}#2@x"]
