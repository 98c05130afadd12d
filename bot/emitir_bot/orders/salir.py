"""``/salir``: unlink the chat from the company in use, after asking."""

from __future__ import annotations

from emitir_bot.order import Order
from emitir_bot.texts import general as texts
from emitir_bot.turn import Turn


async def run(turn: Turn) -> None:
    """Ask first."""
    keyboard = [[(texts.LEAVE, f"salir:si:{turn.link.uuid}"), (texts.NO, "cancelar:")]]
    await turn.reply(texts.ASK_LEAVE, keyboard, empresa=turn.link.name)


async def _leave(turn: Turn) -> None:
    link = next((one for one in turn.chat.links if one.uuid == turn.data[0]), None)
    if link is None:
        await turn.show(texts.REVOKED)
        return
    await turn.change("salir", vinculo=link.uuid)
    await turn.show(texts.LEFT, empresa=link.name)


ORDER = Order("salir", run, presses={"si": _leave})
