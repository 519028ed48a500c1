"""Documents made of open texts, as many as wanted: python benchmarks/made_documents.py FOLDER COUNT > documents.jsonl.

Each is put together from sentences of different articles of Re-DocRED (MIT licence), whose people and organizations get
made-up names, a few of which turn up often and most seldom, as in the news. The same count gives the same documents.
"""

from __future__ import annotations

import json
import random
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SENTENCES = 3
RENAMED = ("PER", "ORG")
END = re.compile(r"(?<=[a-z)\"][.!?])\s+(?=[A-Z\"])")
PARTS = re.compile(r"^\[(\w+)\]\n([^\[]+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence in pieces: text, and (type, entity) where a name stood."""

    pieces: tuple[str | tuple[str, str], ...]


def sentences(path: Path) -> list[Sentence]:
    """All sentences of a gold file with names to change."""
    found = []
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            article = json.loads(line)
            text = " ".join(article["text"].split("\n"))
            named = [m for m in article["mentions"] if m["type"] in RENAMED]
            start = 0
            for end in [*(border.start() for border in END.finditer(text)), len(text)]:
                inside = [m for m in named if start <= m["start"] and m["end"] <= end]
                if inside and end - start < 400:
                    found.append(cut(text, start, end, inside))
                start = end
    return found


def cut(text: str, start: int, end: int, mentions: list[dict]) -> Sentence:
    pieces: list[str | tuple[str, str]] = []
    at = start
    for mention in sorted(mentions, key=lambda m: m["start"]):
        if mention["start"] >= at:
            pieces += [text[at : mention["start"]], (mention["type"], str(mention["entity"]))]
            at = mention["end"]
    return Sentence((*pieces, text[at:end]))


class Circle:
    """Made-up names, the first ones used much oftener than the last."""

    def __init__(self, size: int, dice: random.Random) -> None:
        parts = {
            head: words.split() for head, words in PARTS.findall(Path(__file__).with_name("name_parts.txt").read_text())
        }

        def some(*heads: str) -> str:
            return "".join(dice.choice(parts[head]) for head in heads)

        self.dice = dice
        self.names = {
            "PER": [f"{some('given')} {some('surname_starts', 'surname_ends')}" for _ in range(size)],
            "ORG": [
                f"{some('firm_starts', 'firm_middles')} {some('surname_starts', 'surname_ends')} {some('firm_kinds')}"
                for _ in range(size)
            ],
        }

    def name(self, kind: str) -> str:
        """One of them."""
        names = self.names[kind]
        return names[min(len(names) - 1, int(len(names) * self.dice.random() ** 3))]


def documents(data: Path, count: int, length: int = SENTENCES, seed: int = 7) -> Iterator[dict[str, str]]:
    """``count`` documents of ``length`` sentences, as rows of JSON Lines."""
    dice = random.Random(seed)  # noqa: S311 - no secret
    open_texts = sentences(data / "redocred" / "dev.jsonl")
    circle = Circle(max(200, count), dice)
    for number in range(count):
        told = [sentence_with_names(dice.choice(open_texts), circle) for _ in range(length)]
        day = f"20{10 + dice.randrange(15)}-{1 + dice.randrange(12):02}-{1 + dice.randrange(28):02}"
        yield {"id": f"made-{number}", "text": " ".join(told), "published": day}


def sentence_with_names(sentence: Sentence, circle: Circle) -> str:
    chosen: dict[tuple[str, str], str] = {}
    said = []
    for piece in sentence.pieces:
        if isinstance(piece, tuple) and piece not in chosen:
            chosen[piece] = circle.name(piece[0])
        said.append(chosen[piece] if isinstance(piece, tuple) else piece)
    return " ".join("".join(said).split())


def write(target: Path, data: Path, count: int, length: int = SENTENCES) -> int:
    """A file of JSON Lines; how many words it holds."""
    words = 0
    with target.open("w", encoding="utf-8") as out:
        for row in documents(data, count, length):
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
            words += len(row["text"].split())
    return words


if __name__ == "__main__":
    for row in documents(Path(sys.argv[1]), int(sys.argv[2])):
        print(json.dumps(row, ensure_ascii=False))
