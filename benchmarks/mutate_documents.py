"""Damaged files by the thousand to every reader: python -m benchmarks.mutate_documents [--count 10000] [READER…].

The stored files of each format are damaged at random, always in the same way: bits flipped, stretches cut, doubled and
exchanged, odd tokens put in; of formats that are ZIP files inside, also the parts, packed again. Each reader gets its
own process. An uncaught exception, more than 10 seconds for an input or more than 1 GB is a failure (exit status 1).
"""

from __future__ import annotations

import argparse
import io
import multiprocessing
import random
import resource
import signal
import sys
import time
import traceback
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from kg.documents import read
from kg.documents.content import UNSTORABLE
from kg.errors import Skipped

FORMATS = Path(__file__).parent.parent / "tests" / "data" / "formats"
READERS = {
    "txt": ["txt"],
    "markdown": ["markdown"],
    "html": ["html"],
    "pdf": ["pdf"],
    "docx": ["docx"],
    "eml": ["eml"],
    "mbox": ["mbox"],
    "epub": ["epub"],
    "feed": ["feed"],
    "warc": ["warc"],
    "jsonl": ["jsonl"],
    "csv": ["csv"],
    "parquet": ["parquet"],
    "archive": ["archive"],
}
SECONDS, MEGABYTES = 10, 1000
TOKENS = [
    b"\0", b"\xff" * 8, b"\x7f\xff\xff\xff", b"<" * 50, b"&#xD800;", b"]]>", b"<!--", b"\r\n\r\n", b'"', b",",
    b"{" * 50, b"[" * 50, b"99999999999999999999", b"-1", b"%PDF-1.7", b"PK\x03\x04", b"\x1f\x8b\x08",
    b"obj<<>>stream", b"=?utf-8?q?", b"charset=utf-7", b"boundary=", b"&amp;" * 20, b"\xed\xa0\x80", b"\xef\xbb\xbf",
    b"From x 2026\nA:", b"<!ENTITY a '&a;'>",
]  # fmt: skip


def seeds(reader: str) -> list[bytes]:
    """The sound files of a format, in the order of their names."""
    folders = READERS[reader]
    return [path.read_bytes() for folder in folders for path in sorted((FORMATS / folder).iterdir())]


def mutated(sound: list[bytes], chance: random.Random) -> bytes:
    """One of the files, damaged."""
    raw = chance.choice(sound)
    if raw[:2] == b"PK" and chance.random() < 0.6:
        return repacked(raw, chance)
    return damaged(raw, sound, chance)


def damaged(raw: bytes, others: list[bytes], chance: random.Random) -> bytes:
    """Some bytes exchanged, cut, doubled or put in; what marks a format at the beginning mostly stays."""
    out = bytearray(raw)
    kept = 16 if chance.random() < 0.9 else 0
    for _ in range(chance.choice([1, 1, 2, 4, 16])):
        if len(out) <= kept + 1:
            break
        at = chance.randrange(kept, len(out))
        length = min(chance.choice([1, 2, 8, 64, 1024]), len(out) - at)
        match chance.randrange(7):
            case 0:
                out[at] ^= 1 << chance.randrange(8)
            case 1:
                out[at : at + length] = chance.randbytes(length)
            case 2:
                del out[at : at + length]
            case 3:
                out[at:at] = out[at : at + length] * chance.choice([1, 2, 50])
            case 4:
                out[at:at] = chance.choice(TOKENS)
            case 5:
                other = chance.choice(others)
                start = chance.randrange(len(other) + 1)
                out[at : at + length] = other[start : start + chance.choice([16, 256, 4096])]
            case 6:
                del out[at:]
    return bytes(out)


