"""Units of one name → bundles, one for each bearer of the name.

Firms, products and places of one name are one, unless a judgement or an identifier says otherwise. People are one
where somebody or something near the one turns up around the other; where people of one name belong to firms that
nothing ties, they stay apart, and so does everyone of that name of whom nothing is told.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.model import EntityType
from kg.resolution.bundles import Bundle, Rules
from kg.resolution.groups import Group
from kg.resolution.partition import Partition
from kg.resolution.units import Unit

__all__ = ["part"]


def part(group: Group, rules: Rules) -> list[Bundle]:
    """The bearers of a group's name, the oldest first."""
    whole = Bundle(group.units, rules)
    people = group.key.type is EntityType.PERSON
    if len(whole.units) == 1 or not (people or _contested(whole)):
        return [whole]
    pieces = [Bundle(units, rules) for units in _met(group.units)] if people else [whole]
    if _contested(whole):
        pieces = [smaller for piece in pieces for smaller in _permitted(piece, rules)]
    parted = sorted(pieces, key=lambda piece: piece.anchor)
    return _with_untold(parted) if people else parted


def _contested(whole: Bundle) -> bool:
    return whole.forbids(whole) != "" or len(whole.births) > 1 or len(whole.references) > 1


def _met(units: Sequence[Unit]) -> list[list[Unit]]:
    """Sets of units of which something near one is around another."""
    partition = Partition(len(units))
    first: dict[str, int] = {}
    for index, unit in enumerate(units):
        for key in unit.near | {f"born {year}" for year in unit.births}:
            first.setdefault(key, index)
    for index, unit in enumerate(units):
        for key in unit.around - unit.keys | {f"born {year}" for year in unit.births}:
            if key in first:
                partition.join(index, first[key])
    return [[units[i] for i in members] for members in partition.sets()]


def _permitted(piece: Bundle, rules: Rules) -> list[Bundle]:
    """The piece, cut where its units forbid one another: each goes where it shares most, to the oldest of equals."""
    bound = [unit for unit in piece.units if rules.binds(unit) or unit.births or unit.apart & piece.ids]
    found: list[Bundle] = []
    for unit in [*bound, *(unit for unit in piece.units if unit not in bound)]:
        alone = Bundle([unit], rules)
        open_to = [index for index, bundle in enumerate(found) if not bundle.forbids(alone)]
        if open_to:
            best = max(open_to, key=lambda index: _common(found[index], alone))
            found[best] = found[best].with_all(alone)
        else:
            found.append(alone)
    return found


def _common(left: Bundle, right: Bundle) -> int:
    return len(left.near & right.around) + len(left.around & right.near)


def _with_untold(pieces: list[Bundle]) -> list[Bundle]:
    """One person where at most one piece tells of firms (of a lone surname: of anything), else each piece its own."""
    told = [piece for piece in pieces if (piece.firms if len(piece.name.words) > 1 else piece.near)]
    if len(told) > 1:
        return pieces
    first, *rest = [*told, *(piece for piece in pieces if piece not in told)]
    kept = [first]
    for piece in rest:
        open_to = [index for index, bundle in enumerate(kept) if not bundle.forbids(piece)]
        if open_to:
            kept[open_to[0]] = kept[open_to[0]].with_all(piece)
        else:
            kept.append(piece)
    return sorted(kept, key=lambda bundle: bundle.anchor)
