"""Who does what to whom, whatever the form of the sentence: passive, relative clause, control, coordination.

``subjects(verb)`` and ``objects(verb)`` are the logical ones: "Kestrel was bought by Halden", "Halden, which bought
Kestrel" and "Halden agreed to buy Kestrel" have the same two.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from spacy.tokens import Token

__all__ = ["ROLES", "conjuncts", "objects", "possessors", "subjects"]

SUBJECTS = ("nsubj", "nsubjpass", "csubj")
RELATIVE = frozenset(["who", "whom", "which", "that", "whose"])
ACCUSING = frozenset(("accuse", "suspect", "charge", "convict", "prevent", "stop", "keep", "block", "acquit"))
OBJECT_CONTROL = frozenset(
    [
        "ask",
        "allow",
        "help",
        "let",
        "urge",
        "persuade",
        "force",
        "order",
        "tell",
        "enable",
        "want",
        "expect",
        "permit",
        "make",
    ]
)


def passive(verb: Token) -> bool:
    """Whether a verb stands in the passive."""
    if any(c.dep_ in ("auxpass", "nsubjpass") for c in verb.children):
        return True
    return (verb.tag_ == "VBN" and verb.dep_ in ("acl", "amod")) or (
        verb.dep_ == "conj" and verb.tag_ == "VBN" and shares_aux(verb)
    )


def shares_aux(verb: Token) -> bool:
    """Whether a coordinated participle leans on the auxiliary of the first verb."""
    own = any(c.dep_ in ("aux", "auxpass", "nsubj", "dobj") for c in verb.children)
    return not own and passive(verb.head)


def subjects(verb: Token) -> list[Token]:
    """Who does it: the subject, the agent of a passive, or the subject of a governing verb."""
    if verb.pos_ == "NOUN" or verb.ent_type_ == "Title":
        return possessors(verb)
    if passive(verb):
        return agents(verb)
    return surface_subjects(verb)


def objects(verb: Token) -> list[Token]:
    """To whom it is done: the object, or the subject of a passive."""
    if passive(verb):
        return surface_subjects(verb)
    direct = [c for c in verb.children if c.dep_ in ("dobj", "obj")]
    return [full for token in direct for full in conjuncts(antecedent(token))]


def agents(verb: Token) -> list[Token]:
    """The doers that a passive names by "by"."""
    by = [c for c in verb.children if c.dep_ == "agent" or (c.dep_ == "prep" and c.lower_ == "by")]
    return [
        full
        for preposition in by
        for token in preposition.children
        if token.dep_ == "pobj"
        for full in conjuncts(token)
    ]


def surface_subjects(verb: Token, depth: int = 0) -> list[Token]:
    """The grammatical subject, one's own or that of the verb that governs this one."""
    own = [c for c in verb.children if c.dep_ in SUBJECTS]
    if own:
        return [full for token in own for full in conjuncts(antecedent(token))]
    if depth > 5 or verb.head.i == verb.i:
        return []
    head = verb.head
    if verb.dep_ in ("relcl", "acl") and head.pos_ in ("NOUN", "PROPN", "PRON"):
        return of_noun(verb, head, depth)
    if verb.dep_ in ("xcomp", "ccomp") and head.lemma_ in OBJECT_CONTROL and (direct := objects(head)):
        return direct
    if verb.dep_ in ("xcomp", "conj", "advcl", "dep", "acomp") and head.pos_ in ("VERB", "AUX", "ADJ"):
        return surface_subjects(head, depth + 1)
    if verb.dep_ == "xcomp" and head.pos_ in ("NOUN", "PROPN"):
        return [head] if head.dep_ == "ROOT" else surface_subjects(head.head, depth + 1)
    if verb.dep_ == "pcomp" and head.dep_ in ("prep", "agent"):
        return of_preposition(head.head, depth)
    return []


def of_noun(verb: Token, noun: Token, depth: int) -> list[Token]:
    """The subject of a clause that hangs on a noun: the noun, or for "plans to buy" who has the plans."""
    if verb.tag_ == "VB":
        return possessors(noun) or owner_of_plan(noun, depth)
    return conjuncts(noun) if plural_antecedent(verb) else [noun]


def plural_antecedent(verb: Token) -> bool:
    """Whether a relative clause speaks of several."""
    forms = {c.tag_ for c in verb.children if c.dep_ in ("aux", "auxpass")} | {verb.tag_}
    return "VBP" in forms or any(c.lower_ in ("both", "all") for c in verb.subtree)


def owner_of_plan(noun: Token, depth: int) -> list[Token]:
    """The subject of the verb that takes a noun as its object: "announced plans to buy"."""
    if noun.dep_ in ("dobj", "attr") and noun.head.pos_ in ("VERB", "AUX"):
        return surface_subjects(noun.head, depth + 1)
    if noun.dep_ == "pobj" and noun.head.head.pos_ in ("VERB", "AUX"):
        return surface_subjects(noun.head.head, depth + 1)
    return []


