"""Answers of queries as text: a table for people, or one of the standard formats."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pyoxigraph as ox

from kg.errors import UsageError
from kg.rdf import in_xml, turtle
from kg.store import Answer
from kg.vocab import PREFIXES

__all__ = ["FORMATS", "answer_bytes", "shortened", "table"]

ROWS = {
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
}
FORMATS = ("table", *ROWS, "turtle")
WIDEST = 100


def answer_bytes(answer: Answer, name: str) -> bytes:
    """The answer in the format of this name, one of FORMATS; raises UsageError where it has no such form."""
    if isinstance(answer, ox.QueryTriples):
        if name not in ("table", "turtle"):
            raise UsageError(f"CONSTRUCT and DESCRIBE give triples, not {name}", way_out="Ask for --format turtle")
        return turtle(answer)
    if name == "turtle":
        raise UsageError("SELECT and ASK give no triples", way_out="Ask for --format table, csv, tsv, json or xml")
    if name != "table":
        written = io.BytesIO()
        answer.serialize(written, format=ROWS[name])
        return in_xml(written.getvalue().decode("utf-8")).encode() if name == "xml" else written.getvalue()
    if isinstance(answer, ox.QueryBoolean):
        return b"yes\n" if answer else b"no\n"
    names = [variable.value for variable in answer.variables]
    rows = [[_shown(solution[name]) for name in names] for solution in answer]
    return table(names, rows).encode()


def table(names: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Columns under their names, cells cut at WIDEST characters, the number of rows last."""
    cut = [[_cut(cell) for cell in row] for row in rows]
    widths = [max(len(cell) for cell in column) for column in zip(names, *cut, strict=True)]
    lines = [names, ["─" * width for width in widths], *cut] if names else []
    body = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines]
    counted = f"{len(rows)} row" + ("" if len(rows) == 1 else "s")
    return "\n".join([*body, counted]) + "\n"


def _shown(term: object) -> str:
    if isinstance(term, ox.NamedNode):
        return shortened(term.value)
    return "" if term is None else str(getattr(term, "value", term))


def shortened(address: str) -> str:
    """An address with our prefix for its namespace, where we have one."""
    return next((f"{p}:{address[len(n) :]}" for p, n in PREFIXES.items() if address.startswith(n)), address)


def _cut(cell: str) -> str:
    plain = "".join(character if character.isprintable() else " " for character in cell)
    return plain if len(plain) <= WIDEST else plain[: WIDEST - 1] + "…"
