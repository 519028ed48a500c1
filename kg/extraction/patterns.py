"""Relation patterns as data: ``ontology/lexicon/patterns/RELATION.jsonl``, one pattern a line.

``nodes`` name tokens. A node is written as ``PARENT >dep|dep`` (but for the first) and what the token must be:
``=lemma|lemma``, ``~lower|lower``, ``^POS|POS``, ``@Type|Type`` (a name of that type, or a title). ``subject`` and
``object`` are ``node.role`` with a role of ``kg.extraction.frames``. Further keys: ``anchor`` (the node whose cues
count, else the first), ``title``, ``unless`` (nodes that must be missing), ``types``, ``needs`` (a word list),
``tense``, ``confidence``, and ``example`` with what it ``gives``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.matcher import DependencyMatcher
from spacy.tokens import Doc, Span, Token

from kg.errors import OntologyError
from kg.extraction.frames import ROLES
from kg.model import EntityType, Tense
from kg.ontology import Ontology

__all__ = ["Found", "Pattern", "PatternMatcher", "read_patterns"]

NODE = re.compile(r"(?:(?P<parent>\w+) >(?P<deps>[\w|]+) ?)?(?P<tests>.*)")
TESTS = {"=": "LEMMA", "~": "LOWER", "^": "POS", "@": "ENT_TYPE"}


@dataclass(frozen=True)
class Pattern:
    """One way to say a relation."""

    name: str
    relation: str
    nodes: Mapping[str, str]
    subject: tuple[str, str]
    object: tuple[str, str]
    anchor: str
    title: str
    unless: tuple[str, ...]
    types: tuple[EntityType, EntityType] | None
    needs: str
    tense: Tense | None
    confidence: float
    example: str
    gives: tuple[str, str]
    gives_relation: str


@dataclass(frozen=True, slots=True)
class Found:
    """Where a pattern holds: its nodes as tokens."""

    pattern: Pattern
    tokens: Mapping[str, Token]

    @property
    def anchor(self) -> Token:
        """The token whose cues count."""
        return self.tokens[self.pattern.anchor]

    @property
    def title(self) -> Token | None:
        """The title that the pattern holds, if any."""
        return self.tokens.get(self.pattern.title)

    def subjects(self) -> list[Token]:
        """The tokens that the pattern's subject stands for."""
        node, role = self.pattern.subject
        return ROLES[role](self.tokens[node])

    def objects(self) -> list[Token]:
        """The tokens that the pattern's object stands for."""
        node, role = self.pattern.object
        return ROLES[role](self.tokens[node])


def read_patterns(ontology: Ontology) -> tuple[Pattern, ...]:
    """All patterns, by file and line; raises OntologyError for a broken one."""
    folder = ontology.folder / "lexicon" / "patterns"
    return tuple(pattern for path in sorted(folder.glob("*.jsonl")) for pattern in read_file(path, ontology))


def read_file(path: Path, ontology: Ontology) -> Iterator[Pattern]:
    """The patterns of one file."""
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            try:
                yield pattern_of(path.stem, json.loads(line), ontology)
            except (KeyError, ValueError, TypeError) as error:
                raise OntologyError(f"broken pattern ({error!r})", where=f"{path}:{number}") from error


def pattern_of(relation: str, said: dict[str, Any], ontology: Ontology) -> Pattern:
    """A pattern from its line; raises KeyError or ValueError for a broken one."""
    if relation != "titles" and relation not in ontology.relations:
        raise ValueError(f"{relation} is no relation")
    subject, object_ = (role_of(said[side], said["nodes"]) for side in ("subject", "object"))
    types = tuple(EntityType(kind) for kind in said["types"].split()) if "types" in said else None
    return Pattern(
        name=said["name"],
        relation=relation,
        nodes=said["nodes"],
        subject=subject,
        object=object_,
        anchor=said.get("anchor", next(iter(said["nodes"]))),
        title=said.get("title", "t"),
        unless=tuple(said.get("unless", ())),
        types=(types[0], types[1]) if types else None,
        needs=said.get("needs", ""),
        tense=Tense(said["tense"]) if "tense" in said else None,
        confidence=float(said["confidence"]),
        example=said["example"],
        gives=(said["gives"][0], said["gives"][1]),
        gives_relation=said.get("relation", relation),
    )


def role_of(said: str, nodes: Mapping[str, str]) -> tuple[str, str]:
    """``node.role``; raises ValueError where either is unknown."""
    node, _, role = said.partition(".")
    if node not in nodes or role not in ROLES:
        raise ValueError(f"{said} is no node.role")
    return node, role


