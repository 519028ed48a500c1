"""Reads SPARQL as tokens: names that the ontology lacks, and queries that would call another server.

The tokens are those of the SPARQL 1.1 grammar (https://www.w3.org/TR/sparql11-query/#sparqlGrammar). Oxigraph's parser
accepts keywords that touch the next token (``SERVICEex:a``), so the refusal looks at the letters, not at word borders,
and rather refuses a harmless query than lets one through.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.errors import QueryError
from kg.ontology import Ontology
from kg.vocab import KG, PREFIXES

__all__ = ["Token", "check_terms", "declared_prefixes", "is_ordered", "refuse_remote", "tokens"]

TOKEN = re.compile(
    r"""
      (?P<comment>\#[^\r\n]*)
    | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    | (?P<string>\"\"\"(?:[^"\\]|\\.|\"(?!\"\"))*\"\"\"|'''(?:[^'\\]|\\.|'(?!''))*'''
        |"(?:[^"\\\r\n]|\\.)*"|'(?:[^'\\\r\n]|\\.)*')
    | (?P<variable>[?$]\w+)
    | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    | (?P<name>(?:[^\W\d_](?:[\w.-]*[\w-])?)?:(?:[\w:%-](?:(?:[\w.:%-]|\\.)*[\w:%-])?|\\.)*)
    | (?P<blank>_:\w[\w.-]*)
    | (?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)
    | (?P<word>[^\W\d]\w*)
    | (?P<space>\s+)
    | (?P<mark>.)
    """,
    re.VERBOSE | re.DOTALL,
)
ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
AFTER_COMPARISON = re.compile(r"(?is)\).*service")


@dataclass(frozen=True, slots=True)
class Token:
    """A token, its kind (comment, iri, string, variable, language, name, blank, number, word, mark) and its line."""

    kind: str
    text: str
    line: int


def tokens(query: str) -> Iterator[Token]:
    """The tokens of a query, without white space; never fails, what it does not know is a mark."""
    line = 1
    for found in TOKEN.finditer(query):
        text = found.group()
        if found.lastgroup != "space":
            yield Token(found.lastgroup or "mark", text, line)
        line += text.count("\n")


def declared_prefixes(query: str) -> dict[str, str]:
    """Prefix → namespace as the query declares them, over our own defaults."""
    said = [token for token in tokens(query) if token.kind != "comment"]
    found = dict(PREFIXES)
    for keyword, name, address in zip(said, said[1:], said[2:], strict=False):
        if keyword.text.casefold() == "prefix" and name.text.endswith(":") and address.kind == "iri":
            found[name.text[:-1]] = address.text[1:-1]
    return found


def check_terms(query: str, ontology: Ontology, where: str, *, extra: frozenset[str] = frozenset()) -> None:
    """Raises QueryError for a name of our namespace that is neither a term of the ontology nor one of ``extra``."""
    prefixes = declared_prefixes(query)
    known = ontology.terms | extra
    for token in tokens(query):
        name = _own_name(token, prefixes)
        if name and name not in known:
            raise QueryError(
                f"unknown {'class' if name[0].isupper() else 'property'} kg:{name}",
                where=f"{where}:{token.line}",
                way_out=ontology.suggestion(name, extra),
            )


def refuse_remote(query: str, where: str) -> None:
    """Raises QueryError for a query that asks another server (SERVICE), however it is disguised."""
    plain = ESCAPE.sub(lambda found: _character(found.group(1) or found.group(2)), query)
    for text in {query, plain}:
        said = [token for token in tokens(text) if token.kind != "comment"]
        for place, token in enumerate(said):
            if _calls_service(said, place):
                raise QueryError(
                    "SERVICE would call another server and is refused",
                    where=f"{where}:{token.line}",
                    way_out="Ask only this graph",
                )


def is_ordered(query: str) -> bool:
    """Whether the query fixes the order of its rows."""
    return any(token.kind == "word" and token.text.casefold() == "order" for token in tokens(query))


def _own_name(token: Token, prefixes: dict[str, str]) -> str:
    """The local name of a token in our namespace, else ""."""
    if token.kind == "iri":
        address = token.text[1:-1]
    elif token.kind == "name":
        prefix, _, local = token.text.partition(":")
        address = prefixes.get(prefix, "") + local
    else:
        return ""
    return address.removeprefix(KG) if address.startswith(KG) else ""


def _character(digits: str) -> str:
    number = int(digits, 16)
    return chr(number) if number <= 0x10FFFF else " "


def _calls_service(said: list[Token], place: int) -> bool:
    token = said[place]
    if "service" not in token.text.casefold() or token.kind in ("string", "variable", "language"):
        return False
    if token.kind == "word":
        return True
    if token.kind == "iri":
        return bool(AFTER_COMPARISON.search(token.text))  # ``?a<?b).SERVICE?s#>`` only looks like an IRI
    if place and said[place - 1].text.casefold() == "graph":
        return False
    return any(follower.text == "{" for follower in said[place + 1 : place + 4])
