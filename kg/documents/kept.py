"""Pages that were fetched, kept in a folder with what their servers said of their versions.

A page that has not changed since is not sent again, and a graph can be built anew without the network's leave.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from kg.errors import WriteFailed
from kg.model import digest

__all__ = ["Kept", "Page"]


@dataclass(frozen=True, slots=True)
class Page:
    """What a server sent: ``address`` is where the redirects ended, ``kind`` the content type."""

    address: str
    body: bytes
    kind: str = ""
    etag: str | None = None
    modified: str | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """A folder of pages, by the addresses that were asked for; without a folder nothing is kept."""

    folder: Path | None = None

    def get(self, asked: str) -> Page | None:
        """The page kept for an address; None where there is none or it is damaged."""
        if self.folder is None:
            return None
        try:
            said = json.loads(self._head(asked).read_text("utf-8"))
            return Page(**said, body=self._body(asked).read_bytes())
        except (OSError, ValueError, TypeError):
            return None

    def put(self, asked: str, page: Page) -> None:
        """Keeps a page; raises WriteFailed."""
        if self.folder is None:
            return
        said = {name: value for name, value in asdict(page).items() if name != "body"}
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._head(asked).unlink(missing_ok=True)  # a head without its own body would be worse than none
            replace(self._body(asked), page.body)
            replace(self._head(asked), json.dumps(said, sort_keys=True).encode())
        except OSError as error:
            what = f"cannot keep a page ({error.strerror})"
            raise WriteFailed(what, where=str(self.folder), way_out="Make room or name another workspace") from error

    def _head(self, asked: str) -> Path:
        return (self.folder or Path()) / f"{digest('page', asked)}.json"

    def _body(self, asked: str) -> Path:
        return (self.folder or Path()) / f"{digest('page', asked)}.body"


def replace(path: Path, content: bytes) -> None:
    beside = path.with_suffix(path.suffix + ".part")
    beside.write_bytes(content)
    beside.replace(path)
