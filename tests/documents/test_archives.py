"""Archives: what lies inside is read, nothing is unpacked to the disk, and no small file fills the machine."""

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile

import pytest

from kg.documents import allowance, read
from kg.errors import RefusedDocument, UnreadableDocument

TEXT = b"Acme bought Bolt."


def zipped(files, compression=zipfile.ZIP_DEFLATED):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", compression) as archive:
        for name, raw in files.items():
            archive.writestr(name, raw)
    return made.getvalue()


def tarred(files, **more):
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as archive:
        for name, raw in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(raw)
            for field, value in more.items():
                setattr(entry, field, value)
            archive.addfile(entry, io.BytesIO(raw))
    return made.getvalue()


def sources(name):
    return [document.source for document in read([name])]


@pytest.mark.parametrize("pack", [zipped, tarred])
def test_files_are_named_by_archive_and_entry(write, pack):
    assert sources(write("a.bin", pack({"x/b.txt": TEXT, "c.txt": TEXT + b" Twice."}))) == [
        "a.bin#x/b.txt",
        "a.bin#c.txt",
    ]


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_a_compressed_file_is_read_as_what_it_holds(write, pack):
    assert sources(write("a.txt.z", pack(TEXT))) == ["a.txt.z#a.txt"]


def test_an_archive_from_standard_input(write):
    [document] = read(["-"], stdin=io.BufferedReader(io.BytesIO(zipped({"b.txt": TEXT}))))
    assert (document.source, document.text) == ("-#b.txt", TEXT.decode())


def test_hidden_files_and_readmes_are_passed_over(write):
    names = [".a.txt", "x/.git/b.txt", "__MACOSX/c.txt", "README.md", "d.txt", "x/"]
    assert sources(write("a.zip", zipped(dict.fromkeys(names, TEXT)))) == ["a.zip#d.txt"]


@pytest.mark.parametrize("name", ["../../up.txt", "/etc/root.txt", "c:\\windows\\w.txt"])
@pytest.mark.parametrize("pack", [zipped, tarred])
def test_a_name_that_leads_out_is_only_a_label(write, tmp_path, pack, name):
    assert len(sources(write("in/a.bin", pack({name: TEXT})))) == 1
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a.bin", "in"]


def test_links_and_devices_in_an_archive_are_passed_over(write):
    assert sources(write("a.tar", tarred({"b.txt": b""}, type=tarfile.SYMTYPE, linkname="/etc/passwd"))) == []


def test_control_characters_in_a_name_do_not_come_through(write):
    [source] = sources(write("a.tar", tarred({"b\x1b[2J\n.txt": TEXT})))
    assert source.isprintable()


def test_one_broken_entry_does_not_stop_the_others(write):
    raw = bytearray(zipped({"a.txt": TEXT, "b.txt": b"Bolt sold Coil."}, zipfile.ZIP_STORED))
    raw[raw.index(TEXT)] ^= 1
    broken, sound = read([write("a.zip", bytes(raw))])
    assert str(broken).startswith("a.zip#a.txt: a ZIP file that cannot be parsed (BadZipFile)")
    assert sound.text == "Bolt sold Coil."


def test_an_entry_that_unpacks_to_far_more_is_refused_unread(write, failure):
    said = "a.zip#a.txt: unpacks to more than 200 times its size. Unpack it yourself and name the files"
    assert failure(write("a.zip", zipped({"a.txt": b"0" * 20_000_000}))) == (RefusedDocument, said)


def test_a_compressed_file_that_unpacks_to_far_more_is_left(write, failure):
    kind, said = failure(write("a.jsonl.gz", gzip.compress(b"\n" * 20_000_000)))
    assert (kind, said.partition(":")[0]) == (RefusedDocument, "a.jsonl.gz#a.jsonl")
    assert "200 times" in said


def test_too_many_entries_are_refused(write, failure, monkeypatch):
    monkeypatch.setattr(allowance, "ENTRIES", 3)
    monkeypatch.setattr("kg.documents.zips.ENTRIES", 3)
    many = {f"{number}.txt": TEXT + b"%d" % number for number in range(5)}
    assert failure(write("a.zip", zipped(many)))[1].startswith("a.zip: more than 3 entries.")
    *documents, refused = read([write("a.tar", tarred(many))])
    assert (len(documents), str(refused).partition(". ")[0]) == (3, "a.tar#3.txt: more than 3 entries")


def test_too_much_in_all_is_refused(write, failure, monkeypatch):
    monkeypatch.setattr(allowance, "TOTAL", 100)
    assert failure(write("a.zip", zipped({"a.txt": TEXT * 7}, zipfile.ZIP_STORED)))[0] is RefusedDocument
    assert failure(write("a.gz", gzip.compress(TEXT * 7)))[0] is RefusedDocument


def test_archives_in_archives_end_somewhere(write, failure):
    raw = TEXT
    for number in range(6):
        raw = zipped({f"{number}.zip" if number else "a.txt": raw}, zipfile.ZIP_STORED)
    assert "archives inside archives, more than 4 deep" in failure(write("a.zip", raw))[1]


def test_a_name_without_end_in_a_tar_is_not_read(write, failure):
    entry = tarfile.TarInfo("././@LongLink")
    entry.type, entry.size = tarfile.GNUTYPE_LONGNAME, 2_000_000_000
    raw = gzip.compress(entry.tobuf() + b"0" * 5_000_000)
    [refused] = read([write("a.tar.gz", raw)])
    assert isinstance(refused, RefusedDocument | UnreadableDocument)


def test_entries_that_lie_over_each_other_are_refused(write, failure):
    raw = zipped({"a.txt": TEXT * 2, "b.txt": TEXT}, zipfile.ZIP_STORED)
    first, second = raw.index(b"PK\x01\x02"), raw.rindex(b"PK\x01\x02")
    raw = bytearray(raw)
    raw[second + 42 : second + 46] = raw[first + 42 : first + 46]
    assert failure(write("a.zip", bytes(raw)))[1].startswith("a.zip: entries that lie over each other")
