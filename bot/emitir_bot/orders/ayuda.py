"""``/ayuda``: everything on one screen of a phone."""

from __future__ import annotations

from emitir_bot.order import Order
from emitir_bot.texts import general as texts
from emitir_bot.turn import Turn


async def run(turn: Turn) -> None:
    """The orders; the explanation for a chat that is not linked."""
    await turn.reply(texts.HELP if turn.chat.link is not None else texts.UNLINKED)


ORDER = Order("ayuda", run, linked=False)
