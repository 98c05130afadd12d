"""Amounts in words, and the texts that XML cannot carry."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

#: Characters that XML 1.0 does not allow at all (production [2] Char), lone surrogates included.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: num2words leaves "uno" uncut before a noun: "veintiuno mil", "treinta y uno millones".
_APOCOPE = re.compile(r"\b(veinti)?uno (?=mil\b|millón|millones|billón|billones|trillón|trillones)")


def forbidden_character(text: str) -> re.Match[str] | None:
    """The first character of ``text`` that XML 1.0 cannot carry, or None."""
    return _NOT_XML.search(text)


@lru_cache(maxsize=4096)
def number_in_words(number: int) -> str:
    """A whole number of 0 or more in Spanish, lower case, apocope right: ``veintiún mil``, ``un millón``."""
    from num2words.lang_ES import Num2Word_ES

    words: str = Num2Word_ES().to_cardinal(number)
    return _APOCOPE.sub(lambda found: "veintiún " if found.group(1) else "un ", words)


def amount_in_words(amount: Decimal, currency: str) -> str:
    """``89.99`` and ``SOLES`` give ``OCHENTA Y NUEVE CON 99/100 SOLES`` (two decimals, never negative)."""
    if amount < 0:
        raise ValueError("an amount in words cannot be negative")
    whole, cents = f"{amount:.2f}".split(".")
    return f"{number_in_words(int(whole)).upper()} CON {cents}/100 {currency}"
