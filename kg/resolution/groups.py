"""Units of one type and name, as a group; the marks by which groups that may be one find each other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, Protocol

from kg.model import EntityType
from kg.resolution.naming import Name, Naming
from kg.resolution.spelling import acronym, plain, skeleton
from kg.resolution.units import Unit

__all__ = ["Bearers", "Group", "GroupKey", "Profile", "asked", "posted"]

PERSON, ORGANIZATION, PLACE = EntityType.PERSON, EntityType.ORGANIZATION, EntityType.PLACE


class GroupKey(NamedTuple):
    """What the units of a group share."""

    type: EntityType
    primary: str


class Bearers(Protocol):
    """What decides how the names of a group are tied to those of others."""

    @property
    def key(self) -> GroupKey:
        """Type and fullest name."""

    @property
    def name(self) -> Name:
        """Its name."""

    @property
    def aliases(self) -> frozenset[str]:
        """The keys of its other names."""

    @property
    def near(self) -> frozenset[str]:
        """All keys near one of its units."""

    @property
    def around(self) -> frozenset[str]:
        """All keys in documents of its units."""

    @property
    def documents(self) -> frozenset[str]:
        """The documents of its units."""


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """A group without its units: enough to find and to tie it. Only people keep what stands near and around them."""

    key: GroupKey
    name: Name
    aliases: frozenset[str]
    near: frozenset[str]
    around: frozenset[str]
    documents: frozenset[str]

    @classmethod
    def of(cls, group: Group) -> Profile:
        """That of a group."""
        some = (group.near, group.around, group.documents) if group.key.type is PERSON else (frozenset[str](),) * 3
        return cls(group.key, group.name, group.aliases, *some)


class Group:
    """Units of one type and fullest name; made anew whenever its units change."""

    def __init__(self, key: GroupKey, units: Iterable[Unit]) -> None:
        self.key = key
        self.units = sorted(units, key=lambda unit: unit.anchor)

    @cached_property
    def name(self) -> Name:
        """Its name; of several spellings with one key the first by alphabet."""
        return min((unit.name for unit in self.units), key=lambda name: name.text)

    @cached_property
    def aliases(self) -> frozenset[str]:
        """The keys of the other names of its units."""
        return frozenset().union(*(unit.keys for unit in self.units)) - {self.key.primary}

    @cached_property
    def near(self) -> frozenset[str]:
        """All keys near one of its units."""
        return frozenset().union(*(unit.near for unit in self.units))

    @cached_property
    def around(self) -> frozenset[str]:
        """All keys in documents of its units."""
        return frozenset().union(*(unit.around for unit in self.units))

    @cached_property
    def ids(self) -> frozenset[str]:
        """The ids of its units."""
        return frozenset(unit.id for unit in self.units)

    @cached_property
    def documents(self) -> frozenset[str]:
        """The documents of its units."""
        return frozenset(unit.document_id for unit in self.units)


def posted(group: Bearers, naming: Naming, references: frozenset[str]) -> set[str]:
    """The marks under which a group is found. What one posts, groups that may be it ask for."""
    kind, words, name = group.key.type, group.name.words, group.key.primary
    marks = {"=" + key for key in (name, *group.aliases)} | _mutual(group, naming, references)
    if kind is PERSON:
        marks |= {"s<" + name} if len(words) == 1 else {"s>" + words[0], "s>" + words[-1]}
    if kind is ORGANIZATION:
        marks |= {"a<" + name} if _is_acronym(group.name) else {"a>" + short for short in acronyms(group.name)}
        marks |= {"h>" + short for short in heads(group.name, naming)}
    return marks


def asked(group: Bearers, naming: Naming, references: frozenset[str]) -> set[str]:
    """The marks that a group looks for."""
    kind, words, name = group.key.type, group.name.words, group.key.primary
    marks = {"=" + key for key in (name, *group.aliases)} | _mutual(group, naming, references)
    if kind is PERSON:
        marks |= {"s>" + name} if len(words) == 1 else {"s<" + words[0], "s<" + words[-1]}
    if kind is ORGANIZATION:
        marks |= {"a>" + name} if _is_acronym(group.name) else {"a<" + short for short in acronyms(group.name)}
        marks |= {"h>" + name} | {"=" + short for short in heads(group.name, naming)}
    return marks


def _mutual(group: Bearers, naming: Naming, references: frozenset[str]) -> set[str]:
    words = group.name.words
    marks = {"r" + reference for reference in references}
    if group.key.type is PLACE:
        return marks
    figures = " ".join(("", *sorted(group.name.figures)))
    marks.add("~" + " ".join(sorted(_sound(naming.given(word)) for word in words)) + figures)
    marks.add("j" + "".join(words))
    if group.key.type is PERSON and len(words) > 1:
        marks.add("i" + naming.given(words[0])[:1] + _sound(words[-1]) + figures)
    return marks


def _sound(word: str) -> str:
    """The skeleton where it tells anything; of "Li" and "Lee" nothing would be left but an l."""
    found = skeleton(word)
    return found if len(found) > 1 else word


def acronyms(name: Name) -> set[str]:
    """The abbreviations that an organization's name may have: its initials, with or without small words and legal form.

    A "c" may stand for a "Company" that the text leaves out.
    """
    spelled = [word for word in plain(name.text).split() if word]
    spelled = spelled[1:] if spelled[:1] == ["the"] else spelled
    if len(name.words) < 2:
        return set()
    found = {acronym(list(words)) for words in (name.words, spelled)} | {"".join(word[0] for word in name.words)}
    found |= {short + "c" for short in found if len(short) > 2}
    return {short for short in found if len(short) > 1}


def heads(name: Name, naming: Naming) -> set[str]:
    """The short forms of an organization's name: without a word that only says what it is."""
    words = name.words
    if len(words) > 1 and words[-1] in naming.tails and not set(words[:-1]) <= naming.common | naming.tails:
        return {" ".join(words[:-1])}
    return set()


def _is_acronym(name: Name) -> bool:
    letters = "".join(character for character in name.text if character.isalpha())
    return len(name.words) == 1 and 2 <= len(letters) <= 6 and letters.isupper()
