"""Books (EPUB): a document a chapter, in the order of reading. Chapters without a sentence are passed over."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from urllib.parse import unquote

from lxml import etree

from kg.documents.allowance import require_ratio
from kg.documents.content import Content, Found, require_storable, too_large
from kg.documents.dates import day_in
from kg.documents.decoding import decoded_page
from kg.documents.entries import printable
from kg.documents.html import SENTENCE
from kg.documents.markup import headings, lines_of, parsed_markup
from kg.documents.parsing import parsing
from kg.documents.xml import child_text, parsed_xml
from kg.errors import Skipped, UnreadableDocument
from kg.model import Document

__all__ = ["read_epub"]

KIND = "a book"
SPACES = {
    "c": "urn:oasis:names:tc:opendocument:xmlns:container",
    "opf": "http://www.idpf.org/2007/opf",
    "dc": "http://purl.org/dc/elements/1.1/",
    "enc": "http://www.w3.org/2001/04/xmlenc#",
}
CHAPTER_TYPES = ("application/xhtml+xml", "text/html", "application/html+xml")
LOCKS = "META-INF/encryption.xml"


def read_epub(archive: zipfile.ZipFile, content: Content) -> Iterator[Found | Skipped]:
    """A document a chapter. Its source is the book's with ``#`` and the chapter's file."""
    container = parsed_xml(part(archive, "META-INF/container.xml", content), KIND, content.where)
    root = container.find(".//c:rootfile", SPACES)
    package_name = (root.get("full-path") if root is not None else None) or ""
    package = parsed_xml(part(archive, package_name, content), KIND, content.where)
    names = list(chapters_of(package, posixpath.dirname(package_name)))
    require_open(archive, names, content)
    found = 0
    for name in dict.fromkeys(names):
        try:
            for chapter in chapter_of(archive, name, package, content):
                found += 1
                yield chapter
        except Skipped as failure:
            found += 1
            yield failure
    if not found:
        raise UnreadableDocument("a book without a chapter that has a sentence", where=content.where)


def part(archive: zipfile.ZipFile, name: str, content: Content) -> bytes:
    with parsing(KIND, content.where):
        entry = archive.getinfo(name)
        require_ratio(entry.file_size, entry.compress_size, content.where)
        if entry.file_size > content.limit:
            raise too_large(f"{content.where}#{printable(name)}", entry.file_size, content.limit)
        content.allowance.took(entry.file_size, content.where)
        return archive.read(entry)


def chapters_of(package: etree._Element, folder: str) -> Iterator[str]:
    """The files of the chapters, in the order of reading."""
    items = {item.get("id"): item for item in package.iterfind(".//opf:manifest/opf:item", SPACES)}
    for reference in package.iterfind(".//opf:spine/opf:itemref", SPACES):
        item = items.get(reference.get("idref"))
        if item is not None and item.get("media-type") in CHAPTER_TYPES and "nav" not in (item.get("properties") or ""):
            yield posixpath.normpath(posixpath.join(folder, unquote(item.get("href") or "")))


def require_open(archive: zipfile.ZipFile, names: list[str], content: Content) -> None:
    """Raises UnreadableDocument for a book whose chapters are locked; that its fonts are is no matter."""
    if LOCKS not in archive.namelist():
        return
    locks = parsed_xml(part(archive, LOCKS, content), KIND, content.where)
    locked = {unquote(reference.get("URI") or "") for reference in locks.iterfind(".//enc:CipherReference", SPACES)}
    if locked & set(names):
        raise UnreadableDocument("a book that is encrypted", where=content.where, way_out="Use a copy without a lock")


def chapter_of(archive: zipfile.ZipFile, name: str, package: etree._Element, content: Content) -> Iterator[Found]:
    where = f"{content.where}#{printable(name)}"
    tree = parsed_markup(decoded_page(part(archive, name, content), where), where)
    text = "\n\n".join(lines_of(tree))
    if not SENTENCE.search(text):
        return
    require_storable(text, "text", where)
    book = child_text(package, ".//dc:title", SPACES)
    headline = next(iter(headings(tree)), "")
    titles = [title for title in (headline, book) if title]
    document = Document(
        text=text,
        source=f"{content.place}#{printable(name)}",
        title=", ".join(dict.fromkeys(titles)) or None,
        publisher=child_text(package, ".//dc:publisher", SPACES)
        or child_text(package, ".//dc:creator", SPACES)
        or None,
        published=day_in(child_text(package, ".//dc:date", SPACES)),
    )
    yield Found(where, document)
