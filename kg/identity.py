"""What decides about identity besides the texts: files of judgements and reference lists, read and kept."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from kg.errors import NotFound, UsageError
from kg.export import write_atomically
from kg.model import EntityType, Judgement, Reference
from kg.ontology import Ontology
from kg.rdf import read_reference_turtle
from kg.resolution import references as lists
from kg.resolution.judgements import pair, read

__all__ = ["judgements", "keep_references", "read_references", "references"]

READERS = {
    ".csv": lists.read_csv,
    ".jsonl": lists.read_entities_jsonl,
    ".json": lists.read_entities_jsonl,
    ".ttl": read_reference_turtle,
}


def judgements(path: Path, ontology: Ontology) -> tuple[Judgement, ...]:
    """Those of a workspace's file and those of the ontology folder; of two about one pair the workspace's."""
    own = read(path)
    decided = {pair(judgement) for judgement in own}
    shared = read(ontology.folder / "judgements.csv")
    return (*(judgement for judgement in shared if pair(judgement) not in decided), *own)


def read_references(paths: Sequence[Path]) -> tuple[Reference, ...]:
    """The entities of reference lists; raises NotFound, or UsageError for a file or a line that is none."""
    return tuple(reference for path in paths for reference in _read(path))


def _read(path: Path) -> tuple[Reference, ...]:
    reader = READERS.get(path.suffix.casefold())
    if reader is None:
        raise UsageError("no reference list has this ending", where=str(path), way_out=f"Give {', '.join(READERS)}")
    try:
        text = path.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise UsageError("not UTF-8", where=str(path)) from error
    except OSError as error:
        raise NotFound(f"the reference list cannot be read ({error.strerror})", where=str(path)) from error
    return reader(text, str(path))


def keep_references(known: Iterable[Reference], path: Path) -> None:
    """Writes a reference list where a workspace keeps it, sorted."""
    lines = sorted(json.dumps(_plain(reference), ensure_ascii=False) + "\n" for reference in known)
    write_atomically(path, "".join(dict.fromkeys(lines)).encode())


def references(path: Path) -> tuple[Reference, ...]:
    """The reference list of a workspace, empty where it keeps none."""
    if not path.is_file():
        return ()
    return tuple(_restored(json.loads(line)) for line in path.read_text("utf-8").splitlines())


def _plain(reference: Reference) -> dict[str, object]:
    return {
        "type": reference.type,
        "name": reference.name,
        "aliases": reference.aliases,
        "identifiers": reference.identifiers,
    }


def _restored(said: dict[str, Any]) -> Reference:
    identifiers = tuple((str(scheme), str(value)) for scheme, value in said["identifiers"])
    return Reference(EntityType(said["type"]), str(said["name"]), tuple(said["aliases"]), identifiers)
