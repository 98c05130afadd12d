"""``/start``: explains; with a code (from the link or the QR) it ties the chat to a company."""

from __future__ import annotations

from emitir_bot.order import Order
from emitir_bot.orders.avisos import DEFAULT
from emitir_bot.texts import avisos as alert_texts
from emitir_bot.texts import general as texts
from emitir_bot.turn import Turn


async def run(turn: Turn) -> None:
    """Explain, greet, or use the code."""
    if turn.text:
        await use_code(turn, turn.text)
    elif turn.chat.link is None:
        await turn.reply(texts.UNLINKED)
    else:
        link = turn.link
        rol = turn.say(texts.ROLES[link.rol])
        await turn.reply(texts.WELCOME, empresa=link.name, ruc=link.ruc, rol=rol)


async def use_code(turn: Turn, code: str) -> None:
    """Link the chat; a wrong code is an error of the service, in its words."""
    await turn.change("vincular", codigo=code[:40], nombre=turn.name, idioma=turn.language)
    link = turn.link
    text = turn.say(texts.LINKED, empresa=link.name, ruc=link.ruc, rol=turn.say(texts.ROLES[link.rol]))
    if link.ambiente != "produccion":
        text = type(text)(text + "\n\n<i>" + turn.say(texts.TEST_MODE, ambiente=link.ambiente) + "</i>")
    await turn.reply(text, [[(texts.YES_ALERTS, "start:avisar"), (texts.NO_ALERTS, "start:callar")]])


async def _alert(turn: Turn) -> None:
    if turn.chat.link is not None:
        await turn.change("avisos_elegidos", vinculo=turn.link.uuid, avisos=list(DEFAULT))
    await turn.show(alert_texts.ON)


async def _silent(turn: Turn) -> None:
    await turn.show(alert_texts.OFF)


ORDER = Order("start", run, presses={"avisar": _alert, "callar": _silent}, linked=False)
