"""Inline mode: ``@bot F001-21`` in any chat offers the comprobante, to share its PDF as a file.

Telegram shares files that it has already; the PDF of a single hit is put there for it. Of several, those that it does
not have are offered as a message with the address of the PDF.
"""

from __future__ import annotations

from typing import Any

from telegram import (
    InlineQueryResult,
    InlineQueryResultArticle,
    InlineQueryResultCachedDocument,
    InputTextMessageContent,
    LinkPreviewOptions,
)
from telegram.constants import ParseMode

from emitir_bot.cards import state_of
from emitir_bot.files import id_for_sharing
from emitir_bot.formats import day, money, title
from emitir_bot.language import Markup
from emitir_bot.lookup import normal
from emitir_bot.order import Order
from emitir_bot.texts import inline as texts
from emitir_bot.turn import Turn

_SHOWN = 8
Document = dict[str, Any]


async def run(turn: Turn) -> None:
    """Only what the person's own company issued; nothing for a stranger."""
    if turn.chat.link is None:
        await turn.sending.results(turn.query_id, [])
        return
    asked: dict[str, Any] = {"limite": _SHOWN}
    if turn.text:
        asked["texto"] = normal(turn.text)[:100]
    found = (await turn.ask("listar", **asked)).get("comprobantes", [])
    ids = [turn.files.get(one, "pdf") for one in found]
    if len(found) == 1 and turn.text:
        ids = [await id_for_sharing(turn, found[0])]
    results = [_result(turn, one, file_id) for one, file_id in zip(found, ids, strict=True)]
    await turn.sending.results(turn.query_id, results)


def _result(turn: Turn, document: Document, file_id: str) -> InlineQueryResult:
    total = money(document["total"], document["moneda"], turn.link)
    mark, state, _ = state_of(turn, document)
    name = document["codigo_documento"][-64:]
    heading = f"{mark} {title(turn, document)} · {total}"
    details = f"{document.get('razon_social', '')} · {day(document['fecha'])} · {state}"
    facts = {
        "documento": title(turn, document),
        "empresa": turn.link.razon_social,
        "fecha": day(document["fecha"]),
        "total": total,
    }
    if file_id:
        return InlineQueryResultCachedDocument(
            id=name,
            title=heading,
            document_file_id=file_id,
            description=details,
            caption=turn.say(texts.SHARED, **facts),
            parse_mode=ParseMode.HTML,
        )
    address = turn.central.address(document["codigo_descarga"], "pdf")
    text = Markup(turn.say(texts.SHARED, **facts) + "\n" + turn.say(texts.ADDRESS, direccion=address))
    return InlineQueryResultArticle(
        id=name,
        title=heading,
        description=details,
        input_message_content=InputTextMessageContent(
            text, parse_mode=ParseMode.HTML, link_preview_options=LinkPreviewOptions(is_disabled=True)
        ),
    )


ORDER = Order("inline", run, linked=False, typed=False)
