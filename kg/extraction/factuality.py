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
    about_itself(reading, anchor, lexicon)
    below: Token | None = None
    for token in governors(anchor, lexicon) if happens(anchor, lexicon) else (anchor,):
        if below is not None:
            govern(reading, token, below, lexicon)
        modify(reading, token, lexicon)
        below = token
    according(reading, anchor, lexicon)
    return reading


def about_itself(reading: Reading, anchor: Token, lexicon: Lexicon) -> None:
    """Adds that the anchor is a verb of ending, negated by "neither", or part of a question."""
    if anchor.pos_ == "VERB" and lexicon.cues["verb"].get(anchor.lemma_) == "ended":
        effect(reading, "ended")
    if any(t.lower_ == "neither" for t in neighbourhood(anchor)):
        effect(reading, "negated")
    for token in neighbourhood(anchor):
        effect(reading, misread(token, lexicon))
    if happens(anchor, lexicon) and anchor.sent.text.rstrip().endswith("?"):
        effect(reading, "possible")


def misread(token: Token, lexicon: Lexicon) -> str:
    """What a verb that the parser took for a noun before a name says: "Police allege Ann Roe headed …"."""
    compound = token.dep_ == "compound" and not token.ent_type_ and token.head.ent_type_ == "Person"
    cue = lexicon.cues["verb"].get(token.lemma_, "") if compound else ""
    return cue if cue in ("alleged", "reported") else ""


def modify(reading: Reading, token: Token, lexicon: Lexicon) -> None:
    """Adds what a token's own auxiliaries, adverbs, negations and conjunctions say."""
    for child in token.children:
        if child.dep_ in ("aux", "auxpass") and child.i < token.i:
            auxiliary(reading, token, child, lexicon)
        elif child.dep_ in ("neg", "advmod", "preconj") or child.lower_ in ("no", "neither"):
            adverb(reading, token, child, lexicon)
        elif child.dep_ == "mark":
            effect(reading, lexicon.cues["mark"].get(child.lower_, ""))
        elif child.dep_ in ("amod", "compound", "nmod") and token.pos_ in NOUNS:
            effect(reading, lexicon.cues["premodifier"].get(child.lower_, ""))
        elif child.dep_ == "advcl" and conditional(child) and token.pos_ != "NOUN":
            effect(reading, "hypothetical")
    if token.dep_ in ("pobj", "pcomp") and token.head.lower_ == "without":
        effect(reading, "negated")


def conditional(clause: Token) -> bool:
    """Whether a clause begins with "if" or "unless"."""
    return any(c.dep_ == "mark" and c.lower_ in CONDITIONS for c in clause.children)


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
    """Adds an adverb before its verb or right after it; "no longer" is an end, "not only" no negation."""
    word = child.lower_
    following = [t.lower_ for t in token.doc[child.i + 1 : child.i + 4]]
    limited = bool(lexicon.cues["limiting"].keys() & following)
    if child.i > token.i + (1 if child.dep_ == "neg" else 3):
        return
    if word == "longer":
        effect(reading, "" if limited else "ended")
        return
    cue = lexicon.cues["adverb"].get(word, "")
    if cue != "negated" or not (limited or following[:1] == ["longer"]):
        effect(reading, cue)


def govern(reading: Reading, token: Token, below: Token, lexicon: Lexicon) -> None:
    """Adds what a governing verb, adjective or noun makes of the clause below it."""
    kind = {"VERB": "verb", "AUX": "verb", "ADJ": "adjective", "NOUN": "noun"}.get(token.pos_, "")
    cue = lexicon.cues[kind].get(token.lemma_.lower(), "") if kind else ""
    if below.dep_ in ("nsubj", "nsubjpass") and kind == "verb":
        effect(reading, fate(cue, token, below, lexicon))
    elif cue in ("said", "reported", "alleged"):
        speak(reading, token, below, cue, lexicon)
    elif cue == "denied":
        deny(reading, token, below)
    elif (cue != "ended" or below.dep_ != "ccomp") and (cue != "past" or below.dep_ == "xcomp"):
        effect(reading, cue)


def fate(cue: str, verb: Token, subject: Token, lexicon: Lexicon) -> str:
    """What became of a subject: "the talks ended", "the deal is off", "the partnership ended"."""
    tried = subject.lemma_.lower() in lexicon.cues["noun"]
    if any(c.lower_ in OFF and c.dep_ in ("prt", "advmod", "acomp") for c in verb.children) or (
        cue == "ended" and tried
    ):
        return "refused"
    return cue if cue in ("ended", "refused", "denied") else ""


def deny(reading: Reading, verb: Token, below: Token) -> None:
    """Adds a denial and who denies; "dismissed as chairman" ends a role, and "rule" denies only with "out"."""
    if verb.lemma_ == "rule" and not any(c.lower_ == "out" for c in verb.children):
        return
    if below.dep_ == "prep" and below.lower_ == "as":
        effect(reading, "ended")
        return
    effect(reading, "denied")
    reading.source = reading.source or next(iter(surface_subjects(verb)), None)
