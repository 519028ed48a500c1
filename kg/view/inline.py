"""The page inside a notebook: the whole file in a frame, as closed to the outside as on disk."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

__all__ = ["Inline"]


@dataclass(frozen=True, slots=True)
class Inline:
    """A page that Jupyter shows as the value of a cell. ``height`` is in pixels."""

    page: str
    height: int = 900

    def _repr_html_(self) -> str:
        allowed = "allow-scripts allow-downloads allow-popups allow-popups-to-escape-sandbox"
        frame = f'width="100%" height="{int(self.height)}" sandbox="{allowed}" style="border:0"'
        return f'<iframe {frame} srcdoc="{escape(self.page)}"></iframe>'