def of_preposition(governor: Token, depth: int) -> list[Token]:
    """The subject of a gerund after a preposition: that of the governing verb, or the owner of the noun."""
    if governor.lemma_ in ACCUSING:
        return objects(governor)
    if governor.pos_ in ("VERB", "AUX"):
        return surface_subjects(governor, depth + 1)
    return possessors(governor) or owner_of_plan(governor, depth)


def antecedent(token: Token) -> Token:
    """What a relative pronoun stands for; any other token itself."""
    if token.lower_ not in RELATIVE or token.tag_ not in ("WDT", "WP", "WP$", "IN", "DT"):
        return token
    verb = next((a for a in token.ancestors if a.dep_ == "relcl"), None)
    return verb.head if verb is not None else token


def conjuncts(token: Token) -> list[Token]:
    """A token with what is coordinated with it after it; "rather than" and "not" coordinate nothing."""
    found = [token]
    for child in token.rights:
        if child.dep_ == "conj" and not contrasted(token, child):
            found += conjuncts(child)
        elif child.dep_ == "prep" and child.lower_ in ("like", "including") and token.ent_type_ == "":
            found += [full for t in child.children if t.dep_ == "pobj" for full in conjuncts(t)]
    return found


def contrasted(token: Token, other: Token) -> bool:
    """Whether the second of two is set against the first ("not Kestrel but Halden")."""
    between = token.doc[token.i + 1 : other.i]
    return any(
        t.lower_ in ("than", "not", "but", "instead", "versus", "vs") for t in between if t.head.i in (token.i, other.i)
    )


def possessors(noun: Token) -> list[Token]:
    """Whose it is: "X's", "its", or "of X"."""
    by_case = [full for c in noun.children if c.dep_ == "poss" for full in conjuncts(antecedent(c))]
    return by_case or [t for c in noun.children if c.dep_ == "prep" and c.lower_ == "of" for t in complements(c)]


def complements(preposition: Token) -> list[Token]:
    """What stands after a preposition."""
    return [full for c in preposition.children if c.dep_ == "pobj" for full in conjuncts(antecedent(c))]


def topic(noun: Token) -> list[Token]:
    """Whom a noun without an owner is about: the subject of its clause, and what that is of.

    In "adoption of Claude, through partnerships with Kestrel, has grown" that is Claude.
    """
    top = noun
    while top.head.i != top.i and top.pos_ not in ("VERB", "AUX"):
        top = top.head
    subjects_ = surface_subjects(top)
    return subjects_ + [
        t for s in subjects_ for c in s.children if c.dep_ == "prep" and c.lower_ == "of" for t in complements(c)
    ]


def owners(noun: Token) -> list[Token]:
    """Whose it is by the possessive alone."""
    return [full for c in noun.children if c.dep_ == "poss" for full in conjuncts(antecedent(c))]


def described(noun: Token) -> list[Token]:
    """What a noun is said of: what it stands in apposition to, the name right after it, or the subject of "is"."""
    if noun.dep_ == "conj" and noun.head.ent_type_ == "Title":
        return described(noun.head)
    following = [c for c in noun.children if c.dep_ == "appos" and c.i > noun.i and c.ent_type_]
    if following:
        return [full for c in following for full in conjuncts(c)]
    if noun.dep_ == "appos":
        return [nearest(noun)]
    if noun.dep_ == "attr" and noun.head.lemma_ in ("be", "become", "remain"):
        return surface_subjects(noun.head)
    if noun.dep_ == "nsubj" and noun.head.lemma_ == "be":
        named = [c for c in noun.head.children if c.dep_ == "attr" and c.ent_type_]
        return [full for c in named for full in conjuncts(c)]
    if noun.dep_ in ("compound", "nmod", "amod") and noun.head.i > noun.i:
        return [noun.head]
    return list(described_by_clause(noun))


def described_by_clause(noun: Token) -> Iterator[Token]:
    """As in "X serves as chairman", "Y named X chairman"."""
    head = noun.head
    if noun.dep_ == "pobj" and head.lower_ == "as" and head.head.pos_ == "VERB":
        yield from objects(head.head) or surface_subjects(head.head)
    elif noun.dep_ in ("oprd", "xcomp", "attr") and head.pos_ == "VERB":
        yield from objects(head) or surface_subjects(head)


def nearest(noun: Token) -> Token:
    """What an apposition belongs to: of several coordinated, the last one before it."""
    before = [t for t in conjuncts(noun.head) if t.i < noun.i]
    return before[-1] if before else noun.head


def single(token: Token) -> list[Token]:
    """The token alone."""
    return [token]


def itself(token: Token) -> list[Token]:
    """The token with those coordinated with it."""
    return conjuncts(token)


ROLES: dict[str, Callable[[Token], list[Token]]] = {
    "subject": subjects,
    "object": objects,
    "possessor": possessors,
    "owner": owners,
    "topic": topic,
    "complement": complements,
    "described": described,
    "self": itself,
    "single": single,
    "surface": surface_subjects,
}
