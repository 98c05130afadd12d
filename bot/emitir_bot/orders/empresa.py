"""``/empresa``: which company the chat speaks of, for those who have several."""

from __future__ import annotations

from emitir_bot.language import Markup
from emitir_bot.order import Order
from emitir_bot.texts import general as texts
from emitir_bot.turn import Turn


async def run(turn: Turn) -> None:
    """The companies, as buttons."""
    if len(turn.chat.links) == 1:
        await _tell(turn, texts.ONLY_ONE)
        return
    keyboard = [
        [
            (
                Markup(f"{'👉 ' if one.uuid == turn.link.uuid else ''}{one.name} · {one.ruc}"),
                f"empresa:elegir:{one.uuid}",
            )
        ]
        for one in turn.chat.links
    ]
    await turn.reply(texts.CHOOSE, keyboard)


async def _choose(turn: Turn) -> None:
    await turn.change("elegir", vinculo=turn.data[0])
    link = turn.link
    rol = turn.say(texts.ROLES[link.rol])
    await turn.show(texts.CHOSEN, empresa=link.name, ruc=link.ruc, rol=rol)


async def _tell(turn: Turn, text: str) -> None:
    link = turn.link
    await turn.reply(text, empresa=link.name, ruc=link.ruc, rol=turn.say(texts.ROLES[link.rol]))


ORDER = Order("empresa", run, presses={"elegir": _choose})