class PatternMatcher:
    """All patterns, compiled for spaCy's DependencyMatcher, which runs only where a pattern's words stand."""

    def __init__(self, patterns: tuple[Pattern, ...], nlp: Language) -> None:
        self.patterns = sorted(patterns, key=lambda pattern: (pattern.relation, pattern.name))
        self.matchers = [matcher_of(pattern, nlp) for pattern in self.patterns]
        self.words = [words_of(pattern) for pattern in self.patterns]

    def find(self, doc: Doc) -> Iterator[Found]:
        """All matches, in the order of the text, then of the patterns."""
        for sentence in doc.sents:
            possible = self.possible(sentence)
            alone = sentence.as_doc() if possible else doc  # a span would be copied anew for every pattern
            found = [match for n in possible for match in self.matches(n, sentence, alone)]
            yield from sorted(found, key=lambda match: next(iter(match.tokens.values())).i)

    def possible(self, sentence: Span) -> list[int]:
        """The patterns of which every node's words occur in a sentence."""
        there = {
            "LEMMA": {token.lemma_ for token in sentence},
            "LOWER": {token.lower_ for token in sentence},
            "ENT_TYPE": {token.ent_type_ for token in sentence},
        }
        return [n for n, words in enumerate(self.words) if all(there[key] & wanted for key, wanted in words)]

    def matches(self, n: int, sentence: Span, alone: Doc) -> Iterator[Found]:
        """Where one pattern holds in a sentence, which is also given as a text of its own."""
        pattern = self.patterns[n]
        for _, ids in sorted(self.matchers[n](alone)):
            found = Found(pattern, {node: sentence[i] for node, i in zip(pattern.nodes, ids, strict=True)})
            if not any(present(unless, found.tokens) for unless in pattern.unless):
                yield found


def matcher_of(pattern: Pattern, nlp: Language) -> DependencyMatcher:
    """One pattern, compiled."""
    matcher = DependencyMatcher(nlp.vocab)
    matcher.add(pattern.name, [[compiled(node, said) for node, said in pattern.nodes.items()]])
    return matcher


def words_of(pattern: Pattern) -> list[tuple[str, frozenset[str]]]:
    """What each node asks of a sentence's words, but for parts of speech."""
    tests = [tests_of(parts(said)[2]) for said in pattern.nodes.values()]
    return [(key, frozenset(test["IN"])) for node in tests for key, test in node.items() if key != "POS"]


def compiled(node: str, said: str) -> dict[str, Any]:
    """A node in the form of the DependencyMatcher; raises ValueError where it cannot be read."""
    parent, deps, tests = parts(said)
    attributes: dict[str, Any] = tests_of(tests)
    if not parent:
        return {"RIGHT_ID": node, "RIGHT_ATTRS": attributes}
    return {
        "LEFT_ID": parent,
        "REL_OP": ">",
        "RIGHT_ID": node,
        "RIGHT_ATTRS": attributes | {"DEP": {"IN": deps.split("|")}},
    }


def parts(said: str) -> tuple[str, str, str]:
    """Parent, dependencies and tests of a node."""
    found = NODE.fullmatch(said)
    if not found:
        raise ValueError(f"{said!r} is no node")
    return found["parent"] or "", found["deps"] or "", found["tests"]


def tests_of(said: str) -> dict[str, dict[str, list[str]]]:
    """What a token must be."""
    return {TESTS[test[0]]: {"IN": test[1:].split("|")} for test in said.split()}


def present(unless: str, tokens: Mapping[str, Token]) -> bool:
    """Whether a node that must be missing is there, or ("NODE is TESTS") a node is what it must not be."""
    node, is_, tests = unless.partition(" is ")
    if is_:
        return any(meets(tokens[node], {key: value}) for key, value in tests_of(tests).items())
    parent, deps, tests = parts(unless)
    wanted = tests_of(tests)
    return any(child.dep_ in deps.split("|") and meets(child, wanted) for child in tokens[parent].children)


def meets(token: Token, wanted: Mapping[str, Mapping[str, list[str]]]) -> bool:
    """Whether a token passes tests, as the matcher would read them."""
    read = {"LEMMA": token.lemma_, "LOWER": token.lower_, "POS": token.pos_, "ENT_TYPE": token.ent_type_}
    return all(read[attribute] in test["IN"] for attribute, test in wanted.items())
