"""From matched patterns to claims: arguments as mentions, their types checked, and what the cues make of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from spacy.tokens import Span, Token

from kg.extraction.amounts import money_in, share_in
from kg.extraction.dates import event_date, periods
from kg.extraction.factuality import Reading, effect, read
from kg.extraction.frames import nearest, surface_subjects
from kg.extraction.lexicon import Lexicon
from kg.extraction.patterns import Found
from kg.model import EntityType, MentionForm, Modality, PartialDate, Polarity, Qualifiers, Tense
from kg.ontology import Ontology

__all__ = ["Argument", "Reader", "Said"]

PERSON, ORGANIZATION, PRODUCT, PLACE = EntityType
WITH_MONEY = frozenset(("acquired", "invested_in", "supplier_of", "customer_of", "partner_of"))
WITH_SHARE = frozenset(("invested_in", "holds_shares_in", "parent_of", "acquired"))
FORM_FACTOR = {MentionForm.NAME: 1.0, MentionForm.NOUN_PHRASE: 0.9, MentionForm.PRONOUN: 0.88}


@dataclass(frozen=True, slots=True)
class Argument:
    """A mention at a token: its offsets in the text, form, type, and the key of its cluster."""

    start: int
    end: int
    form: MentionForm
    kind: EntityType
    key: str


@dataclass(frozen=True, slots=True)
class Said:
    """A claim before the document's clusters are made."""

    subject: Argument
    predicate: str
    object: Argument
    sentence: tuple[int, int]
    polarity: Polarity
    modality: Modality
    tense: Tense
    source: str | None
    valid_from: PartialDate | None
    valid_until: PartialDate | None
    qualifiers: Qualifiers
    confidence: float


