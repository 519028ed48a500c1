"""One job after another, in a process of its own that can be killed at any time."""

from __future__ import annotations

import json
import os
import resource
import signal
import socket
import threading
import time
from pathlib import Path

from kg.errors import KgError, NotFound, WorkspaceLocked, WriteFailed
from kg.ontology import Ontology
from kg.server.answers import Answers
from kg.server.frames import Reply, frame, receive
from kg.server.protocol import Refusal
from kg.server.writes import WRITES, write

__all__ = ["work"]

MIB = 1 << 20
BEHIND = 5
"""How far workers stand behind the web process, which has to see deadlines."""
BAD, BROKEN, UNAVAILABLE, FULL = 400, 500, 503, 507
STATUSES = ((NotFound, 404), (WorkspaceLocked, UNAVAILABLE), (WriteFailed, FULL))


def work(connection: socket.socket, place: str, ontology: str, memory: int) -> None:
    """Answers what comes over the line, until it ends or the web process is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=end_with, args=(os.getppid(),), daemon=True).start()
    if memory:
        bound(memory * MIB)
        os.nice(BEHIND)
    onto = Ontology(Path(ontology))
    answers = Answers(Path(place), onto)
    while (message := receive(connection)) is not None:
        job, body = message
        reply = answered(answers, job, body)
        header = {"status": reply.status, "media": reply.media, "headers": reply.headers}
        connection.sendall(frame(header, reply.body))
    answers.close()


def answered(answers: Answers, job: dict[str, object], body: bytes) -> Reply:
    try:
        if job["do"] in WRITES:
            return write(answers.place, answers.ontology, job, body)
        return answers.give(job)
    except Refusal as refusal:
        return told(refusal.status, refusal.what, refusal.headers)
    except KgError as error:
        return told(next((status for kind, status in STATUSES if isinstance(error, kind)), BAD), str(error))
    except MemoryError:
        return told(UNAVAILABLE, "the answer does not fit into this service's memory", {"KG-Limit": "memory"})
    except RecursionError:
        return told(BAD, "the query is too deeply nested")
    except (ValueError, LookupError) as error:
        return told(BROKEN, f"the graph holds what cannot be read as one of ours ({error})")


def told(status: int, what: str, headers: dict[str, str] | None = None) -> Reply:
    return Reply(
        status, "application/problem+json", json.dumps({"status": status, "title": what}).encode(), headers or {}
    )


def bound(memory: int) -> None:
    """Sets what the process may hold beyond what it has now; reserved address space does not count."""
    held = Path("/proc/self/statm")
    pages = int(held.read_text("ascii").split()[5]) if held.exists() else 0
    limit = pages * resource.getpagesize() + memory
    resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))


def end_with(parent: int) -> None:
    """Ends this process when its parent has gone, even in the middle of a query."""
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)
