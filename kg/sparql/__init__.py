"""Reads SPARQL: names that the ontology lacks, graphs that are asked, and requests that would call another server.

A request is parsed by the grammar of the standard (``grammar.lark``) and judged by its tree. Oxigraph's parser takes
a few things that the standard does not, so a look at the tokens stands behind the tree as a net.
"""

from kg.sparql.request import Request, read_request
from kg.sparql.tokens import Token, check_terms, declared_prefixes, is_ordered, refuse_remote, tokens

__all__ = [
    "Request",
    "Token",
    "check_terms",
    "declared_prefixes",
    "is_ordered",
    "read_request",
    "refuse_remote",
    "tokens",
]
