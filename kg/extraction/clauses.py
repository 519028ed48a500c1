"""The words and the tense of the clause that a pattern was found in."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.extraction.lexicon import Lexicon
from kg.model import Tense

__all__ = ["clause_text", "phrase", "verb_tense"]

VERBS = ("VERB", "AUX")
OTHER_CLAUSES = ("conj", "relcl", "advcl", "ccomp", "parataxis", "appos")
PERFECT_OR_PAST = ("was", "were", "had")


def clause_text(anchor: Token) -> str:
    """The words of the clause that an anchor is in, without what is coordinated with it."""
    top = anchor
    while top.pos_ not in VERBS and top.head.i != top.i and top.dep_ != "appos":
        top = top.head
    return "".join(t.text_with_ws for t in sorted(pruned(top, anchor), key=lambda t: t.i))


def pruned(top: Token, anchor: Token) -> Iterator[Token]:
    """The subtree without other clauses."""
    yield top
    for child in top.children:
        if not other_clause(child) or child.i == anchor.i or child.is_ancestor(anchor):
            yield from pruned(child, anchor)


def other_clause(token: Token) -> bool:
    """Whether a token heads a clause or a description of its own; coordinated nouns do not."""
    return token.dep_ in OTHER_CLAUSES and (token.dep_ != "conj" or token.pos_ in VERBS)


def phrase(noun: Token) -> str:
    """The noun phrase of a source in its own words, without article, clauses and appositions."""
    left = min([noun.i, *(t.left_edge.i for t in noun.lefts if t.dep_ not in ("det", "punct"))])
    right = max([noun.i, *(t.right_edge.i for t in noun.rights if t.dep_ in ("prep", "amod", "acl"))])
    return " ".join(noun.doc[left : right + 1].text.split()).strip(" ,")


def verb_tense(anchor: Token, lexicon: Lexicon) -> Tense:
    """The tense of the anchor, where it is a verb, or of the verb that links a noun to its subject.

    Verbs that begin a state ("joined", "named") leave it current.
    """
    verb = anchor if anchor.pos_ in VERBS else anchor.head if anchor.dep_ == "attr" else None
    if verb is None or verb.lemma_ in lexicon.words("turning_verbs"):
        return Tense.CURRENT
    by_auxiliary = verb.tag_ == "VBN" and any(c.lower_ in PERFECT_OR_PAST for c in verb.children)
    return Tense.PAST if verb.tag_ == "VBD" or by_auxiliary else Tense.CURRENT
