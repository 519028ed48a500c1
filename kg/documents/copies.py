"""Near-duplicates: which documents tell one story in nearly the same words, as papers that print one wire report do.

Texts are compared by the runs of five words that they share. MinHash finds the pairs worth comparing (Broder 1997;
bands as in Leskovec, Rajaraman, Ullman, Mining of Massive Datasets, chapter 3); then the runs themselves are counted,
so that no estimate decides. The result depends on the documents alone, not on their order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache

from rensa import RMinHash

from kg.model import Document

__all__ = ["copies"]

RUN = 5
FEWEST = 40
BANDS, ROWS = 30, 3
SEED = 1997
ALIKE = 0.6
CONTAINED = 0.8
PART = 0.4
WORD = re.compile(r"\w+")


def copies(documents: Iterable[Document]) -> Mapping[str, str]:
    """Document id → id of the document that it is a copy of: the first published that tells its story so.

    Equal texts are copies however short they are. Others are copies if six tenths of all their runs are common to both,
    or eight tenths of the shorter one's, where an outlet printed only a part. A part is at least four tenths of the
    whole, so that a digest of many stories makes them no copies of each other. The first are not in the mapping.
    """
    stories: list[Document] = []
    texts: dict[str, int] = {}
    bands: dict[int, list[int]] = {}
    found: dict[str, str] = {}
    for document in sorted(documents, key=lambda each: (each.published or date.max, each.id)):
        known = texts.get(document.text_id)
        keys = list(keys_of(document.text)) if known is None else []
        first = known if known is not None else alike(document, stories, bands, keys)
        if first is not None:
            texts.setdefault(document.text_id, first)
            found[document.id] = stories[first].id
            continue
        texts[document.text_id] = len(stories)
        for key in keys:
            bands.setdefault(key, []).append(len(stories))
        stories.append(document)
    return found


def alike(document: Document, stories: list[Document], bands: Mapping[int, list[int]], keys: list[int]) -> int | None:
    """The earliest of the stories that this is a copy of."""
    candidates = sorted({number for key in keys for number in bands.get(key, ())})
    return next((number for number in candidates if same_story(stories[number].text, document.text)), None)


def keys_of(text: str) -> Iterator[int]:
    """What two texts have in common with good chance if they are alike: 98 in 100 where half of their runs agree."""
    runs = runs_of(text)
    if len(runs) < FEWEST:
        return
    sketch = RMinHash(num_perm=BANDS * ROWS, seed=SEED)
    sketch.update(sorted(runs))
    signature = sketch.digest()
    for start in range(0, len(signature), ROWS):
        yield hash((start, *signature[start : start + ROWS]))


def same_story(one: str, other: str) -> bool:
    """Whether two texts are copies of each other."""
    runs, others = runs_of(one), runs_of(other)
    common = len(runs & others)
    shorter, longer = sorted((len(runs), len(others)))
    part = shorter >= PART * longer and common >= CONTAINED * shorter
    return part or common >= ALIKE * len(runs | others)


@lru_cache(maxsize=256)
def runs_of(text: str) -> frozenset[str]:
    """The runs of words of a text, case and punctuation aside."""
    words = WORD.findall(text.casefold())
    return frozenset(" ".join(words[start : start + RUN]) for start in range(len(words) - RUN + 1))
