"""Which mentions of a document are one thing. A wrong link is worse than none: where two candidates tie, nothing is linked.

Names are tied by strict rules over the whole document; a noun phrase or a pronoun by nearness, type, gender and
grammatical role to one name before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.extraction.frames import antecedent
from kg.extraction.lexicon import Lexicon
from kg.extraction.mentions import Spot
from kg.model import EntityType, MentionForm

__all__ = ["Antecedents", "name_keys"]

PERSON, ORGANIZATION, PRODUCT, PLACE = EntityType
SUBJECT_ROLES = ("nsubj", "nsubjpass")
REACH = 3


def name_keys(
    names: Iterable[tuple[str, EntityType]], brackets: Mapping[str, str], lexicon: Lexicon
) -> dict[tuple[str, EntityType], str]:
    """(Surface, type) → the key that all names of one thing share: the fullest name.

    A short name joins a full one only where a single full one fits.
    """
    surfaces = sorted(set(names), key=lambda name: (-len(name[0]), name))
    keys: dict[tuple[str, EntityType], str] = {}
    for surface, kind in surfaces:
        fuller = {keys[other] for other in keys if other[1] is kind and short_for(surface, other[0], kind, lexicon)}
        spelled = brackets.get(surface)
        if spelled and (spelled, kind) in keys:
            fuller = {keys[spelled, kind]}
        keys[surface, kind] = fuller.pop() if len(fuller) == 1 else surface
    return keys


def short_for(short: str, full: str, kind: EntityType, lexicon: Lexicon) -> bool:
    """Whether one name may be the other's short form."""
    brief, long = bare(short, lexicon), bare(full, lexicon)
    if brief == long or brief.casefold() == long.casefold():
        return True
    if kind is PERSON:
        words = long.split()
        return (
            brief == words[-1]
            or len(words) > 2
            and brief.split() == [words[0], words[-1]]
            or len(words) > 2
            and brief == " ".join(words[1:])
        )
    if kind is ORGANIZATION:
        if len(short) > 2 and short == "".join(word[0] for word in long.split() if word[0].isupper()):
            return True
        return begins(brief, long, lexicon)
    return False


def begins(brief: str, long: str, lexicon: Lexicon) -> bool:
    """ "Brightwell" for "Brightwell Solar", where the rest only says what kind of firm it is.

    Well-known names are never cut: Google Cloud is not Google.
    """
    if (
        not long.startswith(brief + " ")
        or long in lexicon.words("organizations")
        or brief in lexicon.words("organizations")
    ):
        return False
    rest = long[len(brief) :].split()
    return len(rest) <= 2 and all(word in lexicon.words("organization_words") for word in rest)


