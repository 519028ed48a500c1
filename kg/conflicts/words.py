"""What names and sentences give away: public bodies, advisers, political money. The words are in the lexicon."""

from __future__ import annotations

import re

from kg.conflicts.tie import Tie
from kg.model import Entity, EntityType
from kg.ontology import Ontology

__all__ = ["Cues", "cue_pattern"]

NEVER = re.compile(r"(?!)")


def cue_pattern(entries: list[str]) -> re.Pattern[str]:
    """Whole words and phrases; ``*`` at the end of one lets the word go on. Without entries nothing fits."""
    if not entries:
        return NEVER
    words = (re.escape(entry).replace(r"\*", r"\w*").replace(r"\ ", r"\s+") for entry in sorted(entries))
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)", re.IGNORECASE)


class Cues:
    """The cues of an ontology's lexicon."""

    def __init__(self, ontology: Ontology) -> None:
        self._public = cue_pattern([entry for entry, _ in ontology.lexicon("public_bodies")])
        advisers = ontology.lexicon("advisers")
        self._advisers = cue_pattern([entry for entry, kind in advisers if kind == "name"])
        self._advice = cue_pattern([entry for entry, kind in advisers if not kind])
        self._money = cue_pattern([entry for entry, _ in ontology.lexicon("political_money")])

    def is_public_body(self, entity: Entity) -> bool:
        """Whether an organization's name is that of an authority, a ministry, a parliament."""
        return entity.type is EntityType.ORGANIZATION and bool(self._public.search(entity.name))

    def is_advice(self, adviser: Entity, tie: Tie) -> bool:
        """Whether who serves is an auditor, a bank or counsel by name, or acts as one by the sentence."""
        return bool(self._advisers.search(adviser.name)) or self._says(self._advice, tie)

    def is_political_money(self, tie: Tie) -> bool:
        """Whether a sentence of the tie speaks of a donation or of lobbying."""
        return self._says(self._money, tie)

    @staticmethod
    def _says(cues: re.Pattern[str], tie: Tie) -> bool:
        return any(cues.search(said.claim.evidence.quote) for said in tie.support)
