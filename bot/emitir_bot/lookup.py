"""Finding the comprobante that somebody means: by number, by part of the customer's name, by its whole code."""

from __future__ import annotations

import re
from typing import Any

from emitir_bot.central import EmitirApiError
from emitir_bot.chats import Link
from emitir_bot.listing import page
from emitir_bot.texts import documents as texts
from emitir_bot.texts import general
from emitir_bot.turn import Turn

#: ``F001 21``, ``f001/21`` and ``F001 - 21`` as ``F001-21``.
_LOOSE = re.compile(r"\s*([A-Za-z][A-Za-z0-9]{3}|\d{3}-\d{3})\s*[-/ ]\s*0*(\d{1,8})\s*")


def normal(text: str) -> str:
    """A number as the service writes it, a CDC in one piece; other texts as they are."""
    found = _LOOSE.fullmatch(text)
    cdc = cdc_in(text)
    if cdc:
        return cdc
    return f"{found.group(1).upper()}-{int(found.group(2))}" if found else text.strip()


def cdc_in(text: str) -> str:
    """The CDC of Paraguay that a text is, in groups of four or not; empty for any other."""
    whole = re.sub(r"[\s.-]", "", text).upper()
    return whole if re.fullmatch(r"\d{9}[0-9A-D]\d{34}", whole) else ""


async def by_code(turn: Turn, code: str) -> dict[str, Any]:
    """The comprobante behind a button. One of another company of this chat makes the chat speak of that company.

    Raises EmitirApiError ``COMPROBANTE_NO_EXISTE``, also for one of a company that the chat does not see.
    """
    try:
        return await turn.ask("consultar", codigo_documento=code)
    except EmitirApiError as error:
        if error.code != "COMPROBANTE_NO_EXISTE":
            raise
        for link in turn.chat.links:
            found = await _of(turn, link, code) if link.uuid != turn.link.uuid else None
            if found is not None:
                await turn.change("elegir", vinculo=link.uuid)
                rol = turn.say(general.ROLES[link.rol])
                await turn.reply(general.CHOSEN, empresa=link.name, ruc=link.ruc, rol=rol)
                return found
        raise


async def _of(turn: Turn, link: Link, code: str) -> dict[str, Any] | None:
    try:
        return await turn.central.company(link.uuid, "consultar", {"codigo_documento": code}, turn.language)
    except EmitirApiError:
        return None


async def the_one(turn: Turn, text: str) -> dict[str, Any] | None:
    """The only comprobante that fits; otherwise the person is asked, and ``None``."""
    if not text:
        await turn.reply(texts.ASK_WHICH)
        return None
    wanted = normal(text)
    found = await page(turn, {"texto": wanted[:100]})
    if len(found.documents) == 1:
        return await by_code(turn, found.documents[0]["codigo_documento"])
    if found.documents:
        await turn.reply(texts.SEVERAL, found.keyboard(turn), texto=wanted)
    else:
        await turn.reply(texts.NONE_FOUND, texto=wanted)
    return None
