"""What the cues around a clause make of it, and what one cue adds."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Token

from kg.model import Modality, Polarity, Tense

__all__ = ["Reading", "effect"]


@dataclass(slots=True)
class Reading:
    """What the cues around a clause make of it."""

    modalities: list[Modality] = field(default_factory=list)
    negations: int = 0
    refused: bool = False
    ended: bool = False
    future: bool = False
    past: bool = False
    source: Token | None = None

    @property
    def modality(self) -> Modality:
        """The weakest that any cue gives; what will end holds until then."""
        return Modality.weakest(m for m in self.modalities if not (self.ended and m is Modality.PLANNED))

    @property
    def polarity(self) -> Polarity:
        """Denied under an odd number of negations, or where it did not come about."""
        return Polarity.DENIED if self.negations % 2 or self.refused else Polarity.AFFIRMED

    def tense(self, usual: Tense) -> Tense:
        """The tense, given the one that the clause's own verb has."""
        if self.ended and self.future:
            return Tense.CURRENT
        if self.ended or self.past:
            return Tense.PAST
        hedged = self.modality in (Modality.PLANNED, Modality.POSSIBLE, Modality.HYPOTHETICAL)
        return Tense.FUTURE if self.future or hedged else usual


def effect(reading: Reading, cue: str) -> None:
    """Applies one cue."""
    if cue in set(Modality):
        reading.modalities.append(Modality(cue))
        reading.future = reading.future or cue == "planned"
    elif cue in ("negated", "denied"):
        reading.negations += 1
    elif cue == "refused":
        reading.refused = True
    elif cue == "past":
        reading.past = True
    elif cue == "ended":
        reading.ended = True
