"""Sums of money and shares near a clause, as exact decimal strings."""

from __future__ import annotations

import re
from decimal import Decimal

__all__ = ["money_in", "share_in"]

SIGNS = {"$": "USD", "US$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₩": "KRW", "A$": "AUD", "C$": "CAD"}
WORDS = {
    "dollars": "USD",
    "euros": "EUR",
    "pounds": "GBP",
    "yen": "JPY",
    "yuan": "CNY",
    "francs": "CHF",
    "rupees": "INR",
    "won": "KRW",
    "kronor": "SEK",
    "crowns": "SEK",
    "kroner": "NOK",
}
CODES = "USD|EUR|GBP|JPY|CNY|CHF|INR|KRW|SEK|NOK|DKK|PLN|CAD|AUD|SGD|HKD|BRL|ZAR|AED|SAR"
SCALES = {
    "thousand": 3,
    "k": 3,
    "million": 6,
    "mln": 6,
    "m": 6,
    "billion": 9,
    "bln": 9,
    "bn": 9,
    "b": 9,
    "trillion": 12,
    "tn": 12,
}
NUMBER = r"(?P<number>\d[\d,]*(?:\.\d+)?)"
SCALE = rf"(?:[ -]?(?P<scale>{'|'.join(sorted(SCALES, key=len, reverse=True))})\b)?"
MONEY = (
    re.compile(rf"(?P<sign>US\$|A\$|C\$|[$€£¥₹₩]) ?{NUMBER}{SCALE}", re.IGNORECASE),
    re.compile(rf"\b(?P<sign>{CODES}) ?{NUMBER}{SCALE}"),
    re.compile(rf"\b{NUMBER}{SCALE} ?(?P<sign>{'|'.join(WORDS)}|{CODES})\b", re.IGNORECASE),
)
SHARE = re.compile(r"\b(\d+(?:\.\d+)?) ?(?:%|per ?cent\b|percent\b)")


def money_in(text: str) -> tuple[str, str] | None:
    """The one sum in a stretch with its currency; None where there is none or several."""
    found = {sum_of(match) for form in MONEY for match in form.finditer(text)}
    return found.pop() if len(found) == 1 else None


def sum_of(match: re.Match[str]) -> tuple[str, str]:
    """A sum as digits, and its currency's code."""
    sign = match["sign"]
    currency = SIGNS.get(sign.upper()) or WORDS.get(sign.lower()) or sign.upper()
    value = Decimal(match["number"].replace(",", "")).scaleb(SCALES.get((match["scale"] or "").lower(), 0))
    plain = format(value, "f")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain, currency


def share_in(text: str) -> str | None:
    """The one percentage in a stretch; None where there is none or several."""
    found = set(SHARE.findall(text))
    return str(found.pop()) if len(found) == 1 else None
