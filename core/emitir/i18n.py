"""Texts that people read: written in Spanish in the code, other languages from gettext catalogs.

The message id is the Spanish sentence itself, so Spanish needs no catalog; ``locale/en`` holds the
English one. ``make i18n`` extracts, updates and compiles.
"""

from __future__ import annotations

import gettext
from functools import lru_cache
from pathlib import Path

LOCALE_DIR = Path(__file__).parent / "locale"
DOMAIN = "emitir"
SOURCE_LANGUAGE = "es"


def N_(text: str) -> str:  # noqa: N802 - gettext's customary name for "mark, do not translate yet"
    """Mark ``text`` for extraction; it is translated when it is shown."""
    return text


@lru_cache(maxsize=8)
def _catalog(language: str) -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, LOCALE_DIR, languages=[language], fallback=True)


def translate(text: str, language: str = SOURCE_LANGUAGE) -> str:
    """``text`` in ``language`` (``"es"``, ``"en"``); the Spanish itself where no translation exists."""
    if not text or language == SOURCE_LANGUAGE:
        return text
    return _catalog(language).gettext(text)
