"""How far a cue reaches: over the clause that it governs, not over clauses and descriptions that stand for themselves."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.extraction.lexicon import Lexicon

__all__ = ["governors", "happens", "neighbourhood", "scopes"]

ALONE = ("relcl", "appos")
NOUNS = ("NOUN", "PROPN")
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
    for _ in range(20):
        yield token
        if token.head.i == token.i or token.dep_ in ALONE:
            return
        if token.dep_ == "conj" and token.head.pos_ in ("VERB", "AUX") and independent(token):
            token = skip_conjuncts(token)
            if token.dep_ not in ("ccomp", "xcomp"):
                return
        elif (
            (token.dep_ == "ccomp" and token.i < token.head.i and not said_after(token, lexicon))
            or (
                token.dep_ in ("acl", "advcl")
                and token.tag_ in ("VBN", "VBG")
                and token.head.lemma_ not in lexicon.cues["noun"]
            )
            or (token.dep_ == "advcl" and token.pos_ in ("VERB", "AUX") and token.tag_ not in ("VB", "VBG"))
        ):
            return
        token = token.head


def said_after(clause: Token, lexicon: Lexicon) -> bool:
    """Whether the verb that follows a clause says it ("…, the bank said"), and is not a neighbour without conjunction."""
    verb = clause.head
    if any(t.text in (";", ":") for t in clause.doc[clause.i : verb.i]):
        return False
    return lexicon.cues["verb"].get(verb.lemma_) in ("said", "reported", "alleged", "denied", "possible")


def independent(verb: Token) -> bool:
    """Whether a coordinated verb has a subject or an auxiliary of its own, so that the first one's do not scope over it."""
    finite = verb.tag_ in ("VBD", "VBZ", "VBP") or any(c.dep_ in ("aux", "auxpass") for c in verb.children)
    return finite or any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children)


def skip_conjuncts(verb: Token) -> Token:
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
    """Whether the words hang on a clause that holds the anchor, not on another coordinated one."""
    head = according.head
    if any(a.dep_ in ALONE and head.is_ancestor(a) for a in [anchor, *anchor.ancestors]):
        return False
    return head.i == anchor.i or (
        head.is_ancestor(anchor)
        and not any(
            a.dep_ == "conj" and a.pos_ == "VERB" and independent(a) and head.is_ancestor(a) and head.i != a.i
            for a in [anchor, *anchor.ancestors]
        )
    )
