"""The next page of a list."""

from __future__ import annotations

from emitir_bot.listing import asked_of, page
from emitir_bot.order import Order
from emitir_bot.texts import documents as texts
from emitir_bot.turn import Turn


async def _more(turn: Turn) -> None:
    following, *facts = turn.data
    found = await page(turn, asked_of(":".join(facts)), following)
    await turn.reply(texts.FOLLOWING if found.documents else texts.NO_MORE, found.keyboard(turn))


ORDER = Order("lista", _more, presses={"mas": _more}, typed=False)
