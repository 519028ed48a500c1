"""The graph as text, a graph at a time: the same as if Oxigraph had written all of it at once."""

import pyoxigraph as ox
import pytest
from factory import extraction

from kg.rdf import FORMATS, extraction_quads, serialize
from kg.vocab import PREFIXES

TEXTS = ("Acme acquired Bolt.", 'She said: "\n@prefix a: <b> .\n<c> {"')


def graphs() -> list[list[ox.Quad]]:
    several = [sorted(extraction_quads(extraction(text, f"{n}.txt")), key=str) for n, text in enumerate(TEXTS)]
    loose = [ox.Quad(ox.BlankNode("b"), ox.NamedNode("https://x.example/p"), ox.Literal("a\n@prefix"))]
    return [*several, loose]


@pytest.mark.parametrize(("name", "form"), [("trig", ox.RdfFormat.TRIG), ("nquads", ox.RdfFormat.N_QUADS)])
def test_pieces_make_what_would_be_written_at_once(name, form):
    whole = ox.serialize([quad for quads in graphs() for quad in quads], format=form, prefixes=PREFIXES)
    pieces = list(serialize(graphs(), name))
    assert len(pieces) == len(graphs())
    assert sorted(b"".join(pieces).splitlines()) == sorted(whole.splitlines())
    assert {*ox.parse(b"".join(pieces), format=form)} == {quad for quads in graphs() for quad in quads}


def test_prefixes_of_trig_stand_once_and_by_alphabet():
    written = b"".join(serialize(graphs(), "trig")).splitlines()
    assert written[: len(PREFIXES)] == sorted(f"@prefix {name}: <{iri}> .".encode() for name, iri in PREFIXES.items())
    assert not any(line.startswith(b"@prefix") for line in written[len(PREFIXES) :])


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_no_graph_at_all_is_written_as_an_empty_one(name):
    assert list(ox.parse(b"".join(serialize([], name)), format=FORMATS[name])) == []
