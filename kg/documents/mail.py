"""Letters (EML, MBOX): a document each, dated and titled by its header, and what is attached to it.

The plain text counts before the HTML. What a letter quotes of an earlier one is that one's text and is left out, unless
there is nothing else; so is the signature. Lines that were broken for the screen are joined again.
"""

from __future__ import annotations

import email
import email.policy
import io
import re
from collections.abc import Iterator
from datetime import date
from email.header import decode_header
from email.message import Message
from email.utils import parseaddr, parsedate_tz
from pathlib import PurePath

from kg.documents.content import PACKING, Content, Found, require_prose, too_large
from kg.documents.decoding import decoded, known_charset
from kg.documents.entries import printable
from kg.documents.markup import prose
from kg.documents.paragraphs import joined
from kg.documents.parsing import parsing
from kg.errors import Skipped, UnreadableDocument
from kg.model import Document

__all__ = ["is_letter", "read_letter", "read_letters"]

HEADER = re.compile(r"(?:[A-Za-z][A-Za-z0-9-]{1,60}:[^\n]*\n(?:[ \t][^\n]*\n)*){2,}")
OF_LETTERS = ("message-id", "mime-version", "received", "return-path", "delivered-to", "x-mailer")
FROM_LINE = re.compile(rb"From \S+.*\d{4}\s*$")
FIELD_LENGTH = 1000
ATTACHED = frozenset(".pdf .docx .epub .eml .txt .md .html .htm .jsonl .csv .tsv .parquet .zip .tar .gz .tgz".split())
QUOTED = re.compile(r"(?m)^(?:On [^\n]{5,200}(?:\n[^\n]{1,80})?wrote:[ \t]*\n)?(?:[ \t]*>[^\n]*(?:\n|\Z))+")
SIGNATURE = re.compile(r"\n-- \n.*\Z", re.DOTALL)
MARK = re.compile(r"(?m)^[ \t]*>[> ]*")
PARTS = 1000


def is_letter(beginning: str, *, named: bool) -> bool:
    """Whether it begins with the header of a letter; where it is not ``named`` so, with a field that only they have."""
    header = HEADER.match(beginning.replace("\r\n", "\n"))
    names = {line.partition(":")[0].lower() for line in header[0].split("\n")} if header else set()
    return "from" in names and (named or any(name in names for name in OF_LETTERS))


def read_letter(content: Content) -> Iterator[Found | Skipped | Content]:
    """A letter, and what of its attachments can be read. Its source is where it lies."""
    yield from letter(content.read_packed(), content, content.source)


def read_letters(content: Content) -> Iterator[Found | Skipped | Content]:
    """The letters of an MBOX file. The source of each is the file's with ``#`` and the letter's id or number."""
    for number, raw in enumerate(letters_of(content), start=1):
        where = f"{content.where}#{number}"
        try:
            if len(raw) > content.limit * PACKING:
                raise too_large(where, None, content.limit * PACKING)
            with parsing("a letter", where):
                name = email.message_from_bytes(raw.partition(b"\n\n")[0]).get("Message-ID")
            label = printable(str(name or number).strip().strip("<>"))
            inner = content.holding(f"{number}.eml", io.BytesIO(raw), what="an MBOX file", label=str(number))
            yield from letter(raw, inner, f"{content.place}#{label}")
        except Skipped as failure:
            yield failure


def letters_of(content: Content) -> Iterator[bytes]:
    """The bytes of each letter, of one that is too large only somewhat more than is allowed."""
    lines: list[bytes] = []
    size, blank = 0, True
    for line in iter(lambda: content.stream.readline(content.limit), b""):
        if blank and FROM_LINE.match(line):
            if lines:
                yield b"".join(lines)
            lines, size = [], 0
        elif size <= content.limit * PACKING:
            lines.append(line)
            size += len(line)
        blank = not line.strip()
    if lines:
        yield b"".join(lines)