class Reader:
    """Reads the claims of one text out of pattern matches."""

    def __init__(
        self, ontology: Ontology, lexicon: Lexicon, arguments: Mapping[int, Argument], published: date | None
    ) -> None:
        self.ontology = ontology
        self.lexicon = lexicon
        self.arguments = arguments
        self.published = published

    def read(self, found: Found, sentence: tuple[int, int]) -> Iterator[Said]:
        """The claims of one match: every subject with every object."""
        reading = read(found.anchor, self.lexicon)
        around(reading, found, self.lexicon)
        if found.title is not None and found.title.i != found.anchor.i:
            merge_title(reading, found.title, self.lexicon)
        for predicate in self.predicates(found):
            for subject, object_ in self.pairs(found, predicate):
                yield self.said(found, predicate, subject, object_, reading, sentence)

    def predicates(self, found: Found) -> tuple[str, ...]:
        """The pattern's relation, or those that its title states."""
        if found.pattern.relation != "titles":
            return (found.pattern.relation,)
        if found.title is None:
            return ()
        return title_relations(found, self.lexicon)

    def pairs(self, found: Found, predicate: str) -> Iterator[tuple[Argument, Argument]]:
        """Subjects and objects whose types the relation allows; a symmetric pair once."""
        subjects = self.resolved(found.subjects())
        objects = self.resolved(found.objects())
        if predicate == "founded_by" and found.pattern.relation == "titles":
            subjects, objects = objects, subjects
        relation = self.ontology.relations[predicate]
        seen: set[frozenset[str]] = set()
        for subject in subjects:
            for object_ in objects:
                pair = frozenset((subject.key, object_.key))
                if predicate == "board_member_of" and found.pattern.relation == "titles" and not self.boards(object_):
                    continue
                if (
                    len(pair) == 2
                    and relation.allows(subject.kind, object_.kind)
                    and self.suits(found, subject, object_)
                ):
                    if not (relation.symmetric and pair in seen):
                        yield subject, object_
                    seen.add(pair)

    def towns(self, object_: Argument) -> bool:
        """Whether a place is small enough to be a seat."""
        return object_.key not in self.lexicon.words("countries")

    def boards(self, object_: Argument) -> bool:
        """Whether an organization has a board, which authorities, parties and clubs have not."""
        without = {w.casefold() for kind in ("authority", "party", "club") for w in self.lexicon.words(f"{kind}_words")}
        return not without & set(object_.key.casefold().split())

    def suits(self, found: Found, subject: Argument, object_: Argument) -> bool:
        """Whether the arguments meet what the pattern asks beyond the relation's own types."""
        pattern = found.pattern
        if found.title is not None and found.title.tag_ == "NNS" and len(found.subjects()) < 2:
            return False
        if pattern.types and pattern.types != (subject.kind, object_.kind):
            return False
        if pattern.needs == "town":
            return self.towns(object_) and self.boards(subject)
        if not pattern.needs:
            return True
        asked = subject if pattern.needs == "authority" else object_
        wanted = {word.casefold() for word in self.lexicon.words(f"{pattern.needs}_words")}
        return bool(wanted & set(asked.key.casefold().split()))

    def resolved(self, tokens: list[Token]) -> list[Argument]:
        """The mentions that tokens stand for, each thing once, in order."""
        found: dict[str, Argument] = {}
        for token in tokens:
            if argument := self.argument(token):
                found.setdefault(argument.key, argument)
        return list(found.values())

    def argument(self, token: Token, depth: int = 0) -> Argument | None:
        """The mention that a token is, or that it names or describes by apposition or "is"."""
        if token.i in self.arguments:
            return self.arguments[token.i]
        if depth > 2 or token.pos_ not in ("NOUN", "PROPN"):
            return None
        named = [c for c in token.children if c.dep_ == "appos" and c.i > token.i and c.i in self.arguments]
        if len(named) == 1 and singular(token):
            return self.arguments[named[0].i]
        if product := self.product_before(token):
            return product
        if token.dep_ == "appos":
            return self.argument(nearest(token), depth + 1)
        if token.dep_ == "attr" and token.head.lemma_ == "be":
            for subject in surface_subjects(token.head)[:1]:
                return self.argument(subject, depth + 1)
        return None

    def product_before(self, noun: Token) -> Argument | None:
        """The product of "the Quillon scanner"."""
        if noun.lemma_.lower() not in self.lexicon.words("product_nouns"):
            return None
        named = [self.arguments[c.i] for c in noun.lefts if c.dep_ == "compound" and c.i in self.arguments]
        return named[0] if len(named) == 1 and named[0].kind is PRODUCT else None

    def said(
        self,
        found: Found,
        predicate: str,
        subject: Argument,
        object_: Argument,
        reading: Reading,
        sentence: tuple[int, int],
    ) -> Said:
        """One claim with its tense, dates, qualifiers and confidence."""
        clause = clause_text(found.anchor)
        since, until = periods(clause, self.published)
        if reading.ended and until is None:
            until, since = event_date(clause, self.published) or (since if reading.negations else None), None
            reading = replace(reading, negations=0) if reading.negations and until else reading
        tense = reading.tense(self.usual_tense(found, predicate))
        event = not self.ontology.relations[predicate].lasting
        if event and since is None and reading.modality.factual:
            since = event_date(clause, self.published) if tense is Tense.PAST else None
        if until is not None and self.published and until.latest < self.published:
            tense = Tense.PAST
        factor = FORM_FACTOR[subject.form] * FORM_FACTOR[object_.form]
        return Said(
            subject=subject,
            predicate=predicate,
            object=object_,
            sentence=sentence,
            polarity=reading.polarity,
            modality=reading.modality,
            tense=tense,
            source=self.source(reading),
            valid_from=since,
            valid_until=until,
            qualifiers=self.qualifiers(found, predicate, clause),
            confidence=round(found.pattern.confidence * factor, 3),
        )

    def usual_tense(self, found: Found, predicate: str) -> Tense:
        """The tense where no cue says otherwise: an event is past, a state has the tense of its verb."""
        if found.pattern.tense is not None:
            return found.pattern.tense
        if not self.ontology.relations[predicate].lasting:
            return Tense.PAST
        return verb_tense(found)

    def qualifiers(self, found: Found, predicate: str, clause: str) -> Qualifiers:
        """Title, sum and share where the relation has such."""
        title = found.title if found.pattern.relation == "titles" and predicate != "founded_by" else None
        money = money_in(clause) if predicate in WITH_MONEY else None
        share = share_in(clause) if predicate in WITH_SHARE else None
        amount, currency = money or (None, None)
        return Qualifiers(
            title=self.part(title, predicate) if title is not None else None,
            amount=amount,
            currency=currency,
            share=share,
        )

    def part(self, title: Token, predicate: str) -> str:
        """The part of a double title that states the relation: "chief executive" of "founder and chief executive"."""
        parts = [p for p in title.text.split(" and ") if predicate in self.lexicon.relations_of_title(p)]
        return parts[0] if len(parts) == 1 else title.text

    def source(self, reading: Reading) -> str | None:
        """Who says so: the cluster's name, or the words."""
        token = reading.source
        if token is None:
            return None
        if token.i in self.arguments:
            return self.arguments[token.i].key
        if token.pos_ == "PRON":
            return None
        return phrase(token)


def around(reading: Reading, found: Found, lexicon: Lexicon) -> None:
    """Adds what the other words of a pattern say: "has no stake in", "a possible takeover of"."""
    for token in found.tokens.values():
        if token.i == found.anchor.i or token.ent_type_ or token.pos_ != "NOUN":
            continue
        for child in token.lefts:
            cue = "negated" if child.dep_ == "det" and child.lower_ in ("no", "neither") else ""
            effect(
                reading, cue or lexicon.cues["premodifier"].get(child.lower_, "") * (child.dep_ in ("amod", "compound"))
            )
    text = clause_text(found.anchor)
    if found.anchor.pos_ == "VERB" and found.anchor.tag_ in ("VBZ", "VBP", "VBG") and SOON.search(text):
        effect(reading, "planned")


