"""A build stores each document once, replaces what changed, continues what was interrupted, and is the same twice."""

import itertools
import json

import pytest
from factory import FakeExtractor

from kg.errors import NotFound
from kg.model import Tier
from kg.ontology import load
from kg.pipeline import build
from kg.store import Store
from kg.view import places
from kg.workspace import Workspace

MUSK = (
    "Elon Musk leads SpaceX. Elon Musk leads xAI. xAI competitor_of Anthropic. Anthropic partner_of SpaceX (reported)."
)
TEXTS = {
    "musk.txt": MUSK,
    "denied.txt": "Acme acquired Bolt (denied).",
    "weber1.txt": "Daniel Weber leads Acme.",
    "weber2.txt": "Daniel Weber leads Zimt.",
}


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "in"
    made.mkdir()
    for name, text in TEXTS.items():
        (made / name).write_text(text, "utf-8")
    return made


def run(inputs, workspace, extractor=None):
    return build(inputs, Workspace(workspace), load(), extractor=extractor or FakeExtractor())


def test_a_build_stores_finds_and_draws(folder, tmp_path):
    report = run([folder], tmp_path / "out")
    assert (report.stored, report.unchanged, report.skipped) == (4, 0, [])
    assert [(f.pattern, f.party) for f in report.findings if f.tier is Tier.RELATED_PARTY] == [
        ("counterparty_rival", "person/elon-musk")
    ]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "graph.html",
        "graph.trig",
        "snapshots",
        "store",
    ]


def test_documents_that_are_stored_are_not_read_again(folder, tmp_path):
    run([folder], tmp_path / "out")
    second = FakeExtractor()
    report = run([folder], tmp_path / "out", second)
    assert (report.stored, report.unchanged, second.seen) == (0, 4, [])


def outputs(workspace):
    return {path.name: path.read_bytes() for path in workspace.iterdir() if path.is_file()}


def test_building_twice_gives_the_same_bytes(folder, tmp_path):
    run([folder], tmp_path / "out")
    before = outputs(tmp_path / "out")
    run([folder], tmp_path / "out")
    assert outputs(tmp_path / "out") == before


def test_any_order_of_files_and_of_runs_gives_the_same_bytes(folder, tmp_path):
    made = []
    for number, order in enumerate(itertools.islice(itertools.permutations(sorted(TEXTS)), 0, 24, 5)):
        for name in order:
            run([folder / name], tmp_path / str(number))
        made.append(outputs(tmp_path / str(number)))
    run([folder], tmp_path / "once")
    assert all(one == outputs(tmp_path / "once") for one in made)


def test_a_changed_document_replaces_what_it_said(folder, tmp_path):
    run([folder], tmp_path / "out")
    (folder / "musk.txt").write_text("Elon Musk leads SpaceX.", "utf-8")
    second = FakeExtractor()
    report = run([folder], tmp_path / "out", second)
    assert (report.stored, report.unchanged, [f for f in report.findings if f.tier is Tier.RELATED_PARTY]) == (1, 3, [])
    run([folder], tmp_path / "fresh")
    assert outputs(tmp_path / "out") == outputs(tmp_path / "fresh")


class Broken(FakeExtractor):
    """Gives up after some documents, as a killed run does."""

    def __init__(self, after):
        super().__init__()
        self.after = after

    def extract(self, documents):
        for number, said in enumerate(super().extract(documents)):
            if number == self.after:
                raise KeyboardInterrupt
            yield said


@pytest.mark.parametrize("after", range(4))
def test_an_interrupted_build_is_continued_by_running_it_again(folder, tmp_path, after):
    with pytest.raises(KeyboardInterrupt):
        run([folder], tmp_path / "out", Broken(after))
    report = run([folder], tmp_path / "out")
    assert (report.stored, report.unchanged) == (4 - after, after)
    run([folder], tmp_path / "fresh")
    assert outputs(tmp_path / "out") == outputs(tmp_path / "fresh")


