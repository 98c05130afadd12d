"""Files of comprobantes on their way to Telegram: by the name that it gave them, or once as bytes."""

from __future__ import annotations

import io
import logging
from typing import Any

from telegram import Message
from telegram.error import BadRequest, TelegramError

from emitir_bot.central import EmitirApiError
from emitir_bot.turn import Turn

logger = logging.getLogger("emitir_bot")
Document = dict[str, Any]


async def send(turn: Turn, document: Document, kind: str) -> bool:
    """Send ``pdf``, ``xml`` or ``cdr`` to the chat; False when it is not ready yet."""
    known = turn.files.get(document, kind)
    if known:
        try:
            await turn.sending.document(turn.chat.id, known, "")
        except BadRequest as error:
            logger.info("a file is not at Telegram any more: %s", error.message)
            turn.files.forget(document, kind)
        else:
            return True
    return bool(await _uploaded(turn, document, kind, quiet=False))


async def id_for_sharing(turn: Turn, document: Document) -> str:
    """The name of its PDF at Telegram; empty when there is none and none can be made.

    Telegram shares a file in another chat only under such a name, and gives one only for a file that was sent: it goes
    to the person's own chat without a sound and is taken away again.
    """
    known = turn.files.get(document, "pdf")
    if known:
        return known
    try:
        message = await _uploaded(turn, document, "pdf", quiet=True)
        if message is not None:
            await turn.sending.delete(turn.chat.id, message.message_id)
    except TelegramError as error:
        logger.info("a file could not be put by: %s", type(error).__name__)
    return turn.files.get(document, "pdf")


async def _uploaded(turn: Turn, document: Document, kind: str, quiet: bool) -> Message | None:
    try:
        archivo = await turn.central.download(document["codigo_descarga"], kind)
    except EmitirApiError as error:
        if error.http != 404:
            raise
        return None
    content = io.BytesIO(archivo.contenido)
    message = await turn.sending.document(turn.chat.id, content, archivo.nombre, quiet=quiet)
    if message is not None and message.document is not None:
        turn.files.put(document, kind, message.document.file_id)
    return message