def title_relations(found: Found, lexicon: Lexicon) -> tuple[str, ...]:
    """What a title states, given how it is tied to the organization."""
    title = found.title
    if title is None:
        return ()
    said = lexicon.relations_of_title(title.text)
    prepositions = {c.lower_: c for c in title.children if c.dep_ == "prep"}
    field_of_work = "of" in prepositions and "at" in prepositions or title.lower_ == "head" and "for" in prepositions
    if said == ("leads",) and title.lower_ in ("head", "boss", "chief") and field_of_work:
        return ("employed_by",)
    if title.lower_ != "director":
        return said
    headed = {w for t in found.objects() for w in t.text.lower().split()} & lexicon.words("headed_words")
    if headed:
        return ("leads",)
    departmental = any(
        c.dep_ in ("compound", "amod", "nmod") and not c.ent_type_ and c.tag_ in ("NN", "NNS") for c in title.lefts
    )
    return ("employed_by",) if departmental or "at" in prepositions else said


def merge_title(reading: Reading, title: Token, lexicon: Lexicon) -> None:
    """Adds "former", "incoming" and the like before a title."""
    own = Reading()
    for child in title.children:
        if child.dep_ in ("amod", "compound", "nmod", "advmod") and (
            cue := lexicon.cues["premodifier"].get(child.lower_)
        ):
            own.past = own.past or cue == "past"
            if cue in set(Modality):
                own.modalities.append(Modality(cue))
    reading.past = reading.past or own.past
    reading.modalities += own.modalities


def singular(token: Token) -> bool:
    """Whether a noun is in the singular."""
    return token.tag_ not in ("NNS", "NNPS")


def verb_tense(found: Found) -> Tense:
    """The tense of the anchor, where it is a verb, or of the verb that links a noun to its subject."""
    anchor = found.anchor
    verb = anchor if anchor.pos_ in ("VERB", "AUX") else anchor.head if anchor.dep_ == "attr" else None
    if verb is None or verb.lemma_ in TURNING:
        return Tense.CURRENT
    if verb.tag_ == "VBD" or verb.tag_ == "VBN" and any(c.lower_ in ("was", "were", "had") for c in verb.children):
        return Tense.PAST
    return Tense.CURRENT


SOON = re.compile(r"\b(?:next (?:week|month|year|summer|spring|autumn)|tomorrow|later this (?:year|month))\b")
TURNING = frozenset(
    "become name appoint elect join rejoin hire recruit poach promote sign form announce enter strike launch agree create seal "
    "forge marry take turn choose pick select win secure land receive install expand extend open build start begin partner team "
    "fine found position say deny describe".split()
)


def clause_text(anchor: Token) -> str:
    """The words of the clause that an anchor is in, without what is coordinated with it."""
    top = anchor
    while top.pos_ not in ("VERB", "AUX") and top.head.i != top.i and top.dep_ not in ("appos",):
        top = top.head
    inside = sorted((t for t in pruned(top, anchor)), key=lambda t: t.i)
    return "".join(t.text_with_ws if hasattr(t, "text_with_ws") else t.text for t in inside)


def pruned(top: Token, anchor: Token) -> Iterator[Token]:
    """The subtree without other clauses."""
    yield top
    for child in top.children:
        other = child.dep_ in ("conj", "relcl", "advcl", "ccomp", "parataxis", "appos") and not (
            child.i == anchor.i or child.is_ancestor(anchor)
        )
        if not other or child.dep_ == "conj" and child.pos_ not in ("VERB", "AUX"):
            yield from pruned(child, anchor)


def phrase(token: Token) -> str:
    """The noun phrase of a source, in its own words and without what hangs on it as a clause or an apposition."""
    left = min((t.i for t in token.lefts if t.dep_ not in ("det",)), default=token.i)
    left = min([left] + [t.left_edge.i for t in token.lefts if t.dep_ in ("amod", "compound", "poss", "nummod")])
    right = max([token.i] + [t.right_edge.i for t in token.rights if t.dep_ in ("prep", "amod", "acl")])
    span: Span = token.doc[left : right + 1]
    return str(" ".join(span.text.split()).strip(" ,"))


def strongest(said: list[Said]) -> list[Said]:
    """Of claims that say the same in one sentence, the most confident one."""
    best: dict[tuple[object, ...], Said] = {}
    for claim in said:
        pair = (
            tuple(sorted((claim.subject.key, claim.object.key)))
            if claim.predicate in SYMMETRIC
            else (claim.subject.key, claim.object.key)
        )
        key = (claim.predicate, *pair, claim.sentence, claim.polarity, claim.modality, claim.tense)
        if key not in best or best[key].confidence < claim.confidence:
            best[key] = replace(claim)
    return list(best.values())


SYMMETRIC = frozenset(("partner_of", "competitor_of", "spouse_of", "relative_of"))
