"""Extraction in several processes, in the order of the documents.

Each process loads the models once and reads one batch at a time; not more than a few batches are under way, so memory
is bounded. The same document gives the same extraction in any process, so their number changes nothing but the time.
"""

from __future__ import annotations

import multiprocessing
import signal
import traceback
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from queue import SimpleQueue

from kg.errors import ProcessLost
from kg.extraction.extractor import TrainedExtractor
from kg.model import Document, Extraction
from kg.ontology import Ontology

__all__ = ["Pool"]

CONTEXT = multiprocessing.get_context("spawn")
BATCH = 8
"""Documents of a batch at most."""
CHARACTERS = 16_000
"""Characters after which a batch is full."""
AHEAD = 2
"""Batches under way for each process."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What an extractor is made of, as it is sent to a process."""

    ontology: Path
    profile: str
    known: tuple[tuple[str, str], ...]
    least: float

    def extractor(self) -> TrainedExtractor:
        """The extractor itself."""
        return TrainedExtractor(Ontology(self.ontology), self.profile, self.known, self.least)


@dataclass(frozen=True, slots=True, eq=False)
class Worker:
    """A process and the line to it."""

    process: SpawnProcess
    line: Connection

    @classmethod
    def start(cls, choice: Choice) -> Worker:
        """Starts a process, which loads its models while we go on."""
        ours, theirs = CONTEXT.Pipe()
        process = CONTEXT.Process(target=work, args=(theirs, choice), daemon=True)
        process.start()
        theirs.close()
        return cls(process, ours)

    def read(self, batch: Sequence[Document]) -> list[Extraction]:
        """What it makes of some documents; raises ProcessLost where the process has ended."""
        try:
            self.line.send(batch)
            found, trace = self.line.recv()
        except (EOFError, OSError) as error:
            raise ProcessLost(
                "a process that reads documents has ended by itself; it ran out of memory, most likely",
                where=", ".join(document.source for document in batch),
                way_out="Run the same command again with fewer --workers; what was stored is kept",
            ) from error
        if trace:
            raise RuntimeError(f"what a process met that was reading documents:\n{trace}")
        return list(found)

    def end(self) -> None:
        """Ends the process at once."""
        self.process.kill()
        self.line.close()
        self.process.join()


class Pool:
    """An extractor that reads with ``workers`` processes."""

    def __init__(
        self, ontology: Ontology, profile: str, known: Iterable[tuple[str, str]], least: float, workers: int
    ) -> None:
        own = tuple(sorted(set(known)))
        self.choice, self.workers = Choice(ontology.folder, profile, own, least), workers
        self.name = TrainedExtractor(ontology, profile, own, least).name

    def extract(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        """One extraction a document, in order. Raises ProcessLost where a process ends by itself."""
        idle: SimpleQueue[Worker] = SimpleQueue()

        def read(batch: Sequence[Document]) -> list[Extraction]:
            worker = idle.get()
            try:
                return worker.read(batch)
            finally:
                idle.put(worker)

        team: list[Worker] = []
        under_way: deque[Future[list[Extraction]]] = deque()
        with ThreadPoolExecutor(self.workers) as threads:
            try:
                for batch in batches(documents):
                    if len(team) < self.workers:
                        team.append(Worker.start(self.choice))
                        idle.put(team[-1])
                    under_way.append(threads.submit(read, batch))
                    while under_way and (len(under_way) > self.workers * AHEAD or under_way[0].done()):
                        yield from under_way.popleft().result()
                while under_way:
                    yield from under_way.popleft().result()
            finally:
                for future in under_way:
                    future.cancel()
                for worker in team:
                    worker.end()


def batches(documents: Iterable[Document]) -> Iterator[list[Document]]:
    """Documents in batches of about the same size."""
    batch: list[Document] = []
    for document in documents:
        batch.append(document)
        if len(batch) == BATCH or sum(len(each.text) for each in batch) >= CHARACTERS:
            yield batch
            batch = []
    if batch:
        yield batch


def work(line: Connection, choice: Choice) -> None:
    """Reads batches until the line ends, which it does when the one who sends them has gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    extractor = choice.extractor()
    while True:
        try:
            batch = line.recv()
        except (EOFError, OSError):
            return
        try:
            answer = [extractor.extraction(document) for document in batch], ""
        except Exception:  # noqa: BLE001 - told to the one who asked
            answer = [], traceback.format_exc()
        try:
            line.send(answer)
        except OSError:
            return
