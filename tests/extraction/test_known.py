"""Names that a user knows beforehand."""

from __future__ import annotations

from datetime import date

import pytest

from kg.errors import NotFound, UsageError
from kg.extraction import load, read_known
from kg.model import Document

TEXT = "The staff of zibba quarrel met Oslofjord Nine on Monday."


def read(text, known):
    document = Document(text=text, source="a.txt", published=date(2024, 3, 18))
    return next(iter(load(known=known).extract([document])))


def names(extraction):
    return {(m.text, m.type.value) for m in extraction.mentions if m.form == "name"}


def test_a_known_name_is_found_with_its_type():
    assert ("zibba quarrel", "Product") in names(read(TEXT, [("zibba quarrel", "Product")]))


def test_without_the_list_it_is_not():
    assert ("zibba quarrel", "Product") not in names(read(TEXT, []))


def test_a_known_name_is_found_as_it_is_cased_and_as_whole_words():
    found = names(read("Zibba Quarrel met zibba quarrels.", [("zibba quarrel", "Product")]))
    assert "zibba quarrel" not in {name for name, _ in found}


def test_a_possessive_does_not_hide_a_known_name():
    assert ("Quarrelo", "Organization") in names(read("Quarrelo's plan failed.", [("Quarrelo", "Organization")]))


def test_a_list_is_lines_of_name_tab_type(tmp_path):
    path = tmp_path / "known.txt"
    path.write_text("# ours\nzibba quarrel\tproduct\n\nOslofjord Nine\tOrganization\n")
    assert list(read_known(path)) == [("zibba quarrel", "Product"), ("Oslofjord Nine", "Organization")]


def test_a_csv_list_names_its_columns(tmp_path):
    path = tmp_path / "known.csv"
    path.write_text("type,name\nPerson,Ane Lund\n")
    assert list(read_known(path)) == [("Ane Lund", "Person")]


def test_a_wrong_line_is_named(tmp_path):
    path = tmp_path / "known.txt"
    path.write_text("Ane Lund\tPerson\nOslo\tCity\n")
    with pytest.raises(UsageError, match=r"known\.txt:2: no name with a type"):
        list(read_known(path))


def test_a_list_that_is_not_there_is_said(tmp_path):
    with pytest.raises(NotFound):
        list(read_known(tmp_path / "none.txt"))


def test_a_list_changes_the_name_of_the_reader():
    plain, own = load(), load(known=[("zibba quarrel", "Product")])
    assert own.name != plain.name
    assert own.name == load(known=[("zibba quarrel", "Product")]).name
