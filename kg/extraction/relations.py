"""From matched patterns to claims: arguments as mentions, their types checked, and what the cues make of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from spacy.tokens import Token

from kg.extraction.amounts import money_in, share_in
from kg.extraction.arguments import Argument, Arguments
from kg.extraction.clauses import clause_text, phrase, verb_tense
from kg.extraction.dates import event_date, periods
from kg.extraction.factuality import read
from kg.extraction.lexicon import Lexicon
from kg.extraction.patterns import Found
from kg.extraction.reading import Reading, effect
from kg.extraction.titles import add_title, rival_preposition, title_part, title_relations
from kg.model import EntityType, MentionForm, Modality, PartialDate, Polarity, Qualifiers, Tense
from kg.ontology import Ontology, Relation

__all__ = ["Frame", "Reader", "Said", "strongest"]

WITH_MONEY = frozenset(("acquired", "invested_in", "supplier_of", "customer_of", "partner_of"))
WITH_SHARE = frozenset(("invested_in", "holds_shares_in", "parent_of", "acquired"))
FACTOR = {MentionForm.NAME: 1.0, MentionForm.NOUN_PHRASE: 0.9, MentionForm.PRONOUN: 0.88}
PRESENT = ("VBZ", "VBP", "VBG")
SOON = re.compile(r"\b(?:next (?:week|month|year|summer|spring|autumn)|tomorrow|later this (?:year|month))\b")


@dataclass(frozen=True, slots=True)
class Frame:
    """What a match says of its arguments, whichever they are."""

    predicate: str
    sentence: tuple[int, int]
    polarity: Polarity
    modality: Modality
    tense: Tense
    source: str | None
    valid_from: PartialDate | None
    valid_until: PartialDate | None
    qualifiers: Qualifiers


@dataclass(frozen=True, slots=True)
class Said:
    """A claim before the document's clusters are made."""

    subject: Argument
    frame: Frame
    object: Argument
    confidence: float

    @property
    def predicate(self) -> str:
        """The canonical relation."""
        return self.frame.predicate


