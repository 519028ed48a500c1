"""Names, noun phrases and pronouns of a text as mentions, each at its head word.

After names and titles are merged into single tokens, a mention is a token: its own for a name or a pronoun, the noun
for a phrase such as "the Paris-based lender".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from kg.extraction.lexicon import Lexicon
from kg.extraction.names import Name
from kg.model import EntityType, MentionForm

__all__ = ["Spot", "merge", "spots"]

PERSON, ORGANIZATION, PRODUCT, PLACE = EntityType
DEFINITE = frozenset("the this that its his her their".split())
PRONOUNS: Mapping[str, tuple[tuple[EntityType, ...], str]] = {
    **dict.fromkeys(("he", "him", "his", "himself"), ((PERSON,), "male")),
    **dict.fromkeys(("she", "her", "hers", "herself"), ((PERSON,), "female")),
    **dict.fromkeys(("it", "its", "itself"), ((ORGANIZATION, PRODUCT), "")),
    **dict.fromkeys(("who", "whom"), ((PERSON,), "")),
    "whose": ((PERSON, ORGANIZATION), ""),
    "which": ((ORGANIZATION, PRODUCT, PLACE), ""),
    "that": ((ORGANIZATION, PRODUCT, PERSON), ""),
}


@dataclass(frozen=True, slots=True)
class Spot:
    """A mention before its type is certain: the token at its head, its stretch, and what types it may have."""

    token: int
    start: int
    end: int
    form: MentionForm
    types: tuple[EntityType, ...]
    gender: str = ""


def merge(doc: Doc, names: Iterable[Name], titles: Iterable[Span], types: Mapping[str, EntityType]) -> None:
    """Makes every typed name and every title one token, labelled as an entity with its type or ``Title``."""
    named = [Span(doc, n.start, n.end, types[text]) for n in names if (text := doc[n.start : n.end].text) in types]
    taken = {i for span in named for i in range(span.start, span.end)}
    titled = [Span(doc, t.start, t.end, "Title") for t in titles if not taken & set(range(t.start, t.end))]
    doc.set_ents(named + titled, default="outside")
    with doc.retokenize() as retokenizer:
        for span in doc.ents:
            retokenizer.merge(span, {"LEMMA": span.text, "POS": "NOUN" if span.label_ == "Title" else "PROPN"})


def spots(doc: Doc, lexicon: Lexicon) -> list[Spot]:
    """All mentions in the order of the text."""
    return [spot for token in doc if (spot := name_spot(token) or phrase_spot(token, lexicon) or pronoun_spot(token))]


def name_spot(token: Token) -> Spot | None:
    """A merged name."""
    if token.ent_type_ not in set(EntityType):
        return None
    end = token.idx + len(token.text)
    return Spot(token.i, token.idx, end, MentionForm.NAME, (EntityType(token.ent_type_),))


def phrase_spot(token: Token, lexicon: Lexicon) -> Spot | None:
    """A definite noun phrase, singular, that calls something an organization or a person, and names nothing."""
    noun = token.text.lower()
    kinds = phrase_types(token, noun, lexicon)
    if not kinds or token.tag_ in ("NNS", "NNPS") or not definite(token):
        return None
    if token.dep_ in ("compound", "attr", "appos") or any(c.dep_ == "appos" and c.ent_type_ for c in token.children):
        return None
    start = phrase_start(token)
    return Spot(
        token.i, start, token.idx + len(token.text), MentionForm.NOUN_PHRASE, kinds, lexicon.genders.get(noun, "")
    )


def phrase_types(token: Token, noun: str, lexicon: Lexicon) -> tuple[EntityType, ...]:
    """What a noun may call something."""
    if token.pos_ not in ("NOUN", "PROPN") or token.ent_type_ not in ("", "Title"):
        return ()
    if noun in lexicon.words("organization_nouns"):
        return (ORGANIZATION,)
    return (PERSON,) if noun in lexicon.words("person_nouns") else ()


def definite(token: Token) -> bool:
    """Whether an article or a possessive makes the phrase speak of one particular thing."""
    return any(c.lower_ in DEFINITE and c.dep_ in ("det", "poss") for c in token.lefts)


def phrase_start(token: Token) -> int:
    """Where the phrase begins: after the article, and after any name among its modifiers."""
    start = token
    while start.i and start.nbor(-1).head.i in (token.i, start.i) and plain_modifier(start.nbor(-1)):
        start = start.nbor(-1)
    return start.idx


def plain_modifier(token: Token) -> bool:
    """Whether a word before a noun belongs to its phrase."""
    return (
        token.dep_ in ("amod", "compound", "nmod", "nummod", "npadvmod", "punct")
        and not token.ent_type_
        and token.text != ","
    )


def pronoun_spot(token: Token) -> Spot | None:
    """A pronoun of the third person, or a relative one."""
    if token.lower_ not in PRONOUNS or token.pos_ not in ("PRON", "DET"):
        return None
    relative = token.lower_ in ("who", "whom", "whose", "which", "that")
    if relative and relative_clause(token) is None:
        return None
    types, gender = PRONOUNS[token.lower_]
    return Spot(token.i, token.idx, token.idx + len(token.text), MentionForm.PRONOUN, types, gender)


def relative_clause(token: Token) -> Token | None:
    """The verb of the relative clause that a pronoun opens."""
    return next((a for a in ancestors(token) if a.dep_ == "relcl" and a.left_edge.i <= token.i < a.i + 1), None)


def ancestors(token: Token) -> Iterator[Token]:
    """Governors, nearest first, up to the first finite clause."""
    while token.head.i != token.i:
        token = token.head
        yield token
        if token.dep_ in ("relcl", "ROOT", "ccomp", "advcl"):
            return
