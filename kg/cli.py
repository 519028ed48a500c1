"""News in, an RDF graph of firms, people and their ties out, with potential conflicts of interest.

Exit status: 0 done; 1 it could not be done; 2 wrong usage; 3 done, but some documents were skipped; 130 interrupted.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

from kg import (
    conflicts,
    documents,
    export,
    extraction,
    judging,
    ontology,
    pipeline,
    progress,
    queries,
    resolution,
    runs,
    shapes,
    summary,
    tables,
    view,
    watching,
)
from kg.arguments import Arguments, Verb, parser
from kg.errors import KgError, Skipped, UsageError
from kg.model import Document, Graph, Tier
from kg.ontology import Ontology
from kg.pipeline import Report
from kg.store import Store, upkeep

__all__ = ["main"]

DONE, FAILED, USAGE, SKIPPED, INTERRUPTED = 0, 1, 2, 3, 130


# ---- verbs


def build(given: Arguments, onto: Ontology) -> int:
    """Read documents into the graph, find conflicts, draw the page. Run it again to add, change or continue."""
    with _ended_by_signal():
        once = _build_on_spark if given.spark else _build
        given.resolver = resolution.Kept() if given.watch else resolution.resolve
        return _watch(given, onto, once) if given.watch else once(given, onto)


def _watch(given: Arguments, onto: Ontology, once: Callable[[Arguments, Ontology], int]) -> int:
    status = DONE
    try:
        for _ in watching.changes(given.input, given.workspace):
            status = once(given, onto)
            sys.stdout.flush()
    except KeyboardInterrupt:
        _warn("no longer watching")
    return status


def _build(given: Arguments, onto: Ontology) -> int:
    meter = documents.Meter()
    bar = None if given.quiet else progress.Bar(sys.stderr, meter)
    with runs.recorded(given.workspace, given.input) as run:
        report = pipeline.build(
            given.input,
            given.workspace,
            onto,
            stdin=sys.stdin.buffer,
            progress=run.seen(bar),
            references=given.reference,
            keep_places=given.keep_places,
            web=documents.Web(given.workspace.fetched, private=given.allow_private),
            meter=meter,
            any_language=given.any_language,
            extractor=_extractor(given, onto),
            resolver=given.resolver,
        )
        run.report = report
    if bar:
        bar.clear()
    return _tell_built(given, report)


def _build_on_spark(given: Arguments, onto: Ontology) -> int:
    from kg import cluster, clustered  # without pyspark this raises, and only who asks for Spark is to have it

    if given.workers > 1:
        raise UsageError(
            "--workers is for this machine", way_out="With --spark the master says how many read: local[N]"
        )
    known = tuple(entry for path in given.known for entry in extraction.read_known(path))
    with (
        runs.recorded(given.workspace, given.input) as run,
        cluster.session(given.spark, given.workspace.log) as spark,
    ):
        run.report = clustered.build(
            spark,
            given.input,
            given.workspace,
            onto,
            cluster.Trained.of(onto, given.profile, known, given.min_confidence),
            stdin=sys.stdin.buffer,
            progress=run.seen(None),
            references=given.reference,
            keep_places=given.keep_places,
            web=documents.Web(given.workspace.fetched, private=given.allow_private),
            any_language=given.any_language,
        )
    return _tell_built(given, run.report)


def _tell_built(given: Arguments, report: Report) -> int:
    status = _tell_skipped(report.skipped)
    _print(_told(report))
    _print(f"page: {given.workspace.page}")
    return status


def extract(given: Arguments, onto: Ontology) -> int:
    """Read documents and write what they say as standoff JSON Lines, one document a line."""
    skipped: list[Skipped] = []

    def readable() -> Iterator[Document]:
        web = documents.Web(private=given.allow_private)
        taken = documents.read(given.input, stdin=sys.stdin.buffer, web=web, any_language=given.any_language)
        for item in taken:
            if isinstance(item, Skipped):
                skipped.append(item)
            else:
                yield item

    lines = (export.standoff_line(extracted) + "\n" for extracted in _extractor(given, onto).extract(readable()))
    _write(given.output, (line.encode() for line in lines))
    return _tell_skipped(skipped)


def _extractor(given: Arguments, onto: Ontology) -> extraction.Extractor:
    known = [entry for path in given.known for entry in extraction.read_known(path)]
    return extraction.load(onto, profile=given.profile, known=known, least=given.min_confidence, workers=given.workers)


def query(given: Arguments, onto: Ontology) -> int:
    """Run SPARQL from the command line or a file, or a named query with key=value arguments; --list names them."""
    if given.list:
        _print("\n".join(f"{known.usage}\n    {known.reading}" for known in queries.load(onto).values()))
        return DONE
    with _open(given, onto) as store:
        answer = queries.ask(store, onto, given.words, file=given.file, name=given.name)
        _write("-", [tables.answer_bytes(answer, given.format)])
    return DONE


def find_conflicts(given: Arguments, onto: Ontology) -> int:
    """List potential conflicts of interest at a date, each with its sentences.

    --patterns lists what is looked for, --timeline when each finding begins and ends, --why-not what two parties lack.
    """
    if given.patterns:
        _print("\n".join(f"{p.name} ({p.tier}): {p.reading}\n    basis: {p.basis}" for p in conflicts.patterns(onto)))
        return DONE
    with _open(given, onto) as store:
        graph = store.graph()
    if given.why_not:
        left, right = (queries.find_entity(graph.entities, name).id for name in given.why_not)
        told = conflicts.why_not(graph, onto, left, right, given.as_of)
        values, text = conflicts.why_not_json(told, graph, onto), conflicts.why_not_text(told, graph, onto)
        _print(_told_as(given.format, values, text))
    elif given.timeline:
        periods = conflicts.timeline(graph, onto)
        text = conflicts.timeline_text(periods, graph, onto)
        _print(_told_as(given.format, conflicts.timeline_json(periods, graph), text))
    else:
        _print(_conflicts(given, graph, onto))
    return DONE


def _conflicts(given: Arguments, graph: Graph, onto: Ontology) -> str:
    shown = {Tier.STATUTORY, Tier.RELATED_PARTY, Tier.STRUCTURAL, *given.include}
    found = [finding for finding in conflicts.find(graph, onto, given.as_of) if finding.tier in shown]
    if given.format == "markdown":
        day = given.as_of or conflicts.newest(graph)
        return conflicts.briefing(found, graph, onto, day, conflicts.timeline(graph, onto))
    text = conflicts.as_text(found, graph, onto) if given.format == "text" else ""
    return _told_as(given.format, conflicts.as_json(found, graph), text)


def _told_as(form: str, values: object, text: str) -> str:
    return json.dumps(values, ensure_ascii=False, indent=2) if form == "json" else text


def explain(given: Arguments, onto: Ontology) -> int:
    """Say why an edge, an entity, a claim or a finding is there, down to the sentences."""
    with _open(given, onto) as store:
        graph = store.graph()
        reasons = store.reasons()
    _print(conflicts.explain(graph, onto, " ".join(given.address), reasons))
    return DONE


def judge(given: Arguments, onto: Ontology) -> int:
    """Decide who is who: two names or ids are the same, or different; take that back; list; be asked pair by pair.

    Decisions are kept in judgements.csv in the workspace, beside those of the ontology folder, for later builds too.
    A name stands for all of that name; ``NAME @ DOCUMENT`` for that of one document.
    """
    done = judging.run(given.workspace, onto, given.action, given.names, _judged(given), ask=_ask)
    _print(done)
    return DONE


def draw(given: Arguments, onto: Ontology) -> int:
    """Draw the page again, whole or around one entity."""
    with _open(given, onto) as store:
        graph = pipeline.at(store.graph(), onto, given.as_of)
        reasons = store.reasons()
    focus = queries.find_entity(graph.entities, given.focus).id if given.focus else None
    target = Path(given.output) if given.output else given.workspace.page
    places = view.places(given.keep) if given.keep else None
    drawn = pipeline.page(
        graph, onto, reasons=reasons, focus=focus, hops=given.hops, places=places, template=given.template
    )
    view.write(drawn, target)
    _print(f"page: {target}")
    return DONE


def check(given: Arguments, onto: Ontology) -> int:
    """Check the graph, or a file of RDF, against the rules of the ontology (SHACL)."""
    if given.file:
        quads = shapes.quads_of_file(given.file)
    else:
        with _open(given, onto) as store:
            quads = store.quads()
    violations = shapes.check(quads, onto)
    for violation in violations:
        _print(f"{violation.focus} {violation.path} {violation.message}".replace("  ", " "))
    _print(f"{len(violations)} violations" if violations else f"conforms ({len(quads)} quads)")
    return FAILED if violations else DONE


def write_export(given: Arguments, onto: Ontology) -> int:
    """Write the graph to a file in another format."""
    with _open(given, onto) as store:
        export.export(store, given.format, given.file)
    _print(f"{given.format}: {given.file}")
    return DONE


def stats(given: Arguments, onto: Ontology) -> int:
    """Count what the graph holds, by type, relation, modality and source; list open questions of identity."""
    with _open(given, onto) as store:
        graph, reasons = store.graph(), store.reasons()
    for heading, counts in summary.statistics(graph).items():
        _print(f"{heading}: {sum(counts.values())}")
        _print("".join(f"  {count:>6}  {thing}\n" for thing, count in counts.items()), end="")
    for reason in summary.open_questions(graph, reasons):
        _print(f"open question: {judging.question(reason)}")
    return DONE


def keep(given: Arguments, onto: Ontology) -> int:
    """Care for the store: info, compact, backup FOLDER, restore FOLDER, verify."""
    place, workspace = given.workspace.graph, given.workspace
    if given.task == "info":
        _print("\n".join(f"{heading}: {value}" for heading, value in upkeep.info(place, onto).items()))
    elif given.task == "verify":
        faults = list(upkeep.verify(place, onto))
        _print("\n".join(faults) or "whole")
        return FAILED if faults else DONE
    elif given.task == "compact":
        _print("bytes: {} before, {} after".format(*upkeep.compact(workspace.store)))
    elif given.folder is None:
        raise UsageError(f"kg store {given.task} needs a folder", way_out=f"kg store {given.task} FOLDER")
    else:
        (upkeep.backup if given.task == "backup" else upkeep.restore)(workspace.store, given.folder)
        _print(f"{given.task}: {given.folder}")
    return DONE


def serve(given: Arguments, onto: Ontology) -> int:
    """Serve the graph: a page to look at, a SPARQL endpoint, an address for every entity."""
    from kg import server

    server.serve(given.workspace.graph, onto, server.Settings.of(vars(given)), tell=_warn)
    return DONE


# ---- text out


def _open(given: Arguments, onto: Ontology) -> Store:
    store = Store.reader(given.workspace.graph)
    if not store.is_derived(onto, given.workspace.decided):
        _warn("the last build was interrupted or the ontology has changed: run kg build again")
    return store


def _told(report: Report) -> str:
    grave = sum(finding.tier not in (Tier.WATCH, Tier.SUPPRESSED) for finding in report.findings)
    return (
        f"{report.stored} documents stored, {report.unchanged} unchanged, {len(report.skipped)} skipped; "
        f"the graph holds {report.entities} entities, {report.statements} claims, {grave} potential conflicts to review"
    )


def _judged(given: Arguments) -> dict[str, str]:
    return {"note": given.note, "author": given.author, "date": (given.date or date.today()).isoformat()}


def _ask(question: str) -> str:
    _print(question, end="")
    sys.stdout.flush()
    return sys.stdin.readline()


@contextmanager
def _ended_by_signal() -> Iterator[None]:
    """SIGTERM ends what is under way as Ctrl-C does."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _tell_skipped(skipped: Sequence[Skipped]) -> int:
    for one in skipped:
        _warn(f"skipped: {one}")
    return SKIPPED if skipped else DONE


