"""Worker processes: one query each at a time, killed at the deadline.

Only killing stops a query of Oxigraph's, so that is what a deadline does. Workers are forked from one process that has
everything imported, which takes milliseconds; a few wait for the next query. A worker whose query takes long steps
back behind the others, and is not used again.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import socket
import time
from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

from kg.server.frames import Reply, frame, receive_async
from kg.server.worker import work

__all__ = ["Deadline", "Pool", "Worker", "WorkerLost"]

SPARE = 10
PATIENCE = 0.1
POLITENESS = 19
CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(["kg.server.preload"])


class Deadline(Exception):
    """The time is over; whoever worked has been killed."""


class WorkerLost(Exception):
    """A worker ended by itself: it ran out of its memory, most likely."""


@dataclass(slots=True, eq=False)
class Worker:
    """A process and the line to it."""

    process: ForkServerProcess
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    slowed: bool = False

    @classmethod
    async def start(cls, place: Path, ontology: Path, memory: int) -> Worker:
        """Forks a worker. ``memory`` in MiB is what it may take beyond what it starts with; 0 sets no bound."""
        ours, theirs = socket.socketpair()
        process = CONTEXT.Process(target=work, args=(theirs, str(place), str(ontology), memory), daemon=True)
        await asyncio.to_thread(process.start)
        theirs.close()
        reader, writer = await asyncio.open_connection(sock=ours, limit=1 << 24)
        return cls(process, reader, writer)

    async def ask(self, job: dict[str, Any], body: bytes = b"") -> Reply:
        """Raises WorkerLost."""
        try:
            self.writer.write(frame(job, body))
            await self.writer.drain()
            header, content = await receive_async(self.reader)
        except (asyncio.IncompleteReadError, OSError) as error:
            raise WorkerLost from error
        return Reply(header["status"], header["media"], content, header["headers"])

    def step_back(self) -> None:
        """Lets other processes go first."""
        self.slowed = True
        if self.process.pid is not None:
            with suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, self.process.pid, POLITENESS)

    def kill(self) -> None:
        """Ends it now."""
        self.writer.close()
        self.process.kill()

    @property
    def alive(self) -> bool:
        """Whether the process runs and the line stands."""
        return not self.reader.at_eof() and self.process.is_alive()


class Pool:
    """At most ``most`` workers, over the snapshots of the store at ``place``."""

    def __init__(self, place: Path, ontology: Path, *, most: int, memory: int) -> None:
        self._place, self._ontology, self._memory = place, ontology, memory
        self._idle: deque[Worker] = deque()
        self._killed: list[Worker] = []
        self._slots = asyncio.Semaphore(most)
        self._filling: asyncio.Task[None] | None = None
        self._busy: set[Worker] = set()
        self._closed = False

    async def ask(self, job: dict[str, Any], seconds: float, body: bytes = b"") -> Reply:
        """The worker's reply; raises Deadline, also where no worker came free in time, and WorkerLost."""
        end = time.monotonic() + seconds
        try:
            await asyncio.wait_for(self._slots.acquire(), seconds)
        except TimeoutError as error:
            raise Deadline from error
        try:
            return await self._ask(job, body, end)
        finally:
            self._slots.release()

    async def _ask(self, job: dict[str, Any], body: bytes, end: float) -> Reply:
        try:
            worker = await asyncio.wait_for(self._take(), end - time.monotonic())
        except TimeoutError as error:
            raise Deadline from error
        impatient = asyncio.get_running_loop().call_later(PATIENCE, worker.step_back)
        done = False
        try:
            reply = await asyncio.wait_for(worker.ask(job, body), end - time.monotonic())
            done = True
        except TimeoutError as error:
            raise Deadline from error
        else:
            return reply
        finally:
            impatient.cancel()
            self._busy.discard(worker)
            if done and not worker.slowed and len(self._idle) < SPARE and not self._closed:
                self._idle.append(worker)
            else:
                self._end(worker)

    async def _take(self) -> Worker:
        while self._idle:
            worker = self._idle.pop()
            if worker.alive:
                break
            self._end(worker)
        else:
            worker = await self._start()
        self._busy.add(worker)
        if not self._idle and (self._filling is None or self._filling.done()):
            self._filling = asyncio.create_task(self.fill())
        return worker

    async def _start(self) -> Worker:
        worker = await Worker.start(self._place, self._ontology, self._memory)
        with suppress(WorkerLost):
            await worker.ask({"do": "wait"})
        return worker

    async def fill(self) -> None:
        """Sees that workers wait for the next query."""
        while len(self._idle) < SPARE and not self._closed:
            self._idle.appendleft(await self._start())

    def _end(self, worker: Worker) -> None:
        worker.kill()
        self._killed = [gone for gone in self._killed if gone.process.is_alive()]
        self._killed.append(worker)

    async def close(self) -> None:
        """Kills all workers and waits until they are gone."""
        self._closed = True
        if self._filling is not None:
            self._filling.cancel()
            await asyncio.gather(self._filling, return_exceptions=True)
        for worker in (*self._idle, *self._busy):
            self._end(worker)
        self._idle.clear()
        for worker in self._killed:
            await asyncio.to_thread(worker.process.join, 5)
