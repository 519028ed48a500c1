"""Records as columns and back."""

from hypothesis import given
from hypothesis import strategies as st

from kg.view.packing import pack, unpack

VALUES = st.one_of(st.text(max_size=3), st.integers(0, 3), st.booleans(), st.lists(st.text(max_size=2), max_size=2))


@given(st.lists(st.fixed_dictionaries({"a": VALUES, "b": VALUES}), max_size=12))
def test_unpacking_gives_the_records_back(records):
    assert unpack(pack(records)) == records


def test_a_value_that_comes_often_is_said_once():
    packed = pack([{"kind": "Person"}] * 3)
    assert packed == {"count": 3, "columns": {"kind": {"distinct": ["Person"], "at": [0, 0, 0]}}}


def test_values_that_differ_stand_as_they_are():
    assert pack([{"id": "a"}, {"id": "b"}])["columns"]["id"] == {"values": ["a", "b"]}


def test_true_and_one_are_not_mixed_up():
    assert unpack(pack([{"a": value} for value in (1, True, 1, True, 1, True)])) == [{"a": v} for v in (1, True) * 3]
