"""The command line: one line for every error, the exit status of the design, and standoff in and out."""

import io
import json
import sys

import pytest

from kg import view
from kg.cli import main

ARTICLE = "Elon Musk is the chief executive of SpaceX.\n"


@pytest.fixture
def article(tmp_path):
    path = tmp_path / "in" / "a.txt"
    path.parent.mkdir()
    path.write_text(ARTICLE, "utf-8")
    return path


def run(capsys, *words):
    status = main([str(word) for word in words])
    return status, *capsys.readouterr()


def failed(capsys, *words):
    """Status and the one line on standard error."""
    status, _, said = run(capsys, *words)
    assert said.startswith("kg: ")
    assert said.count("\n") == 1
    return status, said


def test_a_good_build_ends_with_a_summary_and_the_page(capsys, article, tmp_path):
    status, out, err = run(capsys, "build", article, "-w", tmp_path / "out")
    assert (status, err) == (0, "")
    assert out.startswith("1 documents stored, 0 unchanged, 0 skipped;")
    assert out.endswith(f"page: {tmp_path}/out/graph.html\n")


def test_a_second_build_reads_nothing_anew(capsys, article, tmp_path):
    run(capsys, "build", article, "-w", tmp_path / "out")
    _, out, _ = run(capsys, "build", article, "-w", tmp_path / "out")
    assert out.startswith("0 documents stored, 1 unchanged, 0 skipped;")
    _, out, _ = run(capsys, "build", article, "-w", tmp_path / "out", "--profile", "fast")
    assert out.startswith("1 documents stored, 0 unchanged, 0 skipped;")


def test_skipped_documents_are_named_at_the_end_with_status_3(capsys, article, tmp_path):
    (article.parent / "b.txt").write_bytes(b"\x00\x01binary\x00")
    (article.parent / "c.jsonl").write_text('{"id": "1"}\nnot json\n', "utf-8")
    status, out, err = run(capsys, "build", article.parent, "-w", tmp_path / "out")
    assert status == 3
    assert out.startswith("1 documents stored, 0 unchanged, 3 skipped;")
    assert [line.split(": ")[1] for line in err.splitlines()] == ["skipped"] * 3


def test_a_folder_that_does_not_exist(capsys, tmp_path):
    status, said = failed(capsys, "build", tmp_path / "nowhere", "-w", tmp_path / "out")
    assert status == 1
    assert "nowhere" in said


def test_a_workspace_without_a_graph(capsys, tmp_path):
    status, said = failed(capsys, "stats", "-w", tmp_path / "none")
    assert (status, said) == (1, f"kg: {tmp_path}/none: no graph here yet. Make one with: kg build FOLDER\n")


@pytest.mark.parametrize(
    "words",
    [[], ["nonsense"], ["build"], ["conflicts", "--as-of", "soon"], ["query", "--format", "x"], ["export", "x", "y"]],
)
def test_wrong_usage_is_one_line_and_status_2(capsys, words):
    assert failed(capsys, *words)[0] == 2


def test_a_query_with_a_misspelt_property(capsys, demo):
    status, said = failed(capsys, "query", "-w", demo, "SELECT * { ?p kg:boardMember ?o }")
    assert (status, said) == (1, "kg: query:1: unknown property kg:boardMember. Did you mean kg:boardMemberOf?\n")


def test_a_query_that_does_not_parse(capsys, demo):
    assert "not a SPARQL query" in failed(capsys, "query", "-w", demo, "SELEKT")[1]


def test_a_query_file(capsys, demo, tmp_path):
    (tmp_path / "q.rq").write_text("ASK { ?p kg:leads ?o }", "utf-8")
    assert run(capsys, "query", "-w", demo, "--file", tmp_path / "q.rq")[:2] == (0, "yes\n")


def test_a_query_file_that_is_not_there(capsys, demo, tmp_path):
    assert failed(capsys, "query", "-w", demo, "--file", tmp_path / "q.rq")[0] == 1


def test_no_query_at_all(capsys, demo):
    assert failed(capsys, "query", "-w", demo)[0] == 2


def test_named_queries_are_listed_with_what_they_take(capsys):
    assert "leaders organization=…" in run(capsys, "query", "--list")[1]


def test_patterns_are_listed(capsys):
    assert "counterparty_rival" in run(capsys, "conflicts", "--patterns")[1]


def test_a_pattern_with_a_misspelt_property(capsys, demo, tmp_path):
    import shutil

    from kg.ontology import bundled

    shutil.copytree(bundled(), tmp_path / "own")
    path = tmp_path / "own" / "conflicts" / "dual_role.rq"
    path.write_text(path.read_text("utf-8").replace("kg:heldBy", "kg:heldBye"), "utf-8")
    status, _, said = run(capsys, "conflicts", "-w", demo, "--ontology", tmp_path / "own", "--format", "json")
    assert status == 1
    assert "conflicts/dual_role.rq:" in said
    assert "kg:heldBye" in said
    assert "Did you mean kg:heldBy?" in said


