"""How firmly a clause says what it says: denied or affirmed, asserted, reported, planned …, past or to come, by whom.

A cue scopes over the clause that it governs and those inside it, not over relative clauses and appositions, which
stand for themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.tokens import Token

from kg.extraction.frames import surface_subjects
from kg.extraction.lexicon import Lexicon
from kg.model import Modality, Polarity, Tense

__all__ = ["Reading", "effect", "read"]

UPWARD = frozenset(
    "xcomp ccomp acl pcomp prep pobj dobj nsubj nsubjpass attr oprd agent dep acomp obl compound".split()
)
ALONE = frozenset("relcl appos".split())
LIMITING = frozenset("only just solely merely simply purely".split())
NOUNS = ("NOUN", "PROPN")


@dataclass(slots=True)
class Reading:
    """What the cues around a clause make of it."""

    modalities: list[Modality] = field(default_factory=list)
    negations: int = 0
    refused: bool = False
    ended: bool = False
    future: bool = False
    past: bool = False
    source: Token | None = None

    @property
    def modality(self) -> Modality:
        """The weakest that any cue gives; what will end holds until then."""
        return Modality.weakest(m for m in self.modalities if not (self.ended and m is Modality.PLANNED))

    @property
    def polarity(self) -> Polarity:
        """Denied under an odd number of negations, or where it did not come about."""
        return Polarity.DENIED if self.negations % 2 or self.refused else Polarity.AFFIRMED

    def tense(self, usual: Tense) -> Tense:
        """The tense, given the one that the clause's own verb has."""
        if self.past or self.ended:
            return Tense.CURRENT if self.future and self.ended else Tense.PAST
        hedged = self.modality in (Modality.PLANNED, Modality.POSSIBLE, Modality.HYPOTHETICAL)
        return Tense.FUTURE if self.future or hedged else usual


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


def neighbourhood(anchor: Token) -> Iterator[Token]:
    """The words of a clause: those below the anchor, and those of the subject of the verb that links it."""
    yield from anchor.subtree
    for child in anchor.head.children if anchor.dep_ in ("attr", "acomp") else ():
        if child.dep_ in ("nsubj", "nsubjpass", "preconj", "cc", "advmod"):
            yield from child.subtree


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
        elif token.dep_ == "ccomp" and token.i < token.head.i and not said_after(token, lexicon):
            return
        elif (
            token.dep_ in ("acl", "advcl")
            and token.tag_ in ("VBN", "VBG")
            and token.head.lemma_ not in lexicon.cues["noun"]
        ):
            return
        elif token.dep_ == "advcl" and token.pos_ in ("VERB", "AUX") and token.tag_ not in ("VB", "VBG"):
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


def modify(reading: Reading, token: Token, lexicon: Lexicon) -> None:
    """Adds what a token's own auxiliaries, adverbs, negations and conjunctions say."""
    for child in token.children:
        word = child.lower_
        if child.dep_ in ("aux", "auxpass") and child.i < token.i:
            auxiliary(reading, token, child, lexicon)
        elif child.dep_ == "neg" and child.i > token.i + 1:
            continue
        elif child.dep_ == "advmod" and child.i > token.i + 3:
            continue
        elif child.dep_ in ("neg", "advmod", "preconj") or child.dep_ == "det" and word in ("no", "neither"):
            adverb(reading, token, child, lexicon)
        elif child.dep_ == "mark" or child.dep_ == "advmod" and word == "if":
            effect(reading, lexicon.cues["mark"].get(word, ""))
        elif child.dep_ in ("amod", "compound", "nmod") and token.pos_ in NOUNS:
            effect(reading, lexicon.cues["premodifier"].get(word, ""))
        elif child.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ in ("if", "unless") for c in child.children):
            effect(reading, "hypothetical" if token.pos_ != "NOUN" else "")
    if token.head.dep_ == "prep" and token.head.lower_ == "without" and token.dep_ in ("pobj", "pcomp"):
        reading.negations += 1


def auxiliary(reading: Reading, verb: Token, aux: Token, lexicon: Lexicon) -> None:
    """Modal verbs; "to" at the head of a headline; "used to"."""
    cue = lexicon.cues["modal"].get(aux.lower_, "")
    if cue == "would":
        spoken = verb.dep_ == "ccomp" and lexicon.cues["verb"].get(verb.head.lemma_) == "said"
        cue = (
            "planned"
            if spoken and not any(c.dep_ == "aux" and c.lower_ == "have" for c in verb.children)
            else "hypothetical"
        )
    if not (cue == "planned" and verb.lemma_ in lexicon.cues["carrying"]):
        effect(reading, cue)
    headline = (
        aux.lower_ == "to"
        and verb.head.pos_ in NOUNS
        and verb.head.dep_ == "ROOT"
        or aux.lower_ == "to"
        and verb.dep_ == "ROOT"
    )
    headline = headline or aux.lower_ == "to" and verb.dep_ == "xcomp" and verb.head.lemma_ == "be"
    if headline and not any(c.lower_ in ("used",) for c in verb.children):
        effect(reading, "planned")


