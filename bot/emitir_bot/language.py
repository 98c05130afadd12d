"""Texts in the language of the chat: the Spanish sentence is the message id, catalogs hold the others."""

from __future__ import annotations

import gettext
import html
from functools import lru_cache
from pathlib import Path

LOCALE_DIR = Path(__file__).parent / "locale"
DOMAIN = "emitir_bot"
SOURCE = "es"
LANGUAGES = ("es", "en")


class Markup(str):
    """HTML of ours, which :func:`said` leaves as it is."""

    __slots__ = ()


@lru_cache(maxsize=8)
def _catalog(language: str) -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, LOCALE_DIR, languages=[language], fallback=True)


def translated(text: str, language: str) -> str:
    """``text`` in ``language``; the Spanish itself where there is no translation."""
    return text if language == SOURCE or not text else _catalog(language).gettext(text)


def said(text: str, language: str, **params: object) -> Markup:
    """A marked text, filled in; what comes from outside is escaped, so that it can never be markup."""
    values = {
        name: value if isinstance(value, (Markup, int)) else html.escape(str(value), quote=False)
        for name, value in params.items()
    }
    return Markup(translated(text, language).format(**values))


def best(language_code: str | None) -> str:
    """The language for somebody whose phone speaks ``language_code``."""
    code = (language_code or "").partition("-")[0].lower()
    return code if code in LANGUAGES else SOURCE
