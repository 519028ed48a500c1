"""Which mention a word of a sentence stands for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from spacy.tokens import Token

from kg.extraction.frames import nearest, surface_subjects
from kg.extraction.lexicon import Lexicon
from kg.model import EntityType, MentionForm

__all__ = ["Argument", "Arguments"]

PLURAL = ("NNS", "NNPS")
DEEPEST = 2


@dataclass(frozen=True, slots=True)
class Argument:
    """A mention at a token: its offsets in the text, form, type, and the key of its cluster."""

    start: int
    end: int
    form: MentionForm
    kind: EntityType
    key: str


class Arguments:
    """The mentions of one text by the token at their head."""

    def __init__(self, at: Mapping[int, Argument], lexicon: Lexicon) -> None:
        self.at = at
        self.lexicon = lexicon

    def of(self, tokens: Iterable[Token]) -> list[Argument]:
        """The mentions that tokens stand for, each thing once, in order."""
        found: dict[str, Argument] = {}
        for token in tokens:
            if argument := self.one(token):
                found.setdefault(argument.key, argument)
        return list(found.values())

    def one(self, token: Token, depth: int = 0) -> Argument | None:
        """The mention that a token is, or that it names or describes by apposition or "is"."""
        if token.i in self.at:
            return self.at[token.i]
        if depth > DEEPEST or token.pos_ not in ("NOUN", "PROPN"):
            return None
        if named := self.named_after(token) or self.product_before(token):
            return named
        return self.described(token, depth + 1)

    def maker(self, product: Argument) -> Argument | None:
        """The nearest mention before a well-known product of the firm that makes it."""
        name = self.lexicon.makers.get(product.key)
        before = [a for a in self.at.values() if a.key == name and a.start < product.start]
        return max(before, key=lambda a: (a.form is MentionForm.NAME, a.start), default=None)

    def named_after(self, noun: Token) -> Argument | None:
        """The name in "the chipmaker, Kestrel"."""
        named = [self.at[c.i] for c in noun.rights if c.dep_ == "appos" and c.i in self.at]
        return named[0] if len(named) == 1 and noun.tag_ not in PLURAL else None

    def product_before(self, noun: Token) -> Argument | None:
        """The product of "the Quillon scanner"."""
        if noun.lemma_.lower() not in self.lexicon.words("product_nouns"):
            return None
        named = [self.at[c.i] for c in noun.lefts if c.dep_ == "compound" and c.i in self.at]
        return named[0] if len(named) == 1 and named[0].kind is EntityType.PRODUCT else None

    def described(self, noun: Token, depth: int) -> Argument | None:
        """What "a chipmaker" is said of."""
        if noun.dep_ == "appos":
            return self.one(nearest(noun), depth)
        if noun.dep_ == "attr" and noun.head.lemma_ == "be":
            subjects = surface_subjects(noun.head)
            return self.one(subjects[0], depth) if subjects else None
        return None