def _print(text: str, *, end: str = "\n") -> None:
    sys.stdout.write(text + end)


def _write(path: str, pieces: Iterator[bytes] | list[bytes]) -> None:
    if path != "-":
        export.write_atomically(Path(path), pieces)
        return
    sys.stdout.flush()
    for piece in pieces:
        sys.stdout.buffer.write(piece)
        sys.stdout.buffer.flush()


def _warn(text: str) -> None:
    clear = "\r\x1b[K" if sys.stderr.isatty() else ""
    sys.stderr.write(f"{clear}kg: {text}\n")


VERBS: dict[str, Verb] = {
    "build": build,
    "extract": extract,
    "query": query,
    "conflicts": find_conflicts,
    "explain": explain,
    "judge": judge,
    "view": draw,
    "check": check,
    "export": write_export,
    "stats": stats,
    "store": keep,
    "serve": serve,
}


def main(words: Sequence[str] | None = None) -> int:
    """Runs one verb; errors are one line on standard error."""
    debug = "--debug" in (sys.argv[1:] if words is None else words)
    sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    sys.stderr.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    try:
        given = parser(__doc__ or "", VERBS).parse_args(words)
        given.workspace = replace(given.workspace, remote=given.store)
        return int(given.run(given, ontology.load(given.ontology)))
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except KeyboardInterrupt:
        _warn("interrupted; what was stored is kept. Run the same command again to continue")
        return INTERRUPTED
    except KgError as error:
        if debug:
            traceback.print_exc()
        _warn(str(error))
        return USAGE if isinstance(error, UsageError) else FAILED


if __name__ == "__main__":
    sys.exit(main())
