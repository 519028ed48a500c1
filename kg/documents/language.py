"""Which language a text is in. Only English is read; a text in another is named, not mangled.

Function words settle it for nearly every English text. Only where they are rare is a statistical guesser asked
(py3langid), and its word counts only where it is sure: a list of names is no language.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from kg.errors import RefusedDocument

__all__ = ["require_english"]

WORDS = frozenset(
    "the of and to in a is that for was with on as by at from his her it its he she are were has have had be been this"
    " which who not but an or their they said will after also".split()
)
WORD = re.compile(r"[^\W\d_]+")
LOOKED_AT = 20_000
LETTERS = 150
ENGLISH_SHARE = 0.12
SURE = 0.9
LAST_LATIN = "\u024f"
NO_LANGUAGE = "zxx"


def require_english(text: str, where: str) -> None:
    """Raises RefusedDocument for a text that is surely in another language. Short texts are taken as they come."""
    beginning = text[:LOOKED_AT]
    words = WORD.findall(beginning.lower())
    if sum(map(len, words)) < LETTERS or sum(word in WORDS for word in words) > ENGLISH_SHARE * len(words):
        return
    code, sure = guessed(beginning)
    if code not in ("en", NO_LANGUAGE) and (sure >= SURE or is_foreign(words)):
        raise RefusedDocument(f"in {name_of(code)}", where=where, way_out="Translate it, or insist with --any-language")


def is_foreign(words: list[str]) -> bool:
    """Whether most letters are of another script than English is written in."""
    letters = "".join(words)
    return sum(letter > LAST_LATIN for letter in letters) > len(letters) / 2


def guessed(text: str) -> tuple[str, float]:
    """ISO 639 code of the likeliest language, and its probability."""
    code, sure = guesser().classify(text)
    return str(code), float(sure)


@lru_cache(maxsize=1)
def guesser() -> Any:  # noqa: ANN401 - py3langid ships no types
    """The model, read when the first text asks for it: that takes half a second."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def name_of(code: str) -> str:
    """The English name of a language, its code where it has none here."""
    from babel import Locale

    return str(Locale("en").languages.get(code, code))
