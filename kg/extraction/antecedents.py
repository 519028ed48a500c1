"""Which name a pronoun or a noun phrase goes back to: by nearness, type, gender and grammatical role.

Where two candidates tie, nothing is linked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.extraction.frames import antecedent
from kg.extraction.lexicon import Lexicon
from kg.extraction.mentions import Spot
from kg.model import EntityType, MentionForm

__all__ = ["Antecedents"]

SUBJECT_ROLES = ("nsubj", "nsubjpass")
RELATIVE = ("which", "who", "that", "whom", "whose")
REFLEXIVE = ("himself", "herself", "itself")
REACH = 3
ENOUGH = 3.0
MARGIN = 0.75
WEIGHTS = {"subject": 2.0, "object": 0.5, "possessor": 0.8}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name that a later mention may go back to."""

    spot: Spot
    key: str
    kind: EntityType
    sentence: int
    role: str


class Antecedents:
    """Finds the name that a pronoun or a noun phrase of one text goes back to."""

    def __init__(self, doc: Doc, lexicon: Lexicon, keys: Mapping[tuple[str, EntityType], str]) -> None:
        self.doc = doc
        self.lexicon = lexicon
        self.keys = keys
        self.sentence_of = {t.i: n for n, sentence in enumerate(doc.sents) for t in sentence}
        self.genders: dict[str, str] = {}
        self.seen: list[Candidate] = []

    def resolve(self, spots: Sequence[Spot]) -> dict[int, tuple[Spot, str, EntityType]]:
        """Token → mention, key and type of all names and of everything that could be linked to one."""
        found: dict[int, tuple[Spot, str, EntityType]] = {}
        for spot in spots:
            token = self.doc[spot.token]
            if spot.form is MentionForm.NAME:
                kind = spot.types[0]
                found[spot.token] = (spot, self.keys[token.text, kind], kind)
                self.note_gender(token, self.keys[token.text, kind], kind)
            elif candidate := self.find(spot, token, found):
                found[spot.token] = (spot, candidate[0], candidate[1])
            if spot.token in found:
                self.remember(token, *found[spot.token])
        return found

    def note_gender(self, token: Token, key: str, kind: EntityType) -> None:
        """Honorifics, titles and kinship words beside a name tell its gender."""
        if kind is not EntityType.PERSON:
            return
        beside = [t for t in (token.nbor(-1) if token.i else None, token.head, *token.children) if t is not None]
        told = {g for t in beside if (g := gender_told(t, token, self.lexicon))}
        if len(told) == 1:
            self.genders.setdefault(key, told.pop())

    def remember(self, token: Token, spot: Spot, key: str, kind: EntityType) -> None:
        """Makes a mention a candidate for later ones; a gendered pronoun tells its name's gender."""
        if spot.gender and kind is EntityType.PERSON:
            self.genders.setdefault(key, spot.gender)
        self.seen.append(Candidate(spot, key, kind, self.sentence_of[token.i], role(token)))

    def find(
        self, spot: Spot, token: Token, found: Mapping[int, tuple[Spot, str, EntityType]]
    ) -> tuple[str, EntityType] | None:
        """Key and type of what a mention goes back to."""
        direct = antecedent(token)
        if direct.i != token.i:
            target = self.referent(direct, found)
            return target if target and target[1] in spot.types else None
        if (named := self.apposed(token)) is not None and named.i in found:
            return found[named.i][1:]
        if token.lower_ in RELATIVE or any(c.dep_ == "poss" for c in token.lefts):
            return None
        return self.nearest(spot, token)

    def apposed(self, token: Token) -> Token | None:
        """The name that "the company" stands right after: "xAI, the company that …"."""
        left = token.left_edge.i
        return (
            self.doc[left - 2] if left > 1 and self.doc[left - 1].text == "," and self.doc[left - 2].ent_type_ else None
        )

    def referent(
        self, token: Token, found: Mapping[int, tuple[Spot, str, EntityType]]
    ) -> tuple[str, EntityType] | None:
        """What a noun stands for, itself or through its apposition."""
        if token.i in found:
            return found[token.i][1:]
        for other in [token.head] if token.dep_ == "appos" else [c for c in token.children if c.dep_ == "appos"]:
            if other.i in found:
                return found[other.i][1:]
        return None

    def nearest(self, spot: Spot, token: Token) -> tuple[str, EntityType] | None:
        """The most salient candidate that fits, unless another thing is as salient."""
        here = self.sentence_of[token.i]
        scores: dict[tuple[str, EntityType], float] = {}
        for candidate in reversed(self.seen):
            if here - candidate.sentence > REACH:
                break
            if not self.fits(candidate, spot, token):
                continue
            target = (candidate.key, candidate.kind)
            told = 1.0 if spot.gender and self.genders.get(candidate.key) == spot.gender else 0.0
            scores[target] = max(scores.get(target, 0.0), told + salience(candidate, token, here))
        ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
        if not ranked or ranked[0][1] < ENOUGH or (len(ranked) > 1 and ranked[0][1] - ranked[1][1] < MARGIN):
            return None
        return ranked[0][0]

    def fits(self, candidate: Candidate, spot: Spot, token: Token) -> bool:
        """Whether a candidate is of a right type and gender, and not what the mention is said beside."""
        if candidate.kind not in spot.types:
            return False
        gender = self.genders.get(candidate.key, "")
        if spot.gender and gender and gender != spot.gender:
            return False
        if spot.form is MentionForm.NOUN_PHRASE and not self.generic(token):
            return self.akin(candidate, token)
        return not clash(self.doc[candidate.spot.token], token, spot)

    def generic(self, token: Token) -> bool:
        """Whether a noun phrase says nothing but that it is an organization or a person."""
        bare_phrase = not any(c.dep_ in ("amod", "compound", "nmod") for c in token.lefts)
        return bare_phrase and token.lower_ in self.lexicon.words("generic_nouns")

    def akin(self, candidate: Candidate, token: Token) -> bool:
        """Whether the noun of a phrase was said of a candidate before, or is kin to a word of its name."""
        noun = token.lemma_.lower()
        name = self.doc[candidate.spot.token]
        beside = {
            t.lemma_.lower()
            for t in (name.head, *name.children)
            if t.dep_ in ("appos", "compound", "attr") or name.dep_ == "appos"
        }
        return noun in beside or any(word[:5] == noun[:5] for word in candidate.key.casefold().split() if len(noun) > 3)