def bare(name: str, lexicon: Lexicon) -> str:
    """A name without article and legal form."""
    words = name.replace(",", " ").split()
    while len(words) > 1 and words[-1] in lexicon.words("organization_suffixes"):
        words.pop()
    if len(words) > 1 and words[0].lower() == "the":
        words = words[1:]
    return " ".join(words)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name that a later mention may go back to."""

    spot: Spot
    key: str
    kind: EntityType
    gender: str
    sentence: int
    role: str
    line: int


class Antecedents:
    """Finds the name that a pronoun or a noun phrase of one text goes back to."""

    def __init__(self, doc: Doc, lexicon: Lexicon, keys: Mapping[tuple[str, EntityType], str]) -> None:
        self.doc = doc
        self.lexicon = lexicon
        self.keys = keys
        self.sentence_of = {t.i: n for n, sentence in enumerate(doc.sents) for t in sentence}
        self.line_of = lines_of(doc)
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
        if kind is not PERSON:
            return
        beside = [t for t in (token.nbor(-1) if token.i else None, token.head, *token.children) if t is not None]
        told = {g for t in beside if (g := gender_told(t, token, self.lexicon))}
        if len(told) == 1:
            self.genders.setdefault(key, told.pop())

    def remember(self, token: Token, spot: Spot, key: str, kind: EntityType) -> None:
        """Makes a mention a candidate for later ones; a gendered pronoun tells its name's gender."""
        if spot.gender and kind is PERSON:
            self.genders.setdefault(key, spot.gender)
        place = self.sentence_of[token.i]
        self.seen.append(
            Candidate(spot, key, kind, self.genders.get(key, ""), place, role(token), self.line_of[token.i])
        )

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
        if token.lower_ in ("which", "who", "that", "whom", "whose"):
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
        here, line = self.sentence_of[token.i], self.line_of[token.i]
        scores: dict[tuple[str, EntityType], float] = {}
        for candidate in self.seen:
            if not self.fits(candidate, spot, token, here, line):
                continue
            target = (candidate.key, candidate.kind)
            scores[target] = max(scores.get(target, 0.0), salience(candidate, spot, token, here))
        ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
        if not ranked or ranked[0][1] < ENOUGH or len(ranked) > 1 and ranked[0][1] - ranked[1][1] < MARGIN[spot.form]:
            return None
        return ranked[0][0]

    def fits(self, candidate: Candidate, spot: Spot, token: Token, here: int, line: int) -> bool:
        """Whether a candidate is near, of a right type and gender, and not what the mention is said beside."""
        if candidate.kind not in spot.types or here - candidate.sentence > REACH:
            return False
        gender = self.genders.get(candidate.key, "")
        if spot.gender and gender and gender != spot.gender:
            return False
        if spot.form is MentionForm.NOUN_PHRASE and ORGANIZATION in spot.types and not self.generic(token):
            return self.akin(candidate, token)
        return not clash(self.doc[candidate.spot.token], token, spot)

    def generic(self, token: Token) -> bool:
        """Whether a noun phrase says nothing but that it is an organization."""
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


ENOUGH = 3.0
MARGIN = {MentionForm.PRONOUN: 0.75, MentionForm.NOUN_PHRASE: 0.75}


def salience(candidate: Candidate, spot: Spot, token: Token, here: int) -> float:
    """Recency, grammatical role and likeness of roles."""
    distance = here - candidate.sentence
    score = 4.0 - 1.5 * distance
    score += {"subject": 2.0, "object": 0.5, "possessor": 0.8}.get(candidate.role, 0.0)
    if candidate.spot.form is MentionForm.PRONOUN:
        score += 0.5
    if distance == 0 and candidate.role == "subject" and role(token) == "possessor":
        score += 0.5
    return score


def role(token: Token) -> str:
    """The grammatical role of a mention, as far as it matters for salience."""
    if token.dep_ in SUBJECT_ROLES or token.dep_ == "ROOT":
        return "subject"
    if token.dep_ == "conj":
        return role(token.head)
    if token.dep_ in ("dobj", "dative"):
        return "object"
    return "possessor" if token.dep_ == "poss" else "other"


def clash(candidate: Token, token: Token, spot: Spot) -> bool:
    """Whether grammar keeps two mentions apart: subject and object of one verb; a possessive inside its own noun."""
    if token.lower_ in ("himself", "herself", "itself"):
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
    if owned is not None and (candidate.i == owned.i or candidate.dep_ == "appos" and candidate.head.i == owned.i):
        return True
    return spot.form is MentionForm.NOUN_PHRASE and any(c.i == candidate.i for c in token.subtree)


def gender_told(token: Token, name: Token, lexicon: Lexicon) -> str:
    """The gender that a word beside a name tells of its bearer."""
    beside = token.i == name.i - 1 or token.dep_ == "appos" or name.dep_ == "appos"
    if not beside or token.ent_type_ == "Person":
        return ""
    by_honorific = {
        "mr": "male",
        "mr.": "male",
        "sir": "male",
        "mrs": "female",
        "mrs.": "female",
        "ms": "female",
        "ms.": "female",
        "dame": "female",
    }
    return by_honorific.get(token.lower_) or lexicon.genders.get(token.lower_, "")


def lines_of(doc: Doc) -> dict[int, int]:
    """Token → number of its line."""
    line, found = 0, {}
    for token in doc:
        found[token.i] = line
        line += token.text.count("\n")
    return found