def test_a_replacement_that_was_cut_in_the_middle_leaves_one_version(folder, tmp_path):
    run([folder], tmp_path / "out")
    (folder / "musk.txt").write_text("Elon Musk leads SpaceX.", "utf-8")
    from kg import documents
    from kg.model import Document

    (changed,) = [d for d in documents.read([folder / "musk.txt"]) if isinstance(d, Document)]
    with Store(tmp_path / "out" / "store") as store:  # killed after the new graph was written, before the old one went
        (extracted,) = FakeExtractor().extract([changed])
        store.replace(extracted)
        assert len(store.document_ids()[changed.key]) == 2
    run([folder], tmp_path / "out")
    run([folder], tmp_path / "fresh")
    assert outputs(tmp_path / "out") == outputs(tmp_path / "fresh")


def test_a_changed_ontology_derives_the_findings_again(folder, tmp_path):
    import shutil

    from kg.ontology import Ontology, bundled

    run([folder], tmp_path / "out")
    own = tmp_path / "ontology"
    shutil.copytree(bundled(), own)
    (own / "conflicts" / "counterparty_rival.rq").unlink()
    report = build([folder], Workspace(tmp_path / "out"), Ontology(own), extractor=FakeExtractor())
    assert [f.pattern for f in report.findings if f.tier is not Tier.SUPPRESSED] == ["dual_role"]


def test_documents_that_cannot_be_read_are_skipped_and_the_rest_is_stored(folder, tmp_path):
    (folder / "empty.txt").write_bytes(b"")
    (folder / "latin.txt").write_bytes(b"caf\xe9 caf\xe9")
    report = run([folder], tmp_path / "out")
    assert (report.stored, len(report.skipped)) == (4, 2)


def test_an_input_that_is_not_there_stops_before_anything_is_stored(folder, tmp_path):
    with pytest.raises(NotFound):
        run([folder, tmp_path / "nowhere"], tmp_path / "out")
    assert not (tmp_path / "out" / "graph.trig").exists()


def test_a_repeated_reading_by_a_newer_extractor_replaces_the_old_one(folder, tmp_path):
    run([folder], tmp_path / "out")
    newer = FakeExtractor()
    newer.name = "fake 2"
    assert run([folder], tmp_path / "out", newer).stored == 4


def test_asked_to_the_page_keeps_the_places_of_what_is_known(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text("Acme acquired Bolt. Bolt partner_of Coil.", "utf-8")
    run([folder], tmp_path / "out")
    before = places(tmp_path / "out" / "graph.html")
    (folder / "b.txt").write_text("Dyno acquired Coil.", "utf-8")
    build([folder], Workspace(tmp_path / "out"), load(), extractor=FakeExtractor(), keep_places=True)
    after = places(tmp_path / "out" / "graph.html")
    assert {node: after[node] for node in before} == before
    assert after.keys() - before.keys() == {"organization/dyno"}


WIRE = (
    "Jane Doe leads Acme. Jane Doe board_member_of Bolt. Acme competitor_of Bolt. "
    + "The report went on at some length about the weather at the harbour and the price of bread in the old town, "
    + "about trams that ran late and a brass band that played until the rain came and everybody went home. " * 2
)


def test_five_wire_copies_of_one_story_count_as_one_source(tmp_path):
    severities = []
    for copies in (1, 5):
        papers = tmp_path / f"{copies}.jsonl"
        lines = [
            {"id": str(n), "text": f"{WIRE}Seen in paper {n}", "publisher": f"P{n}", "published": f"2026-03-0{n}"}
            for n in range(1, copies + 1)
        ]
        papers.write_text("\n".join(map(json.dumps, lines)), "utf-8")
        workspace = tmp_path / f"out{copies}"
        report = run([papers], workspace)
        [finding] = [found for found in report.findings if found.pattern == "competing_roles"]
        severities.append(finding.severity)
        with Store.reader(workspace / "store") as store:
            answer = store.query("SELECT ?copy ?first { ?copy kg:copyOf ?first }")
            assert len({(str(row["copy"]), str(row["first"])) for row in answer}) == copies - 1
            assert len({source.story for source in store.graph().documents.values()}) == 1
    assert severities[0] == severities[1]
