"""A sentence instead of a command: "la última factura de ACME", "ventas de ayer", "F001-21", "los rechazados"."""

from __future__ import annotations

import re
import unicodedata

from emitir_bot.cards import card
from emitir_bot.listing import SHOWN, Page, page
from emitir_bot.lookup import by_code, cdc_in
from emitir_bot.order import Order
from emitir_bot.orders import comprobante, foto, pendientes, rechazados, ruc, ventas
from emitir_bot.texts import documents as texts
from emitir_bot.texts import general
from emitir_bot.turn import Turn

_NUMBER = re.compile(r"\b([A-Za-z][A-Za-z0-9]{3}|\d{3}-\d{3})\s*[-/ ]\s*(\d{1,8})\b")
_TAX_ID = re.compile(r"\b(\d{11}|\d{8}|\d{3,8}-\d)\b")
_TYPES = (
    (re.compile(r"\bnotas? de credito\b"), "c"),
    (re.compile(r"\bnotas? de debito\b"), "d"),
    (re.compile(r"\bfacturas?\b"), "f"),
    (re.compile(r"\bboletas?\b"), "b"),
)
_LAST = re.compile(r"\b(ultim[oa]s?|mas reciente)\b")
_OF = re.compile(r"\b(?:de|a|para)\s+(.+)$", re.IGNORECASE)
_NOISE = re.compile(r"^(?:la empresa|el cliente|la|el|los|las|don|dona|senor|senora)\s+", re.IGNORECASE)
_SALES = re.compile(r"\b(ventas?|vendi|vendimos|vendido)\b")


async def run(turn: Turn) -> None:
    """The nearest order; an honest "I did not understand" otherwise."""
    plain = _plain(turn.text)
    number = _NUMBER.search(turn.text)
    if cdc_in(turn.text):
        await foto.judge(turn, cdc_in(turn.text))
    elif number is not None:
        turn.text = f"{number.group(1)}-{number.group(2)}"
        await comprobante.run(turn)
    elif _SALES.search(plain):
        turn.text = plain
        await ventas.run(turn)
    elif "pendiente" in plain:
        await pendientes.run(turn)
    elif "rechazad" in plain:
        await rechazados.run(turn)
    elif any(pattern.search(plain) for pattern, _ in _TYPES) or _LAST.search(plain):
        await _search(turn, plain)
    elif _TAX_ID.fullmatch(plain):
        turn.text = plain
        await ruc.run(turn)
    else:
        await _as_name(turn)


async def _search(turn: Turn, plain: str) -> None:
    """By type and customer, newest first."""
    asked: dict[str, str] = {}
    rest = turn.text
    for pattern, tipo in _TYPES:
        found = pattern.search(plain)
        if found is not None:
            asked["tipo"] = tipo
            rest = turn.text[found.end() :]
            break
    customer = _OF.search(rest)
    if customer is not None:
        asked["cliente"] = _NOISE.sub("", customer.group(1).strip(" ?¿!.")).strip()[:100]
    one = _LAST.search(plain) is not None and "ultimas" not in plain and "ultimos" not in plain
    listed = await page(turn, asked, shown=1 if one else SHOWN)
    await _show(turn, listed, asked.get("cliente") or turn.text)


async def _as_name(turn: Turn) -> None:
    """Perhaps it is just the customer's name."""
    if not 3 <= len(turn.text) <= 60 or len(turn.text.split()) > 6:
        await turn.reply(general.UNKNOWN)
        return
    found = await page(turn, {"texto": turn.text})
    if found.documents:
        await _show(turn, found, turn.text)
    else:
        await turn.reply(general.UNKNOWN)


async def _show(turn: Turn, found: Page, text: str) -> None:
    if not found.documents:
        await turn.reply(texts.NONE_FOUND, texto=text)
    elif len(found.documents) == 1:
        shown, keyboard = card(turn, await by_code(turn, found.documents[0]["codigo_documento"]))
        await turn.reply(shown, keyboard)
    else:
        await turn.reply(texts.LATEST, found.keyboard(turn))


def _plain(text: str) -> str:
    """Small letters without accents, letter for letter, so that positions stay."""
    folded = (unicodedata.normalize("NFD", letter)[0] for letter in unicodedata.normalize("NFC", text))
    return "".join(folded).lower()


ORDER = Order("frase", run, typed=False)
