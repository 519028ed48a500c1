"""What the tests of reading share: a folder of their own to stand in, and what was read of it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kg.documents import read
from kg.errors import Skipped
from kg.model import Document

Write = Callable[[str, bytes | str], str]

DATA = Path(__file__).parents[1] / "data" / "documents"


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Writes a file under the current folder, and gives its name."""
    monkeypatch.chdir(tmp_path)

    def write(name: str, content: bytes | str) -> str:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return name

    return write


@pytest.fixture
def data(monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the stored examples, as the current one."""
    monkeypatch.chdir(DATA)
    return DATA


@pytest.fixture
def only() -> Callable[[str], Document]:
    """The one document that a file gives."""

    def only(name: str) -> Document:
        [document] = read([name])
        assert isinstance(document, Document)
        return document

    return only


@pytest.fixture
def failure() -> Callable[..., tuple[type[Skipped], str]]:
    """How the one failure of a reading is classed, and what it prints."""

    def failure(name: str, **options: object) -> tuple[type[Skipped], str]:
        [skipped] = read([name], **options)
        assert isinstance(skipped, Skipped)
        return type(skipped), str(skipped)

    return failure
