"""What a sentence takes for granted, no negation reaches."""

from types import SimpleNamespace

import pytest

from kg.extraction.factuality import Stated
from kg.extraction.granted import granted


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Halden asked its backers not to fund competitors such as Kestrel.", "affirmed"),
        ("Halden will not buy rivals including Norvik Labs, Orbis and Kestrel.", "affirmed"),
        ("Halden has no competitors such as Kestrel.", "denied"),
        ("Halden does not have rivals like Kestrel.", "denied"),
        ("Halden said that rivals such as Norvik do not include Kestrel.", "denied"),
        ("Halden does not compete with Kestrel.", "denied"),
        ("Halden will not fund Norvik's rivals such as Kestrel.", "denied"),
        ("Halden asked them not to fund their main rivals such as Kestrel.", "denied"),
    ],
)
def test_an_example_of_rivals_is_a_rival(text, expected):
    places = [(text.index(name), text.index(name) + len(name)) for name in ("Halden", "Kestrel")]
    reading = SimpleNamespace(text=text, bounds=lambda _: (0, len(text)), place=places.__getitem__)
    stated = Stated(0, "competitor_of", 1, 0, "denied", "asserted", "current", 0.9)
    assert granted(reading, stated).polarity == expected
