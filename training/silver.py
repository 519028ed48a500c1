"""Mentions that a first model finds where KnowledgeNet marks only the arguments of its facts.

They teach no mention. They give stage two what it meets in use: pairs of a passage of which the annotators, who looked
for every fact of some labels, said nothing. ``python -m training.silver --models DIR --out FILE``.
"""

from __future__ import annotations

import argparse
import collections
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from training.corpora import public
from training.gold import Mark, Text

if TYPE_CHECKING:
    from kg.extraction.models import Models


def with_silver(text: Text, mentions: Sequence[dict[str, Any]]) -> Text:
    """The text with the found mentions as marks. A found cluster that touches a marked entity is that entity."""
    touched: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    for mention in mentions:
        touched[mention["entity"]].update(mark.entity for mark in text.marks if overlaps(mention, mark))
    new = []
    for mention in mentions:
        if not any(overlaps(mention, mark) for mark in text.marks):
            known = touched[mention["entity"]].most_common(1)
            entity = known[0][0] if known else f"silver {mention['entity']}"
            new.append(Mark(mention["start"], mention["end"], mention["type"], mention["form"], entity))
    return replace(text, marks=text.marks + tuple(new))


def overlaps(mention: dict[str, Any], mark: Mark) -> bool:
    """Whether they share a character."""
    return bool(mention["start"] < mark.end and mark.start < mention["end"])


def read(path: Path) -> dict[str, list[dict[str, Any]]]:
    """Found mentions by document."""
    with path.open(encoding="utf-8") as lines:
        return {line["id"]: line["mentions"] for line in map(json.loads, lines)}


def found(models: Models, texts: Iterable[Text]) -> Iterator[dict[str, Any]]:
    """The mentions of every training document, its relations left unread."""
    from kg.extraction.read import read as read_text
    from training.standoff import standoff

    for text in texts:
        yield {"id": text.id, "mentions": standoff(read_text(models, text.text, with_relations=False))["mentions"]}


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--models", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--part", type=int, default=0, help="this one of --parts, to share the work")
    parser.add_argument("--parts", type=int, default=1)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    options = parser.parse_args(arguments)
    from kg.extraction.models import open_models  # cutting examples needs no models

    texts = list(public(options.data, "knowledgenet"))[options.part :: options.parts]
    lines = (json.dumps(line, ensure_ascii=False) for line in found(open_models(options.models), texts))
    options.out.write_text("\n".join(lines) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
