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