class Reader:
    """Reads the claims of one text out of pattern matches."""

    def __init__(self, ontology: Ontology, lexicon: Lexicon, arguments: Arguments, published: date | None) -> None:
        self.ontology = ontology
        self.lexicon = lexicon
        self.arguments = arguments
        self.published = published

    def read(self, found: Found, sentence: tuple[int, int]) -> Iterator[Said]:
        """The claims of one match: every subject with every object."""
        reading = read(found.anchor, self.lexicon)
        self.around(reading, found)
        for predicate in self.predicates(found):
            frame = self.frame(found, predicate, reading, sentence)
            for subject, object_ in self.pairs(found, self.ontology.relations[predicate]):
                factor = FACTOR[subject.form] * FACTOR[object_.form]
                confidence = round(found.pattern.confidence * factor, 3)
                yield Said(subject, frame, object_, confidence)

    def around(self, reading: Reading, found: Found) -> None:
        """Adds what the other words of a pattern say: "has no stake in", "a former director", "buys … next week"."""
        for token in found.tokens.values():
            if token.i != found.anchor.i and token.pos_ == "NOUN" and not token.ent_type_:
                self.before_noun(reading, token)
        if found.title is not None and found.title.i != found.anchor.i:
            add_title(reading, found.title, self.lexicon)
        if found.anchor.tag_ in PRESENT and (found.pattern.relation == "acquired" or SOON.search(self.clause(found))):
            effect(reading, "planned")

    def before_noun(self, reading: Reading, noun: Token) -> None:
        """Adds "no" and adjectives such as "possible" before a noun of the pattern."""
        for child in noun.lefts:
            if child.dep_ == "det" and child.lower_ in ("no", "neither"):
                effect(reading, "negated")
            elif child.dep_ in ("amod", "compound"):
                effect(reading, self.lexicon.cues["premodifier"].get(child.lower_, ""))

    def predicates(self, found: Found) -> tuple[str, ...]:
        """The pattern's relation, or those that its title states."""
        if found.pattern.relation != "titles":
            return (found.pattern.relation,)
        title = found.title
        if title is None:
            return ()
        said = title_relations(found, title, self.lexicon)
        return tuple(predicate for predicate in said if not rival_preposition(found, title, predicate))

    def pairs(self, found: Found, relation: Relation) -> Iterator[tuple[Argument, Argument]]:
        """Subjects and objects that the relation and the pattern allow; a symmetric pair once."""
        subjects, objects = self.arguments.of(found.subjects()), self.arguments.of(found.objects())
        if relation.label == "partner_of":
            subjects = self.makers(subjects)
        if relation.label == "founded_by" and found.pattern.relation == "titles":
            subjects, objects = objects, subjects
        seen: set[tuple[str, ...]] = set()
        for subject, object_ in ((s, o) for s in subjects for o in objects if s.key != o.key):
            pair = tuple(sorted((subject.key, object_.key))) if relation.symmetric else (subject.key, object_.key)
            if pair not in seen and self.suits(found, relation, subject, object_):
                seen.add(pair)
                yield subject, object_

    def makers(self, arguments: list[Argument]) -> list[Argument]:
        """The firms behind well-known products, where a tie is one of firms."""
        firms = [self.arguments.maker(a) if a.kind is EntityType.PRODUCT else a for a in arguments]
        return [firm for firm in firms if firm is not None]

    def suits(self, found: Found, relation: Relation, subject: Argument, object_: Argument) -> bool:
        """Whether two arguments meet what the relation and the pattern ask."""
        pattern, title = found.pattern, found.title
        if not relation.allows(subject.kind, object_.kind):
            return False
        if pattern.types and pattern.types != (subject.kind, object_.kind):
            return False
        if title is not None and title.tag_ == "NNS" and len(found.subjects()) < 2:
            return False
        if title is not None and relation.label == "board_member_of" and not self.has_board(object_):
            return False
        return not pattern.needs or self.is_of(pattern.needs, subject if pattern.needs == "authority" else object_)

    def has_board(self, organization: Argument) -> bool:
        """Whether an organization has a board, which authorities, parties and clubs have not."""
        return not any(self.is_of(kind, organization) for kind in ("authority", "party", "club"))

    def is_of(self, kind: str, organization: Argument) -> bool:
        """Whether a word of an organization's name is in a list of words for its kind."""
        wanted = {word.casefold() for word in self.lexicon.words(f"{kind}_words")}
        return bool(wanted & set(organization.key.casefold().split()))

    def frame(self, found: Found, predicate: str, reading: Reading, sentence: tuple[int, int]) -> Frame:
        """All of a claim but its arguments."""
        since, until = periods(self.clause(found), self.published)
        if reading.ended and until is None:
            until, since = self.event(found, past=not reading.future) or (since if reading.negations else None), None
        polarity = reading.polarity if not (reading.ended and until) else Polarity.AFFIRMED
        tense = reading.tense(self.usual_tense(found, predicate))
        if tense is Tense.PAST and reading.modality.factual and not self.ontology.relations[predicate].lasting:
            since = since or self.event(found, past=True)
        return Frame(
            predicate=predicate,
            sentence=sentence,
            polarity=polarity,
            modality=reading.modality,
            tense=Tense.PAST if self.over(until) else tense,
            source=self.source(reading),
            valid_from=since,
            valid_until=until,
            qualifiers=self.qualifiers(found, predicate),
        )

    def clause(self, found: Found) -> str:
        """The words of the clause."""
        return clause_text(found.anchor)

    def event(self, found: Found, *, past: bool) -> PartialDate | None:
        """When the clause says that it happened, or will."""
        return event_date(self.clause(found), self.published, past=past)

    def over(self, until: PartialDate | None) -> bool:
        """Whether an end lies before the day of publication."""
        return until is not None and self.published is not None and until.latest < self.published

    def usual_tense(self, found: Found, predicate: str) -> Tense:
        """The tense where no cue says otherwise: an event is past, a state has the tense of its verb."""
        if found.pattern.tense is not None:
            return found.pattern.tense
        lasting = self.ontology.relations[predicate].lasting
        return verb_tense(found.anchor, self.lexicon) if lasting else Tense.PAST

    def qualifiers(self, found: Found, predicate: str) -> Qualifiers:
        """Title, sum and share where the relation has such."""
        title = found.title if predicate != "founded_by" else None
        money = money_in(self.clause(found)) if predicate in WITH_MONEY else None
        return Qualifiers(
            title=title_part(title, predicate, self.lexicon) if title is not None else None,
            amount=money[0] if money else None,
            currency=money[1] if money else None,
            share=share_in(self.clause(found)) if predicate in WITH_SHARE else None,
        )

    def source(self, reading: Reading) -> str | None:
        """Who says so: the name, or the words."""
        token = reading.source
        if token is None:
            return None
        argument = self.arguments.at.get(token.i)
        if argument is not None:
            return argument.key
        return phrase(token) if token.pos_ != "PRON" else None


def strongest(said: Iterable[Said], ontology: Ontology) -> list[Said]:
    """Of claims that say the same in one sentence, the most confident one; who leads is not said to be employed."""
    best: dict[tuple[object, ...], Said] = {}
    for claim in said:
        pair = (claim.subject.key, claim.object.key)
        known = tuple(sorted(pair)) if ontology.relations[claim.predicate].symmetric else pair
        frame = claim.frame
        key = (frame.predicate, known, frame.sentence, frame.polarity, frame.modality, frame.tense)
        if key not in best or best[key].confidence < claim.confidence:
            best[key] = claim
    leading = {(c.subject.key, c.object.key, c.frame.sentence) for c in best.values() if c.predicate == "leads"}
    return [
        c
        for c in best.values()
        if c.predicate != "employed_by" or (c.subject.key, c.object.key, c.frame.sentence) not in leading
    ]
