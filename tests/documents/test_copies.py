"""Which documents are copies of one story, and which only speak of the same things."""

import itertools
from datetime import date

from kg.documents import copies
from kg.model import Document

STORY = """Meridian Grain said on Tuesday that it had agreed to buy the storage operator Halden Silos for 240 million
euros in cash. The two firms have worked together since 2016. Clara Voss, who has led Meridian since 2019,
will chair the combined company. She was chief financial officer of Halden until 2014, and she still holds a
stake in it. Halden's founder, Piet Aarden, will leave the board of management when the deal closes. He
keeps a stake of five per cent. Regulators in Brussels still have to approve the purchase, which competes
with an offer of Nordfeld Storage."""
OTHER = """Nordfeld Storage is weighing a new offer for Halden Silos after Meridian Grain agreed to pay 240 million
euros, three people familiar with the matter said. Nordfeld, which is based in Tallinn and owned by Fathom
Capital, had offered 215 million euros in November. The chairman of Nordfeld, Juhan Rebane, also sits on the
board of Coastal Bank, which advises Meridian. The bank said that internal barriers were in place and that
he had no part in its work."""


def told(text, source, day=None):
    return Document(text, source, published=date.fromisoformat(day) if day else None)


FIRST = told(STORY, "wire.txt", "2026-02-03")


def sources(*documents):
    """Source of a copy → source of the first."""
    names = {document.id: document.source for document in documents}
    return {names[copy]: names[first] for copy, first in copies(documents).items()}


def test_a_wire_report_under_another_headline_with_a_new_end_is_a_copy():
    printed = told(
        "GRAIN GIANT GROWS\n\n" + STORY.upper() + "\nAdditional reporting by Nell Harrow.", "paper.txt", "2026-02-04"
    )
    assert sources(printed, FIRST) == {"paper.txt": "wire.txt"}


def test_a_report_of_which_a_part_is_printed_is_a_copy():
    part = " ".join(STORY.split()[:70])
    assert sources(FIRST, told(part, "short.txt", "2026-02-05")) == {"short.txt": "wire.txt"}


def test_a_report_with_some_words_changed_is_a_copy():
    changed = STORY.replace("on Tuesday", "yesterday").replace("purchase", "takeover").replace("still", "")
    assert sources(FIRST, told(changed, "edited.txt")) == {"edited.txt": "wire.txt"}


def test_another_report_of_the_same_deal_is_none():
    assert sources(FIRST, told(OTHER, "other.txt", "2026-02-05")) == {}


def test_equal_texts_are_copies_however_short():
    assert sources(told("A leads.", "b"), told("A leads.", "a", "2026-01-01")) == {"b": "a"}


def test_short_texts_that_are_nearly_equal_are_none():
    assert sources(told("Ann Lee leads Acme in Riga today.", "a"), told("Ann Lee leads Bolt in Riga today.", "b")) == {}


def test_the_first_published_is_the_first_and_an_undated_one_the_last():
    undated = told(STORY, "undated.txt")
    later = told(STORY + " More follows.", "later.txt", "2026-02-06")
    assert sources(undated, later, FIRST) == {"undated.txt": "wire.txt", "later.txt": "wire.txt"}


def test_the_order_of_the_documents_does_not_matter():
    documents = [FIRST, told(STORY + " End.", "b"), told(OTHER, "c"), told(OTHER + " End.", "d", "2026-01-01")]
    assert all(copies(order) == copies(documents) for order in itertools.permutations(documents))


def test_a_long_digest_before_them_does_not_make_stories_one():
    more = " ".join(f"Word {n} of a third story that is told at length in the same letter." for n in range(20))
    letter = told(f"{STORY}\n\n{OTHER}\n\n{more}", "letter.txt", "2026-01-01")
    assert sources(letter, FIRST, told(OTHER, "other.txt", "2026-02-05")) == {}


def test_a_digest_of_two_stories_does_not_make_them_one():
    digest = told(STORY + "\n\n" + OTHER, "digest.txt", "2026-02-08")
    other = told(OTHER, "other.txt", "2026-02-05")
    assert sources(FIRST, other, digest) == {"digest.txt": "wire.txt"}
