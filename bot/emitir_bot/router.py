"""From an update to its order. Whatever goes wrong becomes one human sentence in the chat."""

from __future__ import annotations

import logging
import re

from telegram import Message, Update
from telegram.error import TelegramError

from emitir_bot.central import Central, EmitirApiError, TransportError
from emitir_bot.chats import Chat, Chats
from emitir_bot.file_ids import FileIds
from emitir_bot.language import LANGUAGES, Markup, best
from emitir_bot.odoo import Odoo
from emitir_bot.order import Handler
from emitir_bot.orders import orders
from emitir_bot.sending import Sending
from emitir_bot.sentences import sentence
from emitir_bot.texts import general as texts
from emitir_bot.turn import Turn

logger = logging.getLogger("emitir_bot")
_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@\w+)?(?:\s+(.*))?", re.DOTALL)
_CODE = re.compile(r"[A-Za-z0-9]{4}[\s-]?[A-Za-z0-9]{4}")
#: What a chat that is linked already must write for it to be taken for the code of another company.
_SURE_CODE = re.compile(r"[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}")


class Router:
    """One per bot; called for one update of a chat at a time."""

    def __init__(
        self, sending: Sending, central: Central, chats: Chats, files: FileIds, odoo: Odoo | None = None
    ) -> None:
        self._files = files
        self._odoo = odoo
        self._sending = sending
        self._central = central
        self._chats = chats

    async def handle(self, update: Update) -> None:
        """Never raises for what people, Telegram or the service do."""
        chat, user = update.effective_chat, update.effective_user
        if user is None or user.is_bot:
            return
        if update.message is not None and chat is not None and chat.type == "private":
            self._sending.highest = max(self._sending.highest, update.message.message_id)
        if update.inline_query is not None:
            await self._guarded(update, user.id, best(user.language_code))
        elif chat is not None and chat.type == "private":
            await self._guarded(update, chat.id, best(user.language_code))
        elif chat is not None and update.message is not None and (update.message.text or "").startswith("/"):
            turn = self._turn(update, Chat(chat.id, "", ("", ""), None, ()), best(user.language_code))
            await self._answered(turn.reply(texts.GROUP))

    async def _guarded(self, update: Update, chat_id: int, language: str) -> None:
        turn = self._turn(update, Chat(chat_id, language, ("", ""), None, ()), language)
        try:
            turn.chat = await self._chats.get(chat_id)
            turn.language = turn.chat.language if turn.chat.language in LANGUAGES else language
            await self._run(update, turn)
        except EmitirApiError as error:
            if error.code == "NO_AUTORIZADO":
                self._chats.forget(chat_id)
                await self._answered(self._failed(update, turn, Markup(turn.say(texts.REVOKED))))
            else:
                if error.http >= 500:
                    logger.error("the service failed: %s, request %s", error.code, error.solicitud)
                await self._answered(self._failed(update, turn, sentence(error)))
        except TransportError as error:
            logger.warning("the service cannot be reached: %s", error)
            await self._answered(self._failed(update, turn, turn.say(texts.UNREACHABLE)))
        except TelegramError as error:
            logger.warning("Telegram refused an answer: %s", error)
        except Exception:
            # The last guard: one update that breaks an order must not take the others with it.
            logger.exception("update %d broke its order", update.update_id)
            await self._answered(self._failed(update, turn, turn.say(texts.BROKEN)))
        finally:
            await self._answered(turn.acknowledge())

    async def _run(self, update: Update, turn: Turn) -> None:
        handler = self._handler(update, turn)
        if handler is not None:
            await handler(turn)

    def _handler(self, update: Update, turn: Turn) -> Handler | None:
        if update.inline_query is not None:
            turn.query_id, turn.text = update.inline_query.id, update.inline_query.query.strip()
            return orders()["inline"].run if "inline" in orders() else None
        if update.callback_query is not None:
            return self._pressed(update.callback_query.data or "", turn)
        message = update.message
        if message is None:
            return None
        _take_file(message, turn)
        if turn.photo or turn.document:
            return self._named("foto", turn)
        return self._written(message.text or "", turn)

    def _written(self, text: str, turn: Turn) -> Handler | None:
        found = _COMMAND.fullmatch(text.strip())
        if found is not None:
            turn.text = (found.group(2) or "").strip()
            name = _ALIASES.get(found.group(1).lower(), found.group(1).lower())
            order = orders().get(name)
            return self._named(name if order is None or order.typed else "", turn)
        turn.text = text.strip()
        if not turn.text:
            return None
        if (_CODE if turn.chat.link is None else _SURE_CODE).fullmatch(turn.text):
            return orders()["start"].run
        step = orders().get(str(turn.dialogue.get("orden", "")))
        if turn.chat.link is not None and step is not None and step.step and turn.in_(step.name):
            return step.step
        return self._named("frase", turn)

    def _pressed(self, data: str, turn: Turn) -> Handler:
        name, _, rest = data.partition(":")
        what, *more = rest.split(":")
        turn.data = tuple(more)
        order = orders().get(name)
        press = order.presses.get(what) if order is not None else None
        if order is None or press is None:
            return _old_button
        if order.linked and turn.chat.link is None:
            return _explain
        return press

    def _named(self, name: str, turn: Turn) -> Handler:
        order = orders().get(name)
        if turn.chat.link is None and (order is None or order.linked):
            return _explain
        return _unknown if order is None else order.run

    def _turn(self, update: Update, chat: Chat, language: str) -> Turn:
        user, query = update.effective_user, update.callback_query
        pressed = query.message if query is not None else None
        return Turn(
            sending=self._sending,
            central=self._central,
            chats=self._chats,
            files=self._files,
            chat=chat,
            language=language,
            odoo=self._odoo,
            name=user.full_name if user is not None else "",
            message_id=pressed.message_id if pressed is not None else 0,
            query_id=query.id if query is not None else "",
        )

    async def _failed(self, update: Update, turn: Turn, text: Markup) -> None:
        if update.inline_query is not None:
            await self._sending.results(update.inline_query.id, [])
        else:
            await turn.reply(text)

    @staticmethod
    async def _answered(answer: object) -> None:
        """An answer whose failure is only logged: there is nobody left to tell."""
        try:
            await answer  # type: ignore[misc]
        except TelegramError as error:
            logger.warning("Telegram refused an answer: %s", error)


#: Other names of orders, as people type them.
_ALIASES = {
    "help": "ayuda",
    "cancel": "cancelar",
    "stop": "salir",
    "dni": "ruc",
    "ver": "comprobante",
    "aviso": "avisos",
    "factura": "comprobante",
    "boleta": "comprobante",
    "buscar": "comprobante",
    "language": "idioma",
}


def _take_file(message: Message, turn: Turn) -> None:
    if message.photo:
        turn.photo = message.photo[-1].file_id
    elif message.document is not None:
        document = message.document
        turn.document = (document.file_id, document.mime_type or "", document.file_size or 0)
    turn.text = (message.caption or "").strip()


async def _explain(turn: Turn) -> None:
    await turn.reply(texts.UNLINKED)


async def _unknown(turn: Turn) -> None:
    await turn.reply(texts.UNKNOWN)


async def _old_button(turn: Turn) -> None:
    await turn.hint(texts.OLD_BUTTON)
