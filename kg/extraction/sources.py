"""Who says so, and what that makes of it: a report, an allegation, or the plain word of a named source."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extraction.frames import surface_subjects
from kg.extraction.lexicon import Lexicon
from kg.extraction.reading import Reading, effect
from kg.extraction.scope import scopes

__all__ = ["according", "speak"]

SPOKEN = ("ccomp", "xcomp", "prep", "pcomp", "dobj", "parataxis")


def speak(reading: Reading, verb: Token, below: Token, cue: str, lexicon: Lexicon) -> None:
    """Adds that somebody says it: a report where that is unnamed or a newspaper."""
    if verb.pos_ == "NOUN":
        effect(reading, cue)
    elif below.dep_ == "xcomp" and any(c.dep_ == "auxpass" for c in verb.children):
        effect(reading, "alleged" if cue == "alleged" else "reported")
    elif below.dep_ in SPOKEN and (below.dep_ != "dobj" or cue != "said"):
        speaker = next(iter(surface_subjects(verb)), None)
        reading.source = reading.source or speaker
        effect(reading, weight(speaker, cue, lexicon))


def weight(speaker: Token | None, cue: str, lexicon: Lexicon) -> str:
    """What the word of a speaker makes of a claim."""
    if cue == "reported" or hearsay(speaker, lexicon):
        return "reported"
    return "alleged" if cue == "alleged" or accuser(speaker, lexicon) else ""


def hearsay(speaker: Token | None, lexicon: Lexicon) -> bool:
    """Whether a source is unnamed, or a newspaper."""
    if speaker is None:
        return False
    if speaker.lemma_.lower() in lexicon.words("sources"):
        return True
    return speaker.ent_type_ == "Organization" and bool(set(speaker.text.split()) & lexicon.words("newsrooms"))


def accuser(speaker: Token | None, lexicon: Lexicon) -> bool:
    """Whether a source's word is an allegation."""
    return speaker is not None and speaker.lemma_.lower() in lexicon.words("accusers")


def according(reading: Reading, anchor: Token, lexicon: Lexicon) -> None:
    """Adds "according to …" of the same sentence."""
    for token in anchor.sent:
        if token.lower_ == "according" and (source := pointed(token)) is not None and scopes(token, anchor):
            reading.source = reading.source or source
            effect(reading, weight(source, "", lexicon))


def pointed(according: Token) -> Token | None:
    """Who stands after "according to"."""
    to = next((c for c in according.children if c.lower_ == "to"), None)
    return next((c for c in to.children if c.dep_ == "pobj"), None) if to is not None else None
