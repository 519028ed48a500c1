"""The stored files of every format, and what reading each of them is expected to give."""

import json
from pathlib import Path

from kg.documents import read
from kg.errors import Skipped
from kg.model import Document

FORMATS = Path(__file__).parents[1] / "data" / "formats"
EXPECTED = FORMATS / "expected.json"
SHOWN = 60


def files() -> list[str]:
    """Every stored file, by its path under the folder."""
    return sorted(
        path.relative_to(FORMATS).as_posix() for path in FORMATS.rglob("*") if path.is_file() and path.parent != FORMATS
    )


def told(name: str) -> list[object]:
    """What reading a file gives, as values of JSON; the folder is the current one."""
    return [str(found) if isinstance(found, Skipped) else shown(found) for found in read([name])]


def shown(document: Document) -> dict[str, object]:
    text = document.text
    short = text if len(text) <= 2 * SHOWN else f"{text[:SHOWN]} […] {text[-SHOWN:]}"
    fields = {
        "id": document.external_id,
        "source": document.source,
        "title": document.title,
        "publisher": document.publisher,
        "published": document.published.isoformat() if document.published else None,
        "characters": len(text),
        "text": short,
    }
    return {name: value for name, value in fields.items() if value is not None}


def expected() -> dict[str, list[object]]:
    """File → what it gives, as it was reviewed by hand."""
    return json.loads(EXPECTED.read_text(encoding="utf-8"))
