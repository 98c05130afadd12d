"""``/ruc``: a taxpayer by RUC, DNI or name. A wrong digit: the service says so and offers the right one."""

from __future__ import annotations

from typing import Any

from emitir_bot.central import EmitirApiError
from emitir_bot.countries import HABITS, number_in
from emitir_bot.formats import day
from emitir_bot.language import Markup
from emitir_bot.listing import page
from emitir_bot.order import Order
from emitir_bot.sentences import sentence
from emitir_bot.texts import documents as document_texts
from emitir_bot.texts import ruc as texts
from emitir_bot.turn import Keyboard, Turn

_SHOWN = 6


async def run(turn: Turn) -> None:
    """One card, or a choice."""
    if not turn.text:
        await turn.reply(texts.ASK)
        return
    await _look(turn, turn.text)


async def _press(turn: Turn) -> None:
    await _look(turn, turn.data[0])


async def _look(turn: Turn, text: str) -> None:
    number = number_in(text)
    habits = HABITS.get(turn.link.pais)
    if not number and habits is not None and not habits.by_name:
        await turn.reply(texts.ONLY_NUMBER)
        return
    asked = {"numero_doc": number} if number else {"nombre": text[:100], "limite": _SHOWN}
    try:
        answer = await turn.ask("consultarruc", **asked)
    except EmitirApiError as error:
        meant = next((str(one["sugerencia"]) for one in error.errores if one.get("sugerencia")), "")
        if not meant:
            raise
        button = turn.say(texts.MEANT, valor=meant)
        await turn.reply(sentence(error), [[(button, f"ruc:ver:{meant}")]])
        return
    if "razon_social" not in answer:
        await _several(turn, answer)
    else:
        await turn.reply(_card(turn, answer), _buttons(turn, answer))


async def _several(turn: Turn, answer: dict[str, Any]) -> None:
    found = answer.get("contribuyentes", [])
    if len(found) == 1:
        await turn.reply(_card(turn, found[0]), _buttons(turn, found[0]))
    else:
        keyboard = [
            [(Markup(f"{one['razon_social'][:40]} · {one['ruc']}"), f"ruc:ver:{one['ruc']}")]
            for one in found[:_SHOWN]
        ]
        count = f"{len(found)}+" if answer.get("hay_mas") else str(len(found))
        await turn.reply(texts.SEVERAL, keyboard, cantidad=count)


def _card(turn: Turn, found: dict[str, Any]) -> Markup:
    if not found.get("ruc"):
        lines = [turn.say(texts.PERSON, nombre=found["razon_social"], dni=found.get("dni", ""))]
    else:
        place = ", ".join(
            str(found[name]) for name in ("distrito", "provincia", "departamento") if found.get(name)
        )
        address = " · ".join(filter(None, [found.get("direccion"), place]))
        lines = [
            turn.say(
                texts.CARD,
                nombre=found["razon_social"],
                ruc=found["ruc"],
                estado=" · ".join(
                    str(found[name])
                    for name in ("estado_contribuyente", "condicion_domicilio")
                    if found.get(name)
                ),
            )
        ]
        if address:
            lines.append(turn.say("{direccion}", direccion=address))
        if found.get("activo") is False or found.get("habido") is False:
            lines.append(turn.say(texts.BAD))
    told = found.get("fecha_padron") or found.get("fecha")
    if told:
        source = {"fecha": day(told), "fuente": found.get("fuente", "")}
        lines.append(turn.say("<i>{texto}</i>", texto=turn.say(texts.SOURCE, **source)))
    return Markup("\n".join(lines))


def _buttons(turn: Turn, found: dict[str, Any]) -> Keyboard:
    number = str(found.get("ruc") or found.get("dni") or "")
    rows = [[(texts.INVOICE, f"emitir:para:{number}")]] if turn.link.may("emitir") else []
    return [*rows, [(texts.DOCUMENTS, f"ruc:suyos:{number}")]]


async def _documents(turn: Turn) -> None:
    number = turn.data[0]
    found = await page(turn, {"cliente": number})
    if found.documents:
        await turn.reply(document_texts.LATEST, found.keyboard(turn))
    else:
        await turn.reply(document_texts.NONE_FOUND, texto=number)


ORDER = Order("ruc", run, presses={"ver": _press, "suyos": _documents})
