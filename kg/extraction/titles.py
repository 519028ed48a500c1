"""What a title says of its bearer and the organization."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extraction.lexicon import Lexicon
from kg.extraction.patterns import Found
from kg.extraction.reading import Reading, effect

__all__ = ["add_title", "rival_preposition", "title_part", "title_relations"]

DEPUTIES = ("deputy", "assistant", "vice")
HEADS = ("head", "boss", "chief", "director", "president")
MODIFIERS = ("amod", "compound", "nmod", "advmod")


def title_relations(found: Found, title: Token, lexicon: Lexicon) -> tuple[str, ...]:
    """What a title states, given how it is tied to the organization.

    The head of a department is no head of the firm; a museum's director heads it; a sales director sits on no board.
    """
    said = lexicon.relations_of_title(title.text)
    if said == ("leads",) and any(child.lower_ in DEPUTIES for child in title.lefts):
        return ("employed_by",)
    if title.lower_ in HEADS and of_department(title):
        return ("employed_by",)
    if title.lower_ != "director":
        return said
    if {word for token in found.objects() for word in token.text.lower().split()} & lexicon.words("headed_words"):
        return ("leads",)
    return ("employed_by",) if departmental(title) else said


def of_department(title: Token) -> bool:
    """Whether a title names a field of work beside the organization: "head of fleet at …"."""
    of = [child for child in title.children if child.dep_ == "prep" and child.lower_ == "of"]
    fields = [noun for preposition in of for noun in preposition.children if not noun.ent_type_]
    return bool(fields) or any(child.lower_ == "for" for child in title.children)


def rival_preposition(found: Found, title: Token, predicate: str) -> bool:
    """Whether another preposition names the organization better.

    A professor of physics at a university works for the university; who heads an institute at one heads the institute.
    """
    if found.pattern.name == "title_of_department_at":
        return predicate != "employed_by"
    own = found.tokens.get("of")
    if own is None or found.pattern.name != "title_of":
        return False
    words = {token.lower_ for token in title.subtree if token.dep_ == "prep" and token.i != own.i}
    better = {"employed_by": "at", "leads": "of"}.get(predicate, "")
    return own.lower_ != better and better in words


def departmental(director: Token) -> bool:
    """Whether a director directs a department ("programme director") or is merely employed ("a director at")."""
    modifiers = [c for c in director.lefts if c.dep_ in MODIFIERS and not c.ent_type_ and c.tag_ in ("NN", "NNS")]
    return bool(modifiers) or any(c.lower_ == "at" for c in director.children if c.dep_ == "prep")


def title_part(title: Token, predicate: str, lexicon: Lexicon) -> str:
    """The part of a double title that states the relation: "chief executive" of "founder and chief executive"."""
    parts = [part for part in title.text.split(" and ") if predicate in lexicon.relations_of_title(part)]
    return parts[0] if len(parts) == 1 else title.text


def add_title(reading: Reading, title: Token, lexicon: Lexicon) -> None:
    """Adds what "former", "incoming" and the like before a title say."""
    for child in title.children:
        if child.dep_ in MODIFIERS:
            effect(reading, lexicon.cues["premodifier"].get(child.lower_, ""))
