"""One card for one set of parties: findings that say less, or the same by another way, are folded into the gravest.

A card names what it stands for by drivers of no weight, as in ``includes dual_role``. What holds, what is watched and
what was suppressed are never folded into each other the other way round: nothing hides a finding that is firmer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from kg.conflicts.groups import Groups
from kg.conflicts.pattern import Pattern
from kg.model import Finding, Tier

__all__ = ["THROUGH_GROUP", "cards", "folded_cards", "gravest_first"]

ORDER = list(Tier)
THROUGH_GROUP = "through the group"
Sides = tuple[str, str, frozenset[str]]


def cards(findings: Sequence[Finding], known: Sequence[Pattern], groups: Groups) -> tuple[Finding, ...]:
    """The findings that are shown. Sorted by tier, gravest first, then severity, then id."""
    return tuple(sorted(folded_cards(findings, known, groups), key=gravest_first))


def folded_cards(findings: Sequence[Finding], known: Sequence[Pattern], groups: Groups) -> list[Finding]:
    """The findings that are shown, in no order. Findings of two persons never bear on each other here."""
    return without_included(folded(without_echoes(findings, groups)), known, groups)


def without_echoes(findings: Iterable[Finding], groups: Groups) -> list[Finding]:
    """The findings without those that an owner shares with its subsidiary, where the subsidiary's own is there."""
    told: dict[tuple[object, ...], list[Finding]] = defaultdict(list)
    for finding in findings:
        heads = tuple(sorted(groups.head(organization) for organization in finding.organizations))
        party = groups.head(finding.party) if finding.party in finding.organizations else finding.party
        told[finding.pattern, party, heads, finding.tier].append(finding)
    return [finding for several in told.values() for finding in _nearest(several)]


def _nearest(findings: Sequence[Finding]) -> list[Finding]:
    direct = [finding for finding in findings if not _is_through_group(finding)]
    ordered = sorted(findings, key=lambda f: (len(f.premises), f.party, f.organizations))
    return direct or ordered[:1]


def _is_through_group(finding: Finding) -> bool:
    return any(name == THROUGH_GROUP for name, _ in finding.drivers)


def folded(findings: Iterable[Finding]) -> list[Finding]:
    """One of all findings of one party and the same organizations that are filed alike, whatever their patterns."""
    alike: dict[tuple[str, frozenset[str], str], list[Finding]] = defaultdict(list)
    for finding in findings:
        alike[finding.party, frozenset(finding.organizations), _status(finding.tier)].append(finding)
    return [_card(sorted(several, key=_best_first)) for several in alike.values()]


def _card(several: Sequence[Finding]) -> Finding:
    """The first, with what the others add."""
    first, others = several[0], [finding for finding in several[1:] if finding.pattern != several[0].pattern]
    if not others:
        return first
    return replace(
        first,
        drivers=(*first.drivers, *((f"includes {name}", 0.0) for name in dict.fromkeys(f.pattern for f in others))),
        premises=_joined([first.premises, *(finding.premises for finding in others)]),
        mitigations=_joined([first.mitigations, *(finding.mitigations for finding in others)]),
        remarks=_joined([first.remarks, *(finding.remarks for finding in others)]),
        reason="; ".join(dict.fromkeys(part for f in (first, *others) for part in f.reason.split("; ") if part)),
    )


def _joined(several: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for some in several for one in some))


def without_included(findings: Sequence[Finding], known: Sequence[Pattern], groups: Groups) -> list[Finding]:
    """The findings without those that say less of the same party and pair; the stronger one names what it includes.

    A weaker pattern that holds is not hidden behind a stronger one that is only watched or was suppressed.
    """
    included = {pattern.name: pattern.includes for pattern in known}
    stronger: dict[Sides, int] = {}
    for finding in findings:
        for name in included[finding.pattern]:
            sides = _sides(finding, name, groups)
            stronger[sides] = min(ORDER.index(finding.tier), stronger.get(sides, len(ORDER)))
    hidden = {
        sides: ORDER.index(finding.tier)
        for finding in findings
        if stronger.get(sides := _sides(finding, finding.pattern, groups), len(ORDER)) <= ORDER.index(finding.tier)
    }
    shown = [finding for finding in findings if _sides(finding, finding.pattern, groups) not in hidden]
    return [_naming(finding, included[finding.pattern], hidden, groups) for finding in shown]


def _sides(finding: Finding, pattern: str, groups: Groups) -> Sides:
    """The pattern and the pair, a subsidiary standing for its group unless the finding is about being one."""
    pair = finding.organizations[:2]
    heads = frozenset(map(groups.head, pair))
    return pattern, finding.party, heads if len(heads) > 1 else frozenset(pair)


def _naming(finding: Finding, included: Sequence[str], hidden: Mapping[Sides, int], groups: Groups) -> Finding:
    """The finding with a driver of no weight for each weaker one that it stands for, and that holds or is watched."""
    places = range(ORDER.index(finding.tier), ORDER.index(Tier.SUPPRESSED))
    named = [f"includes {name}" for name in included if hidden.get(_sides(finding, name, groups)) in places]
    if not named:
        return finding
    said = {name for name, _ in finding.drivers}
    return replace(finding, drivers=(*finding.drivers, *((name, 0.0) for name in named if name not in said)))


def _status(tier: Tier) -> str:
    return str(tier) if tier in (Tier.WATCH, Tier.SUPPRESSED) else "holds"


def _best_first(finding: Finding) -> tuple[int, float, str, tuple[str, ...]]:
    return ORDER.index(finding.tier), -finding.severity, finding.pattern, finding.organizations


def gravest_first(finding: Finding) -> tuple[int, float, str]:
    """The order of all lists of findings."""
    return ORDER.index(finding.tier), -finding.severity, finding.id
