"""Where names stand: stretches of capitalised words and what the parser's own recogniser and the lists propose.

A stretch carries votes for its type. Votes of all stretches with one surface are added up over the text, so that
a name has one type in a document.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from spacy.tokens import Doc, Span, Token

from kg.extraction.lexicon import Lexicon
from kg.model import EntityType

__all__ = ["Name", "find_names"]

PERSON, ORGANIZATION, PRODUCT, PLACE = EntityType
RECOGNISED = {
    "PERSON": (PERSON, 2.0),
    "ORG": (ORGANIZATION, 2.0),
    "GPE": (PLACE, 2.0),
    "LOC": (PLACE, 2.0),
    "FAC": (PLACE, 0.5),
    "PRODUCT": (PRODUCT, 2.0),
    "WORK_OF_ART": (PRODUCT, 0.5),
    "NORP": (ORGANIZATION, 0.2),
}


@dataclass(slots=True)
class Name:
    """Tokens ``start:end`` of a text, and how much speaks for which type."""

    start: int
    end: int
    votes: dict[EntityType, float] = field(default_factory=dict)

    def vote(self, kind: EntityType, weight: float) -> None:
        """Adds to what speaks for a type."""
        self.votes[kind] = self.votes.get(kind, 0.0) + weight


def find_names(doc: Doc, titles: Iterable[Span], lexicon: Lexicon) -> list[Name]:
    """Names without overlap, in the order of the text."""
    known = [name for span in lexicon.known_names(doc) if (name := known_name(span, lexicon))]
    taken = {i for name in known for i in range(name.start, name.end)}
    titled = {i for span in titles for i in range(span.start, span.end)}
    runs = [piece for run in capital_runs(doc, lexicon, taken, titled) for piece in divide(run, doc, lexicon)]
    return sorted(known + runs, key=lambda name: name.start)


def known_name(span: Span, lexicon: Lexicon) -> Name | None:
    """A well-known name, unless it is a word that nothing in its context makes one."""
    if longer(span) or (span.text in lexicon.wordlike and not firmlike(span[-1], lexicon)):
        return None
    return Name(span.start, span.end, {EntityType(span.label_): 6.0})


def longer(span: Span) -> bool:
    """Whether a capitalised word right before or after belongs to the same name ("Apple" in "Apple Bank")."""
    if span.label_ == EntityType.PRODUCT:
        return False
    before = span.doc[max(0, span.start - 1) : span.start]
    after = span.doc[span.end : span.end + 1]
    begun = any(is_capital(t) and t.pos_ == "PROPN" for t in before) and span[0].ent_iob_ == "I"
    return begun or any(is_capital(t) and t.pos_ == "PROPN" and t.ent_iob_ == "I" for t in after if span[-1].head == t)


def firmlike(token: Token, lexicon: Lexicon) -> bool:
    """Whether case and context speak for a firm: a proper noun, and not first in its sentence without support."""
    if token.pos_ != "PROPN":
        return False
    if token.is_sent_start and token.dep_ == "compound" and token.head.pos_ == "NOUN":
        return token.head.lemma_ in lexicon.words("organization_contexts")
    if token.ent_type_ in ("ORG", "PERSON", "GPE", "PRODUCT") or not token.is_sent_start:
        return True
    return token.dep_ in ("nsubj", "nsubjpass", "poss")


def is_capital(token: Token) -> bool:
    """Whether a token is written as part of a name."""
    return token.text == "plc" or (any(c.isupper() for c in token.text) and any(c.isalpha() for c in token.text))


def starts_name(token: Token, lexicon: Lexicon) -> bool:
    """Whether a capitalised token is more than the first word of a sentence or a word that is always capitalised."""
    if not is_capital(token) or token.text in lexicon.words("not_names") or (token.is_stop and token.pos_ != "PROPN"):
        return False
    if (
        token.i + 2 < len(token.doc)
        and token.nbor().text == "-"
        and not token.whitespace_
        and is_capital(token.nbor(2))
    ):
        return True
    if token.pos_ in ("PROPN", "X", "NUM", "SYM") or token.ent_type_ in ("ORG", "PERSON", "GPE", "PRODUCT"):
        return True
    return not token.is_sent_start and token.pos_ in ("NOUN", "ADJ", "VERB", "ADV", "INTJ", "PUNCT", "PRON", "ADP")


def capital_runs(doc: Doc, lexicon: Lexicon, taken: set[int], titled: set[int]) -> Iterator[tuple[int, int]]:
    """Stretches of capitalised tokens, joined by particles, that no well-known name has taken."""
    shouted = shouting(doc)
    start = None
    for i in range(len(doc) + 1):
        inside = (
            i < len(doc) and i not in taken and i not in shouted and begins_or_goes_on(doc, i, start, lexicon, titled)
        )
        if start is None and inside:
            start = i
        elif start is not None and (not inside or doc[i].is_sent_start):
            yield from trimmed(doc, start, i, titled, lexicon)
            start = i if inside else None


def begins_or_goes_on(doc: Doc, i: int, start: int | None, lexicon: Lexicon, titled: set[int]) -> bool:
    """Whether token ``i`` begins a stretch or continues the one that began at ``start``."""
    token = doc[i]
    if start is None:
        return starts_name(token, lexicon) and not token.is_stop and i not in titled
    if starts_name(token, lexicon):
        return True
    if i + 1 >= len(doc):
        return False
    if token.ent_iob_ == "I" and token.ent_type_ in RECOGNISED and token.lower_ in ("of", "for", "the", "and", "on"):
        return True
    return (token.is_digit and token.ent_iob_ == "I") or (joins(token, lexicon) and follows(doc[i + 1], lexicon))


def joins(token: Token, lexicon: Lexicon) -> bool:
    """Whether a token may stand between two capitalised ones of a name."""
    glued = token.text == "-" and not token.whitespace_ and not token.nbor(-1).whitespace_
    return token.lower_ in lexicon.words("name_particles") or glued


def follows(token: Token, lexicon: Lexicon) -> bool:
    """Whether a token may go on a name after a particle."""
    return is_capital(token) and not token.is_sent_start and token.text not in lexicon.words("not_names")


def trimmed(doc: Doc, start: int, end: int, titled: set[int], lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    """A stretch without honorifics and titles at its beginning, or titles and possessives at its end."""
    while start < end and (start in titled or doc[start].text in lexicon.words("honorifics")):
        start += 1
    while start < end and (end - 1 in titled or doc[end - 1].lower_ in ("'s", "&", "-")):
        end -= 1
    if start < end:
        yield start, end


def shouting(doc: Doc) -> set[int]:
    """Tokens of headlines in which nearly every word is capitalised, so that capitals say nothing there."""
    found: set[int] = set()
    for sentence in doc.sents:
        words = [t for t in sentence if t.is_alpha]
        if len(words) >= 6 and sum(is_capital(t) for t in words) > 0.75 * len(words):
            found.update(t.i for t in sentence if not t.ent_type_)
    return found


def divide(run: tuple[int, int], doc: Doc, lexicon: Lexicon) -> Iterator[Name]:
    """A stretch as one name, or as several where the recogniser saw several in it."""
    start, end = run
    if end - start == 1 and nobody(doc[start], lexicon):
        return
    inside = [e for e in doc.ents if e.label_ in RECOGNISED and e.start < end and e.end > start]
    if len(inside) < 2 or any(t.text in "&-" for t in doc[start:end]) or one_firm(inside):
        name = Name(start, end)
        for entity in inside:
            recognised(name, entity)
        yield name
        return
    for entity in inside:
        left, right = max(entity.start, start), min(entity.end, end)
        while left < right and not is_capital(doc[left]) and not doc[left].is_digit:
            left += 1
        if left < right:
            name = Name(left, right)
            recognised(name, entity)
            yield name


def nobody(token: Token, lexicon: Lexicon) -> bool:
    """Whether a word by itself names nobody: a letter, "European", "the Company"."""
    nationality = token.ent_type_ == "NORP"
    word = token.text in lexicon.wordlike and not firmlike(token, lexicon)
    return word or len(token) < 2 or nationality or token.text in lexicon.words("not_alone")


def one_firm(entities: list[Span]) -> bool:
    """Whether the recogniser split a firm's name before its country ("Vodafone Czech Republic")."""
    return (
        len(entities) == 2
        and entities[0].label_ == "ORG"
        and entities[1].label_ == "GPE"
        and entities[0].end == entities[1].start
    )


def recognised(name: Name, entity: Span) -> None:
    """Adds the recogniser's opinion, worth less where it saw another stretch."""
    kind, weight = RECOGNISED[entity.label_]
    same = entity.end - entity.start >= name.end - name.start
    name.vote(kind, weight if same else weight * 0.6)
    if kind is PERSON and name.end - name.start == 1:
        name.vote(PERSON, -0.8)