def test_an_unknown_thing_to_explain(capsys, demo):
    assert failed(capsys, "explain", "-w", demo, "person:nobody")[0] == 1


def test_a_store_of_a_newer_version(capsys, article, tmp_path):
    from kg.store import Store

    run(capsys, "build", article, "-w", tmp_path / "out")
    with Store(tmp_path / "out" / "store") as store:
        store.mark("schemaVersion", "99")
    status, said = failed(capsys, "stats", "-w", tmp_path / "out")
    assert status == 1
    assert "layout 99" in said
    assert "Update kg" in said


def test_debug_shows_where_an_error_came_from(capsys, tmp_path):
    _, _, said = run(capsys, "stats", "-w", tmp_path / "none", "--debug")
    assert "Traceback" in said


@pytest.mark.parametrize("form", ["turtle", "trig", "nquads", "ntriples", "jsonld", "rdfxml", "graphml"])
def test_every_export_is_written_the_same_twice(capsys, demo, tmp_path, form):
    made = []
    for name in ("one", "two"):
        assert run(capsys, "export", form, tmp_path / name, "-w", demo)[0] == 0
        made.append((tmp_path / name).read_bytes())
    assert made[0] == made[1] != b""


def test_a_view_around_one_entity(capsys, demo, tmp_path):
    assert run(capsys, "view", "-w", demo, "--focus", "xAI", "--hops", 1, "-o", tmp_path / "x.html")[0] == 0
    assert (tmp_path / "x.html").stat().st_size < (demo / "graph.html").stat().st_size


def test_an_older_view_knows_only_older_documents(capsys, demo, tmp_path):
    assert run(capsys, "view", "-w", demo, "--as-of", "2024", "-o", tmp_path / "x.html")[0] == 0
    assert "Gwynne Shotwell" not in (tmp_path / "x.html").read_text("utf-8")


def test_a_view_in_a_look_of_ones_own(capsys, demo, tmp_path):
    (tmp_path / "page.css").write_text("body { color: teal }", "utf-8")
    assert run(capsys, "view", "-w", demo, "--template", tmp_path, "-o", tmp_path / "x.html")[0] == 0
    assert "<style>body { color: teal }</style>" in (tmp_path / "x.html").read_text("utf-8")


def test_a_view_that_keeps_the_places_of_another(capsys, demo, tmp_path):
    assert run(capsys, "view", "-w", demo, "--keep", demo / "graph.html", "-o", tmp_path / "x.html")[0] == 0
    assert view.places(tmp_path / "x.html") == view.places(demo / "graph.html")


def test_extract_keeps_id_and_text_and_gives_relations(capsys, monkeypatch):
    line = {"id": "x-1", "text": ARTICLE, "published": "2025-07-14"}
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(json.dumps(line).encode())))
    status, out, err = run(capsys, "extract", "-")
    read = json.loads(out)
    assert (status, err, read["id"], read["text"]) == (0, "", "x-1", ARTICLE)
    names = {e["id"]: e["name"] for e in read["entities"]}
    assert [(names[r["head"]], r["type"], names[r["tail"]]) for r in read["relations"]] == [
        ("Elon Musk", "leads", "SpaceX")
    ]
    assert [ARTICLE[m["start"] : m["end"]] for m in read["mentions"]] == ["Elon Musk", "SpaceX"]


def test_what_extract_writes_can_be_built(capsys, article, tmp_path):
    assert run(capsys, "extract", article, "-o", tmp_path / "x.jsonl")[0] == 0
    assert run(capsys, "build", tmp_path / "x.jsonl", "-w", tmp_path / "out")[0] == 0


def test_help_is_there_for_every_verb(capsys):
    for verb in ("build", "extract", "query", "conflicts", "explain", "view", "check", "export", "stats"):
        with pytest.raises(SystemExit) as stop:
            main([verb, "--help"])
        assert stop.value.code == 0
        assert f"usage: kg {verb}" in capsys.readouterr().out


def test_the_timeline_of_the_findings(capsys, demo):
    status, out, _ = run(capsys, "conflicts", "-w", demo, "--timeline")
    assert status == 0
    assert all(line.startswith("  ") == (" to " in line) for line in out.splitlines())


def test_what_two_parties_lack_for_a_finding(capsys, demo):
    status, out, _ = run(capsys, "conflicts", "-w", demo, "--why-not", "Nvidia", "Intel", "--format", "json")
    assert status == 0
    assert set(json.loads(out)) == {"findings", "near_misses"}


def test_why_not_of_somebody_unknown(capsys, demo):
    assert failed(capsys, "conflicts", "-w", demo, "--why-not", "Nobody", "Intel")[0] == 1


def test_a_page_of_findings_to_hand_over(capsys, demo):
    status, out, _ = run(capsys, "conflicts", "-w", demo, "--format", "markdown")
    assert (status, out.splitlines()[0]) == (0, "# Potential conflicts of interest as of 2026-05-07")