def salience(candidate: Candidate, token: Token, here: int) -> float:
    """Recency, grammatical role and likeness of roles."""
    distance = here - candidate.sentence
    score = 4.0 - 1.5 * distance
    score += WEIGHTS.get(candidate.role, 0.0)
    if candidate.spot.form is MentionForm.PRONOUN:
        score += 0.5
    if distance == 0 and candidate.role == "subject" and role(token) == "possessor":
        score += 0.5
    return score


def role(token: Token) -> str:
    """The grammatical role of a mention, as far as it matters for salience."""
    if token.dep_ in SUBJECT_ROLES or token.dep_ == "ROOT":
        return "subject"
    if token.dep_ in ("conj", "appos"):
        return role(token.head)
    if token.dep_ in ("dobj", "dative"):
        return "object"
    return "possessor" if token.dep_ == "poss" else "other"


def clash(candidate: Token, token: Token, spot: Spot) -> bool:
    """Whether grammar keeps two mentions apart: subject and object of one verb; a possessive inside its own noun."""
    if token.lower_ in REFLEXIVE:
        return False
    if (
        candidate.head.i == token.head.i
        and candidate.dep_ != "poss"
        and token.dep_ in ("dobj", "nsubj", "nsubjpass", "dative")
    ):
        return True
    if token.dep_ == "pobj" and candidate.dep_ in SUBJECT_ROLES and token.head.head.i == candidate.head.i:
        return True
    owned = token.head if token.dep_ == "poss" else None
    if owned is not None and (candidate.i == owned.i or (candidate.dep_ == "appos" and candidate.head.i == owned.i)):
        return True
    return spot.form is MentionForm.NOUN_PHRASE and any(c.i == candidate.i for c in token.subtree)


def gender_told(token: Token, name: Token, lexicon: Lexicon) -> str:
    """The gender that a word beside a name tells of its bearer."""
    beside = token.i == name.i - 1 or token.dep_ == "appos" or name.dep_ == "appos"
    if not beside or token.ent_type_ == "Person":
        return ""
    return lexicon.genders.get(token.lower_, "")
