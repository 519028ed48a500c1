"""Named queries: one file each in ``ontology/queries/``, parameters bound as terms.

The header of a file says what it answers and what it takes:

    # name: leaders
    # reading: Who leads an organization, and what sentence says so.
    # parameter: organization entity
    # parameter: since string 2020

A parameter is a variable that the query SELECTs; it has a kind (entity, string, date) and, if it may be left out, a
default. An entity is given by its name, alias, id or IRI.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

import pyoxigraph as ox

from kg.errors import NotFound, OntologyError, UsageError
from kg.model import Entity, PartialDate
from kg.ontology import Ontology
from kg.store import Answer, Store
from kg.vocab import BASE, PREFIXES, iri

__all__ = ["NamedQuery", "Parameter", "ask", "bind", "find_entity", "load", "run"]

KINDS = ("entity", "string", "date")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A variable of a query that its caller binds."""

    name: str
    kind: str
    default: str | None


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query file: what it answers, what it takes, its SPARQL."""

    name: str
    reading: str
    parameters: tuple[Parameter, ...]
    text: str
    where: str

    @property
    def usage(self) -> str:
        """The name with its arguments, as on the command line."""
        words = (f"{p.name}=…" if p.default is None else f"[{p.name}={p.default}]" for p in self.parameters)
        return " ".join([self.name, *words])


def ask(
    store: Store, ontology: Ontology, words: Sequence[str], *, file: Path | None = None, name: str | None = None
) -> Answer:
    """Runs one query: that of a file, a named one with its key=value words, or the single word as SPARQL.

    Raises UsageError where that is not exactly one.
    """
    if name and not file:
        return run(store, ontology, name, dict(_argument(word) for word in words))
    if file and not name and not words:
        return store.query(_read(file), ontology, where=str(file))
    if len(words) == 1 and not file:
        return store.query(words[0], ontology)
    raise UsageError(
        "give one query: SPARQL in quotes, --file FILE, or --name NAME key=value", way_out="--list names ours"
    )


def load(ontology: Ontology) -> dict[str, NamedQuery]:
    """Name → query of all files under ``queries/``, sorted; raises OntologyError for a broken header."""
    found = (_parse(path) for path in sorted((ontology.folder / "queries").glob("*.rq")))
    return {query.name: query for query in found}


def run(store: Store, ontology: Ontology, name: str, arguments: Mapping[str, str]) -> Answer:
    """Runs a named query; raises NotFound for an unknown name or entity, UsageError for wrong arguments."""
    known = load(ontology)
    if name not in known:
        raise NotFound(f"no query named {name!r}", way_out=_did_you_mean(name, known))
    query = known[name]
    return store.query(query.text, ontology, where=query.where, bindings=bind(query, arguments, store))


def find_entity(entities: Mapping[str, Entity], said: str) -> Entity:
    """The entity of a name, alias, id, IRI or prefixed name; raises NotFound, and UsageError where several bear it."""
    for candidate in (said, said.replace(":", "/", 1), said.strip("<>").removeprefix(BASE + "entity/")):
        if candidate in entities:
            return entities[candidate]
    wanted = said.casefold()
    found = [e for e in entities.values() if wanted in (e.name.casefold(), *(a.casefold() for a in e.aliases))]
    if not found:
        raise NotFound(f"no entity named {said!r}", way_out=_did_you_mean(said, [e.name for e in entities.values()]))
    best = [e for e in found if e.name.casefold() == wanted] or found
    if len(best) > 1:
        raise UsageError(f"{said!r} may be {' or '.join(e.id for e in best)}", way_out="Name one of these ids")
    return best[0]


def _argument(word: str) -> tuple[str, str]:
    key, equals, value = word.partition("=")
    if not equals:
        raise UsageError(f"{word!r} is not key=value")
    return key, value


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not UTF-8"
        raise NotFound(f"the query cannot be read ({reason})", where=str(path)) from error


def _parse(path: Path) -> NamedQuery:
    text = path.read_text("utf-8")
    where = f"{path.parent.parent.name}/{path.parent.name}/{path.name}"
    headers = [line[1:].partition(":") for line in text.splitlines() if line.startswith("#")]
    said = {key.strip(): value.strip() for key, _, value in headers}
    if said.get("name") != path.stem or not said.get("reading"):
        raise OntologyError(f"the header needs '# name: {path.stem}' and '# reading: …'", where=where)
    parameters = (_parameter(value, where) for key, _, value in headers if key.strip() == "parameter")
    return NamedQuery(path.stem, said["reading"], tuple(parameters), text, where)


def _parameter(said: str, where: str) -> Parameter:
    name, kind, default = (*said.split(maxsplit=2), None, None)[:3]
    if not name or kind not in KINDS:
        raise OntologyError(
            f"{said.strip()!r} is not 'name kind [default]' with a kind of {', '.join(KINDS)}", where=where
        )
    return Parameter(name, kind, default)


def bind(query: NamedQuery, arguments: Mapping[str, str], store: Store) -> dict[str, ox.NamedNode | ox.Literal]:
    """The arguments as terms, defaults filled in; raises UsageError for wrong ones, NotFound for an unknown entity."""
    names = [parameter.name for parameter in query.parameters]
    for name in arguments:
        if name not in names:
            raise UsageError(f"query {query.name} takes {', '.join(names) or 'no arguments'}, not {name!r}")
    bound = {}
    for parameter in query.parameters:
        value = arguments.get(parameter.name, parameter.default)
        if value is None:
            raise UsageError(f"query {query.name} needs {parameter.name}=…", way_out=query.reading)
        bound[parameter.name] = _term(parameter, value, store)
    return bound


def _term(parameter: Parameter, value: str, store: Store) -> ox.NamedNode | ox.Literal:
    if parameter.kind == "entity":
        return ox.NamedNode(iri("entity", find_entity(store.entities(), value).id))
    if parameter.kind == "string":
        return ox.Literal(value)
    try:
        day = PartialDate.parse(value).latest.isoformat()
    except ValueError as error:
        raise UsageError(str(error), where=parameter.name) from error
    return ox.Literal(day, datatype=ox.NamedNode(PREFIXES["xsd"] + "date"))


def _did_you_mean(said: str, known: Iterable[str]) -> str:
    names = sorted(known)
    close = get_close_matches(said, names, n=3, cutoff=0.5)
    return f"Did you mean {' or '.join(close)}?" if close else f"There are: {', '.join(names[:12]) or 'none'}"
