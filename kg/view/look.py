"""How the page looks and what it says: ours, or in part from a folder of the user's."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.errors import NotFound, UsageError
from kg.view import assets

__all__ = ["FILES", "Look"]

FILES = ("page.html.jinja", "page.css", "texts.json")


@dataclass(frozen=True, slots=True)
class Look:
    """The template, the style sheet, and every word that the page itself says."""

    template: str
    style: str
    texts: Mapping[str, str]

    @classmethod
    def of(cls, folder: Path | None = None) -> Look:
        """Ours, with each of ``FILES`` that the folder holds in its place; texts that it lacks stay English.

        Raises NotFound for a folder that holds none of them and UsageError for texts that cannot be read.
        """
        ours = cls(assets.template(), assets.style(), assets.texts())
        if folder is None:
            return ours
        held = {name: (folder / name).read_text("utf-8") for name in FILES if (folder / name).is_file()}
        if not held:
            raise NotFound(
                f"{folder}: holds no {', '.join(FILES)}", way_out="Copy one of them from kg/view and change it"
            )
        said = translated(held.get("texts.json", "{}"), folder)
        return cls(held.get(FILES[0], ours.template), plain(held.get(FILES[1], ours.style)), {**ours.texts, **said})


def plain(style: str) -> str:
    """Bare line feeds, as a browser hashes them; no end of the style element inside it."""
    if "</style" in style.lower():
        raise UsageError("page.css: holds </style", way_out="A style sheet is CSS alone")
    return style.replace("\r\n", "\n").replace("\r", "\n")


def translated(text: str, folder: Path) -> dict[str, str]:
    """The texts of a JSON object of texts; keys that the page does not know are refused, with the nearest meant."""
    try:
        said = json.loads(text)
    except ValueError as error:
        raise UsageError(f"{folder / FILES[2]}: {error}", way_out="Compare it with kg/view/texts.json") from error
    unknown = sorted(set(said) - set(assets.texts())) if isinstance(said, dict) else ["?"]
    if unknown or not all(isinstance(value, str) for value in said.values()):
        raise UsageError(
            f"{folder / FILES[2]}: unknown text {unknown[:1]}", way_out="Compare it with kg/view/texts.json"
        )
    return dict(said)
