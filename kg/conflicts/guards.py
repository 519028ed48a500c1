"""Why a pattern that matches is only watched, or does not hold. Each guard is one reason."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations

from kg.conflicts.candidate import Candidate
from kg.conflicts.pattern import Pattern
from kg.conflicts.snapshot import Snapshot
from kg.conflicts.tie import Standing, Testimony, Tie
from kg.conflicts.wording import Wording, plain
from kg.model import Tier

__all__ = ["Case", "Ruling", "rulings"]


@dataclass(frozen=True, slots=True)
class Case:
    """A candidate before its judges."""

    pattern: Pattern
    candidate: Candidate
    snapshot: Snapshot
    wording: Wording

    def with_standing(self, standing: Standing) -> tuple[Tie, ...]:
        """Its ties that stand so."""
        return tuple(tie for tie in self.candidate.ties if tie.standing is standing)

    def kind(self, tie: Tie) -> str:
        """What the tie is called: role, deal, rivalry."""
        views = self.snapshot.views.of(tie.relation)
        return self.snapshot.views.labels.get(views[0], "tie") if views else "tie"

    def group_link(self, left: str, right: str) -> tuple[Tie, ...] | None:
        """What makes two organizations one group; a purchase that the pattern is about does so from the next day on."""
        pair, day = frozenset((left, right)), self.snapshot.day
        purchases = [tie for tie in self.candidate.ties if tie.relation == "acquired" and tie.ends == pair]
        closing = frozenset(tie.edge for tie in purchases if tie.since >= day)
        return self.snapshot.groups.link(left, right, closing)


@dataclass(frozen=True, slots=True)
class Ruling:
    """A guard's verdict: the tier it moves the finding to, why, and the claims that say so."""

    tier: Tier
    reason: str
    mitigations: tuple[Testimony, ...] = ()


def rulings(case: Case) -> tuple[Ruling, ...]:
    """The verdicts of the gravest tier that any guard gives; none where the finding holds."""
    given = [ruling for guard in GUARDS for ruling in guard(case)]
    suppressing = tuple(ruling for ruling in given if ruling.tier is Tier.SUPPRESSED)
    return suppressing or tuple(given)


def denied(case: Case) -> Iterator[Ruling]:
    """The last word on a tie is that it is not so."""
    for tie in case.with_standing(Standing.DENIED):
        reason = f"the {case.kind(tie)} is denied: {case.wording.tie(tie.edge)}"
        yield Ruling(Tier.SUPPRESSED, reason, tie.against)


def ended(case: Case) -> Iterator[Ruling]:
    """A tie was over at the date, so the two sides did not stand at one time."""
    for tie in case.with_standing(Standing.ENDED):
        reason = f"the {case.kind(tie)} has ended: {case.wording.tie(tie.edge)}"
        yield Ruling(Tier.SUPPRESSED, reason, tie.against)


def one_group(case: Case) -> Iterator[Ruling]:
    """Two of the organizations are of one corporate group, and the pattern is not made for that."""
    organizations = case.candidate.organizations
    allowed = [organizations[:2]] if case.pattern.in_one_group else []
    for pair in combinations(organizations, 2):
        link = case.group_link(*pair) if pair not in allowed else None
        if link:
            names = " and ".join(case.wording.name(organization) for organization in pair)
            told = ", ".join(case.wording.tie(tie.edge) for tie in link)
            claims = tuple(said for tie in link for said in tie.support)
            yield Ruling(Tier.SUPPRESSED, f"{names} are one corporate group: {told}", claims)


def contested(case: Case) -> Iterator[Ruling]:
    """Some texts affirm a tie, others deny it."""
    for tie in case.with_standing(Standing.CONTESTED):
        reason = f"the {case.kind(tie)} is affirmed and denied: {case.wording.tie(tie.edge)}"
        yield Ruling(Tier.WATCH, reason, tie.against)


def hedged(case: Case) -> Iterator[Ruling]:
    """A tie is only planned, possible, alleged or hypothetical."""
    for tie in case.with_standing(Standing.HEDGED):
        speaker = tie.support[0].claim.attributed_to
        by = f" (by {plain(speaker)})" if speaker else ""
        reason = f"the {case.kind(tie)} is only {tie.modality}{by}: {case.wording.tie(tie.edge)}"
        yield Ruling(Tier.WATCH, reason, tie.against)


def undated(case: Case) -> Iterator[Ruling]:
    """No text says when a role ended that has to be fresh."""
    for tie in case.with_standing(Standing.PAST):
        if tie.ended_on is None:
            yield Ruling(Tier.WATCH, f"no text says when it ended: {case.wording.tie(tie.edge)}", tie.against)


GUARDS: tuple[Callable[[Case], Iterator[Ruling]], ...] = (denied, ended, one_group, contested, hedged, undated)
