"""The words and the tense of the clause that a pattern was found in."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.extraction.lexicon import Lexicon
from kg.model import Tense

__all__ = ["clause_text", "phrase", "verb_tense"]

OTHER_CLAUSES = ("conj", "relcl", "advcl", "ccomp", "parataxis", "appos")


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
        if not other or (child.dep_ == "conj" and child.pos_ not in ("VERB", "AUX")):
            yield from pruned(child, anchor)


def phrase(token: Token) -> str:
    """The noun phrase of a source, in its own words and without what hangs on it as a clause or an apposition."""
    left = min((t.i for t in token.lefts if t.dep_ not in ("det",)), default=token.i)
    left = min([left] + [t.left_edge.i for t in token.lefts if t.dep_ in ("amod", "compound", "poss", "nummod")])
    right = max([token.i] + [t.right_edge.i for t in token.rights if t.dep_ in ("prep", "amod", "acl")])
    span: Span = token.doc[left : right + 1]
    return str(" ".join(span.text.split()).strip(" ,"))


def verb_tense(found: Found) -> Tense:
    """The tense of the anchor, where it is a verb, or of the verb that links a noun to its subject."""
    anchor = found.anchor
    verb = anchor if anchor.pos_ in ("VERB", "AUX") else anchor.head if anchor.dep_ == "attr" else None
    if verb is None or verb.lemma_ in TURNING:
        return Tense.CURRENT
    if verb.tag_ == "VBD" or (verb.tag_ == "VBN" and any(c.lower_ in ("was", "were", "had") for c in verb.children)):
        return Tense.PAST
    return Tense.CURRENT
