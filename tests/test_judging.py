"""``kg judge``: applied to the stored graph at once; what survives is what a fresh build gives, to the byte."""

import random

import pytest
from factory import FakeExtractor

from kg import judging
from kg.cli import main
from kg.errors import KgError
from kg.model import Reason, Verdict
from kg.ontology import load
from kg.pipeline import build
from kg.rdf import serialize
from kg.store import Store
from kg.workspace import Workspace

TEXTS = {
    "a": "Daniel Weber leads Acme. Acme partner_of Bolt.",
    "b": "Daniel Weber leads Core. Ann Lee leads Core.",
    "c": "Daniel Weber leads Dyne. Acme Corp competitor_of Dyne.",
    "d": "Ann Lee leads Echo. Echo supplier_of Flux.",
    "e": "Daniel Weber leads Gate. Gate acquired Hale.",
}
ABOUT = {"note": "", "author": "vb", "date": "2025-01-01"}


@pytest.fixture
def workspace(tmp_path):
    """Five documents about namesakes, built."""
    return made(tmp_path / "work", tmp_path)


def made(folder, tmp_path, judgements=None):
    for key, text in TEXTS.items():
        (tmp_path / f"{key}.txt").write_text(text, "utf-8")
    if judgements is not None:
        folder.mkdir()
        (folder / "judgements.csv").write_bytes(judgements)
    build(sorted(tmp_path.glob("?.txt")), Workspace(folder), load(), extractor=FakeExtractor())
    return Workspace(folder)


def ids(workspace):
    with Store(workspace.store) as store:
        return sorted(key for key in store.entities() if key.startswith("person"))


def stored(workspace):
    with Store(workspace.store) as store:
        return b"".join(serialize(store.graphs(), "trig"))


def judge(workspace, action, *names, answers=()):
    said = iter(answers)
    return judging.run(workspace, load(), action, names, ABOUT, ask=lambda _: next(said))


def test_same_and_undo_change_the_stored_graph_at_once(workspace):
    before = ids(workspace)
    judge(workspace, "same", *[key for key in before if "weber" in key][:2])
    assert len(ids(workspace)) == len(before) - 1
    judge(workspace, "undo")
    assert ids(workspace) == before


def test_an_id_is_kept_as_a_name_in_its_oldest_document(workspace):
    one, other = [key for key in ids(workspace) if "weber" in key][:2]
    judge(workspace, "same", one, other)
    assert " @ " in judge(workspace, "list")


def test_review_asks_until_told_to_stop_and_applies_the_answers(workspace):
    before = ids(workspace)
    assert judge(workspace, "review", answers=["s\n", "d\n", "q\n"]).startswith("2 judgements")
    assert len(ids(workspace)) == len(before) - 1


def test_what_was_judged_is_not_asked_again(workspace):
    judge(workspace, "review", answers=["u\n"] * 3 + [""])
    asked = []
    judging.run(workspace, load(), "review", (), ABOUT, ask=lambda text: asked.append(text) or "k")
    with Store(workspace.store) as store:
        assert len(asked) == len([r for r in store.reasons() if r.verdict == "unsure"]) - 3


def test_a_hundred_random_judgements_leave_what_a_fresh_build_gives(workspace, tmp_path, monkeypatch):
    monkeypatch.setattr("kg.pipeline.write_outputs", lambda *_, **__: None)  # the page is drawn anew each time: slow
    dice = random.Random(7)  # noqa: S311 - no secret
    names = ["Acme", "Acme Corp", "Bolt", "Core", "Dyne", "Echo", "Flux", "Gate", "Daniel Weber", "Ann Lee"]
    names += [f"{name} @ {tmp_path / key}.txt" for name in ("Daniel Weber", "Ann Lee", "Acme") for key in "abcde"]
    done = 0
    while done < 100:
        action = dice.choice(["same", "same", "different", "undo"])
        try:
            judge(workspace, action, *(() if action == "undo" else dice.sample(names, 2)))
        except KgError:
            done += action != "undo"
        done += 1
    survivors = workspace.judgements.read_bytes()
    fresh = made(tmp_path / "fresh", tmp_path, survivors)
    assert survivors.count(b"\n") > 3
    assert stored(workspace) == stored(fresh)


def test_a_contradiction_is_refused_and_changes_nothing(workspace):
    judge(workspace, "same", "Acme", "Bolt")
    judge(workspace, "same", "Bolt", "Core")
    before = workspace.judgements.read_bytes()
    with pytest.raises(KgError, match="contradicts"):
        judge(workspace, "different", "Acme", "Core")
    assert workspace.judgements.read_bytes() == before


def test_explain_says_which_names_were_merged_and_why(workspace, capsys):
    judge(workspace, "same", "Acme", "Bolt")
    assert main(["explain", "-w", str(workspace.folder), "Acme"]) == 0
    said = capsys.readouterr().out
    assert "Acme and Bolt are the same by judgement: Acme | Bolt (vb, 2025-01-01)" in said


def test_the_command_line_judges_and_lists(workspace, capsys):
    assert (
        main(["judge", "same", "Acme", "Bolt", "-w", str(workspace.folder), "--date", "2025-01-01", "--note", "x"]) == 0
    )
    assert main(["judge", "list", "-w", str(workspace.folder)]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "same: Acme | Bolt  (2025-01-01, x)"


def test_wrong_usage_is_one_line(workspace, capsys):
    assert main(["judge", "same", "Acme", "-w", str(workspace.folder)]) == 2
    assert capsys.readouterr().err == "kg: judge same takes two names\n"


def test_a_question_prints_no_control_characters():
    assert "\x1b" not in judging.question(Reason("A\x1b[2J", "B", Verdict.UNSURE, "x", "y\x1b", "0.500", ("a", "b")))


def test_stats_list_namesakes_as_open_questions(workspace, capsys):
    assert main(["stats", "-w", str(workspace.folder)]) == 0
    assert "open question: are these the same Daniel Weber?" in capsys.readouterr().out
