"""How grave a finding would be, as a sum of named drivers with the weights of ``lexicon/severity.txt``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from kg.conflicts.candidate import Candidate
from kg.conflicts.cards import THROUGH_GROUP
from kg.conflicts.pattern import Pattern
from kg.conflicts.tie import Standing, Tie, independent
from kg.errors import OntologyError
from kg.model import EntityType, Graph, Modality, Remark
from kg.ontology import Ontology

__all__ = ["Weights", "modality_of"]

NUMBER = re.compile(r"\d{1,18}(?:\.\d+)?")
Driver = tuple[str, float]
INTERESTS = (
    "leads",
    "board_member_of",
    "founded_by",
    "employed_by",
    "holds_shares_in",
    "invested_in",
    "acquired",
    "parent_of",
    "member_of",
)


class Weights:
    """The weights of an ontology, and the words that show a public purpose."""

    def __init__(self, ontology: Ontology) -> None:
        self._where = str(ontology.folder / "lexicon" / "severity.txt")
        self._weights = dict(ontology.lexicon("severity"))
        self._charity = frozenset(cue.casefold() for cue, _ in ontology.lexicon("charity_cues"))

    def of(self, driver: str) -> float:
        """The weight of a driver; raises OntologyError where the file gives none."""
        value = self._weights.get(driver, "")
        if not re.fullmatch(r"[+-]?\d+(\.\d+)?", value):
            raise OntologyError(f"no weight for {driver}", where=self._where, way_out="Give one: driver, tab, number")
        return float(value)

    def drivers(self, pattern: Pattern, rows: Sequence[Candidate], graph: Graph, day: date) -> tuple[Driver, ...]:
        """The parts of the severity of a finding that holds in these ways; parts of no weight are left out."""
        ties = tuple(dict.fromkeys(tie for row in rows for tie in row.ties))
        parts = (
            self._interest(rows[0], ties),
            self._rivalry(ties, graph),
            self._through_group(rows),
            self._amount(ties),
            self._share(ties),
            self._sources(ties),
            self._age(ties, day),
            (f"modality {modality_of(rows)}", self.of(modality_of(rows))),
            self._contested(ties),
            self._charities(rows[0], graph),
        )
        return (("base", pattern.severity), *((name, weight) for name, weight in parts if weight))

    def mitigation(self, remarks: Sequence[Remark]) -> tuple[Driver, ...]:
        """What the best of the sentences takes away that speak against it."""
        best = min(((self.of(remark.kind), remark.kind) for remark in remarks), default=None)
        return ((f"{best[1].replace('_', ' ')} stated", best[0]),) if best else ()

    def _interest(self, row: Candidate, ties: Sequence[Tie]) -> Driver:
        """The best interest of a person or owner in each firm counts, and of the firms the weaker."""
        best = [max(found) for found in self._interests(row, ties) if found]
        weight, relation = min(best, default=(0.0, ""))
        return f"interest {relation}", weight

    def _interests(self, row: Candidate, ties: Sequence[Tie]) -> Iterator[list[tuple[float, str]]]:
        firms = row.organizations[:2]
        for firm in firms:
            held = {tie.relation for tie in ties if firm in tie.ends and not tie.ends <= {*firms}}
            yield [(self.of(relation), relation) for relation in sorted(held & set(INTERESTS))]

    def _rivalry(self, ties: Sequence[Tie], graph: Graph) -> Driver:
        stated = any(tie.relation == "competitor_of" and _ties_organizations(tie, graph) for tie in ties)
        return "explicit rivalry", self.of("explicit_rivalry") if stated else 0.0

    def _sources(self, ties: Sequence[Tie]) -> Driver:
        told = independent([said for tie in ties for said in tie.support])
        by_story: dict[str, str] = {}
        for said in told:
            by_story.setdefault(said.source.story, said.source.publisher or said.source.story)
        sources = set(by_story.values())
        more = min(len(sources), int(self.of("most_sources"))) - 1
        return f"{len(sources)} independent sources", round(more * self.of("independent_source"), 3)

    def _through_group(self, rows: Sequence[Candidate]) -> Driver:
        indirect = all(row.by_group for row in rows)
        return THROUGH_GROUP, self.of("through_group") if indirect else 0.0

    def _amount(self, ties: Sequence[Tie]) -> Driver:
        """The largest sum that a text gives, in whatever currency: what a step is worth in another is not known."""
        largest = max(_numbers(ties, "amount"), default=0.0)
        for name in ("amount_large", "amount_disclosable"):
            if largest >= self.of(f"{name}_from"):
                return f"amount {largest:,.0f}", self.of(name)
        return "amount", 0.0

    def _share(self, ties: Sequence[Tie]) -> Driver:
        largest = max(_numbers(ties, "share"), default=0.0)
        return f"share {largest:g} percent", self.of("share") if largest >= self.of("share_from") else 0.0

    def _age(self, ties: Sequence[Tie], day: date) -> Driver:
        """A chain is as old as the tie that was last heard of longest ago; undated texts say nothing."""
        heard = [[said.published for said in tie.support if said.source.published] for tie in ties]
        years = max((day - max(days)).days // 365 for days in heard if days) if any(heard) else 0
        counted = min(max(years, 0), int(self.of("most_years")))
        ago = "1 year" if years == 1 else f"{years} years"
        return f"evidence of {ago} ago", round(counted * self.of("year_of_age"), 3)

    def _contested(self, ties: Sequence[Tie]) -> Driver:
        contested = any(tie.standing is Standing.CONTESTED for tie in ties)
        return "contested", self.of("contested") if contested else 0.0

    def _charities(self, row: Candidate, graph: Graph) -> Driver:
        names = " ".join(graph.entities[firm].name for firm in row.organizations).casefold()
        charity = self._charity & set(re.findall(r"[\w-]+", names))
        return "charity", self.of("charity") if charity else 0.0


def modality_of(rows: Sequence[Candidate]) -> Modality:
    """A chain is as firm as its least firm tie; of several chains the firmest counts."""
    return Modality.firmest(Modality.weakest(tie.modality for tie in row.ties) for row in rows)


def _numbers(ties: Sequence[Tie], name: str) -> Iterator[float]:
    for value in (getattr(said.claim.qualifiers, name) for tie in ties for said in tie.support):
        if value and NUMBER.fullmatch(value):
            yield float(value)


def _ties_organizations(tie: Tie, graph: Graph) -> bool:
    return all(graph.entities[end].type is EntityType.ORGANIZATION for end in tie.ends)
