"""Resend a comprobante by mail: proposes the addresses that are known, asks for others, confirms, sends."""

from __future__ import annotations

import re
from typing import Any

from emitir_bot.addresses import known_addresses
from emitir_bot.formats import title
from emitir_bot.language import Markup
from emitir_bot.lookup import by_code, the_one
from emitir_bot.order import Order
from emitir_bot.texts import correo as texts
from emitir_bot.texts import general
from emitir_bot.turn import Turn

#: What might be an address; whether it is one the service says.
_ADDRESS = re.compile(r"[^\s,;<>()\"']+@[^\s,;<>()\"']+")


async def run(turn: Turn) -> None:
    """``/correo F001-21``."""
    document = await the_one(turn, turn.text)
    if document is not None:
        await _begin(turn, document)


async def _ask(turn: Turn) -> None:
    await _begin(turn, await by_code(turn, turn.data[0]))


async def _begin(turn: Turn, document: dict[str, Any]) -> None:
    found = await known_addresses(turn, document)
    name = title(turn, document)
    word = await turn.begin(
        "correo", "direccion", codigo=document["codigo_documento"], documento=name, conocidas=found
    )
    keyboard = [
        [(Markup(address), f"correo:elegir:{word}:{position}")] for position, address in enumerate(found)
    ]
    await turn.reply(texts.ASK, [*keyboard, [(general.CANCEL, "cancelar:")]], documento=name)


async def _step(turn: Turn) -> None:
    found = _ADDRESS.findall(turn.text)
    if not found:
        await turn.reply(texts.NO_ADDRESS)
        return
    await _confirm(turn, found[:20])


async def _choose(turn: Turn) -> None:
    word, position = turn.data[0], int(turn.data[1])
    if not turn.in_("correo", word) or position >= len(turn.dialogue.get("conocidas", [])):
        await turn.hint(general.OLD_BUTTON)
        return
    await _confirm(turn, [turn.dialogue["conocidas"][position]])


async def _confirm(turn: Turn, addresses: list[str]) -> None:
    facts = {name: turn.dialogue[name] for name in ("codigo", "documento", "conocidas")}
    word = await turn.begin("correo", "confirmar", **facts, para=addresses)
    keyboard = [[(texts.SEND, f"correo:si:{word}"), (texts.OTHER, f"correo:otra:{word}")]]
    await turn.reply(texts.CONFIRM, keyboard, documento=facts["documento"], destinos=", ".join(addresses))


async def _other(turn: Turn) -> None:
    if turn.in_("correo", turn.data[0]):
        await _begin(turn, await by_code(turn, turn.dialogue["codigo"]))
    else:
        await turn.hint(general.OLD_BUTTON)


async def _send(turn: Turn) -> None:
    if not turn.in_("correo", turn.data[0]) or turn.dialogue.get("paso") != "confirmar":
        await turn.hint(general.OLD_BUTTON)
        return
    code, addresses = turn.dialogue["codigo"], turn.dialogue["para"]
    await turn.acknowledge()
    answer = await turn.ask("correo", codigo_documento=code, para=addresses)
    await turn.end()
    done = [one["destino"] for one in answer.get("correos", []) if one["estado"] == "entregado"]
    failed = [one for one in answer.get("correos", []) if one["estado"] == "fallido"]
    waiting = [
        one["destino"] for one in answer.get("correos", []) if one["estado"] not in ("entregado", "fallido")
    ]
    lines = []
    if done:
        lines.append(turn.say(texts.DONE, destinos=", ".join(done)))
    if waiting:
        lines.append(turn.say(texts.ON_ITS_WAY, destinos=", ".join(waiting)))
    for one in failed:
        lines.append(turn.say(texts.FAILED, destino=one["destino"], detalle=one.get("detalle", "")))
    await turn.show(Markup("\n".join(lines)))


ORDER = Order(
    "correo", run, presses={"pedir": _ask, "elegir": _choose, "si": _send, "otra": _other}, step=_step
)
