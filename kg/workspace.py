"""Where everything lies that a run makes and keeps."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kg.model import digest

__all__ = ["Workspace"]


@dataclass(frozen=True, slots=True)
class Workspace:
    """The folder that holds everything a run makes; ``remote`` is the address of a store that keeps the graph."""

    folder: Path
    remote: str | None = None

    @property
    def graph(self) -> Path | str:
        """The place of the graph: the folder of the store, or the address."""
        return self.remote or self.store

    @property
    def store(self) -> Path:
        """The graph as Oxigraph keeps it."""
        return self.folder / "store"

    @property
    def snapshots(self) -> Path:
        """What readers see while a run writes."""
        return self.folder / "snapshots"

    @property
    def trig(self) -> Path:
        """The whole graph as TriG."""
        return self.folder / "graph.trig"

    @property
    def judgements(self) -> Path:
        """Decisions of its user about who is who."""
        return self.folder / "judgements.csv"

    @property
    def references(self) -> Path:
        """The reference list in use."""
        return self.folder / "references.jsonl"

    @property
    def run(self) -> Path:
        """What the last build did."""
        return self.folder / "run.json"

    @property
    def cluster(self) -> Path:
        """What the last build on a cluster leaves for other tools."""
        return self.folder / "cluster"

    @property
    def log(self) -> Path:
        """What Spark had to say."""
        return self.folder / "spark.log"

    @property
    def fetched(self) -> Path:
        """Pages of the web as they were sent."""
        return self.folder / "fetched"

    @property
    def decided(self) -> str:
        """Hash of its judgements and its reference list."""
        files = (path.read_bytes().hex() if path.is_file() else "" for path in (self.judgements, self.references))
        return digest("decided", *files)

    @property
    def page(self) -> Path:
        """The interactive page."""
        return self.folder / "graph.html"

    @property
    def made(self) -> tuple[Path, ...]:
        """Everything in it that is ours: no input for the next run."""
        kept = self.judgements, self.references, self.fetched
        return self.store, self.snapshots, self.trig, self.page, self.run, self.cluster, self.log, *kept
