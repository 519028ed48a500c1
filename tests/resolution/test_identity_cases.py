"""Each kind of alias and namesake, with near misses, in any order of documents."""

import itertools
import random

import pytest
from stories import CASES, named, read_case

from kg.ontology import load
from kg.resolution import Lexicon, Resolver, resolve

LEXICON = Lexicon.of(load())
PATHS = sorted(CASES.glob("*/*.txt"))


def parted(extractions):
    """Sets of ``name @ document``, one for each entity, and the whole resolution."""
    names = {key: name for extraction in extractions for key, name in named(extraction).items()}
    resolution = resolve(extractions, LEXICON)
    return [{names[m] for m in entity.mentions} for entity in resolution.entities], resolution


@pytest.mark.parametrize("path", PATHS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_case_comes_out_as_written_in_any_order(path):
    extractions, expected = read_case(path)
    told = {name for names in expected for name in names}
    found = set()
    for order in itertools.islice(itertools.permutations(extractions), 24):
        sets, resolution = parted(order)
        assert sorted(filter(None, (sorted(names & told) for names in sets))) == sorted(map(sorted, expected))
        found.add(repr(resolution))
    assert len(found) == 1


def test_every_kind_of_alias_has_a_near_miss():
    kinds = {path.parent.name for path in PATHS}
    assert kinds - {path.parent.name for path in PATHS if path.stem.startswith(("near_miss", "never"))} == set()


@pytest.mark.parametrize("seed", range(8))
def test_all_cases_together_come_out_the_same_in_any_order_one_by_one_or_at_once(seed):
    extractions = [made for path in PATHS for made in _apart(path)]
    shuffled = random.Random(seed).sample(extractions, len(extractions))  # noqa: S311 - no secret
    resolver = Resolver(LEXICON)
    for extraction in shuffled:
        resolver.add(extraction)
        resolver.refresh()
    assert resolver.resolution() == resolve(extractions, LEXICON)


def test_a_removed_document_leaves_what_a_fresh_run_without_it_gives():
    extractions = [made for path in PATHS for made in _apart(path)]
    resolver = Resolver(LEXICON)
    for extraction in extractions:
        resolver.add(extraction)
    resolver.resolution()
    for extraction in extractions[::3]:
        resolver.remove(extraction.document.id)
    assert resolver.resolution() == resolve([e for i, e in enumerate(extractions) if i % 3], LEXICON)


def _apart(path):
    """The documents of a case under keys of their own."""
    from stories import made_document

    parts = path.read_text("utf-8").partition("===")[0].split("--- ")[1:]
    return [made_document(f"{path.parent.name}-{path.stem}-{part}") for part in parts]
