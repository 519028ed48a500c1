"""Who is who of a graph that grows while one program watches it: what has not changed is not worked out again."""

from __future__ import annotations

from collections.abc import Iterable

from kg.model import Extraction, Judgement, Reference, Resolution
from kg.resolution.lexicon import Lexicon
from kg.resolution.resolver import Resolver

__all__ = ["Kept"]


class Kept:
    """Called like ``kg.resolution.resolve``, and gives the same; a call costs what has changed since the last one."""

    def __init__(self) -> None:
        self._decided: object = None
        self._resolver: Resolver | None = None
        self._held: dict[str, Extraction] = {}

    def __call__(
        self,
        extractions: Iterable[Extraction],
        lexicon: Lexicon,
        judgements: Iterable[Judgement] = (),
        references: Iterable[Reference] = (),
    ) -> Resolution:
        """The resolution of these documents. Another lexicon, judgement or reference begins anew."""
        decided = lexicon, tuple(judgements), tuple(references)
        if self._resolver is None or decided != self._decided:
            self._resolver, self._decided, self._held = Resolver(*decided), decided, {}
        wanted = {extraction.document.id: extraction for extraction in extractions}
        for identifier in self._held.keys() - wanted.keys():
            self._resolver.remove(identifier)
        for identifier, extraction in wanted.items():
            if self._held.get(identifier) != extraction:
                self._resolver.add(extraction)
        self._held = wanted
        return self._resolver.resolution()
