"""Web pages: the article's text, without menus and notices. Nothing that a page points to is fetched.

trafilatura finds the article and its metadata. It would take today for the latest day a page can be from, and guess at
days in the prose; both are turned off, so that a page always gives the same document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import trafilatura
from trafilatura.settings import Document as Article

from kg.documents.content import Content, Found, require_prose
from kg.documents.dates import day_in, day_in_name, day_of_lines
from kg.documents.decoding import decoded_page
from kg.documents.headers import split_site, web_address
from kg.documents.markup import TAGS
from kg.documents.parsing import parsing
from kg.errors import RefusedDocument, UnreadableDocument
from kg.model import Document

__all__ = ["read_html"]

DAYS = {"original_date": True, "extensive_search": False, "max_date": "2099-12-31"}
SENTENCE = re.compile(r"[.!?\u3002\uff01\uff1f\u0964][\"'\u201d\u2019)]*\s*$", re.MULTILINE)
LINES_LOOKED_AT = 12


def read_html(content: Content) -> Iterator[Found]:
    """The one document of a page. Its source is the address that the page says is its own (see ``source_for``)."""
    page = decoded_page(content.read(), content.where, content.charset)
    require_prose(page, content.where)
    article = article_of(page, content.where)
    text = prose_of(article, content.where)
    title, site = split_site(article.title)
    source = content.source_for(text, web_address(article.url))
    document = Document(
        text=text,
        source=source,
        title=title,
        publisher=article.sitename or site,
        published=day_in(article.date or "")
        or day_of_lines(text.split("\n")[:LINES_LOOKED_AT])
        or day_in_name(content.name)
        or day_in_name(web_address(source) or ""),
    )
    yield Found(content.where, document)


def article_of(page: str, where: str) -> Article:
    """What trafilatura finds in a page; raises RefusedDocument for one that would keep it busy for minutes."""
    if page.count("<") > TAGS:
        raise RefusedDocument(f"a page of more than {TAGS} tags", where=where, way_out="Save the article alone")
    with parsing("a page", where):
        found = trafilatura.bare_extraction(
            as_page(page), include_comments=False, with_metadata=True, date_extraction_params=DAYS
        )
    return found if isinstance(found, Article) else Article()


def prose_of(article: Article, where: str) -> str:
    """The article's text; raises UnreadableDocument where it has no sentence, only menus and the like."""
    text = article.text or ""
    if not SENTENCE.search(text):
        raise UnreadableDocument("no article in this page", where=where, way_out="Save the article's text as .txt")
    require_prose(text, where)
    return text


def as_page(page: str) -> str:
    """With a doctype: trafilatura takes a fragment for something else than HTML."""
    return page if "html" in page[:50].lower() else "<!doctype html>\n" + page
