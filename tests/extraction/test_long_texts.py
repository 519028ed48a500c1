"""Texts of any length and kind, in bounded memory."""

from __future__ import annotations

import subprocess
import sys

import pytest

from kg.extraction.extractor import parts_of, readable

SENTENCE = "Halden Group bought Kestrel Systems. "


@pytest.fixture(scope="module")
def tokenizer(extractor):
    return extractor.nlp.get_pipe("kg_encoder").models.tokenizer


def test_parts_cover_the_text_in_order(tokenizer):
    text = SENTENCE * 200 + "\n" + "x" * 500
    found = list(parts_of(text, tokenizer, 700))
    assert "".join(part for _, part in found) == text
    assert [start for start, _ in found] == [sum(len(p) for _, p in found[:n]) for n in range(len(found))]


def test_parts_end_between_sentences(tokenizer):
    assert all(part.endswith(". ") for _, part in list(parts_of(SENTENCE * 50, tokenizer, 400))[:-1])


@pytest.mark.parametrize("unit", [SENTENCE, "4,105.77 ", "\ufdfa", "\u0958\u0959 ", "x", "\U0001f680\u200b"])
def test_parts_hold_no_more_wordpieces_than_they_may(tokenizer, unit):
    found = list(parts_of(unit * 300, tokenizer, pieces=50))
    assert "".join(part for _, part in found) == readable(unit * 300)
    assert max(len(tokenizer.encode(part, add_special_tokens=False).ids) for _, part in found) <= 50


def test_readable_text_keeps_every_offset():
    strange = "a\ud800b\x00c\u200bd\U0001f680"
    assert len(readable(strange)) == len(strange)


def test_a_name_is_one_thing_over_all_parts(read):
    filler = "It rained for days, and nobody said a word about the weather in the valley. " * 170
    extraction = read(f"Maria Lopez founded Kestrel Systems. {filler}Lopez left. Maria Lopez sold Kestrel Systems.")
    assert len([c for c in extraction.clusters if "Lopez" in c.name]) == 1


LIMITED = """
from kg.extraction import load
from kg.model import Document
text = {text}
found = next(iter(load(profile="fast").extract([Document(text=text, source="a")])))
assert all(found.document.quotes(c.evidence) for c in found.claims)
print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""


@pytest.mark.parametrize(
    "text",
    [
        '"Halden Group bought Kestrel Systems in Oslo. Maria Lopez leads it. " * 1500',
        '"\\n".join(f"Word{n}" for n in range(5000))',
        '"\\U0001f680\\x07\\u200b " * 3000 + "Halden Group bought Kestrel Systems."',
        '"Die Firma hat ihren Sitz in Hamburg und gehört zu einem Konzern. " * 200',
    ],
    ids=["long", "lines", "emoji", "german"],
)
def test_strange_texts_are_read_in_bounded_memory(text):
    code = LIMITED.format(text=text)
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert int(done.stdout) / 1024 < 800


def test_words_of_earlier_texts_are_forgotten(extractor, read):
    read(SENTENCE)
    known = len(extractor.nlp.vocab.strings)
    for number in range(20):
        read(f"Halden{number} Group{number} bought Kestrel{number} Systems{number}.")
    assert len(extractor.nlp.vocab.strings) == known
