"""Annul a comprobante: what will happen and until when, the reason, then the second confirmation."""

from __future__ import annotations

from typing import Any

from emitir_bot.central import EmitirApiError
from emitir_bot.formats import day, money, title
from emitir_bot.language import Markup
from emitir_bot.lookup import by_code, the_one
from emitir_bot.order import Order
from emitir_bot.texts import baja as texts
from emitir_bot.texts import general
from emitir_bot.turn import Turn


async def run(turn: Turn) -> None:
    """``/baja F001-21``."""
    if not turn.link.may("baja"):
        await turn.reply(texts.NOT_ALLOWED)
        return
    document = await the_one(turn, turn.text)
    if document is not None:
        await _begin(turn, document)


async def _ask(turn: Turn) -> None:
    if not turn.link.may("baja"):
        await turn.hint(texts.NOT_ALLOWED)
        return
    await _begin(turn, await by_code(turn, turn.data[0]))


async def _begin(turn: Turn, document: dict[str, Any]) -> None:
    name = title(turn, document)
    lines = [
        turn.say(
            texts.ASK_REASON,
            documento=name,
            cliente=document.get("razon_social", ""),
            total=money(document["total"], document["moneda"], turn.link),
            fecha=day(document["fecha"]),
        )
    ]
    if document.get("baja_hasta"):
        terms = {"fecha": day(document["baja_hasta"]), "plazo": document.get("baja_plazo", "")}
        lines.append(turn.say(texts.DEADLINE, **terms))
    lines.append(turn.say(texts.WRITE_REASON))
    await turn.begin("baja", "motivo", codigo=document["codigo_documento"], documento=name)
    await turn.reply(Markup("\n".join(lines)), [[(general.CANCEL, "cancelar:")]])


async def _step(turn: Turn) -> None:
    facts = turn.dialogue
    motivo = " ".join(turn.text.split())[:100]
    word = await turn.begin(
        "baja", "confirmar", codigo=facts["codigo"], documento=facts["documento"], motivo=motivo
    )
    keyboard = [[(texts.YES, f"baja:si:{word}")], [(general.CANCEL, "cancelar:")]]
    await turn.reply(texts.CONFIRM, keyboard, documento=facts["documento"], motivo=motivo)


async def _yes(turn: Turn) -> None:
    if not turn.in_("baja", turn.data[0]) or turn.dialogue.get("paso") != "confirmar":
        await turn.hint(general.OLD_BUTTON)
        return
    facts = dict(turn.dialogue)
    await turn.acknowledge()
    try:
        answer = await turn.ask("baja", codigo_documento=facts["codigo"], motivo=facts["motivo"])
    except EmitirApiError:
        await turn.end()  # it said no; where it did not answer, the button may be pressed again
        raise
    await turn.end()
    if answer["estado_comprobante"] in ("dado_de_baja", "no_enviado"):
        await turn.show(texts.DONE, documento=facts["documento"])
        return
    ticket = turn.say(texts.TICKET, ticket=answer["ticket"]) if answer.get("ticket") else Markup("")
    await turn.show(texts.ON_ITS_WAY, documento=facts["documento"], ticket=ticket)


ORDER = Order("baja", run, presses={"pedir": _ask, "si": _yes}, step=_step)
