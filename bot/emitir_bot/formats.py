"""Money, dates and names of documents, in the form of the company's country."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale, UnknownLocaleError
from babel.numbers import format_currency, format_decimal, get_currency_precision

from emitir_bot.chats import Link
from emitir_bot.countries import HABITS
from emitir_bot.language import said
from emitir_bot.texts import documents as texts
from emitir_bot.turn import Turn

_SERIE_PY = re.compile(r"(?:\d{8}-)?(\d{3}-\d{3}(?:-[A-Z]{2})?)")


@lru_cache(maxsize=8)
def _locale(pais: str) -> Locale:
    try:
        return Locale.parse(f"es_{pais.upper()}")
    except (UnknownLocaleError, ValueError):
        return Locale.parse("es")


def money(amount: object, moneda: str, link: Link) -> str:
    """An amount as people of that country write it. Babel rounds half-even, so it is rounded before."""
    try:
        exact = Decimal(str(amount))
    except InvalidOperation:
        return str(amount)
    digits = get_currency_precision(moneda)
    exact = exact.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    return str(format_currency(exact, moneda, locale=_locale(link.pais))).replace("\xa0", " ")


def plain(amount: object, link: Link) -> str:
    """An amount whose currency nobody told: decimals where there are any, or where the country's money has them."""
    exact = Decimal(str(amount))
    habits = HABITS.get(link.pais)
    digits = get_currency_precision(habits.moneda) if habits else 2
    pattern = "#,##0" if digits == 0 and exact == exact.to_integral() else "#,##0.00"
    return str(format_decimal(exact, pattern, locale=_locale(link.pais)))


def day(value: object) -> str:
    """``2026-11-21`` as ``21/11/2026``; what is no date, as it is."""
    try:
        return f"{date.fromisoformat(str(value)[:10]):%d/%m/%Y}"
    except ValueError:
        return str(value)


def moment(value: object, zona: str) -> str:
    """A moment of the wire as a clock in that time zone shows it: ``24/11/2026 23:59``."""
    try:
        return f"{datetime.fromisoformat(str(value)).astimezone(ZoneInfo(zona)):%d/%m/%Y %H:%M}"
    except (ValueError, ZoneInfoNotFoundError):
        return str(value)


def named(pais: str, document: dict[str, Any], language: str) -> str:
    """``Factura F001-21`` where there is no turn."""
    tipo = str(document.get("tipo", ""))
    known = texts.TYPES.get((pais, tipo))
    name = said(known, language) if known else said(texts.OTHER_TYPE, language, tipo=tipo)
    return f"{name} {number(document)}"


def type_name(turn: Turn, tipo: str) -> str:
    """What a type of document is called."""
    known = texts.TYPES.get((turn.link.pais, tipo))
    return turn.say(known) if known else turn.say(texts.OTHER_TYPE, tipo=tipo)


def number(document: dict[str, Any]) -> str:
    """``F001-21``; in Paraguay ``001-001-0000021``: the timbrado before its serie is not said."""
    serie, numero = str(document.get("serie", "")), document.get("numero", "")
    paraguayan = _SERIE_PY.fullmatch(serie)
    return f"{paraguayan.group(1)}-{str(numero).zfill(7)}" if paraguayan else f"{serie}-{numero}"


def title(turn: Turn, document: dict[str, Any]) -> str:
    """``Factura F001-21``."""
    return f"{type_name(turn, str(document.get('tipo', '')))} {number(document)}"
