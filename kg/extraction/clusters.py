"""Which names of a document are one thing, by strict rules: a wrong link is worse than none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from spacy.tokens import Doc

from kg.extraction.lexicon import Lexicon
from kg.model import EntityType

__all__ = ["bracketed", "name_keys"]


def name_keys(
    names: Iterable[tuple[str, EntityType]], brackets: Mapping[str, str], lexicon: Lexicon
) -> dict[tuple[str, EntityType], str]:
    """(Surface, type) → the key that all names of one thing share: the fullest name.

    A short name joins a full one only where a single full one fits.
    """
    surfaces = sorted(set(names), key=lambda name: (-len(name[0]), name))
    keys: dict[tuple[str, EntityType], str] = {}
    by_word: dict[tuple[str, EntityType], set[str]] = defaultdict(set)
    for surface, kind in surfaces:
        spelled = brackets.get(surface, "")
        longer = {spelled} if (spelled, kind) in keys else by_word[bare(surface, lexicon).casefold().split()[0], kind]
        fuller = {keys[full, kind] for full in longer if full == spelled or short_for(surface, full, kind, lexicon)}
        keys[surface, kind] = fuller.pop() if len(fuller) == 1 else surface
        for word in {*bare(surface, lexicon).casefold().split(), initials(surface).casefold()}:
            by_word[word, kind].add(surface)
    return keys


def short_for(short: str, full: str, kind: EntityType, lexicon: Lexicon) -> bool:
    """Whether one name may be the other's short form."""
    brief, long = bare(short, lexicon), bare(full, lexicon)
    if brief == long or brief.casefold() == long.casefold():
        return True
    if kind is EntityType.PERSON:
        return part_of_person(brief.split(), long.split())
    return kind is EntityType.ORGANIZATION and (
        spells(short, full) or spells(short, long) or begins(brief, long, lexicon)
    )


def part_of_person(brief: list[str], words: list[str]) -> bool:
    """The surname, the name without middle names, or the name without the first one."""
    return brief == words[-1:] or (len(words) > 2 and brief in ([words[0], words[-1]], words[1:]))


def spells(short: str, long: str) -> bool:
    """Whether a short name spells the initials of a long one: AWS."""
    return len(short) > 2 and short == initials(long)


def initials(name: str) -> str:
    """The first letters of the capitalised words."""
    return "".join(word[0] for word in name.split() if word[0].isupper())


def begins(brief: str, long: str, lexicon: Lexicon) -> bool:
    """As in "Brightwell" for "Brightwell Solar", where the rest only says what kind of firm it is.

    Well-known names are never cut: Google Cloud is not Google.
    """
    if not long.startswith(brief + " ") or {long, brief} & lexicon.words("organizations"):
        return False
    rest = long[len(brief) :].split()
    return len(rest) <= 2 and all(word in lexicon.words("organization_words") for word in rest)


def bare(name: str, lexicon: Lexicon) -> str:
    """A name without article and legal form."""
    words = name.replace(",", " ").split()
    while len(words) > 1 and words[-1] in lexicon.words("organization_suffixes"):
        words.pop()
    if len(words) > 1 and words[0].lower() == "the":
        words = words[1:]
    return " ".join(words)


def bracketed(doc: Doc) -> dict[str, str]:
    """Short names in brackets right after a full one: "Taiwan Semiconductor Manufacturing Company (TSMC)"."""
    found = {}
    for full, opening, short in zip(doc, doc[1:], doc[2:], strict=False):
        named = full.ent_type_ and full.ent_type_ == short.ent_type_
        if opening.text == "(" and named and abbreviates(short.text, full.text):
            found[short.text] = full.text
    return found


def abbreviates(short: str, full: str) -> bool:
    """Whether the letters of a short name stand in a full one in order, and both begin alike."""
    letters = iter(full.casefold())
    return short.isupper() and short[0] == full[0].upper() and all(letter in letters for letter in short.casefold())
