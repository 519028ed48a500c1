"""Decisions of people about who is who: a table of pairs, and what each pair means for units.

A file of judgements is CSV with the columns verdict, left, right, note, author, date. Left and right are names, or a
name in one document: ``Daniel Weber @ a.txt``. A name stands for all of that name, also in documents that come later.
"Different" is never made one, whatever a score or another judgement says. The order of the lines means nothing.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import UsageError
from kg.model import Judgement, Verdict

__all__ = ["AT", "COLUMNS", "Handle", "add", "listed", "read", "remove", "written"]

COLUMNS = ("verdict", "left", "right", "note", "author", "date")
AT = " @ "


@dataclass(frozen=True, slots=True, order=True)
class Handle:
    """A name, in all documents or in the one with this key or id."""

    name: str
    document: str = ""

    @classmethod
    def parse(cls, said: str) -> Handle:
        """From ``NAME`` or ``NAME @ DOCUMENT``."""
        name, _, document = said.partition(AT)
        return cls(name.strip(), document.strip())

    def __str__(self) -> str:
        return f"{self.name}{AT}{self.document}" if self.document else self.name


def read(path: Path) -> tuple[Judgement, ...]:
    """The judgements of a file, none where it is missing; raises UsageError for a line that is none."""
    if not path.is_file():
        return ()
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError("the judgements cannot be read", where=str(path), way_out="Save the file as UTF-8") from error
    rows = csv.DictReader(io.StringIO(text, newline=""))
    if text.strip() and not {"verdict", "left", "right"} <= {*(rows.fieldnames or ())}:
        raise UsageError(
            "the columns are not those of judgements", where=str(path), way_out=f"Write {','.join(COLUMNS)}"
        )
    return tuple(_judgement(row, f"{path}:{rows.line_num}") for row in rows)


def _judgement(row: dict[str, str], where: str) -> Judgement:
    given = {name: (row.get(name) or "").strip() for name in COLUMNS}
    try:
        verdict = Verdict(given.pop("verdict"))
    except ValueError as error:
        raise UsageError("a verdict is same, different or unsure", where=where) from error
    if not given["left"] or not given["right"]:
        raise UsageError("a judgement needs two names", where=where)
    return Judgement(verdict=verdict, **given)


def written(judgements: Iterable[Judgement]) -> bytes:
    """The judgements as CSV, in their order."""
    out = io.StringIO(newline="")
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(COLUMNS)
    rows.writerows([judgement.verdict, *(getattr(judgement, name) for name in COLUMNS[1:])] for judgement in judgements)
    return out.getvalue().encode()


def pair(judgement: Judgement) -> tuple[Handle, ...]:
    """What a judgement is about, whichever way round."""
    return tuple(sorted((Handle.parse(judgement.left), Handle.parse(judgement.right))))


def add(judgements: Sequence[Judgement], new: Judgement) -> tuple[Judgement, ...]:
    """With a judgement more, in the place of an earlier one about the same pair.

    Raises UsageError where it contradicts the others: together they would say that two are the same and different.
    """
    kept = (*(old for old in judgements if pair(old) != pair(new)), new)
    for one in kept:
        left, right = pair(one)
        if one.verdict is Verdict.DIFFERENT and left != right and right in _same_as(left, kept):
            raise UsageError(
                f"that contradicts earlier judgements: {left} and {right} would be the same and different",
                way_out="Take one back first: kg judge undo LEFT RIGHT",
            )
    return kept


def _same_as(handle: Handle, judgements: Sequence[Judgement]) -> set[Handle]:
    pairs = [pair(judgement) for judgement in judgements if judgement.verdict is Verdict.SAME]
    found, grown = {handle}, True
    while grown:
        more = {end for ends in pairs if found & {*ends} for end in ends} - found
        found, grown = found | more, bool(more)
    return found


def remove(judgements: Sequence[Judgement], left: str = "", right: str = "") -> tuple[tuple[Judgement, ...], Judgement]:
    """Without the judgement about a pair, or without the last one; and what was taken back. Raises UsageError."""
    wanted = tuple(sorted((Handle.parse(left), Handle.parse(right)))) if left else None
    for index in range(len(judgements) - 1, -1, -1):
        if wanted is None or pair(judgements[index]) == wanted:
            return (*judgements[:index], *judgements[index + 1 :]), judgements[index]
    raise UsageError("there is no such judgement to take back", way_out="List them with: kg judge list")


def listed(judgements: Iterable[Judgement]) -> str:
    """One line each: what was decided, when, by whom, why."""
    lines = []
    for said in judgements:
        about = ", ".join(word for word in (said.date, said.author, said.note) if word)
        lines.append(f"{said.verdict}: {said.left} | {said.right}" + (f"  ({about})" if about else ""))
    return "\n".join(lines) or "no judgements"
