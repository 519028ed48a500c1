"""Rows in the standard formats (SPARQL 1.1 Query Results JSON, XML, CSV, TSV), cut at a number of rows.

Oxigraph writes whole answers only; a bound on the rows has to be kept while they are counted.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import pyoxigraph as ox

from kg.rdf import in_xml
from kg.vocab import PREFIXES

__all__ = ["MEDIA", "rows_bytes"]

MEDIA = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv; charset=utf-8",
    "tsv": "text/tab-separated-values; charset=utf-8",
}
STRING = PREFIXES["xsd"] + "string"
Term = Any
Row = list[Term]


def rows_bytes(answer: ox.QuerySolutions, form: str, most: int) -> tuple[bytes, bool]:
    """At most so many rows of an answer in one of the formats of MEDIA, and whether there would be more."""
    names = [variable.value for variable in answer.variables]
    rows = iter([solution[place] for place in range(len(names))] for solution in answer)
    written = WRITERS[form](names, islice(rows, most))
    return written.encode("utf-8"), next(rows, None) is not None


def as_json(names: list[str], rows: Iterator[Row]) -> str:
    bindings = [{n: json_term(term) for n, term in zip(names, row, strict=True) if term is not None} for row in rows]
    return json.dumps({"head": {"vars": names}, "results": {"bindings": bindings}}, ensure_ascii=False)


def json_term(term: Term) -> Mapping[str, object]:
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, ox.Triple):
        parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        return {"type": "triple", "value": {name: json_term(part) for name, part in parts.items()}}
    if term.language:
        return {"type": "literal", "value": term.value, "xml:lang": term.language}
    if term.datatype.value == STRING:
        return {"type": "literal", "value": term.value}
    return {"type": "literal", "value": term.value, "datatype": term.datatype.value}


def as_xml(names: list[str], rows: Iterator[Row]) -> str:
    head = "".join(f"<variable name={quoteattr(name)}/>" for name in names)
    results = "".join(f"<result>{xml_row(names, row)}</result>" for row in rows)
    return (
        '<?xml version="1.0"?><sparql xmlns="http://www.w3.org/2005/sparql-results#">'
        f"<head>{head}</head><results>{results}</results></sparql>"
    )


def xml_row(names: list[str], row: Row) -> str:
    bound = ((name, term) for name, term in zip(names, row, strict=True) if term is not None)
    return "".join(f"<binding name={quoteattr(name)}>{xml_term(term)}</binding>" for name, term in bound)


def xml_term(term: Term) -> str:
    if isinstance(term, ox.NamedNode):
        return f"<uri>{escape(term.value)}</uri>"
    if isinstance(term, ox.BlankNode):
        return f"<bnode>{escape(term.value)}</bnode>"
    if isinstance(term, ox.Triple):
        parts = (("subject", term.subject), ("predicate", term.predicate), ("object", term.object))
        return "<triple>" + "".join(f"<{name}>{xml_term(part)}</{name}>" for name, part in parts) + "</triple>"
    value = escape(in_xml(term.value), {"\r": "&#xD;"})
    if term.language:
        return f"<literal xml:lang={quoteattr(term.language)}>{value}</literal>"
    kind = "" if term.datatype.value == STRING else f" datatype={quoteattr(term.datatype.value)}"
    return f"<literal{kind}>{value}</literal>"


def as_csv(names: list[str], rows: Iterator[Row]) -> str:
    held = io.StringIO()
    writer = csv.writer(held, lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows([csv_term(term) for term in row] for row in rows)
    return held.getvalue()


def csv_term(term: Term) -> str:
    if term is None:
        return ""
    return str(term) if isinstance(term, ox.BlankNode | ox.Triple) else str(term.value)


def as_tsv(names: list[str], rows: Iterator[Row]) -> str:
    lines = ["\t".join(f"?{name}" for name in names)]
    lines += ["\t".join("" if term is None else str(term).replace("\t", "\\t") for term in row) for row in rows]
    return "\n".join(lines) + "\n"


WRITERS: Mapping[str, Callable[[list[str], Iterator[Row]], str]] = {
    "json": as_json,
    "xml": as_xml,
    "csv": as_csv,
    "tsv": as_tsv,
}
