"""``/rechazados``: what the authority refused, each with its reason."""

from __future__ import annotations

from emitir_bot.cards import line
from emitir_bot.language import Markup
from emitir_bot.listing import page
from emitir_bot.order import Order
from emitir_bot.texts import documents as texts
from emitir_bot.turn import Turn

_SHOWN = 8


async def run(turn: Turn) -> None:
    """The newest of them."""
    found = await page(turn, {"estado_comprobante": "rechazado"}, shown=_SHOWN)
    if not found.documents:
        await turn.reply(texts.NO_REJECTED)
        return
    lines = [turn.say(texts.REJECTED), *(line(turn, one) for one in found.documents)]
    await turn.reply(Markup("\n".join(lines)), found.keyboard(turn))


ORDER = Order("rechazados", run)
