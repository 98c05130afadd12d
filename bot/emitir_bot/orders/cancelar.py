"""``/cancelar``: leave a dialogue where it is; nothing was done."""

from __future__ import annotations

from emitir_bot.order import Order
from emitir_bot.texts import general as texts
from emitir_bot.turn import Turn


async def run(turn: Turn) -> None:
    """Forget the step under way."""
    under_way = bool(turn.dialogue)
    await turn.end()
    await turn.reply(texts.CANCELLED if under_way else texts.NOTHING_TO_CANCEL)


async def _press(turn: Turn) -> None:
    await turn.end()
    await turn.show(texts.CANCELLED)


ORDER = Order("cancelar", run, presses={"": _press})
