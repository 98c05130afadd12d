"""Inline mode: ``@bot F001-21`` in any chat offers the comprobante, to share it with the address of its PDF."""

from __future__ import annotations

from typing import Any

from telegram import InlineQueryResultArticle, InputTextMessageContent, LinkPreviewOptions
from telegram.constants import ParseMode

from emitir_bot.cards import state_of
from emitir_bot.formats import day, money, title
from emitir_bot.lookup import normal
from emitir_bot.order import Order
from emitir_bot.texts import inline as texts
from emitir_bot.turn import Turn

_SHOWN = 8


async def run(turn: Turn) -> None:
    """Only what the person's own company issued; nothing for a stranger."""
    if turn.chat.link is None:
        await turn.sending.results(turn.query_id, [])
        return
    asked: dict[str, Any] = {"limite": _SHOWN}
    if turn.text:
        asked["texto"] = normal(turn.text)[:100]
    found = (await turn.ask("listar", **asked)).get("comprobantes", [])
    await turn.sending.results(turn.query_id, [_result(turn, one) for one in found])


def _result(turn: Turn, document: dict[str, Any]) -> InlineQueryResultArticle:
    total = money(document["total"], document["moneda"], turn.link)
    mark, state, _ = state_of(turn, document)
    address = turn.central.address(document["codigo_descarga"], "pdf")
    text = turn.say(
        texts.SHARED,
        documento=title(turn, document),
        empresa=turn.link.razon_social,
        fecha=day(document["fecha"]),
        total=total,
        direccion=address,
    )
    return InlineQueryResultArticle(
        id=document["codigo_documento"][-64:],
        title=f"{mark} {title(turn, document)} · {total}",
        description=f"{document.get('razon_social', '')} · {day(document['fecha'])} · {state}",
        input_message_content=InputTextMessageContent(
            text, parse_mode=ParseMode.HTML, link_preview_options=LinkPreviewOptions(is_disabled=True)
        ),
    )


ORDER = Order("inline", run, linked=False)
