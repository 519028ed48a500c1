"""What a title says of its bearer and the organization."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extraction.lexicon import Lexicon
from kg.extraction.patterns import Found
from kg.extraction.reading import Reading, effect

__all__ = ["title_part", "title_reading", "title_relations"]

HEADS = ("head", "boss", "chief")


def title_relations(found: Found, lexicon: Lexicon) -> tuple[str, ...]:
    """What a title states, given how it is tied to the organization."""
    title = found.title
    if title is None:
        return ()
    said = lexicon.relations_of_title(title.text)
    prepositions = {c.lower_: c for c in title.children if c.dep_ == "prep"}
    field_of_work = ("of" in prepositions and "at" in prepositions) or (
        title.lower_ == "head" and "for" in prepositions
    )
    if said == ("leads",) and title.lower_ in ("head", "boss", "chief") and field_of_work:
        return ("employed_by",)
    if title.lower_ != "director":
        return said
    headed = {w for t in found.objects() for w in t.text.lower().split()} & lexicon.words("headed_words")
    if headed:
        return ("leads",)
    departmental = any(
        c.dep_ in ("compound", "amod", "nmod") and not c.ent_type_ and c.tag_ in ("NN", "NNS") for c in title.lefts
    )
    return ("employed_by",) if departmental or "at" in prepositions else said


def merge_title(reading: Reading, title: Token, lexicon: Lexicon) -> None:
    """Adds "former", "incoming" and the like before a title."""
    own = Reading()
    for child in title.children:
        if child.dep_ in ("amod", "compound", "nmod", "advmod") and (
            cue := lexicon.cues["premodifier"].get(child.lower_)
        ):
            own.past = own.past or cue == "past"
            if cue in set(Modality):
                own.modalities.append(Modality(cue))
    reading.past = reading.past or own.past
    reading.modalities += own.modalities
