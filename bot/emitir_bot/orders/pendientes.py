"""``/pendientes``: what the authority has not answered yet."""

from __future__ import annotations

from emitir_bot.cards import line
from emitir_bot.language import Markup
from emitir_bot.listing import page
from emitir_bot.order import Order
from emitir_bot.texts import documents as texts
from emitir_bot.turn import Turn

_SHOWN = 10


async def run(turn: Turn) -> None:
    """The newest of them."""
    found = await page(turn, {"estado_comprobante": "pendiente"}, shown=_SHOWN)
    if not found.documents:
        await turn.reply(texts.NO_PENDING)
        return
    count = f"{len(found.documents)}+" if found.following else str(len(found.documents))
    lines = [turn.say(texts.PENDING, cantidad=count), *(line(turn, one) for one in found.documents)]
    await turn.reply(Markup("\n".join(lines)), found.keyboard(turn))


ORDER = Order("pendientes", run)