def repacked(raw: bytes, chance: random.Random) -> bytes:
    """A ZIP file, sound itself, in which one part is damaged, missing or doubled."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        names = [entry.filename for entry in source.infolist()]
        chosen = set(chance.sample(names, min(len(names), chance.choice([1, 1, 2, 5]))))
        parts = [source.read(name) for name in names]
        for name, part in zip(names, parts, strict=True):
            said = damaged(part, parts, chance) if name in chosen else part
            if name not in chosen or chance.random() < 0.95:
                made.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), said)
    return target.getvalue()


@dataclass
class Account:
    """What came of the inputs of one reader."""

    reader: str
    inputs: int = 0
    documents: int = 0
    refused: int = 0
    slowest: float = 0.0
    megabytes: float = 0.0
    seconds: float = 0.0
    failures: Counter = field(default_factory=Counter)
    examples: dict[str, int] = field(default_factory=dict)


class TooSlow(BaseException):
    """Not an Exception, so that no reader takes it for a broken file."""


def attack(reader: str, count: int, first: int, results: multiprocessing.SimpleQueue) -> None:
    """Reads damaged files; sends an account after every hundred and at the end."""
    resource.setrlimit(resource.RLIMIT_AS, (6_000_000_000, 6_000_000_000))
    signal.signal(signal.SIGALRM, late)
    account, sound = Account(reader), seeds(reader)
    began = time.perf_counter()
    for number in range(first, first + count):
        raw = mutated(sound, random.Random(f"{reader} {number}"))  # noqa: S311 - damage, not a secret
        one(raw, number, account)
        account.seconds = time.perf_counter() - began
        account.megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        if account.inputs % 100 == 0 or account.inputs == count:
            results.put(account)


def late(_signal: int, _frame: object) -> None:
    raise TooSlow


def one(raw: bytes, number: int, account: Account) -> None:
    began = time.perf_counter()
    signal.alarm(SECONDS)
    try:
        for found in read(["-"], stdin=io.BytesIO(raw)):
            account.refused += isinstance(found, Skipped)
            account.documents += not isinstance(found, Skipped)
            assert "\n" not in str(found) or not isinstance(found, Skipped)
            assert not UNSTORABLE.search(" ".join(map(str, vars(found).values())))
    except (Exception, TooSlow) as error:  # noqa: BLE001 - counted and told
        frame = traceback.extract_tb(error.__traceback__)[-1]
        said = f"{type(error).__name__} at {Path(frame.filename).name}:{frame.lineno}"
        account.failures[said] += 1
        account.examples.setdefault(said, number)
    finally:
        signal.alarm(0)
    account.inputs += 1
    account.slowest = max(account.slowest, time.perf_counter() - began)


def run(reader: str, count: int, first: int) -> Account:
    """Attacks a reader in a process of its own; one that dies is an account with a failure."""
    context = multiprocessing.get_context("spawn")
    results = context.SimpleQueue()
    process = context.Process(target=attack, args=(reader, count, first, results))
    process.start()
    account = Account(reader)
    while account.inputs < count and (process.is_alive() or not results.empty()):
        if results.empty():
            time.sleep(0.05)
        else:
            account = results.get()
    process.join()
    if process.exitcode:
        account.failures[f"the process died ({process.exitcode}) after input {first + account.inputs}"] += 1
    return account


def main() -> int:
    """Prints a table; returns 1 where a promise is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("readers", nargs="*", metavar="READER", help=", ".join(READERS))
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--first", type=int, default=0, help="the number of the first input")
    given = parser.parse_args()
    print("| reader | inputs | documents | refused | uncaught | slowest, s | peak memory, MB | inputs/s |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|")
    failed = False
    for reader in given.readers or READERS:
        a = run(reader, given.count, given.first)
        uncaught = sum(a.failures.values())
        print(
            f"| {reader} | {a.inputs:,} | {a.documents:,} | {a.refused:,} | {uncaught} | {a.slowest:.2f} | "
            f"{a.megabytes:,.0f} | {a.inputs / max(a.seconds, 1e-9):,.0f} |",
            flush=True,
        )
        for said, times in a.failures.most_common(10):
            print(f"  {times} times {said}, as of input {a.examples.get(said)}", file=sys.stderr, flush=True)
        failed |= bool(uncaught) or a.slowest > SECONDS or a.megabytes > MEGABYTES
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
