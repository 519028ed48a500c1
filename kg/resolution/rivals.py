"""Names that are known to be two things: entries of reference lists, or judged to be different."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kg.model import EntityType, Judgement, Verdict
from kg.resolution.naming import Naming

__all__ = ["Rivals"]


class Rivals:
    """Whether two keys of one type stand for different entries, or a judgement calls their names different."""

    def __init__(
        self, naming: Naming, judgements: Iterable[Judgement], keyed: Mapping[tuple[EntityType, str], str]
    ) -> None:
        self._keyed = keyed
        self._apart = frozenset(
            (kind, frozenset((naming.key(said.left, kind), naming.key(said.right, kind))))
            for said in judgements
            if said.verdict is Verdict.DIFFERENT
            for kind in EntityType
        )

    def __call__(self, kind: EntityType, left: str, right: str) -> bool:
        one, other = self._keyed.get((kind, left)), self._keyed.get((kind, right))
        if one and other and one != other:
            return True
        return bool(self._apart) and (kind, frozenset((left, right))) in self._apart
