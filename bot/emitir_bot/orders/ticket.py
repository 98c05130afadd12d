"""``/ticket 1234…``: what became of a baja or a resumen."""

from __future__ import annotations

from emitir_bot.cards import state_of
from emitir_bot.language import Markup
from emitir_bot.order import Order
from emitir_bot.texts import documents as texts
from emitir_bot.turn import Turn

#: Documents of a resumen that are named.
_NAMED = 10


async def run(turn: Turn) -> None:
    """The file behind the ticket and what it is about."""
    ticket = "".join(turn.text.split())
    if not ticket:
        await turn.reply(texts.ASK_TICKET)
        return
    answer = await turn.ask("consultarticket", ticket=ticket)
    mark, state, advice = state_of(turn, {"estado_comprobante": answer["estado_ticket"]})
    archivo = answer["codigo_documento"].partition("-")[2]
    lines = [turn.say(texts.TICKET, marca=mark, ticket=answer["ticket"], archivo=archivo, estado=state)]
    if answer.get("sunat_respuesta"):
        said = {"codigo": answer["sunat_respuesta"], "descripcion": answer.get("sunat_descripcion", "")}
        lines.append(turn.say(texts.AUTHORITY, **said))
    elif advice:
        lines.append(turn.say(texts.NEXT, texto=advice))
    named = answer.get("comprobantes", [])
    if named:
        lines.append(turn.say(texts.TICKET_OF))
    for one in named[:_NAMED]:
        mark, state, _ = state_of(turn, one)
        what = one["codigo_documento"].partition("-")[2]
        lines.append(turn.say("{marca} {documento} · {estado}", marca=mark, documento=what, estado=state))
    if len(named) > _NAMED:
        lines.append(turn.say("… +{cuantos}", cuantos=len(named) - _NAMED))
    await turn.reply(Markup("\n".join(lines)))


ORDER = Order("ticket", run)
