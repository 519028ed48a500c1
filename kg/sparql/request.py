"""A SPARQL request as its syntax tree tells it: what it asks, of which graphs, and that it calls nobody."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from urllib.parse import urljoin

from lark import Lark, Tree
from lark.exceptions import LarkError, UnexpectedInput
from lark.lexer import Token as Leaf

from kg.errors import QueryError
from kg.sparql.tokens import ESCAPE, declared_prefixes, unescaped

__all__ = ["Request", "read_request"]

DEEPEST = 200
LONGEST = 1_000_000
CALLS = {"service": "SERVICE would call another server", "load": "LOAD would fetch from another server"}
NOTHING = "INSERT DATA {}"
NAMES = ("IRIREF", "PNAME_LN", "PNAME_NS")
DATASETS = ("default_graph", "named_graph", "with_clause")


@dataclass(frozen=True, slots=True)
class Request:
    """A query (select, construct, describe, ask) or an update that may run as ``text``.

    ``graphs`` are named by FROM, USING or WITH. ``inside`` is where the pattern begins, after its first brace: the
    place for bound values. ``wheres`` are the places of an update's WHERE: there a USING of the protocol goes.
    """

    form: str
    text: str
    graphs: frozenset[str]
    inside: int
    wheres: tuple[int, ...] = ()

    def with_using(self, using: Sequence[str], named: Sequence[str]) -> str:
        """The update over the graphs that the protocol names."""
        said = "".join(f"USING <{a}> " for a in using) + "".join(f"USING NAMED <{a}> " for a in named)
        starts = [0, *self.wheres]
        pieces = [self.text[start:end] for start, end in zip(starts, [*self.wheres, len(self.text)], strict=True)]
        return said.join(pieces)

    def with_values(self, bindings: Mapping[str, object]) -> str:
        """The query with terms bound by VALUES at the head of its pattern, for a store that takes text only."""
        said = "".join(f" VALUES ?{name} {{ {term} }}" for name, term in sorted(bindings.items()))
        return self.text[: self.inside] + said + self.text[self.inside :] if bindings else self.text


@lru_cache(maxsize=512)
def read_request(text: str, where: str, *, update: bool = False) -> Request:
    """The request; raises QueryError for one that does not parse or would call another server.

    A LOAD SILENT is one that may fail unheard, and here it always does: it is taken out, nothing is fetched.
    """
    if len(text) > LONGEST or depth(text) > DEEPEST:
        raise QueryError("the query is too long or too deeply nested", where=where, way_out="Ask in smaller steps")
    read = tuple(readings(text, where, "update" if update else "query"))
    for _, tree in read:
        refuse_calls(tree, where)
    for as_read, tree in read:
        if any(tree.find_data("silent_load")):
            return read_request(without_loads(as_read, tree), where, update=update)
    return request(*read[0])


def without_loads(text: str, tree: Tree[Leaf]) -> str:
    """The update with an operation that does nothing in the place of each LOAD SILENT."""
    spans = sorted((int(part.meta.start_pos), int(part.meta.end_pos)) for part in tree.find_data("silent_load"))
    starts, ends = [0, *(end for _, end in spans)], [*(start for start, _ in spans), len(text)]
    return NOTHING.join(text[start:end] for start, end in zip(starts, ends, strict=True))


def readings(text: str, where: str, start: str) -> Iterator[tuple[str, Tree[Leaf]]]:
    """The text as it stands, where that parses, and with its escapes resolved; each with its tree."""
    plain = unescaped(text) if ESCAPE.search(text) else text
    if plain != text:
        with suppress(LarkError):
            yield text, grammar().parse(text, start=start)
    yield plain, parsed(plain, where, start)


def parsed(text: str, where: str, start: str) -> Tree[Leaf]:
    try:
        return grammar().parse(text, start=start)
    except LarkError:
        raise not_sparql(text, where, start) from None


def not_sparql(text: str, where: str, start: str) -> QueryError:
    """The error of a text that does not parse, with the place where it stops to."""
    kind = "a SPARQL query" if start == "query" else "a SPARQL update"
    try:
        grammar().parse(text, start=start)
    except UnexpectedInput as error:
        if error.line > 0:
            return QueryError(f"not {kind} (it breaks off at column {error.column})", where=f"{where}:{error.line}")
    except LarkError:
        pass
    return QueryError(f"not {kind}", where=where)


@cache
def grammar() -> Lark:
    """The parser, made once."""
    text = files("kg.sparql").joinpath("grammar.lark").read_text("utf-8")
    return Lark(text, start=["query", "update"], parser="lalr", propagate_positions=True, maybe_placeholders=False)


def depth(text: str) -> int:
    """How deeply brackets are nested, those in strings counted too."""
    deepest = level = 0
    for character in text:
        if character in "([{":
            level += 1
            deepest = max(deepest, level)
        elif character in ")]}":
            level -= 1
    return deepest


def refuse_calls(tree: Tree[Leaf], where: str) -> None:
    for part in tree.iter_subtrees():
        if part.data in CALLS:
            raise QueryError(
                f"{CALLS[part.data]} and is refused",
                where=f"{where}:{part.meta.line}",
                way_out="Ask only this graph",
            )


def request(text: str, tree: Tree[Leaf]) -> Request:
    parts = [str(child.data) for child in tree.children if isinstance(child, Tree)]
    form = next((part.removesuffix("_query") for part in parts if part.endswith("_query")), "update")
    prefixes, base = declared_prefixes(text), base_of(tree)
    datasets = (part for part in tree.iter_subtrees() if part.data in DATASETS)
    graphs = frozenset(address(iri, prefixes, base) for part in datasets for iri in leaves(part))
    wheres = sorted(int(part.meta.start_pos) for part in tree.find_data("where_keyword"))
    return Request(form, text, graphs, pattern_start(tree), tuple(wheres))


def leaves(part: Tree[Leaf]) -> list[str]:
    return [str(leaf) for leaf in part.scan_values(lambda value: isinstance(value, Leaf)) if leaf.type in NAMES]


def base_of(tree: Tree[Leaf]) -> str:
    bases = [leaf for part in tree.find_data("base") for leaf in leaves(part)]
    return bases[-1][1:-1] if bases else ""


def address(written: str, prefixes: dict[str, str], base: str) -> str:
    if written.startswith("<"):
        return urljoin(base, unescaped(written[1:-1]))
    prefix, _, local = written.partition(":")
    return prefixes.get(prefix, "") + local.replace("\\", "")


def pattern_start(tree: Tree[Leaf]) -> int:
    starts = [int(part.meta.start_pos) + 1 for part in tree.find_data("group_graph_pattern")]
    return min(starts, default=-1)
