"""What the stretches that the model points at mean: a title, who says so, since when, until when, a sum, a share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from kg.extraction.amounts import money_in, share_in
from kg.extraction.dates import when
from kg.model import PartialDate, Qualifiers

__all__ = ["Details", "meant"]

TITLED = frozenset(("leads", "board_member_of", "employed_by"))
WITH_MONEY = frozenset(("acquired", "invested_in", "supplier_of", "customer_of", "partner_of", "holds_shares_in"))
WITH_SHARE = frozenset(("invested_in", "holds_shares_in", "parent_of", "acquired"))


@dataclass(frozen=True, slots=True)
class Details:
    """The details of a claim, as values."""

    source: str | None
    valid_from: PartialDate | None
    valid_until: PartialDate | None
    qualifiers: Qualifiers


def meant(
    label: str, stretches: Mapping[str, str], published: date | None, name_of: Callable[[str], str | None]
) -> Details:
    """The details of a relation with this label; ``name_of`` a role gives the name of who stands there, if anybody.

    What means nothing that we can read is left out; a begin after its end leaves both out.
    """
    since, until = (day(stretches.get(role), published) for role in ("since", "until"))
    if since and until and since.earliest > until.latest:
        since = until = None
    money = money_in(stretches.get("money", "")) if label in WITH_MONEY else None
    return Details(
        source=name_of("source") or stretches.get("source"),
        valid_from=since,
        valid_until=until,
        qualifiers=Qualifiers(
            title=stretches.get("title") if label in TITLED else None,
            amount=money[0] if money else None,
            currency=money[1] if money else None,
            share=share_in(stretches.get("share", "")) if label in WITH_SHARE else None,
        ),
    )


def day(text: str | None, published: date | None) -> PartialDate | None:
    """A date that is written so."""
    return when(text, published) if text else None
