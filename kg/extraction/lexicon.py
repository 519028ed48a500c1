"""The word lists of ``ontology/lexicon/`` as sets and maps, and the matchers that find their entries in a text."""

from __future__ import annotations

from functools import cached_property

from spacy.language import Language
from spacy.matcher import Matcher, PhraseMatcher
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from kg.ontology import Ontology

__all__ = ["Lexicon"]


class Lexicon:
    """What the rules know of words."""

    def __init__(self, ontology: Ontology, nlp: Language) -> None:
        self.ontology = ontology
        self.nlp = nlp

    @cached_property
    def title_values(self) -> dict[str, tuple[str, ...]]:
        """A title in lower case → the relations that it states; none for a title that ties nobody to a body."""
        found = {title: tuple(value.split()) for title, value in self.ontology.lexicon("titles")}
        return {title: () if value == ("-",) else value for title, value in found.items()}

    @cached_property
    def cues(self) -> dict[str, dict[str, str]]:
        """Cue words by the way they work (verb, noun, adverb, …): lemma → what they make of a claim."""
        found: dict[str, dict[str, str]] = {}
        for entry, value in self.ontology.lexicon("cues"):
            way, _, effect = value.partition(" ")
            found.setdefault(way, {})[entry] = effect
        return found

    def words(self, name: str) -> frozenset[str]:
        """The entries of one list."""
        if name not in self._words:
            self._words[name] = frozenset(entry for entry, _ in self.ontology.lexicon(name))
        return self._words[name]

    @cached_property
    def genders(self) -> dict[str, str]:
        """Nouns and honorifics in lower case that tell a gender."""
        lists = (*self.ontology.lexicon("person_nouns"), *self.ontology.lexicon("honorifics"))
        return {word.lower(): gender for word, gender in lists if gender}

    @cached_property
    def makers(self) -> dict[str, str]:
        """Well-known products → their makers."""
        return {product: maker for product, maker in self.ontology.lexicon("products") if maker}

    @cached_property
    def wordlike(self) -> frozenset[str]:
        """Well-known names that are words, too."""
        return frozenset(name for name, value in self.ontology.lexicon("organizations") if value == "word")

    def titles(self, doc: Doc) -> list[Span]:
        """The titles in a text, longest first where they overlap, in the order of the text."""
        return filter_spans(self._title_matcher(doc, as_spans=True))

    def relations_of_title(self, title: str) -> tuple[str, ...]:
        """What a title states; the last word decides for a longer one that is not listed."""
        words = title.lower().replace(" - ", "-").split()
        for form in (" ".join(words), singular(" ".join(words))):
            if form in self.title_values:
                return self.title_values[form]
        wild = f"{words[0]} * {words[-1]}"
        return self.title_values.get(wild, ())

    def known_names(self, doc: Doc) -> list[Span]:
        """Well-known organizations and products, labelled by their types, as they are cased."""
        return filter_spans(self._name_matcher(doc, as_spans=True))

    @cached_property
    def _words(self) -> dict[str, frozenset[str]]:
        return {}

    @cached_property
    def _title_matcher(self) -> Matcher:
        matcher = Matcher(self.nlp.vocab)
        for title in self.title_values:
            for form in (title, f"{title}s"):
                matcher.add("Title", [[self._title_token(token.lower_) for token in self.nlp.make_doc(form)]])
        return matcher

    @staticmethod
    def _title_token(word: str) -> dict[str, object]:
        return {"IS_ALPHA": True} if word == "*" else {"LOWER": word}

    @cached_property
    def _name_matcher(self) -> PhraseMatcher:
        matcher = PhraseMatcher(self.nlp.vocab)
        for name, label in (("organizations", "Organization"), ("products", "Product")):
            matcher.add(label, [self.nlp.make_doc(entry) for entry in sorted(self.words(name))])
        return matcher


def singular(noun: str) -> str:
    """Without the plural s."""
    return noun[:-1] if noun.endswith("s") else noun
