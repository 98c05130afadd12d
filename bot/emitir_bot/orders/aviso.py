"""The button of an alert: the card of its comprobante, as a new message, so that the alert stays in the chat."""

from __future__ import annotations

from emitir_bot.cards import card
from emitir_bot.lookup import by_code
from emitir_bot.order import Order
from emitir_bot.turn import Turn


async def _see(turn: Turn) -> None:
    text, keyboard = card(turn, await by_code(turn, turn.data[0]))
    await turn.reply(text, keyboard)


ORDER = Order("aviso", _see, presses={"v": _see}, typed=False)
