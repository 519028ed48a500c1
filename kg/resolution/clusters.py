"""Groups that may be one, with their links → bundles of units that are one, and why.

First the units of one name are parted into namesakes; then bundles are joined: by judgement, then from the highest
score downwards, short names last and only where one fuller name fits best. What is forbidden is never joined.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.model import Verdict
from kg.resolution.bundles import Bundle, Rules
from kg.resolution.features import HALF, Score, score
from kg.resolution.groups import Group, GroupKey
from kg.resolution.links import Link
from kg.resolution.namesakes import part

__all__ = ["Decision", "Tied", "bundle"]

MARGIN = 0.1
"""How much better than the next the best fuller name of a short one has to be."""

OPEN = 0.2
"""From this probability up, a pair that is not joined is an open question."""

MOST_NAMESAKES = 12
"""Of more people of one name only neighbours are compared."""

Tied = Mapping[GroupKey, Mapping[GroupKey, Link]]


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided of two units (their ids), and why."""

    left: str
    right: str
    verdict: Verdict
    feature: str
    value: str
    score: str = ""


class Joining:
    """Bundles of one component while they are being joined."""

    def __init__(self, bundles: Sequence[Bundle]) -> None:
        self.atoms = bundles
        self.current: dict[str, Bundle] = {atom.id: atom for atom in bundles}
        self.decisions: list[Decision] = []

    def join(self, left: Bundle, right: Bundle, why: Score) -> None:
        """Makes one of the bundles that two atoms are in by now, unless that is forbidden."""
        one, other = self.current[left.id], self.current[right.id]
        forbidden = one.forbids(other) if one is not other else ""
        if forbidden:
            self.tell(left, right, Verdict.DIFFERENT, Score(why.value, forbidden, why.told))
            return
        self.tell(left, right, Verdict.SAME, why)
        self.merge(one, other)

    def merge(self, one: Bundle, other: Bundle) -> None:
        """Makes one of two bundles."""
        if one is not other:
            both = one.with_all(other)
            self.current |= {key: both for key, bundle in self.current.items() if bundle in (one, other)}

    def tell(self, left: Bundle, right: Bundle, verdict: Verdict, why: Score) -> None:
        """Keeps the reason."""
        shown = "" if why.feature == "judgement" and verdict is Verdict.SAME else f"{why.value:.3f}"
        self.decisions.append(Decision(left.id, right.id, verdict, why.feature, why.told, shown))

    def result(self, rules: Rules) -> list[Bundle]:
        """The bundles as they are, without what was worked out on the way."""
        return [Bundle(one.units, rules) for one in {id(one): one for one in self.current.values()}.values()]


def bundle(
    groups: Sequence[Group],
    tied: Tied,
    rules: Rules,
    weights: Mapping[str, float],
    same: Iterable[tuple[frozenset[str], str]] = (),
) -> tuple[list[Bundle], list[Decision]]:
    """The bundles of a component and the decisions made; ``same`` are units that judgements join, with their notes."""
    if len(groups) == 1 and len(groups[0].units) == 1 and not groups[0].units[0].said:
        return [Bundle(groups[0].units, rules)], []
    parts = {group.key: part(group, rules) for group in groups}
    joining = Joining([atom for key in sorted(parts) for atom in parts[key]])
    _told_in_text(joining)
    _judged(joining, same)
    _namesakes(joining, parts, weights)
    whole, short = _scored(parts, tied, weights)
    _join_whole(joining, whole)
    _join_short(joining, short)
    return joining.result(rules), joining.decisions


def _told_in_text(joining: Joining) -> None:
    """What texts say of names of one unit."""
    for atom in joining.atoms:
        for feature, told in sorted({told for unit in atom.units for told in unit.said}):
            joining.decisions.append(Decision(atom.id, atom.id, Verdict.SAME, feature, told))


def _judged(joining: Joining, same: Iterable[tuple[frozenset[str], str]]) -> None:
    for units, told in same:
        judged = [atom for atom in joining.atoms if atom.ids & units]
        for atom in judged[1:]:
            _join_judged(joining, judged[0], atom, told)


