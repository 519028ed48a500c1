"""How far a cue reaches: over the clause that it governs, not over those that stand for themselves."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.extraction.lexicon import Lexicon

__all__ = ["NOUNS", "governors", "happens", "neighbourhood", "scopes"]

ALONE = ("relcl", "appos")
NOUNS = ("NOUN", "PROPN")
VERBS = ("VERB", "AUX")
FARTHEST = 20


def happens(anchor: Token, lexicon: Lexicon) -> bool:
    """Whether what governs the anchor counts: not for a noun that only describes somebody."""
    if anchor.pos_ not in NOUNS or anchor.dep_ in ("attr", "oprd", "ROOT"):
        return True
    if anchor.dep_ == "pobj" and anchor.head.lower_ == "as":
        return True
    return anchor.lemma_ in lexicon.words("event_nouns")


def governors(anchor: Token, lexicon: Lexicon) -> Iterator[Token]:
    """The anchor and what governs it, up to where a clause stands for itself."""
    token = anchor
    for _ in range(FARTHEST):
        yield token
        if token.dep_ == "conj" and token.head.pos_ in VERBS and independent(token):
            token = first_conjunct(token)
            if token.dep_ not in ("ccomp", "xcomp"):
                return
        elif token.head.i == token.i or stands_alone(token, lexicon):
            return
        token = token.head


def stands_alone(token: Token, lexicon: Lexicon) -> bool:
    """Whether a clause or description is no part of what governs it is about."""
    if token.dep_ == "ccomp":
        return token.i < token.head.i and not said_after(token, lexicon)
    if token.dep_ in ("acl", "advcl") and token.tag_ in ("VBN", "VBG"):
        return token.head.lemma_ not in lexicon.cues["noun"]
    return token.dep_ in ALONE or (token.dep_ == "advcl" and token.pos_ in VERBS and token.tag_ != "VB")


def said_after(clause: Token, lexicon: Lexicon) -> bool:
    """Whether the verb after a clause says it ("…, the bank said"), and is no mere neighbour."""
    verb = clause.head
    if any(t.text in (";", ":") for t in clause.doc[clause.i : verb.i]):
        return False
    return lexicon.cues["verb"].get(verb.lemma_) in ("said", "reported", "alleged", "denied", "possible")


def independent(verb: Token) -> bool:
    """Whether a coordinated verb has a subject or an auxiliary of its own, beyond the first one's reach."""
    finite = verb.tag_ in ("VBD", "VBZ", "VBP") or any(c.dep_ in ("aux", "auxpass") for c in verb.children)
    return finite or any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children)


def first_conjunct(verb: Token) -> Token:
    """The first of coordinated verbs."""
    while verb.dep_ == "conj":
        verb = verb.head
    return verb


def neighbourhood(anchor: Token) -> Iterator[Token]:
    """The words of a clause: those below the anchor, and those of the subject of the verb that links it."""
    yield from anchor.subtree
    for child in anchor.head.children if anchor.dep_ in ("attr", "acomp") else ():
        if child.dep_ in ("nsubj", "nsubjpass", "preconj", "cc", "advmod"):
            yield from child.subtree


def scopes(according: Token, anchor: Token) -> bool:
    """Whether "according" hangs on a clause that holds the anchor, not on another one or around a description."""
    head = according.head
    if head.i == anchor.i:
        return True
    between = [token for token in (anchor, *anchor.ancestors) if head.is_ancestor(token)]
    return head.is_ancestor(anchor) and not any(apart(token) for token in between)


def apart(token: Token) -> bool:
    """Whether a token opens a clause that an "according to" outside does not reach."""
    return token.dep_ in ALONE or (token.dep_ == "conj" and token.pos_ == "VERB" and independent(token))
