"""Bytes → text, strictly: bytes that are no text in the encoding raise, and nothing is guessed.

UTF-8 is the rule. A byte order mark makes it UTF-16 or UTF-32; a web page may declare a charset.
"""

from __future__ import annotations

import codecs
import re

from kg.errors import UnreadableDocument

__all__ = ["decoded", "decoded_page", "known_charset", "marked_encoding"]

MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
CONTROLS = bytes(sorted(set(range(32)) - set(b"\t\n\v\f\r\x1b") | {127}))
CONTROL_SHARE = 0.02

DECLARED = re.compile(rb"<(?:meta|\?xml)\b[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
DECLARED_WITHIN = 4096
# Python knows more codecs than the web has charsets; some of those run for a time quadratic in the size of the page.
CHARSET = re.compile(
    r"(iso-?8859-([1-9]|1[013-6])|latin-?1|us-ascii|(windows-|cp)125[0-8]|koi8-[ru]|macintosh|big5|gbk|gb2312|gb18030"
    r"|shift_jis|euc-(jp|kr))",
    re.IGNORECASE,
)
# Pages that declare these mean the Windows code page: https://encoding.spec.whatwg.org/#names-and-labels
WINDOWS = re.compile(r"iso-?8859-1|latin-?1|us-ascii", re.IGNORECASE)


def decoded(raw: bytes, where: str) -> str:
    """The text of a file, without its byte order mark; raises UnreadableDocument, naming the byte."""
    encoding = marked_encoding(raw)
    if encoding == "utf-8" and is_binary(raw):
        raise UnreadableDocument("a binary file, not text", where=where, way_out="Convert it to text first")
    try:
        return raw.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise undecodable(error, encoding, where) from error


def decoded_page(raw: bytes, where: str, said: str | None = None) -> str:
    """The text of a web page: as ``decoded``, but where it is not UTF-8 the charset that it declares is tried.

    ``said`` is the charset that the server or the letter named; it counts before the page's own.
    """
    try:
        return decoded(raw, where)
    except UnreadableDocument:
        charset = known_charset(said or "") or declared_charset(raw)
        if charset is None or is_binary(raw):
            raise
    try:
        return raw.decode(charset)
    except UnicodeDecodeError as error:
        raise undecodable(error, charset, where) from error


def marked_encoding(raw: bytes) -> str:
    """The encoding that the byte order mark says; UTF-8 where there is none."""
    return next((encoding for mark, encoding in MARKS if raw.startswith(mark)), "utf-8")


def is_binary(raw: bytes) -> bool:
    """Whether it holds a NUL byte, or more control characters than a text would."""
    controls = len(raw) - len(raw.translate(None, CONTROLS))
    return b"\0" in raw or controls > CONTROL_SHARE * len(raw)


def declared_charset(raw: bytes) -> str | None:
    """The charset in the page's head, if it is one of the web's."""
    found = DECLARED.search(raw[:DECLARED_WITHIN])
    return known_charset(found[1].decode("ascii", "replace") if found else "")


def known_charset(name: str) -> str | None:
    """The codec of a charset, if it is one of the web's."""
    if WINDOWS.fullmatch(name):
        return "windows-1252"
    return name.lower() if CHARSET.fullmatch(name) else None


def undecodable(error: UnicodeDecodeError, encoding: str, where: str) -> UnreadableDocument:
    what = f"not valid {encoding.upper()} at byte {error.start}"
    return UnreadableDocument(what, where=where, way_out="Convert it to UTF-8")
