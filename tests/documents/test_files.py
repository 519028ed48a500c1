"""Which files a name stands for, what they are called, and what is not opened."""

import os
import socket
from pathlib import Path

import pytest

from kg.documents import read
from kg.documents.files import files_of, unreadable
from kg.errors import NotFound, UnreadableDocument


def sources(*names):
    return [document.source for document in read(names)]


def test_a_folder_is_walked_in_the_order_of_its_paths(write):
    for name in ("in/b.txt", "in/a/z.txt", "in/a/y/x.txt", "in/c.txt"):
        write(name, f"{name} leads.")
    assert sources("in") == ["in/a/y/x.txt", "in/a/z.txt", "in/b.txt", "in/c.txt"]


def test_hidden_files_and_folders_are_left_out(write):
    for name in ("in/.a.txt", "in/.git/b.txt", "in/c.txt"):
        write(name, f"{name} leads.")
    assert sources("in") == ["in/c.txt"]


def test_a_readme_is_about_its_folder_and_left_out_unless_named(write):
    write("in/README.md", "These are notes.")
    assert sources("in") == []
    assert sources("in/README.md") == ["in/README.md"]


def test_a_folder_without_files_gives_nothing(write):
    write("in/deep/.hidden", "A leads.")
    assert list(read(["in"])) == []


def test_a_path_outside_the_current_folder_is_absolute(write, tmp_path: Path, monkeypatch):
    write("in/a.txt", "A leads.")
    write("here/b.txt", "B leads.")
    monkeypatch.chdir(tmp_path / "here")
    assert sources("../in/a.txt", tmp_path / "here" / "b.txt") == [(tmp_path / "in" / "a.txt").as_posix(), "b.txt"]


def test_a_name_that_is_not_utf8_is_written_out(write, tmp_path: Path):
    write("in/x", "")
    (tmp_path / "in" / "x").rename(os.fsdecode(os.fsencode(tmp_path / "in") + b"/a\xff.txt"))
    [skipped] = read(["in"])
    assert str(skipped) == "in/a\\udcff.txt: empty. Give it a text"


def test_a_link_to_a_file_is_read(write, tmp_path: Path):
    write("in/a.txt", "A leads.")
    (tmp_path / "in" / "b.txt").symlink_to("a.txt")
    assert sources("in") == ["in/a.txt", "in/b.txt"]


def test_a_link_to_a_folder_is_followed_only_where_it_is_named(write, tmp_path: Path):
    write("in/a.txt", "A leads.")
    (tmp_path / "in" / "round").symlink_to(tmp_path / "in", target_is_directory=True)
    assert sources("in") == ["in/a.txt"]
    assert sources("in/round") == ["in/round/a.txt"]


def test_a_link_to_itself_is_skipped(write, failure, tmp_path: Path):
    write("in/x/y", "")
    (tmp_path / "loop.txt").symlink_to("loop.txt")
    said = "loop.txt: a link that leads to itself. Remove it or mend it"
    assert failure("loop.txt") == (UnreadableDocument, said)


def test_a_link_that_leads_nowhere_is_skipped(write, failure, tmp_path: Path):
    write("in/x/y", "")
    (tmp_path / "in.txt").symlink_to("gone.txt")
    assert failure("in.txt") == (UnreadableDocument, "in.txt: a link that leads nowhere. Remove it or mend it")


def test_a_pipe_is_not_waited_for(write, failure, tmp_path: Path):
    write("in/x/y", "")
    os.mkfifo(tmp_path / "pipe.txt")
    said = 'pipe.txt: not a regular file. Pipe it in and name "-" instead'
    assert failure("pipe.txt") == (UnreadableDocument, said)


def test_a_device_is_not_read(failure):
    assert failure("/dev/zero")[1].startswith("/dev/zero: not a regular file")


def test_a_socket_is_not_read(write, failure):
    write("in/x/y", "")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("s.txt")
        assert failure("s.txt")[1].startswith("s.txt: not a regular file")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_skipped(write, failure, tmp_path: Path):
    write("a.txt", "A leads.")
    (tmp_path / "a.txt").chmod(0)
    assert failure("a.txt") == (UnreadableDocument, "a.txt: not yours to read. Allow yourself to read it")


def test_a_refusal_of_the_system_becomes_one_line(write):
    write("x", "")
    said = str(unreadable(PermissionError(13, "Permission denied"), Path("a.txt")))
    assert said == "a.txt: not yours to read. Allow yourself to read it"


def test_a_folder_that_cannot_be_listed_is_skipped_and_the_rest_goes_on(write, monkeypatch):
    write("in/a/x.txt", "A leads.")
    write("in/b.txt", "B leads.")
    listed = Path.iterdir

    def iterdir(folder: Path):
        if folder.name == "a":
            raise PermissionError(13, "Permission denied")
        return listed(folder)

    monkeypatch.setattr(Path, "iterdir", iterdir)
    skipped, path = files_of(Path("in"))
    assert str(skipped) == "in/a: not yours to read. Allow yourself to read it"
    assert path == Path("in/b.txt")


def test_a_dash_as_a_path_is_a_file(write):
    with pytest.raises(NotFound):
        read([Path("-")])
    write("-", "A leads.")
    assert sources(Path("-")) == ["-"]
