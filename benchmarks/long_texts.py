"""Texts of odd length and kind through ``kg extract``: python benchmarks/long_texts.py --data FOLDER [--profile fast].

200,000 words in one document, 5,000 lines of one word, emoji and control characters, another language. Each is read in
a process of its own. Exits with 1 where one ends otherwise than with an extraction or with its one line, or takes more
than 800 MB.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from made_documents import documents

WORDS = 200_000
LIMIT = 800
DONE, SKIPPED = 0, 3
READ = """
import resource, sys
from kg.cli import main
status = main(["extract", "--profile", sys.argv[1], "-o", sys.argv[2], sys.argv[3]])
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
sys.exit(status)
"""


def texts(data: Path) -> Iterator[tuple[str, str]]:
    """What is read, by a name for it."""
    paragraphs = [row["text"] for row in documents(data, WORDS // 100, 5)]
    yield f"{WORDS:,} words", " ".join("\n\n".join(paragraphs).split(" ")[:WORDS])
    yield "5,000 lines of one word", "\n".join(f"Word{number}" for number in range(5000))
    yield "emoji and control characters", "\U0001f680\x07\u200b " * 20_000 + "Halden Group bought Kestrel Systems."
    yield "German", "Die Firma hat ihren Sitz in Hamburg und gehört zu einem Konzern. " * 500


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--profile", default="accurate")
    given = parser.parse_args()
    missed = False
    print("| text | words | seconds | MB | relations | said |")
    print("|---|---:|---:|---:|---:|---|")
    with tempfile.TemporaryDirectory() as folder:
        source, out = Path(folder) / "a.txt", Path(folder) / "out.jsonl"
        for name, text in texts(given.data):
            source.write_text(text, "utf-8")
            out.unlink(missing_ok=True)
            began = time.perf_counter()
            command = [sys.executable, "-c", READ, given.profile, str(out), str(source)]
            done = subprocess.run(command, capture_output=True, text=True)
            took, memory = time.perf_counter() - began, int(done.stdout.split()[-1]) if done.stdout else 0
            relations = (
                [len(json.loads(line)["relations"]) for line in out.read_text("utf-8").splitlines()]
                if out.exists()
                else []
            )
            said = done.stderr.strip().splitlines()
            row = [name, f"{len(text.split()):,}", f"{took:.0f}", f"{memory:,}", str(sum(relations))]
            print(f"| {' | '.join(row)} | {said[-1].replace(str(source), source.name) if said else '-'} |", flush=True)
            missed |= done.returncode not in (DONE, SKIPPED) or len(said) > 1 or memory > LIMIT
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
