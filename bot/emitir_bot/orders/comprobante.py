"""``/comprobante F001-21``: the card of a comprobante, and its files as documents."""

from __future__ import annotations

from telegram.constants import ChatAction

from emitir_bot import files
from emitir_bot.cards import card
from emitir_bot.lookup import by_code, the_one
from emitir_bot.order import Handler, Order
from emitir_bot.texts import documents as texts
from emitir_bot.turn import Turn


async def run(turn: Turn) -> None:
    """The one that is meant, or a choice."""
    document = await the_one(turn, turn.text)
    if document is not None:
        text, keyboard = card(turn, document)
        await turn.reply(text, keyboard)


async def _open(turn: Turn) -> None:
    """As a new message: the list stays, to open others of it."""
    text, keyboard = card(turn, await by_code(turn, turn.data[0]))
    await turn.reply(text, keyboard)


async def _see(turn: Turn) -> None:
    text, keyboard = card(turn, await by_code(turn, turn.data[0]))
    await turn.show(text, keyboard)


def _file(kind: str) -> Handler:
    async def send(turn: Turn) -> None:
        document = await by_code(turn, turn.data[0])
        await turn.acknowledge()
        await turn.busy(ChatAction.UPLOAD_DOCUMENT)
        if not await files.send(turn, document, kind):
            await turn.reply(texts.FILE_MISSING, archivo=kind.upper())

    return send


ORDER = Order(
    "comprobante",
    run,
    presses={"abrir": _open, "ver": _see, "pdf": _file("pdf"), "xml": _file("xml"), "cdr": _file("cdr")},
)
