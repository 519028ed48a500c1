"""What the text hedges, its headline does not make a fact."""

from __future__ import annotations

import pytest

REPORT = "The talks were held in Oslo. Halden Group reportedly competes with Kestrel Systems. Nobody commented."
PLAIN = "The talks were held in Oslo. Halden Group competes with Kestrel Systems in Norway. Nobody commented."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"Halden Group competes with Kestrel Systems\n\n{REPORT}", {"reported"}),
        (f"Business news\n\nHalden Group competes with Kestrel Systems\n\n{REPORT}", {"reported"}),
        (f"Halden Group competes with Kestrel Systems\n\n{PLAIN}", {"asserted"}),
        (f"Halden Group competes with Kestrel Systems\n\n{PLAIN} {REPORT}", {"asserted", "reported"}),
        (f"Halden Group competes with Kestrel Systems. {REPORT}", {"asserted", "reported"}),
    ],
    ids=["headline", "headline under another line", "plain below", "plain and hedged below", "no headline"],
)
def test_a_headline_states_no_more_firmly_than_its_text(read, text, expected):
    assert {c.modality.value for c in read(text).claims if c.predicate == "competitor_of"} == expected
