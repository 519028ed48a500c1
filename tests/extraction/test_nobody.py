import pytest

from kg.extraction.nobody import CREDITS

TEXT = "Halden Group bought Kestrel Systems on Monday. "


@pytest.mark.parametrize("line", ["ab/cde (AFP, dpa, Reuters)", "(Reporting by Ane Lund in Oslo; Editing by Per Holm)"])
def test_names_in_the_credits_at_the_end_are_left_out(read, line):
    named = {cluster.name for cluster in read(TEXT + line).clusters}
    assert named == {"Halden Group", "Kestrel Systems"}


@pytest.mark.parametrize(
    "said", ["It sells input and/or (Acme)", "(Reporting by Acme fell) on Monday", "ab/cd (AFP) said so"]
)
def test_other_brackets_are_no_credits(said):
    assert CREDITS.search(TEXT + said) is None


def test_adjectives_of_peoples_are_no_firms(read):
    named = {cluster.name for cluster in read("Halden Group bought a Hausa station from the Afghan ministry.").clusters}
    assert named == {"Halden Group"}


def test_a_person_may_be_called_as_a_people_is(read):
    named = {cluster.name for cluster in read("Maria German leads Halden Group, and German is its owner.").clusters}
    assert named == {"Maria German", "Halden Group"}


def test_a_title_before_a_name_is_nobody(read):
    text = "Mr. Holm leads Halden Group. Dr. Lund left it."
    named = {cluster.name for cluster in read(text).clusters}
    assert named == {"Holm", "Lund", "Halden Group"}