def _join_judged(joining: Joining, left: Bundle, right: Bundle, told: str) -> None:
    one, other = joining.current[left.id], joining.current[right.id]
    why = Score(1.0, "judgement", told)
    if one is not other and (one.judged_apart(other) or one.forbids(other) == "other_identifier"):
        joining.tell(left, right, Verdict.DIFFERENT, Score(1.0, "judgements_disagree", told))
        return
    joining.tell(left, right, Verdict.SAME, why)
    joining.merge(one, other)


def _namesakes(joining: Joining, parts: Mapping[GroupKey, list[Bundle]], weights: Mapping[str, float]) -> None:
    """Why units of one name are one, or several."""
    for key in sorted(parts):
        atoms = parts[key]
        for atom in atoms:
            if len(atom.units) > 1:
                why = Score(1.0, "same_name", f"{key.primary} in {len(atom.documents)} documents")
                joining.decisions.append(Decision(atom.id, atom.id, Verdict.SAME, why.feature, why.told))
        for left, right in _pairs(atoms):
            if joining.current[left.id] is not joining.current[right.id]:
                why = score(left, right, Link("same_name", key.primary), weights)
                verdict = Verdict.UNSURE if why.value else Verdict.DIFFERENT
                joining.tell(left, right, verdict, why)


def _pairs(atoms: Sequence[Bundle]) -> Iterator[tuple[Bundle, Bundle]]:
    for index, left in enumerate(atoms):
        following = atoms[index + 1 :] if len(atoms) <= MOST_NAMESAKES else atoms[index + 1 : index + 2]
        yield from ((left, right) for right in following)


Scored = tuple[Score, Bundle, Bundle]


def _scored(
    parts: Mapping[GroupKey, list[Bundle]], tied: Tied, weights: Mapping[str, float]
) -> tuple[list[Scored], list[Scored]]:
    """Pairs of atoms with their scores: of whole names, and of a short one (first) with a fuller."""
    whole, short = [], []
    for left in sorted(parts):
        for right, tie in sorted(tied.get(left, {}).items()):
            if left >= right:
                continue
            for one in parts[left]:
                for other in parts[right]:
                    why = score(one, other, tie, weights)
                    if tie.short:
                        short.append((why, one, other) if one.primary == tie.short else (why, other, one))
                    else:
                        whole.append((why, one, other))
    return whole, short


def _join_whole(joining: Joining, scored: list[Scored]) -> None:
    for why, left, right in sorted(scored, key=lambda found: (-found[0].value, found[1].anchor, found[2].anchor)):
        if why.value >= HALF:
            joining.join(left, right, why)
        elif why.value >= OPEN or why.feature == "judgement":
            _leave(joining, left, right, why)


def _join_short(joining: Joining, scored: list[Scored]) -> None:
    """Fuller short names first, so that "George Bush" is settled before "Bush"."""
    candidates: dict[str, list[Scored]] = defaultdict(list)
    for found in scored:
        candidates[found[1].id].append(found)
    for several in sorted(candidates.values(), key=lambda several: _short_order(several[0][1])):
        _settle(joining, several)


def _short_order(short: Bundle) -> tuple[int, tuple[str, str, str]]:
    return (-len(short.name.words), short.anchor)


def _settle(joining: Joining, scored: list[Scored]) -> None:
    """Joins a short name with the fuller one that fits it best, if one does."""
    best: dict[int, Scored] = {}
    for found in sorted(scored, key=lambda found: (-found[0].value, found[2].anchor)):
        best.setdefault(id(joining.current[found[2].id]), found)
    fitting = [found for found in best.values() if found[0].value >= HALF]
    alone = len(fitting) == 1 or (len(fitting) > 1 and fitting[0][0].value - fitting[1][0].value >= MARGIN)
    for index, (why, short, full) in enumerate(best.values()):
        if alone and index == 0:
            joining.join(short, full, why)
        elif why.value >= OPEN or why.feature == "judgement":
            _leave(joining, short, full, why)


def _leave(joining: Joining, left: Bundle, right: Bundle, why: Score) -> None:
    if joining.current[left.id] is not joining.current[right.id]:
        joining.tell(left, right, Verdict.UNSURE if why.value else Verdict.DIFFERENT, why)
