"""Pieces of HTML inside other formats (letters, feeds, books) → plain lines: one paragraph a line.

For whole web pages, whose article stands among menus, see ``html``.
"""

from __future__ import annotations

import re

import lxml.html
from lxml import etree

from kg.documents.parsing import parsing
from kg.errors import RefusedDocument

__all__ = ["TAGS", "headings", "lines_of", "parsed_markup", "prose"]

TAGS = 80_000
"""trafilatura takes up to a tenth of a millisecond for each: a page of so many stays under ten seconds."""
UNSEEN = frozenset("script style head title noscript template svg math nav aside".split())
BLOCKS = frozenset(
    "address article blockquote body br caption center dd details div dl dt fieldset figcaption figure footer form h1"
    " h2 h3 h4 h5 h6 header hr html li main ol p pre section summary table tbody td tfoot th thead tr ul".split()
)
HEADINGS = ("h1", "h2", "h3")
SPACES = re.compile(r"[^\S\n]+")


def prose(markup: str, where: str) -> str:
    """The text of a piece of HTML, a paragraph a line, an empty line between; text without tags comes out as it is."""
    return "\n\n".join(lines_of(parsed_markup(markup, where))) if "<" in markup or "&" in markup else markup.strip()


def parsed_markup(markup: str, where: str) -> lxml.html.HtmlElement | None:
    """The tree, None for one without anything; raises RefusedDocument and UnreadableDocument."""
    if markup.count("<") > TAGS:
        raise RefusedDocument(f"a page of more than {TAGS} tags", where=where, way_out="Save the article alone")
    with parsing("a page", where):
        parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
        return lxml.html.document_fromstring(b"<html>" + markup.encode("utf-8", "replace"), parser=parser)


def lines_of(tree: lxml.html.HtmlElement | None) -> list[str]:
    """The paragraphs of a tree. Not recursive: a hostile page may be nested as deep as it is long."""
    pieces: list[str] = []
    if tree is None:
        return pieces
    hidden = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        starts = event == "start"
        if tag in UNSEEN:
            hidden += 1 if starts else -1
        if tag in BLOCKS:
            pieces.append("\n")
        said = element.text if starts else element.tail
        if said and not hidden:
            pieces.append(said.replace("\n", " "))
    lines = (SPACES.sub(" ", line).strip() for line in "".join(pieces).split("\n"))
    return [line for line in lines if line]


def headings(tree: lxml.html.HtmlElement | None) -> list[str]:
    """The headings of a tree, in order."""
    if tree is None:
        return []
    return [" ".join(found.text_content().split()) for found in tree.iter(*HEADINGS)]
