"""What decides about identity besides the documents, the same on every worker."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.model import EntityType, Judgement, Reference
from kg.resolution import Lexicon
from kg.resolution.bundles import Rules
from kg.resolution.groups import GroupKey
from kg.resolution.meant import Meant, sorted_judgements
from kg.resolution.references import keyed
from kg.resolution.rivals import Rivals

__all__ = ["Known", "key_of", "name_of"]


@dataclass(frozen=True, slots=True)
class Known:
    """Word lists and weights, judgements in their order, reference entries by id and by the names that mean them."""

    lexicon: Lexicon
    judgements: tuple[Judgement, ...]
    references: Mapping[str, Reference]
    keyed: dict[tuple[EntityType, str], str]

    @classmethod
    def of(cls, lexicon: Lexicon, judgements: Iterable[Judgement], references: Iterable[Reference]) -> Known:
        """Of values in any order."""
        entries = {reference.id: reference for reference in references}
        return cls(lexicon, sorted_judgements(judgements), entries, keyed(entries.values(), lexicon.naming))

    @property
    def rivals(self) -> Rivals:
        """Which names are known to be two things."""
        return Rivals(self.lexicon.naming, self.judgements, self.keyed)

    def rules(self, meant: Meant | None = None) -> Rules:
        """With what the judgements mean for units, where that is worked out."""
        return Rules(meant.different if meant else {}, self.keyed)


def name_of(key: GroupKey) -> str:
    """A group's key as text that sorts as the key does: no type begins with another."""
    return f"{key.type.value} {key.primary}"


def key_of(name: str) -> GroupKey:
    """The key of a group again."""
    kind, _, primary = name.partition(" ")
    return GroupKey(EntityType(kind), primary)
