"""A name that its text calls a firm is no product."""

import pytest

from kg.extraction.firms import is_called_firm


@pytest.mark.parametrize(
    "text",
    [
        "YouTube, the company that he founded, grew.",
        "YouTube, a subsidiary of Google, grew.",
        "YouTube is an American start-up.",
        "YouTube is headquartered in San Bruno.",
        "YouTube's chief executive left.",
        "She is the chief executive of YouTube.",
        "They bought the video company YouTube.",
    ],
)
def test_wordings_that_call_a_name_a_firm(text):
    assert is_called_firm(text, text.index("YouTube"), text.index("YouTube") + len("YouTube"))


@pytest.mark.parametrize(
    "text",
    [
        "YouTube, the company's video service, grew.",
        "Of its service YouTube, the company said nothing.",
        "The maker of YouTube grew.",
        "He watched YouTube in San Bruno.",
        "Users of YouTube left.",
    ],
)
def test_wordings_that_do_not(text):
    assert not is_called_firm(text, text.index("YouTube"), text.index("YouTube") + len("YouTube"))


def test_what_is_called_a_firm_once_is_one_everywhere(read):
    text = "He uploaded it to YouTube, the company that he had founded. YouTube is headquartered in San Bruno."
    assert {c.type.value for c in read(text).clusters if c.name == "YouTube"} == {"Organization"}
