"""The places that an earlier page gave its nodes, so that a graph that has grown is still recognised."""

from __future__ import annotations

import json
import re
from pathlib import Path

from kg.view.packing import unpack

__all__ = ["places"]

BLOCK = re.compile(r'<script type="application/json" id="data">(.*?)</script>', re.DOTALL)


def places(page: Path) -> dict[str, tuple[int, int]]:
    """Node id → place on a page that was drawn before; nothing where there is no page, or none that can be read."""
    try:
        found = BLOCK.search(page.read_text("utf-8"))
        shown = json.loads(found[1]) if found else {}
        drawn = shown["nodes"] + unpack(shown["graph"]["groups"])
        return {str(node["id"]): (int(node["x"]), int(node["y"])) for node in drawn}
    except (OSError, ValueError, KeyError, TypeError):
        return {}
