"""Readers have snapshots: whole, renewed after each write, kept while they are read."""

import threading
from contextlib import suppress

import pytest
from factory import extraction

from kg.errors import StoreVersionError, UsageError, WorkspaceLocked
from kg.ontology import load
from kg.store import Store, migrations, upkeep
from kg.store.snapshots import newest_snapshot, snapshots_of


@pytest.fixture
def place(tmp_path):
    folder = tmp_path / "store"
    write(folder, "Acme acquired Bolt.", "a.txt")
    return folder


def write(folder, text, source):
    with Store(folder, create=True) as store:
        store.replace(extraction(text, source))


def keys(store):
    return list(store.document_ids())


def test_a_reader_sees_what_the_last_writer_left_while_the_next_is_at_work(place):
    with Store(place) as writer:
        writer.replace(extraction("Acme sued Bolt.", "b.txt"))
        with Store.reader(place) as reader:
            assert keys(reader) == ["a.txt"]
    with Store.reader(place) as reader:
        assert keys(reader) == ["a.txt", "b.txt"]


def test_a_snapshot_is_kept_as_long_as_somebody_reads_it(place):
    first = newest_snapshot(place)
    with Store.reader(place) as reader:
        write(place, "Acme sued Bolt.", "b.txt")
        assert first.is_dir()
        assert keys(reader) == ["a.txt"]
    write(place, "Acme sued Bolt.", "c.txt")
    assert [entry.name for entry in snapshots_of(place).iterdir()] == ["3"]


def test_a_run_that_fails_shows_readers_nothing_of_it(place):
    with suppress(RuntimeError), Store(place) as writer:
        writer.replace(extraction("Acme sued Bolt.", "b.txt"))
        raise RuntimeError
    with Store.reader(place) as reader:
        assert keys(reader) == ["a.txt"]


def test_reading_alone_makes_no_new_snapshot(place):
    before = newest_snapshot(place)
    with Store(place) as store:
        keys(store)
    assert newest_snapshot(place) == before


def test_what_a_killed_writer_left_of_a_snapshot_is_no_snapshot_and_goes(place):
    (snapshots_of(place) / ".part-2").mkdir()
    assert newest_snapshot(place).name == "1"
    write(place, "Acme sued Bolt.", "b.txt")
    assert sorted(entry.name for entry in snapshots_of(place).iterdir()) == ["2"]


def test_readers_and_a_writer_meet_many_times_without_harm(place):
    failures = []

    def read():
        try:
            for _ in range(15):
                with Store.reader(place) as reader:
                    assert "a.txt" in keys(reader)
        except Exception as error:  # noqa: BLE001 - told by the assertion below
            failures.append(error)

    threads = [threading.Thread(target=read) for _ in range(3)]
    for thread in threads:
        thread.start()
    for number in range(5):
        write(place, "Acme sued Bolt.", f"{number}.txt")
    for thread in threads:
        thread.join()
    assert failures == []


def test_a_backup_is_a_store_and_can_be_restored(place, tmp_path):
    upkeep.backup(place, tmp_path / "copy")
    write(place, "Acme sued Bolt.", "b.txt")
    upkeep.restore(place, tmp_path / "copy")
    with Store.reader(place) as reader:
        assert keys(reader) == ["a.txt"]
    with Store(tmp_path / "store.old") as old:
        assert keys(old) == ["a.txt", "b.txt"]


def test_a_backup_overwrites_nothing(place, tmp_path):
    with pytest.raises(UsageError, match="is there already"):
        upkeep.backup(place, tmp_path)


def test_nothing_is_restored_over_a_store_at_work(place, tmp_path):
    upkeep.backup(place, tmp_path / "copy")
    with Store(place), pytest.raises(WorkspaceLocked):
        upkeep.restore(place, tmp_path / "copy")


def test_compaction_keeps_what_is_stored(place):
    with Store(place) as store:
        before = store.quads()
    upkeep.compact(place)
    with Store(place) as store:
        assert store.quads() == before


def test_a_store_in_order_has_no_faults_once_it_is_derived(place):
    with Store(place) as store:
        store.derive({}, load())
    assert list(upkeep.verify(place, load())) == []


def test_a_quote_that_the_text_does_not_say_is_found(place):
    with Store(place) as store:
        store.derive({}, load())
        store.update(
            "DELETE { GRAPH ?g { ?d nif:isString ?t } } INSERT { GRAPH ?g { ?d nif:isString 'Another text.' } } "
            "WHERE { GRAPH ?g { ?d nif:isString ?t } }"
        )
    assert any("its text is another's" in fault or "cannot be read" in fault for fault in upkeep.verify(place, load()))


def test_a_store_from_before_the_mark_is_taken_up_and_derived_again(place):
    with Store(place) as store:
        store.derive({}, load())
        store.unmark("schemaVersion")
    with Store(place) as store:
        assert (store.layout, store.is_derived(load()), keys(store)) == ("1", False, ["a.txt"])


def test_a_store_climbs_every_step_to_a_newer_layout(place, monkeypatch):
    steps = []
    climbs = {n: (lambda store, n=n: steps.append(n)) for n in (0, 1, 2)}
    monkeypatch.setattr(migrations, "MIGRATIONS", climbs)
    monkeypatch.setattr(migrations, "SCHEMA_VERSION", 3)
    monkeypatch.setattr("kg.store.store.SCHEMA_VERSION", 3)
    with Store(place) as store:
        assert (steps, store.layout) == ([1, 2], "3")


def test_a_reader_leaves_an_old_layout_to_the_next_writer(place):
    with Store(place) as store:
        store.unmark("schemaVersion")
    with pytest.raises(StoreVersionError, match="Run kg build again to renew it"):
        Store.reader(place)


def test_info_tells_where_and_how_much(place):
    told = upkeep.info(place, load())
    assert (told["layout"], told["documents"], told["snapshot"]) == ("1", "1", "1")