def adverb(reading: Reading, token: Token, child: Token, lexicon: Lexicon) -> None:
    """Adverbs, with "no longer" as an end and "not only" as no negation."""
    word = child.lower_
    following = token.doc[child.i + 1 : child.i + 6]
    if word in ("longer",) or word == "no" and following and following[0].lower_ == "longer":
        if word == "longer" and not any(t.lower_ in LIMITING for t in token.doc[child.i : child.i + 4]):
            reading.ended = reading.past = True
        return
    cue = lexicon.cues["adverb"].get(word, "negated" if word == "no" else "")
    if cue == "negated" and (any(t.lower_ in LIMITING for t in following[:3]) or child.nbor(1).lower_ == "longer"):
        return
    effect(reading, cue)


def effect(reading: Reading, cue: str) -> None:
    """Applies one cue."""
    if cue in set(Modality):
        reading.modalities.append(Modality(cue))
        reading.future = reading.future or cue == "planned"
    elif cue in ("negated", "denied"):
        reading.negations += 1
    elif cue == "refused":
        reading.refused = True
    elif cue == "past":
        reading.past = True
    elif cue == "ended":
        reading.ended = True


def govern(reading: Reading, token: Token, below: Token, lexicon: Lexicon) -> None:
    """Adds what a governing verb, adjective or noun makes of the clause below it."""
    if below.dep_ in ("nsubj", "nsubjpass") and token.pos_ in ("VERB", "AUX"):
        cue = lexicon.cues["verb"].get(token.lemma_, "")
        tried = below.lemma_.lower() in lexicon.cues["noun"]
        off = any(c.lower_ in ("off", "dead") for c in token.children)
        effect(
            reading,
            "refused" if off or cue == "ended" and tried else cue if cue in ("ended", "refused", "denied") else "",
        )
        return
    kind = {"VERB": "verb", "AUX": "verb", "ADJ": "adjective", "NOUN": "noun"}.get(token.pos_, "")
    cue = lexicon.cues[kind].get(token.lemma_.lower(), "") if kind else ""
    if cue in ("said", "reported", "alleged"):
        speak(reading, token, below, cue, lexicon)
    elif cue == "ended" and below.dep_ in ("ccomp",):
        return
    elif cue in ("denied",) and token.lemma_ == "rule" and not any(c.lower_ == "out" for c in token.children):
        return
    elif cue == "denied" and below.dep_ == "prep" and below.lower_ == "as":
        reading.ended = True
    else:
        effect(reading, cue if cue != "past" or below.dep_ == "xcomp" else "")
        if cue == "denied" and reading.source is None:
            reading.source = next(iter(surface_subjects(token)), None)


def speak(reading: Reading, verb: Token, below: Token, cue: str, lexicon: Lexicon) -> None:
    """Adds that somebody says it: a report where that is unnamed or a newspaper."""
    if verb.pos_ == "NOUN":
        effect(reading, cue)
        return
    if below.dep_ not in ("ccomp", "xcomp", "prep", "pcomp", "dobj", "parataxis"):
        return
    if any(c.dep_ == "auxpass" for c in verb.children) and below.dep_ == "xcomp":
        effect(reading, "alleged" if cue == "alleged" else "reported")
        return
    speaker = next(iter(surface_subjects(verb)), None)
    if below.dep_ == "dobj" and cue == "said" and verb.lemma_ not in ("deny",):
        return
    if speaker is not None and reading.source is None:
        reading.source = speaker
    if hearsay(speaker, lexicon) or cue == "reported":
        effect(reading, "reported")
    elif cue == "alleged" or accuser(speaker, lexicon):
        effect(reading, "alleged")


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
            effect(reading, "reported" if hearsay(source, lexicon) else "alleged" if accuser(source, lexicon) else "")


def pointed(according: Token) -> Token | None:
    """Who stands after "according to"."""
    to = next((c for c in according.children if c.lower_ == "to"), None)
    return next((c for c in to.children if c.dep_ == "pobj"), None) if to is not None else None


def scopes(according: Token, anchor: Token) -> bool:
    """Whether the words hang on a clause that holds the anchor, not on another coordinated one."""
    head = according.head
    if any(a.dep_ in ALONE and head.is_ancestor(a) for a in [anchor, *anchor.ancestors]):
        return False
    return (
        head.i == anchor.i
        or head.is_ancestor(anchor)
        and not any(
            a.dep_ == "conj" and a.pos_ == "VERB" and independent(a) and head.is_ancestor(a) and head.i != a.i
            for a in [anchor, *anchor.ancestors]
        )
    )
