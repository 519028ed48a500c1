"""Errors are one line: what, where, the way out."""

from kg.errors import NotFound, QueryError


def test_an_error_says_where_what_and_the_way_out():
    error = QueryError("unknown property kg:boss", where="q.rq:7", way_out="Did you mean kg:leads?")
    assert str(error) == "q.rq:7: unknown property kg:boss. Did you mean kg:leads?"


def test_an_error_stays_one_line():
    assert "\n" not in str(NotFound("no\nsuch\nthing", where="a\nb"))
