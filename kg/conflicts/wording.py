"""How ties are said in one line, and how text of documents is made safe to show."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from kg.conflicts.tie import Edge
from kg.model import Entity, Tier
from kg.ontology import Ontology

__all__ = ["PLACEHOLDER", "Wording", "fill", "headline", "plain"]


PLACEHOLDER = re.compile(r"\{(\w+)\}")
JOINERS = "\u200c\u200d"  # some scripts spell with them


class Wording:
    """Says ties with the names of their ends, as ``lexicon/tie_wording.txt`` words the relations."""

    def __init__(self, ontology: Ontology, entities: Mapping[str, Entity]) -> None:
        self._words = dict(ontology.lexicon("tie_wording"))
        self._entities = entities

    def name(self, entity: str) -> str:
        """The name of an entity, safe to show."""
        return plain(self._entities[entity].name)

    def tie(self, edge: Edge) -> str:
        """As in ``Elon Musk leads SpaceX``."""
        subject, relation, object_ = edge
        words = self._words.get(relation, relation.replace("_", " "))
        return f"{self.name(subject)} {words} {self.name(object_)}"


def plain(text: str) -> str:
    """The text in one line, without control and direction characters."""
    shown = "".join(" " if character.isspace() else character for character in text)
    return " ".join("".join(filter(_is_visible, shown)).split())


def _is_visible(character: str) -> bool:
    return character in JOINERS or unicodedata.category(character) not in ("Cc", "Cf", "Cs")


def fill(reading: str, names: Mapping[str, str]) -> str:
    """The reading with its placeholders filled in one pass, so that a name with braces stays a name."""
    return PLACEHOLDER.sub(lambda found: names[found[1]], reading)


def headline(tier: Tier) -> str:
    """What every report calls a finding."""
    return "potential conflict, review" + (f"; {tier}" if tier in (Tier.WATCH, Tier.SUPPRESSED) else "")
