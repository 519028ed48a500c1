"""How firmly a clause says what it says: denied or affirmed, asserted, reported, planned …, past or to come, by whom.

A cue scopes over the clause that it governs and those inside it, not over relative clauses and appositions, which
stand for themselves.
"""

from __future__ import annotations

from spacy.tokens import Token

from kg.extraction.frames import surface_subjects
from kg.extraction.lexicon import Lexicon
from kg.extraction.reading import Reading, effect
from kg.extraction.scope import NOUNS, governors, happens, neighbourhood
from kg.extraction.sources import according, speak

__all__ = ["read"]

CONDITIONS = ("if", "unless")
OFF = ("off", "dead", "through")


def read(anchor: Token, lexicon: Lexicon) -> Reading:
    """The reading of what ``anchor``, a verb or a noun, says."""
    reading = Reading()
    if lexicon.cues["verb"].get(anchor.lemma_) == "ended" and anchor.pos_ == "VERB":
        reading.ended = True
    if any(t.lower_ == "neither" for t in neighbourhood(anchor)):
        reading.negations += 1
    below: Token | None = None
    for token in governors(anchor, lexicon) if happens(anchor, lexicon) else (anchor,):
        if below is not None:
            govern(reading, token, below, lexicon)
        modify(reading, token, lexicon)
        below = token
    according(reading, anchor, lexicon)
    if anchor.sent.text.rstrip().endswith("?") and happens(anchor, lexicon):
        effect(reading, "possible")
    return reading


def modify(reading: Reading, token: Token, lexicon: Lexicon) -> None:
    """Adds what a token's own auxiliaries, adverbs, negations and conjunctions say."""
    for child in token.children:
        word = child.lower_
        if child.dep_ in ("aux", "auxpass") and child.i < token.i:
            auxiliary(reading, token, child, lexicon)
        elif (child.dep_ == "neg" and child.i > token.i + 1) or (child.dep_ == "advmod" and child.i > token.i + 3):
            continue
        elif child.dep_ in ("neg", "advmod", "preconj") or (child.dep_ == "det" and word in ("no", "neither")):
            adverb(reading, token, child, lexicon)
        elif child.dep_ == "mark" or (child.dep_ == "advmod" and word == "if"):
            effect(reading, lexicon.cues["mark"].get(word, ""))
        elif child.dep_ in ("amod", "compound", "nmod") and token.pos_ in NOUNS:
            effect(reading, lexicon.cues["premodifier"].get(word, ""))
        elif child.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ in ("if", "unless") for c in child.children):
            effect(reading, "hypothetical" if token.pos_ != "NOUN" else "")
    if token.head.dep_ == "prep" and token.head.lower_ == "without" and token.dep_ in ("pobj", "pcomp"):
        reading.negations += 1


def auxiliary(reading: Reading, verb: Token, aux: Token, lexicon: Lexicon) -> None:
    """Modal verbs, and "to": what is only to be done is planned."""
    cue = lexicon.cues["modal"].get(aux.lower_, "")
    if cue == "would":
        cue = would(verb, lexicon)
    elif aux.lower_ == "to" and not governed(verb, lexicon):
        cue = "planned"
    if cue != "planned" or verb.lemma_ not in lexicon.cues["carrying"]:
        effect(reading, cue)


def would(verb: Token, lexicon: Lexicon) -> str:
    """What "would" says: a plan in reported speech, a wish before "like", else a thought."""
    if lexicon.cues["verb"].get(verb.lemma_) == "possible":
        return ""
    spoken = verb.dep_ == "ccomp" and lexicon.cues["verb"].get(verb.head.lemma_) == "said"
    perfect = any(c.dep_ == "aux" and c.lower_ == "have" for c in verb.children)
    return "planned" if spoken and not perfect else "hypothetical"


def governed(verb: Token, lexicon: Lexicon) -> bool:
    """Whether the governing word of an infinitive says how firm it is, or that it has come about."""
    lemma = verb.head.lemma_.lower()
    kinds = ("verb", "noun", "adjective", "implicative")
    return verb.head.i != verb.i and any(lemma in lexicon.cues[kind] for kind in kinds)


def adverb(reading: Reading, token: Token, child: Token, lexicon: Lexicon) -> None:
    """Adverbs, with "no longer" as an end and "not only" as no negation."""
    word = child.lower_
    following = token.doc[child.i + 1 : child.i + 6]
    if word in ("longer",) or (word == "no" and following and following[0].lower_ == "longer"):
        if word == "longer" and not any(t.lower_ in LIMITING for t in token.doc[child.i : child.i + 4]):
            reading.ended = reading.past = True
        return
    cue = lexicon.cues["adverb"].get(word, "negated" if word == "no" else "")
    if cue == "negated" and (any(t.lower_ in LIMITING for t in following[:3]) or child.nbor(1).lower_ == "longer"):
        return
    effect(reading, cue)


def govern(reading: Reading, token: Token, below: Token, lexicon: Lexicon) -> None:
    """Adds what a governing verb, adjective or noun makes of the clause below it."""
    if below.dep_ in ("nsubj", "nsubjpass") and token.pos_ in ("VERB", "AUX"):
        cue = lexicon.cues["verb"].get(token.lemma_, "")
        tried = below.lemma_.lower() in lexicon.cues["noun"]
        off = any(c.lower_ in ("off", "dead", "through") for c in token.children)
        effect(
            reading,
            "refused" if off or (cue == "ended" and tried) else cue if cue in ("ended", "refused", "denied") else "",
        )
        return
    kind = {"VERB": "verb", "AUX": "verb", "ADJ": "adjective", "NOUN": "noun"}.get(token.pos_, "")
    cue = lexicon.cues[kind].get(token.lemma_.lower(), "") if kind else ""
    if cue in ("said", "reported", "alleged"):
        speak(reading, token, below, cue, lexicon)
    elif (cue == "ended" and below.dep_ in ("ccomp",)) or (
        cue in ("denied",) and token.lemma_ == "rule" and not any(c.lower_ == "out" for c in token.children)
    ):
        return
    elif cue == "denied" and below.dep_ == "prep" and below.lower_ == "as":
        reading.ended = True
    else:
        effect(reading, cue if cue != "past" or below.dep_ == "xcomp" else "")
        if cue == "denied" and reading.source is None:
            reading.source = next(iter(surface_subjects(token)), None)
