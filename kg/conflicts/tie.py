"""A tie as it stands at a date: what the texts say of two entities for that day, weighed.

A text speaks of the day if it was published by then, or if it is of later and states dates that reach back to it:
"director since 2014", "stepped down in March 2023". The last word counts. Of what was said, newest first: "former"
ends what was said before it, a denial takes back what was said before it, and where both stand on one day, or the tie
is affirmed again after a denial, it is contested. An undated document counts as older than any dated one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kg.model import Claim, Modality, Polarity, Source, Statement, Tense

__all__ = ["Edge", "Standing", "Testimony", "Tie", "independent", "tie_at"]

Edge = tuple[str, str, str]
MODALITIES = list(Modality)


class Standing(StrEnum):
    """How a tie stands at a date, firmest first."""

    HOLDS = "holding"
    PAST = "past"  # over, as its pattern asks
    CONTESTED = "contested"
    HEDGED = "hedged"
    ENDED = "ended"
    DENIED = "denied"


class Voice(StrEnum):
    """What one claim says of a tie at a date."""

    HOLDS = "holds"
    HEDGES = "hedges"
    ENDS = "ends"
    DENIES = "denies"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Testimony:
    """A claim with the document that makes it."""

    statement: Statement
    source: Source

    @property
    def claim(self) -> Claim:
        """What is said, and where."""
        return self.statement.claim

    @property
    def place(self) -> tuple[str, int, int, int, int]:
        """Where it stands, by document id: an order that does not depend on what else the graph holds."""
        claim = self.statement.claim
        evidence, ends = claim.evidence, (claim.subject.span.start, claim.object.span.start)
        return (evidence.document_id, evidence.start, evidence.end, *ends)

    @property
    def published(self) -> date:
        """The day of the document; the first of all days where it has none."""
        return self.source.published or date.min

    @property
    def since(self) -> date:
        """The first day for which it speaks: as the text says, else the day of the document."""
        return self.claim.valid_from.earliest if self.claim.valid_from else self.published

    @property
    def end(self) -> date:
        """The last day of what it says is over; what is past was over when the document was written."""
        stated = self.claim.valid_until.latest if self.claim.valid_until else self.published
        past = self.claim.tense is Tense.PAST and self.source.published is not None
        return min(stated, self.published) if past else stated


@dataclass(frozen=True, slots=True, eq=False)
class Tie:
    """Subject, relation and object with their standing at a date. A snapshot has one for each edge.

    ``support`` are the claims it rests on, best first, without copies, and never empty; ``against`` are the claims
    that deny or end it.
    """

    edge: Edge
    standing: Standing
    modality: Modality
    since: date
    support: tuple[Testimony, ...]
    against: tuple[Testimony, ...] = ()

    @property
    def subject(self) -> str:
        """The entity at its head."""
        return self.edge[0]

    @property
    def relation(self) -> str:
        """Its canonical label."""
        return self.edge[1]

    @property
    def object(self) -> str:
        """The entity at its tail."""
        return self.edge[2]

    @property
    def ends(self) -> frozenset[str]:
        """Both its entities."""
        return frozenset((self.subject, self.object))

    @property
    def ended_on(self) -> date | None:
        """The last day that a text gives it, the latest of several; None where none says when it ended."""
        stated = [said.claim.valid_until.latest for said in self.against if said.claim.valid_until]
        return max(stated, default=None)

    @property
    def stands(self) -> bool:
        """Whether it is a fact at the date, be it contested."""
        return self.standing in (Standing.HOLDS, Standing.CONTESTED)


def tie_at(edge: Edge, heard: Iterable[Testimony], day: date, *, lasting: bool) -> Tie | None:
    """The tie as the testimonies give it on a day, or None where none speaks of that day.

    ``heard`` are the claims of one edge. ``lasting`` ties are states, which end; the others are events, which stay
    true once they have happened.
    """
    by_voice: dict[Voice, list[Testimony]] = {voice: [] for voice in Voice}
    for testimony in first_told(heard):
        by_voice[voice_of(testimony, day, lasting=lasting)].append(testimony)
    ends, denials = by_voice[Voice.ENDS], by_voice[Voice.DENIES]
    holds, hedges = outliving(by_voice[Voice.HOLDS], ends), outliving(by_voice[Voice.HEDGES], ends)
    if holds:
        return weighed(edge, _affirmed(holds, denials), holds, denials)
    if hedges:
        denied = bool(denials) and newest(denials) >= newest(hedges)
        return weighed(edge, Standing.DENIED if denied else Standing.HEDGED, hedges, denials)
    if ends:
        return weighed(edge, Standing.ENDED, by_voice[Voice.HOLDS] + ends, ends)
    return weighed(edge, Standing.DENIED, denials, denials) if denials else None


def first_told(heard: Iterable[Testimony]) -> list[Testimony]:
    """Without what a copy of a story says again word for word: printed after a denial, it does not take that back."""
    told = list(heard)
    if len({one.source.story for one in told}) == len(told):
        return told
    first: dict[tuple[str, str, str], Testimony] = {}
    for one in sorted(told, key=lambda t: (t.source.published or date.max, t.place)):
        first.setdefault((one.source.story, one.claim.evidence.quote, said_by(one.claim)), one)
    return list(first.values())


def said_by(claim: Claim) -> str:
    """All that a claim says of its tie besides its two ends, which are the tie's."""
    return f"{claim.polarity} {claim.modality} {claim.tense} {claim.valid_from} {claim.valid_until} {claim.qualifiers}"


