"""Names → keys that are equal where two spellings are one name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from kg.model import EntityType

__all__ = ["NameKeys", "plain"]


def plain(name: str) -> str:
    """Lower case, without diacritics and punctuation, one space between words; letters of other scripts stay."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    spelled = bare.casefold().replace("&", " and ")
    spelled = re.sub(r"(?<=\w)[.'\u2019](?=\w?\b)", "", spelled)
    return " ".join(re.sub(r"[\W_]+", " ", spelled).split())


class NameKeys:
    """Keys of names, with the legal suffixes of organizations left out ("Nvidia Corp." is "nvidia")."""

    def __init__(self, legal_suffixes: Iterable[str]) -> None:
        self._suffixes = frozenset(plain(suffix) for suffix in legal_suffixes)

    def key(self, name: str, kind: EntityType) -> str:
        """The key of a name of this type; "" for a name without letters and digits."""
        words = plain(name).split()
        if kind is EntityType.ORGANIZATION:
            words = words[1:] if len(words) > 1 and words[0] == "the" else words
            while len(words) > 1 and words[-1] in self._suffixes:
                words.pop()
            words = words[:-1] if len(words) > 1 and words[-1] == "and" else words
        return " ".join(words)
