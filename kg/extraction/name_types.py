"""What a name names: votes of its words, its neighbours and its place in the sentence, added up over the text."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Doc, Span, Token

from kg.extraction.lexicon import Lexicon
from kg.extraction.names import ORGANIZATION, PERSON, PLACE, PRODUCT, Name
from kg.model import EntityType

__all__ = ["settle", "vote_by_context"]

Votes = dict[EntityType, float]
ENOUGH = 1.0


def vote_by_context(doc: Doc, names: Iterable[Name], titles: Iterable[Span], lexicon: Lexicon) -> None:
    """Adds the votes of words and context to every name."""
    title_at = {i for span in titles for i in range(span.start, span.end)}
    for name in names:
        span = doc[name.start : name.end]
        vote_by_words(name, span, lexicon)
        vote_by_neighbours(name, span, title_at, lexicon)
        vote_by_grammar(name, span.root, title_at, lexicon)


def vote_by_words(name: Name, span: Span, lexicon: Lexicon) -> None:
    """A legal form or a word such as Bank makes an organization."""
    last = span[-1].text
    if len(span) > 1 and last in lexicon.words("organization_suffixes"):
        name.vote(ORGANIZATION, 8)
    elif len(span) > 1 and any(t.text in lexicon.words("organization_words") for t in span):
        name.vote(ORGANIZATION, 3.5)
    elif len(span) > 1 and span[0].text in lexicon.words("given_names"):
        name.vote(PERSON, 2)
    if any(t.is_digit for t in span[1:]):
        name.vote(PRODUCT, 1)


def vote_by_neighbours(name: Name, span: Span, title_at: set[int], lexicon: Lexicon) -> None:
    """What the words right before and after say."""
    before, after = neighbour(span, -1), neighbour(span, 1)
    if before is not None:
        if before.text in lexicon.words("honorifics"):
            name.vote(PERSON, 6)
        elif before.i in title_at and before.pos_ != "ADP":
            name.vote(PERSON, 3 if len(span) > 1 else 1.5)
        elif before.pos_ in ("NOUN", "ADJ", "PROPN"):
            name.vote(*noun_says(before, lexicon, 3))
    if after is None:
        return
    if after.text == "-" and not span[-1].whitespace_ and after.i + 1 < len(span.doc):
        name.vote(PLACE, 5 if after.nbor(1).lower_ == "based" else 0)
    elif (after.i in title_at and not span[-1].is_punct) or (
        after.pos_ in ("NOUN", "PROPN") and after.lemma_ in lexicon.words("organization_contexts")
    ):
        name.vote(ORGANIZATION, 2)
    else:
        head_noun(name, after, lexicon)


def head_noun(name: Name, after: Token, lexicon: Lexicon) -> None:
    """In "the Sao La processor" the noun says that the name is a product's."""
    noun = after.head if after.dep_ == "compound" else after
    if after.pos_ in ("NOUN", "ADJ") and noun.pos_ == "NOUN" and noun.lemma_ in lexicon.words("product_nouns"):
        name.vote(PRODUCT, 3 if noun.lemma_ not in lexicon.words("organization_nouns") else 1)


def neighbour(span: Span, step: int) -> Token | None:
    """The token before or after, within the sentence."""
    i = span.start - 1 if step < 0 else span.end
    if not 0 <= i < len(span.doc) or span.doc[i].sent != span[0].sent:
        return None
    return span.doc[i]


def noun_says(noun: Token, lexicon: Lexicon, weight: float) -> tuple[EntityType, float]:
    """The type that a common noun gives to the name beside it."""
    lemma = noun.lemma_.lower()
    if lemma in lexicon.words("organization_nouns"):
        return ORGANIZATION, weight
    if lemma in lexicon.words("product_nouns"):
        return PRODUCT, weight
    if lemma in lexicon.words("person_nouns"):
        return PERSON, weight
    return (PLACE, weight) if lemma in lexicon.words("place_nouns") else (PLACE, 0)


def vote_by_grammar(name: Name, root: Token, title_at: set[int], lexicon: Lexicon) -> None:
    """What apposition, possession and the governing verb say."""
    for child in root.children:
        if child.dep_ == "appos" and child.pos_ == "NOUN":
            name.vote(*((PERSON, 3.0) if child.i in title_at else noun_says(child, lexicon, 4)))
        elif (
            child.dep_ == "acl"
            and child.lemma_ in lexicon.words("making_verbs")
            and any(c.dep_ == "agent" for c in child.children)
        ):
            name.vote(PRODUCT, 3)
        elif child.dep_ == "relcl":
            vote_by_relative(name, child)
    head = root.head
    if root.dep_ == "appos" and head.pos_ == "NOUN":
        name.vote(*((PERSON, 3.0) if head.i in title_at else noun_says(head, lexicon, 4)))
    elif root.dep_ == "poss" and head.i in title_at:
        name.vote(ORGANIZATION, 2)
    elif root.dep_ == "pobj":
        vote_by_preposition(name, head, title_at, lexicon)
    elif root.dep_ in ("nsubj", "dobj", "nsubjpass", "attr"):
        vote_by_verb(name, root, lexicon)