def voice_of(testimony: Testimony, day: date, *, lasting: bool) -> Voice:
    """What the claim says of the tie on that day.

    A start that lies ahead is an announcement if the document is dated, else it says nothing of that day.
    """
    claim, hindsight = testimony.claim, testimony.published > day
    if hindsight and not reaches_back(claim, day):
        return Voice.SILENT
    if claim.polarity is Polarity.DENIED:
        return Voice.DENIES
    if is_over(claim, day, lasting=lasting and not hindsight):
        return Voice.ENDS if claim.modality.factual else Voice.SILENT
    if not claim.modality.factual:
        return Voice.HEDGES
    if lies_ahead(claim, day):
        return Voice.HEDGES if testimony.source.published else Voice.SILENT
    return Voice.HOLDS


def reaches_back(claim: Claim, day: date) -> bool:
    """Whether a text of later states as a fact that it had begun by that day, or was over."""
    begun = claim.valid_from is not None and claim.valid_from.earliest <= day
    over = claim.valid_until is not None and claim.valid_until.latest < day
    return claim.modality.factual and claim.tense is not Tense.FUTURE and (begun or over)


def is_over(claim: Claim, day: date, *, lasting: bool) -> bool:
    """Whether the claim says that it had ended by that day. Events are past by nature, so they need a stated end."""
    past = lasting and claim.tense is Tense.PAST
    return past or (claim.valid_until is not None and claim.valid_until.latest < day)


def lies_ahead(claim: Claim, day: date) -> bool:
    """Whether the claim speaks of something that had not begun by that day."""
    return claim.tense is Tense.FUTURE or (claim.valid_from is not None and claim.valid_from.earliest > day)


def outliving(told: Sequence[Testimony], ends: Sequence[Testimony]) -> list[Testimony]:
    """Those that no ending overtakes: said later than it, or of a second tenure that began after it."""
    return [one for one in told if all(one.published > end.published or _began_after(one, end) for end in ends)]


def _began_after(one: Testimony, end: Testimony) -> bool:
    return one.claim.valid_from is not None and one.claim.valid_from.earliest > end.end


def _affirmed(holds: Sequence[Testimony], denials: Sequence[Testimony]) -> Standing:
    if not denials:
        return Standing.HOLDS
    return Standing.DENIED if newest(denials) > newest(holds) else Standing.CONTESTED


def newest(told: Iterable[Testimony]) -> date:
    """The day of the newest document among them."""
    return max(one.published for one in told)


def weighed(edge: Edge, standing: Standing, support: Sequence[Testimony], against: Sequence[Testimony]) -> Tie:
    """The tie with its claims in order. Its modality is that of the firmest; what is only announced is a plan."""
    firmest = Modality.firmest(one.claim.modality for one in support)
    announced = standing is Standing.HEDGED and firmest.factual
    return Tie(
        edge=edge,
        standing=standing,
        modality=Modality.PLANNED if announced else firmest,
        since=min(one.since for one in support),
        support=independent(support),
        against=independent(against),
    )


def independent(told: Sequence[Testimony]) -> tuple[Testimony, ...]:
    """Best first (firmest, then newest), of copies only the first published.

    Documents that tell one story in nearly the same words are one source for what they say equally firmly, and a
    sentence that stands word for word in several is one sentence: wire copies under different headlines.
    """
    if len(told) < 2:
        return tuple(told)
    tellers: dict[tuple[str, Modality], str] = {}
    sentences: dict[str, Testimony] = {}
    for one in sorted(told, key=lambda t: (t.source.published or date.max, t.place)):
        if tellers.setdefault((one.source.story, one.claim.modality), one.source.id) == one.source.id:
            sentences.setdefault(one.claim.evidence.quote, one)
    return tuple(sorted(sentences.values(), key=_worst_last))


def _worst_last(one: Testimony) -> tuple[object, ...]:
    return MODALITIES.index(one.claim.modality), -one.published.toordinal(), one.place