def letter(raw: bytes, content: Content, source: str | None) -> Iterator[Found | Skipped | Content]:
    with parsing("a letter", content.where):
        message = email.message_from_bytes(raw, policy=email.policy.compat32)
        texts, attached = parts_of(message)
    try:
        yield Found(content.where, document_of(message, texts, content, source))
    except Skipped as failure:
        yield failure
    for number, part in enumerate(attached, start=1):
        with parsing("an attachment", content.where):
            name, raw = attachment(part, number)
        if PurePath(name).suffix.lower() in ATTACHED:
            yield content.holding(name, io.BytesIO(raw), what="a letter")


def parts_of(message: Message) -> tuple[list[Message], list[Message]]:
    """The parts that are its text, and those that are attached; a letter that is attached is not opened here."""
    texts: list[Message] = []
    attached: list[Message] = []
    pending = [message]
    while pending and len(texts) + len(attached) < PARTS:
        part = pending.pop()
        if part.get_content_type() == "message/rfc822" and part is not message:
            attached.append(part)
        elif part.is_multipart():
            pending += reversed([inner for inner in part.get_payload() if isinstance(inner, Message)])
        elif part.get_filename() is not None or part.get_content_maintype() != "text":
            attached.append(part)
        else:
            texts.append(part)
    return texts, attached


def attachment(part: Message, number: int) -> tuple[str, bytes]:
    """The name and the bytes of what is attached."""
    inner = part.get_payload()
    if isinstance(inner, list):
        return f"{number}.eml", inner[0].as_bytes() if inner and isinstance(inner[0], Message) else b""
    payload = part.get_payload(decode=True)
    return printable(field(part.get_filename()) or str(number)), payload if isinstance(payload, bytes) else b""


def document_of(message: Message, parts: list[Message], content: Content, source: str | None) -> Document:
    with parsing("a letter", content.where):
        text = body_of(parts, content)
        title, sender = field(message.get("Subject")), parseaddr(field(message.get("From")))
        published = day_of(field(message.get("Date")))
    require_prose(text, content.where)
    return Document(
        text=text,
        source=source or content.source_for(text),
        title=title or None,
        publisher=sender[0] or sender[1] or None,
        published=published,
    )


def body_of(parts: list[Message], content: Content) -> str:
    """The plain text of a letter, else its HTML."""
    plain = [text_of(part, content.where) for part in parts if part.get_content_subtype() == "plain"]
    if any(text.strip() for text in plain):
        return own_words("\n\n".join(plain))
    pages = [
        prose(text_of(part, content.where), content.where) for part in parts if part.get_content_subtype() == "html"
    ]
    if not pages:
        raise UnreadableDocument("a letter without a text", where=content.where)
    return "\n\n".join(pages)


def text_of(part: Message, where: str) -> str:
    """The text of a part in its charset; UTF-8 where it names none of the web's."""
    payload = part.get_payload(decode=True)
    raw = payload if isinstance(payload, bytes) else b""
    charset = known_charset(str(part.get_content_charset() or ""))
    if charset is None or raw.isascii():
        return decoded(raw, where).replace("\r\n", "\n")
    try:
        return raw.decode(charset).replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        what = f"not valid {charset.upper()} at byte {error.start}"
        raise UnreadableDocument(what, where=where, way_out="Convert it to UTF-8") from error


def own_words(text: str) -> str:
    """The text without quotations and signature, its lines joined to paragraphs."""
    own = SIGNATURE.sub("\n", QUOTED.sub("\n", text))
    return joined(own if own.strip() else MARK.sub("", text))


def field(said: object) -> str:
    """A header's field in plain characters, on one line."""
    pieces = []
    for piece, charset in decode_header(str(said or "")[:FIELD_LENGTH]):
        if isinstance(piece, str):
            pieces.append(piece)
        else:
            codec = known_charset(charset or "") or "utf-8"
            pieces.append(piece.decode(codec, "replace"))
    return "".join(character if character.isprintable() else " " for character in "".join(pieces)).strip()


def day_of(said: str) -> date | None:
    """The day in the sender's own time."""
    found = parsedate_tz(said)
    try:
        return date(*found[:3]) if found else None
    except ValueError:
        return None
