"""Sums and shares as exact decimal strings."""

from __future__ import annotations

import pytest

from kg.extraction.amounts import money_in, share_in


@pytest.mark.parametrize(
    ("text", "sum_"),
    [
        ("for $2.5 billion", ("2500000000", "USD")),
        ("for $15.7 bln in stock", ("15700000000", "USD")),
        ("for €10.8bn", ("10800000000", "EUR")),
        ("£85m", ("85000000", "GBP")),
        ("310 million kroner", ("310000000", "NOK")),
        ("CHF 40 million", ("40000000", "CHF")),
        ("1,204,330 euros", ("1204330", "EUR")),
        ("$0.10", ("0.1", "USD")),
        ("$2 million or $3 million", None),
        ("about 40 people", None),
    ],
)
def test_money(text, sum_):
    assert money_in(text) == sum_


@pytest.mark.parametrize(
    ("text", "share"),
    [("a 20% stake", "20"), ("4.2 per cent of it", "4.2"), ("18 percent", "18"), ("6% and 7%", None), ("none", None)],
)
def test_share(text, share):
    assert share_in(text) == share
