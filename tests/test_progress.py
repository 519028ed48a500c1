"""What a build says while it goes on, and what it leaves for programs."""

import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from factory import FakeExtractor

from kg import runs
from kg.cli import main
from kg.documents import Meter, read
from kg.errors import NotFound, UnreadableDocument
from kg.ontology import load
from kg.pipeline import Report, build
from kg.progress import Bar, line
from kg.workspace import Workspace

HALF = Report(stored=1200, unchanged=34, words=90_000, skipped=[UnreadableDocument("empty", where="b.txt")])


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_a_line_tells_share_documents_speed_skipped_and_time_left():
    assert line(HALF, 500, 1000, 60.0, "in/a.txt") == (
        "[##########..........]  50%  1,234 documents  1,500 words/s  1 skipped  1:00 left  in/a.txt"
    )


def test_without_a_size_there_is_no_bar_and_no_time_left():
    assert line(Report(), 0, 0, 0.0) == "0 documents  0 words/s"


def test_long_waits_are_told_in_hours():
    assert "2:46:30 left" in line(HALF, 1, 1000, 10.0)


def test_what_a_name_brings_does_not_reach_the_terminal():
    assert "\x1b" not in line(Report(), 0, 0, 1.0, "a\x1b[2J.txt")


def test_a_bar_is_drawn_ten_times_a_second_at_most():
    ticks = iter([0.0, 0.05, 0.2, 0.25, 0.4])
    terminal = Terminal()
    bar = Bar(terminal, Meter(), lambda: next(ticks))
    for _ in range(4):
        bar(HALF, "a.txt")
    assert terminal.getvalue().count("\r") == 2


def test_what_follows_the_documents_is_told_at_once():
    terminal = Terminal()
    bar = Bar(terminal, Meter(), lambda: 0.0)
    for stage in ("documents", "graph", "outputs"):
        bar(replace(HALF, stage=stage), "a.txt")
    said = terminal.getvalue().split("\r\x1b[K")[2:]
    assert said == [
        "1,234 documents  finding who is who, facts, conflicts",
        "1,234 documents  writing the graph and the page",
    ]


def test_nothing_is_drawn_where_nobody_looks():
    log = io.StringIO()
    bar = Bar(log, Meter())
    bar(HALF, "a.txt")
    bar.clear()
    assert log.getvalue() == ""


def test_a_meter_knows_the_whole_beforehand_and_ends_there(tmp_path):
    for name, size in (("a.txt", 300), ("b/c.txt", 700)):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("A leads. " * 100, "utf-8")
        (tmp_path / name).write_text("x" * size, "utf-8")
    meter = Meter()
    found = read([tmp_path], meter=meter)
    assert (meter.total, meter.done) == (1000, 0)
    assert len(list(found)) == 2
    assert meter.done == 1000


def test_a_meter_moves_within_a_file_of_many_documents(tmp_path):
    lines = "".join(json.dumps({"id": str(n), "text": "A leads. " * 1000}) + "\n" for n in range(10))
    (tmp_path / "a.jsonl").write_text(lines, "utf-8")
    meter = Meter()
    found = read([tmp_path / "a.jsonl"], meter=meter)
    next(found)
    assert 0 < meter.done < meter.total


def test_a_build_calls_for_every_document_stored_or_not_and_for_every_later_stage(tmp_path):
    (tmp_path / "in").mkdir()
    for name, text in (("a.txt", "Acme acquired Bolt."), ("b.txt", ""), ("c.txt", "Acme acquired Coil.")):
        (tmp_path / "in" / name).write_text(text, "utf-8")
    for counts in ([(1, 0, 0), (1, 0, 1), (2, 0, 1)], [(0, 1, 0), (0, 1, 1), (0, 2, 1)]):
        seen = []
        build(
            [tmp_path / "in"],
            Workspace(tmp_path / "out"),
            load(),
            extractor=FakeExtractor(),
            progress=lambda report, _source, seen=seen: seen.append(
                (report.stage, report.stored, report.unchanged, len(report.skipped))
            ),
        )
        assert sorted(seen[:-2]) == [("documents", *count) for count in sorted(counts)]
        assert [stage for stage, *_ in seen[-2:]] == ["graph", "outputs"]


@pytest.fixture
def article(tmp_path) -> Path:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("Elon Musk is the chief executive of SpaceX.\n", "utf-8")
    (tmp_path / "in" / "b.txt").write_bytes(b"")
    return tmp_path / "in"


def told(tmp_path):
    return json.loads((tmp_path / "out" / "run.json").read_text("utf-8"))


def test_a_run_is_told_to_programs(article, tmp_path, capsys):
    assert main(["build", "-q", str(article), "-w", str(tmp_path / "out")]) == 3
    run = told(tmp_path)
    assert run["status"] == "done"
    assert run["inputs"] == [str(article)]
    assert run["documents"] == {"stored": 1, "unchanged": 0, "skipped": 1, "words": 8}
    assert run["graph"]["claims"] == 1
    assert run["seconds"].keys() == {"documents", "graph", "outputs", "whole"}
    assert run["extractor"]
    assert run["kg"]
    assert run["skipped"] == [
        {
            "where": (article / "b.txt").as_posix(),
            "what": "empty",
            "way_out": "Give it a text",
            "kind": "UnreadableDocument",
        }
    ]


def test_what_a_run_took_stands_nowhere_in_the_graph(article, tmp_path):
    for name in ("one", "two"):
        main(["build", "-q", str(article), "-w", str(tmp_path / name)])
    for made in ("graph.trig", "graph.html"):
        assert (tmp_path / "one" / made).read_bytes() == (tmp_path / "two" / made).read_bytes()


def test_an_interrupted_run_says_so(tmp_path):
    (tmp_path / "out").mkdir()

    def stopped(report, _source):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), runs.recorded(Workspace(tmp_path / "out"), ["in"]) as run:
        run.seen(stopped)(HALF, "a.txt")
    assert (told(tmp_path)["status"], told(tmp_path)["documents"]["stored"]) == ("interrupted", 1200)


def test_a_run_that_could_not_begin_leaves_the_report_of_the_last(article, tmp_path):
    main(["build", "-q", str(article), "-w", str(tmp_path / "out")])
    before = told(tmp_path)
    with pytest.raises(NotFound), runs.recorded(Workspace(tmp_path / "out"), ["gone"]):
        raise NotFound("no such file")
    assert told(tmp_path) == before


def test_the_report_is_no_input_of_the_next_run(article, tmp_path):
    out = article / "out"
    assert main(["build", "-q", str(article), "-w", str(out)]) == 3
    main(["build", "-q", str(article), "-w", str(out)])
    assert json.loads((out / "run.json").read_text("utf-8"))["documents"]["skipped"] == 1
