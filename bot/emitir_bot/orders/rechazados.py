"""``/rechazados``: what the authority refused, each with its reason."""

from __future__ import annotations

from emitir_bot.cards import choices, line
from emitir_bot.language import Markup
from emitir_bot.order import Order
from emitir_bot.texts import documents as texts
from emitir_bot.turn import Turn

_SHOWN = 8


async def run(turn: Turn) -> None:
    """The newest of them."""
    found = (await turn.ask("listar", estado_comprobante="rechazado", limite=_SHOWN)).get("comprobantes", [])
    if not found:
        await turn.reply(texts.NO_REJECTED)
        return
    lines = [turn.say(texts.REJECTED), *(line(turn, one) for one in found)]
    await turn.reply(Markup("\n".join(lines)), choices(turn, found))


ORDER = Order("rechazados", run)
