"""Our own annotated passages: from the hand-written markup to standoff, and a check of every offset.

A passage in ``training/passages/*.txt`` is a block of lines, separated from the next by an empty line:

    = energy-012 2024-03-18
    [Halvard Energi|o1] said [its|o1] chief executive, [Ane Lund|p1], will leave in June.
    [The Norwegian utility|~o1] is in talks to buy [Brightwell Solar|o2].
    > leads p1 o1 @1 title="chief executive" until=2024-06
    > acquired o1 o2 @2 modality=possible tense=future

- ``= NAME [DATE]`` opens it; DATE is the day of publication.
- One sentence a line. The text is the lines joined by one space; ``[surface|entity]`` marks a mention.
- The entity's first letter is its type: p Person, o Organization, r Product, l Place. ``~`` before the entity marks
  a noun phrase; pronouns are known by their words; everything else is a name.
- ``> label head tail @SENTENCE`` is a relation in the direction of the canonical labels, said in that sentence
  (``@2-3`` where it takes two), with polarity, modality, tense, by (who says so), title, amount, currency, share,
  from, until where they differ from affirmed, asserted, current and nothing.
- ``# text`` is a remark.

    python -m training.passages check [FILE…]       prove the offsets, print the counts a label
    python -m training.passages standoff [FILE…]    write standoff JSON Lines to standard output
"""

from __future__ import annotations

import argparse
import collections
import hashlib
import json
import re
import shlex
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "passages"
TYPES = {"p": "Person", "o": "Organization", "r": "Product", "l": "Place"}
SYMMETRIC = {"partner_of", "competitor_of", "spouse_of", "relative_of"}
SIGNATURES = {
    "acquired": ("o", "or"),
    "invested_in": ("po", "o"),
    "parent_of": ("o", "o"),
    "founded_by": ("o", "po"),
    "leads": ("p", "o"),
    "board_member_of": ("p", "o"),
    "employed_by": ("p", "o"),
    "holds_shares_in": ("p", "o"),
    "member_of": ("po", "o"),
    "educated_at": ("p", "o"),
    "political_affiliation": ("p", "o"),
    "partner_of": ("o", "o"),
    "competitor_of": ("or", "or"),
    "supplier_of": ("o", "o"),
    "customer_of": ("o", "o"),
    "develops": ("o", "r"),
    "headquartered_in": ("o", "l"),
    "located_in": ("ol", "l"),
    "regulates": ("o", "o"),
    "sued": ("po", "po"),
    "spouse_of": ("p", "p"),
    "relative_of": ("p", "p"),
}
VALUES = {
    "polarity": {"affirmed", "denied"},
    "modality": {"asserted", "reported", "planned", "possible", "alleged", "hypothetical"},
    "tense": {"past", "current", "future"},
}
QUALIFIERS = {"title", "amount", "currency", "share"}
DATES = {"from": "valid_from", "until": "valid_until"}
PRONOUNS = frozenset(
    "he him his himself she her hers herself it its itself they them their theirs themselves who whom whose which that "
    "we us our ours ourselves i me my mine myself you your yours both this these those one".split()
)
MENTION = re.compile(r"\[([^\[\]|]+)\|(~?)([porl]\w*)\]")
DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


class PassageError(ValueError):
    """A passage that breaks the markup: file, line, what is wrong."""


