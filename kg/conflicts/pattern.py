"""Conflict patterns: files ``ontology/conflicts/*.rq``, a header and a SPARQL SELECT over the snapshot.

The header stands at the top, ``# key: value`` a line; a line that begins with ``#`` and two spaces goes on with the
value above it. ``name``, ``reading``, ``basis``, ``severity`` and ``tier`` must be there. ``includes`` names weaker
patterns that add nothing beside this one. ``in one group`` is read out where a and b are of one corporate group;
without it, findings within one group are suppressed. ``reach`` is how many ties anybody in the pattern is away from the
ends of any one of its ties, 1 or 2; a pattern of four that stand in a ring needs 1, which lets a changed graph be
judged again faster. Without it, 2.

The query selects ``?party``, ``?a``, ``?b``, perhaps ``?c``, and every tie that it rests on.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from pyoxigraph import QuerySolutions, Store

from kg.conflicts.views import views_of
from kg.conflicts.wording import PLACEHOLDER
from kg.errors import OntologyError, QueryError
from kg.model import Tier
from kg.ontology import Ontology
from kg.sparql import check_terms, refuse_remote

__all__ = ["ORGANIZATIONS", "Pattern", "patterns"]

ORGANIZATIONS = ("a", "b", "c")
REQUIRED = ("name", "reading", "basis", "severity", "tier")
OPTIONAL = ("in one group", "includes", "reach")
TIERS = (Tier.STATUTORY, Tier.RELATED_PARTY, Tier.STRUCTURAL)
HEADER = re.compile(r"# ?(?P<key>\w[\w ]*):\s*(?P<value>.*)")
TERM = re.compile(r"\bkg:(\w+)")
PLACE = re.compile(r"(?s)error at (?P<line>\d+):\d+: (?P<what>.*)")


@dataclass(frozen=True, slots=True)
class Pattern:
    """A named indicator. ``reading`` says it aloud with {party}, {a}, {b} and {c}; ``severity`` is where it starts."""

    name: str
    reading: str
    basis: str
    severity: float
    tier: Tier
    query: str
    in_one_group: str = ""
    includes: tuple[str, ...] = ()
    reach: int = 2
    selected: tuple[str, ...] = field(default=(), compare=False)
    terms: frozenset[str] = field(default=frozenset(), compare=False, repr=False)


@lru_cache(maxsize=8)
def patterns(ontology: Ontology) -> tuple[Pattern, ...]:
    """The patterns of an ontology, by name, read once. Raises OntologyError, with file and line, for a broken one."""
    terms = frozenset(views_of(ontology).terms)
    files = sorted((ontology.folder / "conflicts").glob("*.rq"))
    found = tuple(_pattern(path, ontology, terms) for path in files)
    known = {pattern.name for pattern in found}
    for pattern, path in zip(found, files, strict=True):
        if unknown := sorted(set(pattern.includes) - known):
            raise OntologyError(f"includes {unknown[0]}, which is no pattern", where=_where(path, ontology))
    return found


def _pattern(path: Path, ontology: Ontology, terms: frozenset[str]) -> Pattern:
    text, where = path.read_text("utf-8"), _where(path, ontology)
    said = _header(text, where)
    _check_query(text, where, ontology, terms)
    _check_variables(text, said, where)
    return Pattern(
        name=_name(said, path, where),
        reading=said["reading"][0],
        basis=said["basis"][0],
        severity=_severity(said, where),
        tier=_tier(said, where),
        query=text,
        in_one_group=said.get("in one group", ("", 0))[0],
        includes=tuple(said.get("includes", ("", 0))[0].replace(",", " ").split()),
        reach=_reach(said, where),
        selected=_selected(text, where),
        terms=frozenset(TERM.findall(text)) & terms,
    )


def _where(path: Path, ontology: Ontology) -> str:
    return path.relative_to(ontology.folder.parent).as_posix()


def _header(text: str, where: str) -> dict[str, tuple[str, int]]:
    """Key → value and line."""
    said: dict[str, tuple[str, int]] = {}
    last = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.startswith("#"):
            break
        if last and line.startswith("#  "):
            said[last] = (f"{said[last][0]} {line[1:].strip()}", said[last][1])
            continue
        last, value = _header_line(line, f"{where}:{number}")
        said[last] = (value, number)
    if missing := [key for key in REQUIRED if key not in said]:
        raise OntologyError(f"no header '# {missing[0]}:'", where=f"{where}:1", way_out="A pattern needs it")
    return said


def _header_line(line: str, where: str) -> tuple[str, str]:
    found = HEADER.fullmatch(line.rstrip())
    if not found or found["key"] not in (*REQUIRED, *OPTIONAL):
        known = ", ".join((*REQUIRED, *OPTIONAL))
        raise OntologyError(f"unknown header {line.strip('# ')!r}", where=where, way_out=f"The headers are {known}")
    return found["key"], found["value"].strip()


def _name(said: Mapping[str, tuple[str, int]], path: Path, where: str) -> str:
    name, line = said["name"]
    if name != path.stem:
        raise OntologyError(f"the name is {name!r}", where=f"{where}:{line}", way_out=f"Call it {path.stem!r}")
    return name


def _severity(said: Mapping[str, tuple[str, int]], where: str) -> float:
    value, line = said["severity"]
    if not re.fullmatch(r"0(\.\d+)?|1(\.0+)?", value):
        raise OntologyError(f"severity {value!r}", where=f"{where}:{line}", way_out="Give a number from 0 to 1")
    return float(value)


def _reach(said: Mapping[str, tuple[str, int]], where: str) -> int:
    value, line = said.get("reach", ("2", 0))
    if value not in ("1", "2"):
        raise OntologyError(f"reach {value!r}", where=f"{where}:{line}", way_out="Give 1 or 2")
    return int(value)


def _tier(said: Mapping[str, tuple[str, int]], where: str) -> Tier:
    value, line = said["tier"]
    if value not in TIERS:
        raise OntologyError(f"unknown tier {value!r}", where=f"{where}:{line}", way_out=f"Use {', '.join(TIERS)}")
    return Tier(value)


def _check_query(text: str, where: str, ontology: Ontology, terms: frozenset[str]) -> None:
    try:
        refuse_remote(text, where)
        check_terms(text, ontology, where, extra=terms)
    except QueryError as error:
        raise OntologyError(error.what, where=error.where, way_out=error.way_out) from error


def _check_variables(text: str, said: Mapping[str, tuple[str, int]], where: str) -> None:
    selected = _selected(text, where)
    if missing := [name for name in ("party", "a", "b") if name not in selected]:
        raise OntologyError(f"?{missing[0]} is not selected", where=where, way_out="Select ?party, ?a and ?b")
    for key in ("reading", "in one group"):
        value, line = said.get(key, ("", 0))
        for name in PLACEHOLDER.findall(value):
            if name not in {*selected} & {"party", *ORGANIZATIONS}:
                raise OntologyError(
                    f"{{{name}}} is not selected", where=f"{where}:{line}", way_out="Name ?party, ?a, ?b or ?c"
                )


def _selected(text: str, where: str) -> tuple[str, ...]:
    try:
        answer = Store().query(text)
    except SyntaxError as error:
        found = PLACE.fullmatch(str(error))
        line, what = (f":{found['line']}", found["what"]) if found else ("", str(error))
        raise OntologyError(f"not SPARQL ({what})", where=where + line) from error
    if not isinstance(answer, QuerySolutions):
        raise OntologyError("not a SELECT", where=where, way_out="Select ?party, ?a, ?b and the ties")
    return tuple(variable.value for variable in answer.variables)
