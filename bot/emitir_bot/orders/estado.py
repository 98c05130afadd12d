"""``/estado F001-21``: where a comprobante stands, in words, and what to do next."""

from __future__ import annotations

from emitir_bot.cards import state_of
from emitir_bot.formats import number, type_name
from emitir_bot.language import Markup
from emitir_bot.lookup import the_one
from emitir_bot.order import Order
from emitir_bot.texts import documents as texts
from emitir_bot.turn import Turn


async def run(turn: Turn) -> None:
    """A sentence or two."""
    document = await the_one(turn, turn.text)
    if document is None:
        return
    mark, state, advice = state_of(turn, document)
    tipo = type_name(turn, str(document["tipo"]))
    lines = [turn.say(texts.STATE, marca=mark, tipo=tipo, numero=number(document), estado=state)]
    if document.get("sunat_respuesta") and document["estado_comprobante"] != "aceptado":
        said = {"codigo": document["sunat_respuesta"], "descripcion": document.get("sunat_descripcion", "")}
        lines.append(turn.say(texts.AUTHORITY, **said))
    if document.get("detalle"):
        lines.append(turn.say("{detalle}", detalle=document["detalle"]))
    if advice:
        lines.append(turn.say(texts.NEXT, texto=advice))
    keyboard = [[(texts.SEE, f"comprobante:ver:{document['codigo_documento']}")]]
    await turn.reply(Markup("\n".join(lines)), keyboard)


ORDER = Order("estado", run)
