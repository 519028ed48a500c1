"""Cut all training texts into examples, once: ``python -m training.cut --tokenizer FILE --out FILE``."""

from __future__ import annotations

import argparse
import lzma
import pickle
import sys
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path

import numpy as np

from kg.extraction.wordpieces import load
from training import corpora, events, silver
from training.encoder import SHAPES
from training.examples import Example, examples
from training.gold import Text

TOY = 12
SMALL = {"pieces": np.uint16, "kinds": np.int8, "numbers": np.int16, "antecedents": np.int8, "values": np.int8}
SMALL |= {"target": np.float16, "weight": np.float16, "share": np.float16, "filtered": np.int8, "forms": np.int8}
SMALL |= {
    "rows": np.int16,
    "spans": np.int16,
    "types": np.int8,
    "pairs": np.int16,
    "stated": np.int16,
    "happening": np.int8,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the sets, leave the held-back texts out, write the examples."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--tokenizer", type=Path, required=True)
    parser.add_argument("--shape", choices=sorted(SHAPES), required=True)
    parser.add_argument("--silver", type=Path, help="mentions found in KnowledgeNet (training.silver)")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--toy", action="store_true", help="a few texts of every set")
    parser.add_argument("--passages", nargs="+", metavar="PREFIX", help="only our passages whose names begin so")
    options = parser.parse_args(arguments)
    texts = [text for text in corpora.read(options.data) if not text.held]
    texts = smallest(texts) if options.toy else texts
    if options.passages:
        texts = [t for t in texts if t.corpus == "own" and t.id.startswith(tuple(options.passages))]
    if options.silver:
        mentions = silver.read(options.silver)
        texts = [silver.with_silver(t, mentions[t.id]) if t.id in mentions else t for t in texts]
    tokenizer, shape = load(options.tokenizer), SHAPES[options.shape]
    cut = [small(e) for text in texts for e in examples(text, tokenizer, (shape.cls, shape.sep))]
    passages = [p for p in events.read() if not events.held_back(p.id) and not options.passages]
    for passage in passages[: TOY if options.toy else None]:
        cut += [small(e) for e in events.examples(passage, tokenizer, (shape.cls, shape.sep))]
    write(options.out, cut)
    print(f"{len(texts)} texts, {len(cut)} windows, {sum(len(e.pieces) for e in cut)} pieces")
    return 0


def small(example: Example) -> Example:
    """The same in narrow numbers."""
    values = {f.name: getattr(example, f.name) for f in fields(Example)}
    return Example(**{n: v.astype(SMALL[n]) if n in SMALL else v for n, v in values.items()})


def write(path: Path, cut: list[Example]) -> None:
    """Packed."""
    with lzma.open(path, "wb", preset=1) as file:
        pickle.dump(cut, file)


def read(path: Path) -> list[Example]:
    """What ``write`` wrote: our own file, not one from elsewhere."""
    with lzma.open(path, "rb") as file:
        found: list[Example] = pickle.load(file)  # noqa: S301 - written by this module
    return found


def smallest(texts: Sequence[Text]) -> list[Text]:
    """The first few texts of every set."""
    seen: dict[str, int] = {}
    kept = []
    for text in texts:
        seen[text.corpus] = seen.get(text.corpus, 0) + 1
        kept += [text] * (seen[text.corpus] <= TOY)
    return kept


if __name__ == "__main__":
    sys.exit(main())
