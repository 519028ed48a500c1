"""Names → their parts, by the word lists of the ontology: what is left out, what counts, what tells two apart."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from kg.model import EntityType
from kg.ontology import Ontology
from kg.resolution.spelling import plain

__all__ = ["NUMERAL", "Name", "Naming", "joined"]

NUMERAL = re.compile(r"\d+|[ivx]+")


@dataclass(frozen=True, slots=True)
class Name:
    """A name of a type. ``words`` are those that count, in order; ``key`` is equal for spellings of one name.

    ``form`` is its legal form ("gmbh"), ``generation`` what stands behind a person's name ("jr").
    """

    text: str
    kind: EntityType
    words: tuple[str, ...]
    form: str = ""
    generation: str = ""
    key: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "key", " ".join((*self.words, self.generation)).strip())

    @property
    def numbers(self) -> frozenset[str]:
        """Numbers and Roman numerals, but for a leading one ("X Corp")."""
        return frozenset(word for word in self.words[1:] if NUMERAL.fullmatch(word) or word.isdigit())

    @property
    def figures(self) -> frozenset[str]:
        """Its numbers and the digits in its words: where they differ, so do the things."""
        return self.numbers | frozenset(re.findall(r"\d+", self.key))


@dataclass(frozen=True)
class Naming:
    """Reads names by word lists."""

    honorifics: frozenset[str]
    generations: frozenset[str]
    particles: frozenset[str]
    common: frozenset[str]
    tails: frozenset[str]
    nicknames: dict[str, str]
    numbers: dict[str, str]
    places: dict[str, str]
    forms: dict[tuple[str, ...], str]
    _read: dict[tuple[str, EntityType], Name] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, ontology: Ontology) -> Naming:
        """By the lists under ``ontology/lexicon``."""

        def words(name: str) -> frozenset[str]:
            return frozenset(plain(entry) for entry, _ in ontology.lexicon(name)) - {""}

        def table(name: str) -> dict[str, str]:
            return {plain(entry): plain(value) for entry, value in ontology.lexicon(name)}

        suffixes = {tuple(plain(entry).split()): plain(entry) for entry, _ in ontology.lexicon("organization_suffixes")}
        spelled = {tuple(entry.split()): value for entry, value in table("legal_forms").items()}
        return cls(
            honorifics=words("honorifics"),
            generations=words("name_suffixes"),
            particles=words("person_particles"),
            common=words("common_name_words"),
            tails=words("organization_tails"),
            nicknames=table("nicknames"),
            numbers=table("number_words"),
            places=table("place_names"),
            forms=suffixes | spelled,
        )

    def name(self, text: str, kind: EntityType) -> Name:
        """The parts of a name of this type."""
        found = self._read.get((text, kind))
        if found is None:
            found = self._read[text, kind] = self._parsed(text, kind)
        return found

    def key(self, text: str, kind: EntityType) -> str:
        """Equal for spellings of one name; "" for a name without letters and digits."""
        return self.name(text, kind).key

    def given(self, word: str) -> str:
        """The full given name of a nickname; other words as they are."""
        return self.nicknames.get(word, word)

    def _parsed(self, text: str, kind: EntityType) -> Name:
        if kind is EntityType.PERSON:
            return self._person(text)
        if kind is EntityType.ORGANIZATION:
            return self._organization(text)
        spelled = plain(text)
        spelled = self.places.get(spelled, spelled) if kind is EntityType.PLACE else spelled
        return Name(text, kind, tuple(_without_article(spelled.split())))

    def _person(self, text: str) -> Name:
        last, comma, first = text.partition(",")
        turned = f"{first} {last}" if comma and plain(first) and plain(first) not in self.generations else text
        words = plain(turned).split()
        generation = ""
        while len(words) > 1 and words[-1] in self.generations | self.honorifics | {"llc"}:
            generation = words[-1] if words[-1] in self.generations else generation
            words.pop()
        while len(words) > 1 and words[0] in self.honorifics:
            words.pop(0)
        return Name(
            text,
            EntityType.PERSON,
            tuple(words),
            generation={"junior": "jr", "senior": "sr"}.get(generation, generation),
        )

    def _organization(self, text: str) -> Name:
        words = [self.numbers.get(word, word) for word in _without_article(plain(text).split())]
        words, form = self._without_form(words)
        return Name(text, EntityType.ORGANIZATION, tuple(_british(word) for word in words), form)

    def _without_form(self, words: list[str]) -> tuple[list[str], str]:
        """Without legal forms at the end, and spelled-out or foreign ones at the start."""
        form = ""
        while (cut := self._form_at(words, end=True)) and cut < len(words):
            form = form or self.forms[tuple(words[-cut:])]
            words = words[:-cut]
            words = words[:-1] if len(words) > 1 and words[-1] == "and" else words
        cut = self._form_at(words, end=False)
        if cut and cut < len(words) and (cut > 1 or words[0] in LEADING):
            form = form or self.forms[tuple(words[:cut])]
            words = words[cut:]
        return words, form

    def _form_at(self, words: list[str], *, end: bool) -> int:
        for size in range(min(5, len(words)), 0, -1):
            if tuple(words[-size:] if end else words[:size]) in self.forms:
                return size
        return 0


LEADING = frozenset({"oao", "ooo", "zao", "pao", "jsc", "ojsc", "pjsc", "llc", "srl", "ano", "sa", "spa"})
"""Legal forms of one word that also stand before a name."""


def _without_article(words: list[str]) -> list[str]:
    return words[1:] if len(words) > 1 and words[0] == "the" else words


def _british(word: str) -> str:
    return re.sub(r"isation(s?)$", r"ization\1", word)


def joined(words: Iterable[str]) -> str:
    """The words without spaces."""
    return "".join(words)