def blocks(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Blocks of lines with the number of their first line, remarks left out (as empty strings do not occur)."""
    first, lines = 0, []
    for number, line in enumerate([*path.read_text("utf-8").splitlines(), ""], 1):
        if line.strip():
            first = first or number
            lines.append(line.rstrip())
        elif lines:
            yield first, lines
            first, lines = 0, []


def parse(path: Path, first: int, lines: list[str]) -> dict[str, Any]:
    """One block as a standoff document; raises PassageError."""

    def fail(offset: int, what: str) -> PassageError:
        return PassageError(f"{path}:{first + offset}: {what}")

    header = lines[0].split()
    if header[0] != "=" or len(header) not in (2, 3) or (len(header) == 3 and not DATE.fullmatch(header[2])):
        raise fail(0, "a passage begins with '= NAME' or '= NAME DATE'")
    text, sentences, mentions, relations = "", [], [], []
    for offset, line in enumerate(lines[1:], 1):
        if line.startswith("#"):
            continue
        if line.startswith(">"):
            relations.append((offset, line[1:]))
            continue
        if relations:
            raise fail(offset, "a sentence after a relation; is an empty line missing?")
        if text:
            text += " "
        start, last = len(text), 0
        for found in MENTION.finditer(line):
            surface, noun, entity = found.groups()
            text += line[last : found.start()]
            mention = {"id": f"m{len(mentions)}", "start": len(text), "end": len(text) + len(surface)}
            text += surface
            last = found.end()
            pronoun = surface.lower() in PRONOUNS
            form = "noun_phrase" if noun else "pronoun" if pronoun else "name"
            if surface != surface.strip() or (surface.endswith(("'s", "\u2019s")) and form == "name"):
                raise fail(offset, f"a possessive or a space belongs to {surface!r}")
            if noun and pronoun:
                raise fail(offset, f"the pronoun {surface!r} needs no ~")
            if form == "name" and re.match(r"(?i)(a|an|the) ", surface) and surface[:1].islower():
                raise fail(offset, f"an article belongs to the name {surface!r} (is it a noun phrase, ~?)")
            mentions.append({**mention, "type": TYPES[entity[0]], "form": form, "entity": entity})
        text += line[last:]
        if "[" in text[start:] or "]" in text[start:] or "|" in text[start:]:
            raise fail(offset, "stray markup")
        sentences.append((start, len(text)))
    document: dict[str, Any] = {
        "id": header[1],
        "source": "own passages",
        "text": text,
        "published": header[2] if len(header) == 3 else None,
        "sentences": sentences,
        "mentions": mentions,
        "entities": [],
        "relations": [],
        "exhaustive": "all",
    }
    if not sentences:
        raise fail(0, "no sentence")
    for mention in mentions:
        if all(e["id"] != mention["entity"] for e in document["entities"]):
            same = [m for m in mentions if m["entity"] == mention["entity"]]
            named = [m for m in same if m["form"] == "name"] or same
            longest = max(named, key=lambda m: m["end"] - m["start"])
            name = text[longest["start"] : longest["end"]]
            document["entities"].append({"id": mention["entity"], "name": name, "type": mention["type"]})
    seen = set()
    for offset, line in relations:
        relation = parse_relation(line, document, lambda what, o=offset: fail(o, what))
        key = tuple(relation[k] for k in ("type", "head", "tail", "modality", "polarity", "tense"))
        if key in seen:
            raise fail(offset, "the relation stands twice")
        seen.add(key)
        document["relations"].append(relation)
    return document


def parse_relation(line: str, document: dict[str, Any], fail: Callable[[str], PassageError]) -> dict[str, Any]:
    """A relation line; its mentions are the closest two of its entities inside the named sentences."""
    try:
        label, head, tail, where, *pairs = shlex.split(line)
        span = [int(n) for n in where.removeprefix("@").split("-")]
        start, end = document["sentences"][span[0] - 1][0], document["sentences"][span[-1] - 1][1]
        if not where.startswith("@") or min(span) < 1 or span[-1] - span[0] > 3 or span[-1] < span[0]:
            raise ValueError
    except (ValueError, IndexError):
        raise fail("a relation reads '> label head tail @SENTENCE key=value…', with a sentence that exists") from None
    if label not in SIGNATURES:
        raise fail(f"unknown label {label}")
    heads, tails = SIGNATURES[label]
    if head[0] not in heads or tail[0] not in tails or head == tail:
        raise fail(f"{label} does not tie {head} to {tail}")
    inside = [m for m in document["mentions"] if start <= m["start"] and m["end"] <= end]
    both = [
        (abs(h["start"] - t["start"]), h["id"], t["id"])
        for h in inside
        for t in inside
        if h["entity"] == head and t["entity"] == tail
    ]
    if not both:
        raise fail(f"{head} and {tail} are not both mentioned in {where}")
    _, head_mention, tail_mention = min(both)
    relation: dict[str, Any] = {
        "head": head,
        "tail": tail,
        "type": label,
        "mapped": label,
        "head_mention": head_mention,
        "tail_mention": tail_mention,
        "evidence": [start, end],
        "polarity": "affirmed",
        "modality": "asserted",
        "tense": "current",
        "attributed_to": None,
        "valid_from": None,
        "valid_until": None,
        "qualifiers": {},
    }
    for pair in pairs:
        key, equals, value = pair.partition("=")
        if not equals or not value:
            raise fail(f"{pair!r} is not key=value")
        if key in VALUES and value in VALUES[key]:
            relation[key] = value
        elif key in DATES and DATE.fullmatch(value):
            relation[DATES[key]] = value
        elif key in QUALIFIERS:
            relation["qualifiers"][key] = value
        elif key == "by":
            relation["attributed_to"] = value
        else:
            raise fail(f"{pair!r} is no key or value of a relation")
    return relation


def read(paths: list[Path]) -> Iterator[dict[str, Any]]:
    """All passages of the files, in the order of their names; raises PassageError at the first broken one."""
    seen: dict[str, str] = {}
    texts: dict[str, str] = {}
    for path in sorted(paths):
        for first, lines in blocks(path):
            document = parse(path, first, lines)
            for table, value in ((seen, document["id"]), (texts, document["text"])):
                if value in table:
                    raise PassageError(f"{path}:{first}: the same name or text stands at {table[value]}")
                table[value] = f"{path}:{first}"
            yield document


def held_back(name: str) -> bool:
    """Whether a passage belongs to the fifth that is never trained on: by a hash of its name."""
    return hashlib.sha256(name.encode()).digest()[0] % 5 == 0


def for_tuning(name: str) -> bool:
    """Whether a held-back passage chooses thresholds and calibration; the others are measured."""
    return hashlib.sha256(name.encode()).digest()[1] % 2 == 0


def check(paths: list[Path]) -> int:
    counts: collections.Counter[str] = collections.Counter()
    problems = 0
    names: set[str] = set()
    for path in sorted(paths):
        for first, lines in blocks(path):
            try:
                document = parse(path, first, lines)
                if document["id"] in names:
                    raise PassageError(f"{path}:{first}: the name {document['id']} stands twice")
            except PassageError as error:
                problems += 1
                print(error, file=sys.stderr)
                continue
            names.add(document["id"])
            counts["passages"] += 1
            counts["passages held back"] += held_back(document["id"])
            counts["passages without a relation"] += not document["relations"]
            for mention in document["mentions"]:
                counts[f"mention {mention['type']} {mention['form']}"] += 1
            for relation in document["relations"]:
                counts[f"relation {relation['type']}"] += 1
                for key in VALUES:
                    counts[f"{key} {relation[key]}"] += 1
    for name, count in sorted(counts.items()):
        print(f"{name:40}{count:6}")
    return 1 if problems else 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=["check", "standoff"])
    parser.add_argument("files", nargs="*", type=Path)
    arguments = parser.parse_args()
    paths = arguments.files or sorted(FOLDER.glob("*.txt"))
    if arguments.command == "check":
        return check(paths)
    for document in read(paths):
        print(json.dumps(document, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
