"""A photo, PDF or XML sent to the bot: a QR is read here, and the service says whether the comprobante is valid."""

from __future__ import annotations

import base64
from typing import Any

from emitir_bot.cards import state_of
from emitir_bot.formats import day, plain, title
from emitir_bot.language import Markup
from emitir_bot.order import Order
from emitir_bot.scan import UnreadableError
from emitir_bot.scanning import qr_texts
from emitir_bot.texts import documents
from emitir_bot.texts import foto as texts
from emitir_bot.turn import Turn

#: Bytes of a file that a bot may fetch from Telegram.
_LARGEST = 20 * 1024 * 1024


async def run(turn: Turn) -> None:
    """Every QR of the picture that is one of a comprobante; the first tells when none is."""
    file_id, size = turn.photo, 0
    if turn.document is not None:
        file_id, _, size = turn.document
    if size > _LARGEST:
        await turn.reply(texts.TOO_LARGE)
        return
    await turn.busy()
    content = await turn.sending.file(file_id)
    if content.lstrip()[:1] == b"<":
        await _judge_file(turn, content)
        return
    try:
        found = await qr_texts(content)
    except UnreadableError:
        await turn.reply(texts.UNREADABLE)
        return
    if not found:
        await turn.reply(texts.NO_QR)
        return
    await judge(turn, next((text for text in found if "|" in text or "Id=" in text), found[0]))


async def judge(turn: Turn, text: str) -> None:
    """Say whether the comprobante behind the text of a QR, or behind a CDC, is valid."""
    await _tell(turn, await turn.ask("verificar", qr=text))


async def _judge_file(turn: Turn, content: bytes) -> None:
    """The XML that somebody sent: what of it does not hold is told."""
    await _tell(turn, await turn.ask("verificar", xml=base64.b64encode(content).decode()))


async def _tell(turn: Turn, answer: dict[str, Any]) -> None:
    code = answer.get("codigo_documento")
    ours = code and answer["ruc"] == turn.link.ruc
    keyboard = [[(documents.SEE, f"comprobante:ver:{code}")]] if ours else []
    await turn.reply(_text(turn, answer), keyboard)


def _text(turn: Turn, answer: dict[str, Any]) -> Markup:
    _, state, _ = state_of(turn, answer)
    differences = ", ".join(
        turn.say(texts.DIFFERENCES.get(one, one)) for one in answer.get("diferencias", [])
    )
    facts = {"ruc": answer["ruc"], "fecha": day(answer["fecha"])}
    said = turn.say(texts.FACTS_ALONE, **facts)
    if "total" in answer:
        said = turn.say(texts.FACTS, **facts, total=plain(answer["total"], turn.link))
    lines = [
        turn.say(
            texts.RESULTS[answer["resultado"]],
            documento=title(turn, answer),
            estado=state if answer.get("estado_comprobante") else answer.get("detalle", ""),
            diferencias=differences,
        ),
        said,
    ]
    lines += [
        turn.say(texts.CHECK, nombre=check["nombre"], detalle=check.get("detalle", ""))
        for check in answer.get("comprobaciones", [])
        if check["resultado"] == "mal"
    ]
    return Markup("\n".join(lines))


ORDER = Order("foto", run, typed=False)
