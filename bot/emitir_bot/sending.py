"""Everything that goes to Telegram: its flood limits are waited out, people who blocked the bot are left alone."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import IO, Any, TypeVar

from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeChat,
    InlineKeyboardMarkup,
    InlineQueryResult,
    InputFile,
    LinkPreviewOptions,
    Message,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest, Forbidden, RetryAfter, TelegramError

from emitir_bot.language import SOURCE, translated
from emitir_bot.texts.menu import MENU

logger = logging.getLogger("emitir_bot")
_T = TypeVar("_T")
#: Flood limits that one message waits out, and the longest of them.
_LIMITS, _LONGEST_WAIT = 5, 120.0
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


class Sending:
    """Answers to people. Nothing here raises for a person who is gone; other failures of Telegram do."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        #: The highest id of a message that is known, either way: ids of private chats are one sequence.
        self.highest = 0

    async def once(self, chat_id: int, text: str, keyboard: InlineKeyboardMarkup) -> None:
        """Send one message, one time. Raises TelegramError."""
        message = await self._bot.send_message(
            chat_id,
            text,
            parse_mode=ParseMode.HTML,
            reply_markup=keyboard,
            link_preview_options=_NO_PREVIEW,
        )
        self.highest = max(self.highest, message.message_id)

    async def has_keyboard(self, chat_id: int, message_id: int, keyboard: InlineKeyboardMarkup) -> bool:
        """Whether that message of ours has exactly these buttons. Raises Forbidden and what the network does."""
        try:
            await self._kept_edit(chat_id, message_id, keyboard)
        except BadRequest as error:
            return "not modified" in str(error)
        return False

    async def _kept_edit(self, chat_id: int, message_id: int, keyboard: InlineKeyboardMarkup) -> None:
        for _ in range(_LIMITS):
            try:
                await self._bot.edit_message_reply_markup(chat_id, message_id, reply_markup=keyboard)
            except RetryAfter as error:
                await asyncio.sleep(seconds_of(error) + 0.1)
            else:
                return

    async def message(
        self, chat_id: int, text: str, keyboard: InlineKeyboardMarkup | None = None, quiet: bool = False
    ) -> Message | None:
        """``None`` when the person blocked the bot."""
        return await self._kept(
            lambda: self._bot.send_message(
                chat_id,
                text,
                parse_mode=ParseMode.HTML,
                reply_markup=keyboard,
                link_preview_options=_NO_PREVIEW,
                disable_notification=quiet,
            )
        )

    async def edit(
        self, chat_id: int, message_id: int, text: str, keyboard: InlineKeyboardMarkup | None
    ) -> bool:
        """False when the message cannot be changed any more."""
        try:
            await self._kept(
                lambda: self._bot.edit_message_text(
                    text,
                    chat_id=chat_id,
                    message_id=message_id,
                    parse_mode=ParseMode.HTML,
                    reply_markup=keyboard,
                    link_preview_options=_NO_PREVIEW,
                )
            )
        except BadRequest as error:
            return "not modified" in str(error)
        return True

    async def document(
        self,
        chat_id: int,
        content: IO[bytes] | str,
        name: str,
        quiet: bool = False,
    ) -> Message | None:
        """A file with its name, or one that Telegram has (``content`` is then its ``file_id``)."""
        file = content if isinstance(content, str) else InputFile(content, filename=name)
        return await self._kept(lambda: self._bot.send_document(chat_id, file, disable_notification=quiet))

    async def delete(self, chat_id: int, message_id: int) -> None:
        """Take a message of ours away. Raises TelegramError."""
        await self._kept(lambda: self._bot.delete_message(chat_id, message_id))

    async def photo(
        self, chat_id: int, content: bytes, caption: str, keyboard: InlineKeyboardMarkup | None = None
    ) -> Message | None:
        """A picture."""
        return await self._kept(
            lambda: self._bot.send_photo(
                chat_id,
                content,
                caption=caption,
                parse_mode=ParseMode.HTML,
                reply_markup=keyboard,
                filename="emitir.png",
            )
        )

    async def answer(self, query_id: str, text: str) -> None:
        """To a press; one that is too old is nobody's concern any more."""
        try:
            await self._kept(lambda: self._bot.answer_callback_query(query_id, text or None))
        except BadRequest as error:
            logger.info("a press could not be answered: %s", error.message)

    async def results(self, query_id: str, results: Sequence[InlineQueryResult]) -> None:
        """To an inline query; each person sees their own."""
        try:
            await self._kept(
                lambda: self._bot.answer_inline_query(query_id, results, cache_time=0, is_personal=True)
            )
        except BadRequest as error:
            logger.info("an inline query could not be answered: %s", error.message)

    async def action(self, chat_id: int, action: str) -> None:
        """Of no importance: its failures are not told."""
        try:
            await self._bot.send_chat_action(chat_id, action)
        except TelegramError as error:
            logger.debug("no chat action: %s", error)

    async def file(self, file_id: str) -> bytes:
        """A file that a person sent. Raises TelegramError."""
        found = await self._bot.get_file(file_id)
        return bytes(await found.download_as_bytearray())

    async def menu(self, language: str, chat_id: int | None = None) -> None:
        """The command menu: of whose Telegram speaks ``language`` (Spanish: of everybody else too), or of one chat."""
        commands = [BotCommand(name, translated(text, language)) for name, text in MENU.items()]
        scope = BotCommandScopeChat(chat_id) if chat_id is not None else None
        code = None if chat_id is not None or language == SOURCE else language
        try:
            await self._kept(lambda: self._bot.set_my_commands(commands, scope=scope, language_code=code))
        except TelegramError as error:
            logger.warning("the command menu was not set: %s", type(error).__name__)

    async def _kept(self, call: Callable[[], Awaitable[_T]]) -> _T | None:
        for attempt in range(_LIMITS):
            try:
                result = await call()
                if isinstance(result, Message):
                    self.highest = max(self.highest, result.message_id)
                return result
            except RetryAfter as error:
                wait = seconds_of(error)
                if attempt == _LIMITS - 1 or wait > _LONGEST_WAIT:
                    raise
                logger.warning("flood limit: waiting %.0f s", wait)
                await asyncio.sleep(wait + 0.1)
            except Forbidden:
                logger.info("somebody blocked the bot")
                return None
        return None


def seconds_of(error: RetryAfter) -> float:
    """How long Telegram wants us to wait."""
    after: Any = error.retry_after
    return after.total_seconds() if isinstance(after, timedelta) else float(after)
