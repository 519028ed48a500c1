"""What the one who starts the service decides."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from kg.errors import UsageError

__all__ = ["TOKEN", "Settings"]

TOKEN = "KG_TOKEN"  # noqa: S105 - the name of a variable, not a secret
LOOPBACK = ("127.0.0.1", "localhost", "[::1]", "::1")
SHORTEST = 16


@dataclass(frozen=True, slots=True)
class Settings:
    """``timeout`` in seconds and ``rows`` bound one answer, ``memory`` in MiB one worker."""

    host: str = "127.0.0.1"
    port: int = 7878
    timeout: float = 20.0
    rows: int = 100_000
    memory: int = 2048
    workers: int = 24
    cors: tuple[str, ...] = ()
    allow_host: tuple[str, ...] = ()
    allow_update: bool = False
    log_queries: bool = False
    token: str = ""
    upload_timeout: float = 600.0

    def __post_init__(self) -> None:
        if self.timeout <= 0 or self.rows < 1 or self.memory < 1 or self.workers < 1:
            raise UsageError("limits are positive numbers")
        if self.allow_update and len(self.token) < SHORTEST:
            raise UsageError(
                f"updates need a token of at least {SHORTEST} characters",
                way_out=f"Put one into the environment variable {TOKEN}",
            )

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> Settings:
        """From the words of a command line, and the token from the environment."""
        known = {field.name for field in fields(cls)} & set(given)
        pairs = ((name, given[name]) for name in known)
        said: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in pairs}
        return cls(**said, token=os.environ.get(TOKEN, ""))

    @property
    def hosts(self) -> frozenset[str]:
        """The host names that a request may bear; anything else may be another site's page rebound to us."""
        own = () if self.host in ("0.0.0.0", "::") else (self.host,)  # noqa: S104 - compared, not bound
        return frozenset(name.casefold() for name in (*LOOPBACK, *own, *self.allow_host))
