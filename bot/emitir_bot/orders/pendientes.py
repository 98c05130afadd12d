"""``/pendientes``: what the authority has not answered yet."""

from __future__ import annotations

from emitir_bot.cards import choices, line
from emitir_bot.language import Markup
from emitir_bot.order import Order
from emitir_bot.texts import documents as texts
from emitir_bot.turn import Turn

_SHOWN = 10


async def run(turn: Turn) -> None:
    """The newest of them."""
    answer = await turn.ask("listar", estado_comprobante="pendiente", limite=_SHOWN)
    found = answer.get("comprobantes", [])
    if not found:
        await turn.reply(texts.NO_PENDING)
        return
    count = f"{len(found)}+" if answer.get("siguiente") else str(len(found))
    lines = [turn.say(texts.PENDING, cantidad=count), *(line(turn, one) for one in found)]
    await turn.reply(Markup("\n".join(lines)), choices(turn, found))


ORDER = Order("pendientes", run)
