"""The words of the command line: verbs, options, and what their values have to be."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import NoReturn

from kg import export, extraction, judging, tables
from kg.errors import UsageError
from kg.model import PartialDate, Tier
from kg.ontology import Ontology
from kg.workspace import Workspace

__all__ = ["Arguments", "Verb", "parser"]

MOST_WORKERS = 256
Arguments = argparse.Namespace
Verb = Callable[[Arguments, Ontology], int]


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        """Raises UsageError."""
        raise UsageError(message, way_out=f"See: {self.prog} --help")


def parser(description: str, verbs: Mapping[str, Verb]) -> Parser:
    """The command line: ``verbs`` by their words, the help of each from its docstring."""
    main_parser = Parser(prog="kg", description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    common = Parser(add_help=False)
    common.add_argument("-w", "--workspace", type=workspace, default=Workspace(Path("outputs")), metavar="FOLDER")
    common.add_argument(
        "--store",
        metavar="ADDRESS",
        help="a SPARQL 1.1 store that keeps the graph: its address, or QUERY,UPDATE[,GRAPHS]",
    )
    common.add_argument("--ontology", type=Path, metavar="FOLDER", help="an ontology folder of your own")
    common.add_argument("--debug", action="store_true", help="show where an error came from")
    words = main_parser.add_subparsers(metavar="VERB", required=True)

    def verb(name: str) -> argparse.ArgumentParser:
        run = verbs[name]
        added = words.add_parser(name, help=run.__doc__, description=run.__doc__, parents=[common])
        added.set_defaults(run=run)
        return added

    added = verb("build")
    input_arguments(added)
    added.add_argument("--watch", action="store_true", help="stay, and build again whenever a file changes")
    added.add_argument("-q", "--quiet", action="store_true", help="no progress")
    added.add_argument(
        "--reference",
        type=Path,
        action="append",
        metavar="FILE",
        help="a list of known entities with identifiers: .csv, .jsonl (FollowTheMoney) or .ttl; kept for later builds",
    )
    added.add_argument(
        "--spark",
        metavar="MASTER",
        help="read on Apache Spark: local[N], spark://HOST:7077, yarn, …; N-Quads and a table in cluster/ besides",
    )
    added.add_argument("--keep-places", action="store_true", help="on the page, what is known stays where it stood")
    extraction_arguments(added)
    added = verb("extract")
    input_arguments(added)
    added.add_argument("-o", "--output", default="-", metavar="FILE")
    extraction_arguments(added)
    added = verb("query")
    added.add_argument("words", nargs="*", metavar="SPARQL", help="a query; or key=value arguments after --name")
    added.add_argument("--file", type=Path)
    added.add_argument("--name", help="a named query")
    added.add_argument("--list", action="store_true", help="list the named queries")
    added.add_argument("--format", choices=tables.FORMATS, default="table")
    added = verb("conflicts")
    added.add_argument("--as-of", type=day, metavar="DATE", help="default: the date of the newest document")
    added.add_argument("--include", type=tiers, default=[], metavar="watch,suppressed")
    added.add_argument("--patterns", action="store_true", help="list the patterns")
    added.add_argument("--timeline", action="store_true", help="list when each finding begins and ends")
    added.add_argument("--why-not", nargs=2, metavar=("A", "B"), help="say what two parties lack for a finding")
    added.add_argument("--format", choices=["text", "json", "markdown"], default="text")
    added = verb("explain")
    added.add_argument("address", nargs="+", help="an IRI or ex:… name, or the three of an edge")
    added = verb("judge")
    added.add_argument("action", choices=judging.ACTIONS)
    added.add_argument("names", nargs="*", metavar="NAME", help="two names, ids or IRIs")
    added.add_argument("--note", default="", help="why")
    added.add_argument("--author", default="", help="who decides")
    added.add_argument("--date", type=day, metavar="DATE", help="default: today")
    added = verb("view")
    added.add_argument("--focus", metavar="ENTITY", help="a name or an id")
    added.add_argument("--hops", type=int, default=2, metavar="N")
    added.add_argument("--as-of", type=day, metavar="DATE", help="as it could be known at that date")
    added.add_argument("--keep", type=Path, metavar="PAGE", help="known nodes stay where this page has them")
    added.add_argument(
        "--template", type=Path, metavar="FOLDER", help="a page.html.jinja, page.css or texts.json of your own"
    )
    added.add_argument("-o", "--output", metavar="FILE")
    added = verb("check")
    added.add_argument("file", nargs="?", type=Path, help="a file of RDF instead of the workspace's graph")
    added = verb("export")
    added.add_argument("format", choices=export.FORMATS)
    added.add_argument("file", type=Path)
    verb("stats")
    added = verb("store")
    added.add_argument("task", choices=["info", "compact", "backup", "restore", "verify"])
    added.add_argument("folder", nargs="?", type=Path, help="where a backup goes to or comes from")
    serve_arguments(verb("serve"))
    return main_parser


def extraction_arguments(added: argparse.ArgumentParser) -> None:
    added.add_argument(
        "--profile", choices=extraction.PROFILES, default=extraction.PROFILES[0], help="which model reads"
    )
    added.add_argument(
        "--known", type=Path, action="append", default=[], metavar="FILE", help="names with types: NAME, a tab, TYPE"
    )
    added.add_argument(
        "--min-confidence", type=share, default=0.0, metavar="P", help="leave out claims less likely than this"
    )
    added.add_argument(
        "--workers", type=count, default=1, metavar="N", help="processes that read; each loads the models, default 1"
    )


def input_arguments(added: argparse.ArgumentParser) -> None:
    added.add_argument("input", nargs="+", help="files, folders and https:// addresses; - is standard input")
    added.add_argument("--any-language", action="store_true", help="take texts that seem not to be English, too")
    added.add_argument("--allow-private", action="store_true", help="fetch addresses of a private network, too")


def serve_arguments(added: argparse.ArgumentParser) -> None:
    added.add_argument(
        "--host", default="127.0.0.1", help="another address than the loopback shows the graph to others"
    )
    added.add_argument("--port", type=int, default=7878)
    added.add_argument("--timeout", type=float, default=20.0, metavar="SECONDS", help="of one query")
    added.add_argument("--rows", type=int, default=100_000, help="of one answer; a header says where it was cut")
    added.add_argument("--memory", type=int, default=2048, metavar="MIB", help="of one query")
    added.add_argument("--workers", type=int, default=24, help="queries at a time")
    added.add_argument(
        "--cors", action="append", default=[], metavar="ORIGIN", help="pages that may read the graph; * for all"
    )
    added.add_argument("--allow-update", action="store_true", help="take updates that bear the token of KG_TOKEN")
    added.add_argument("--allow-host", action="append", default=[], metavar="NAME", help="a host name of requests")
    added.add_argument("--log-queries", action="store_true", help="write queries into the log")


def share(said: str) -> float:
    try:
        found = float(said)
    except ValueError:
        found = -1.0
    if not 0 <= found <= 1:
        raise argparse.ArgumentTypeError(f"{said} is no number from 0 to 1")
    return found


def count(said: str) -> int:
    if not said.isdecimal() or not 1 <= int(said) <= MOST_WORKERS:
        raise argparse.ArgumentTypeError(f"{said} is no number from 1 to {MOST_WORKERS}")
    return int(said)


def workspace(said: str) -> Workspace:
    return Workspace(Path(said))


def day(said: str) -> date:
    try:
        return PartialDate.parse(said).latest
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def tiers(said: str) -> list[Tier]:
    try:
        return [Tier(name.strip()) for name in said.split(",")]
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{said!r} names no tier; there are {', '.join(Tier)}") from error
