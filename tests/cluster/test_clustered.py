"""A build on Spark gives the bytes of a local one, whatever is read, however often, and whoever is killed."""

import gzip
import json
import os
from contextlib import nullcontext
from hashlib import sha256

import pyarrow as pa
import pytest
from factory import EXAMPLES, FakeExtractor
from pyarrow import parquet
from recipes import Fake, Killed

from kg import cluster, clustered
from kg.cli import main
from kg.errors import NotFound
from kg.model import Judgement, Verdict
from kg.ontology import load
from kg.pipeline import build
from kg.resolution.judgements import written
from kg.store import Store
from kg.workspace import Workspace

MUSK = (
    "Elon Musk leads SpaceX. Elon Musk leads xAI. xAI competitor_of Anthropic. Anthropic partner_of SpaceX (reported)."
)
GERMAN = "Der Vorstand der Firma hat am Montag in einer langen Sitzung über die Zukunft des Werks beraten. " * 4
LINES = [
    {"id": "n1", "text": "Daniel Weber leads Acme.", "published": "2025-03-01", "publisher": "Wafer Weekly"},
    {"id": "n2", "text": "Daniel Weber leads Zimt.", "title": "Wechsel"},
    {"id": "n3", "text": "Acme acquired Bolt (denied)."},
    {"id": "n1", "text": "Daniel Weber leads Acme."},
    {"id": "n3", "text": "Acme acquired Bolt."},
    {"id": "n4"},
]
ROWS = {
    "id": ["r1", "r2", "n2"],
    "body": ["Bolt supplier_of Acme (from=2014).", "Ann Lee founded_by Coil. Ann Lee leads Coil.", "Zimt sued Coil."],
    "date": ["2025-01-01", "2024-05-06", None],
}
REFERENCES = "name,type,aliases,wikidata\nSpaceX,Organization,Space Exploration Technologies,Q193701\n"


@pytest.fixture
def inputs(tmp_path, monkeypatch):
    """Files of many kinds, by names that are relative: a worker's folder is another than ours."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "in"
    (folder / "deep").mkdir(parents=True)
    (folder / "musk.txt").write_text(f"Title: Rockets\nDate: 2026-05-07\n\n{MUSK}", "utf-8")
    (folder / "deep" / "page.html").write_text(f"<html><body><p>{MUSK} {MUSK}</p></body></html>", "utf-8")
    (folder / "german.txt").write_text(GERMAN, "utf-8")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "packed.txt.gz").write_bytes(gzip.compress(b"Space Exploration Technologies acquired Bolt."))
    (tmp_path / "news.jsonl").write_text("\n".join(map(json.dumps, LINES)), "utf-8")
    parquet.write_table(pa.table(ROWS), tmp_path / "rows.parquet", row_group_size=1)
    return ["news.jsonl", "in", "rows.parquet"]


def outputs(workspace):
    """The graph as TriG and as page, and the quads of the store."""
    files = {path.name: path.read_bytes() for path in (workspace.trig, workspace.page)}
    with Store.reader(workspace.store) as store:
        return files | {"store": store.quads()}


def told(report):
    counts = report.stored, report.unchanged, report.words, report.entities, report.statements
    return counts, [str(one) for one in report.skipped], report.findings


def both(spark, inputs, folder, recipe=None, **more):
    """The reports and workspaces of a build on Spark and of a local one, which are the same."""
    there, here = Workspace(folder / "spark"), Workspace(folder / "local")
    one = clustered.build(spark, inputs, there, load(), recipe or Fake(), **more)
    other = build(inputs, here, load(), extractor=FakeExtractor(), **more)
    assert told(one) == told(other)
    assert outputs(there) == outputs(here)
    return one, there, here


def test_every_input_again_changed_and_judged_gives_the_bytes_of_a_local_build(spark, inputs, tmp_path):
    first, there, here = both(spark, inputs, tmp_path)
    assert (first.stored, len(first.skipped)) == (8, 5)
    (tmp_path / "in" / "musk.txt").write_text("Elon Musk leads SpaceX.", "utf-8")
    (tmp_path / "refs.csv").write_text(REFERENCES, "utf-8")
    said = [
        Judgement("Acme", "Zimt", Verdict.SAME, "renamed", "vb", "2025-02-03"),
        Judgement("Bolt", "Coil", Verdict.SAME),
        Judgement("Daniel Weber @ n1", "Daniel Weber @ n2", Verdict.DIFFERENT),
    ]
    for workspace in (there, here):
        workspace.judgements.write_bytes(written(said))
    second, *_ = both(spark, inputs, tmp_path, references=[tmp_path / "refs.csv"])
    assert (second.stored, second.unchanged) == (1, 7)
    fresh = Workspace(tmp_path / "fresh")
    fresh.folder.mkdir()
    fresh.judgements.write_bytes(written(said))
    clustered.build(spark, inputs, fresh, load(), Fake(), references=[tmp_path / "refs.csv"])
    assert files_of(fresh) == files_of(there)
    assert_whole(there)


def files_of(workspace):
    folder = workspace.cluster
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def assert_whole(workspace):
    """The files of other tools are those that the manifest lists, and hold the graph."""
    files = files_of(workspace)
    manifest = json.loads(files.pop("manifest.json"))
    assert {file["path"]: file["sha256"] for file in manifest["files"]} == {
        name: sha256(content).hexdigest() for name, content in files.items()
    }
    lines = [gzip.decompress(files[name]).decode() for name in sorted(files) if name.endswith(".nq.gz")]
    with Store.reader(workspace.store) as store:
        assert sorted("".join(lines).splitlines()) == sorted(f"{quad} ." for quad in store.quads())
        claims = {(s.id, s.subject, s.object) for s in store.graph().statements}
    rows = parquet.read_table(workspace.cluster / "claims").to_pylist()
    assert {(row["claim"], row["subject"], row["object"]) for row in rows} == claims


def test_a_worker_that_is_killed_in_the_middle_changes_nothing(spark, inputs, tmp_path):
    marks = tmp_path / "killed"
    both(spark, inputs, tmp_path, Killed(str(marks)))
    assert int(marks.read_text("utf-8")) != os.getpid()


def test_a_pattern_that_no_file_matches_stops_before_anything_is_read(spark, tmp_path):
    with pytest.raises(NotFound, match="no file matches"):
        clustered.build(spark, [str(tmp_path / "*.none")], Workspace(tmp_path / "out"), load(), Fake())


def test_the_command_line_reads_on_spark_with_the_trained_extractor(spark, tmp_path, monkeypatch, capsys):
    asked = []
    monkeypatch.setattr(cluster, "session", lambda master, log: asked.append((master, log)) or nullcontext(spark))
    (tmp_path / "empty.txt").write_bytes(b"")
    inputs = [str(EXAMPLES / "2025-07-14-xai-funding.txt"), str(tmp_path / "empty.txt")]
    words = ["build", *inputs, "--profile", "fast", "-q", "-w"]
    there, here = Workspace(tmp_path / "spark"), Workspace(tmp_path / "local")
    assert main([*words, str(there.folder), "--spark", "local[2]"]) == 3
    assert main([*words, str(here.folder)]) == 3
    assert outputs(there) == outputs(here)
    one, other = (json.loads(workspace.run.read_bytes()) for workspace in (there, here))
    same = "status", "extractor", "documents", "graph", "skipped"
    assert [one[name] for name in same] == [other[name] for name in same]
    assert asked == [("local[2]", there.log)]
    assert capsys.readouterr().err.splitlines() == [f"kg: skipped: {tmp_path}/empty.txt: empty. Give it a text"] * 2
