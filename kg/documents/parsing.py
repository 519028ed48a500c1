"""The border to libraries that parse files of strangers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from kg.errors import Skipped, UnreadableDocument

__all__ = ["parsing"]


@contextmanager
def parsing(what: str, where: str, way_out: str = "") -> Iterator[None]:
    """Turns what a library fails with into UnreadableDocument: "a PDF that cannot be parsed (KeyError)", "… cut short".

    Broken files make libraries fail in ways that they do not name. What we raise ourselves passes through.
    """
    try:
        yield
    except Skipped:
        raise
    except Exception as error:
        fault = "is cut short" if isinstance(error, EOFError) else f"cannot be parsed ({type(error).__name__})"
        raise UnreadableDocument(f"{what} that {fault}", where=where, way_out=way_out) from error