def vote_by_relative(name: Name, verb: Token) -> None:
    """As in "X, who …" is a person; "X, which …" is none."""
    pronouns = {t.lower_ for t in verb.lefts if t.dep_ in ("nsubj", "nsubjpass", "dobj")}
    if "who" in pronouns:
        name.vote(PERSON, 3)
    elif "which" in pronouns:
        name.vote(ORGANIZATION, 1)


def vote_by_preposition(name: Name, preposition: Token, title_at: set[int], lexicon: Lexicon) -> None:
    """As in "Chief executive of X", "shares in X", "based in X"."""
    noun = preposition.head
    if preposition.lower_ in ("of", "at") and noun.i in title_at:
        name.vote(ORGANIZATION, 1.8)
    elif preposition.lower_ in ("of", "in") and noun.lemma_ in lexicon.words("organization_contexts"):
        name.vote(ORGANIZATION, 2.2)
    elif preposition.lower_ == "in" and noun.lower_ in ("based", "headquartered", "located", "born"):
        name.vote(PLACE, 4)
    elif preposition.lower_ in ("in", "near"):
        name.vote(PLACE, 1.2)
    elif preposition.lower_ == "with" and noun.lemma_ in ("partnership", "partner", "compete", "contract"):
        name.vote(ORGANIZATION, 1.5)


def vote_by_verb(name: Name, root: Token, lexicon: Lexicon) -> None:
    """Some verbs are said of firms, some of persons, some of products."""
    verb = root.head.lemma_
    if root.dep_ == "nsubj" and verb in lexicon.words("organization_verbs"):
        name.vote(ORGANIZATION, 1.5)
    elif root.dep_ == "nsubj" and verb in lexicon.words("person_verbs"):
        name.vote(PERSON, 2)
    elif root.dep_ == "dobj" and verb in lexicon.words("making_verbs"):
        name.vote(PRODUCT, 1.2)
    elif root.dep_ == "dobj" and verb in ("acquire", "buy", "sue", "found", "co-found", "join"):
        name.vote(ORGANIZATION, 1.2)
    elif root.dep_ == "attr" and root.head.lemma_ == "be":
        return
    for child in root.head.children if verb == "be" and root.dep_ == "nsubj" else ():
        if child.dep_ == "attr" and child.pos_ == "NOUN":
            name.vote(*noun_says(child, lexicon, 3))


def settle(doc: Doc, names: Iterable[Name], totals: dict[str, Votes]) -> dict[str, EntityType]:
    """Surface → type, for all surfaces for which enough speaks; adds to ``totals``, what earlier windows said."""
    for name in names:
        votes = totals.setdefault(doc[name.start : name.end].text, {})
        for kind, weight in name.votes.items():
            votes[kind] = votes.get(kind, 0.0) + weight
    settled = {surface: winner for surface, votes in totals.items() if (winner := best(votes))}
    return settled | short_firms(totals, settled) | short_people(totals, settled)


def short_people(totals: dict[str, Votes], settled: dict[str, EntityType]) -> dict[str, EntityType]:
    """Single words that end the full name of a person, and are not better known as anything else."""
    surnames = {full.split()[-1] for full, kind in settled.items() if kind is PERSON and " " in full}
    known = {s for s in surnames & totals.keys() if max(totals[s].get(ORGANIZATION, 0), totals[s].get(PLACE, 0)) < 3}
    return dict.fromkeys(sorted(known), PERSON)


def short_firms(totals: dict[str, Votes], settled: dict[str, EntityType]) -> dict[str, EntityType]:
    """Single words that begin the full name of an organization, and are no places."""
    first = {full.split()[0] for full, kind in settled.items() if kind is ORGANIZATION and " " in full}
    return dict.fromkeys(sorted(s for s in first & totals.keys() if totals[s].get(PLACE, 0) < 2.5), ORGANIZATION)


def best(votes: Votes) -> EntityType | None:
    """The type for which most speaks, if enough does."""
    kind = max(EntityType, key=lambda k: votes.get(k, 0.0))
    return kind if votes.get(kind, 0.0) >= ENOUGH else None
