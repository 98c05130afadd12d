"""One turn of a conversation: what the person did, what the chat is, and the ways to answer."""

from __future__ import annotations

import io
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import ChatAction

from emitir_bot.central import Archivo, Central
from emitir_bot.chats import Chat, Chats, Link
from emitir_bot.file_ids import FileIds
from emitir_bot.language import Markup, said, translated
from emitir_bot.odoo import Odoo
from emitir_bot.sending import Sending

#: Rows of (label, what the press carries); a label that is no Markup is translated.
Keyboard = Sequence[Sequence[tuple[str, str]]]
#: Letters of a message that Telegram takes.
_LONGEST = 4000


@dataclass
class Turn:
    """``text``: what was written, without the command. ``data``: the parts of a pressed button's data.

    ``message_id``: of the message whose button was pressed, 0 otherwise. ``name``: of the person.
    """

    sending: Sending
    central: Central
    chats: Chats
    files: FileIds
    chat: Chat
    language: str
    name: str = ""
    text: str = ""
    data: tuple[str, ...] = ()
    message_id: int = 0
    query_id: str = ""
    odoo: Odoo | None = None
    photo: str = ""
    document: tuple[str, str, int] | None = None
    _answered: bool = field(default=False, repr=False)

    # -- what it is about

    @property
    def link(self) -> Link:
        """The company in use; orders that need one are only run in linked chats."""
        if self.chat.link is None:
            raise RuntimeError("this chat is not linked")
        return self.chat.link

    async def ask(self, command: str, **properties: Any) -> dict[str, Any]:
        """A command of the company in use. Raises what the client raises."""
        return await self.central.company(self.link.uuid, command, properties, self.language)

    async def change(self, command: str, **properties: Any) -> None:
        """A command about this chat."""
        self.chat = await self.chats.change(command, self.chat.id, **properties)

    # -- dialogues

    @property
    def dialogue(self) -> dict[str, Any]:
        """The step under way, empty when there is none."""
        return self.chat.dialogue

    async def begin(self, order: str, step: str, **facts: Any) -> str:
        """Start or continue a dialogue; returns the word that its buttons carry, so that old ones do nothing."""
        word = str(self.dialogue.get("palabra") or secrets.token_hex(4)) if self.in_(order) else ""
        word = word or secrets.token_hex(4)
        dialogue = {**facts, "orden": order, "paso": step, "palabra": word, "vinculo": self.link.uuid}
        self.chat = await self.chats.save(self.chat, dialogue)
        return word

    async def end(self) -> None:
        """The dialogue is over."""
        if self.dialogue:
            self.chat = await self.chats.save(self.chat, {})

    def in_(self, order: str, word: str | None = None) -> bool:
        """Whether this dialogue is under way, with the company in use and (a button) with its word."""
        facts = self.dialogue
        same = facts.get("orden") == order and self.chat.link is not None
        same = same and facts.get("vinculo") == self.link.uuid
        return same and (word is None or facts.get("palabra") == word)

    # -- answers

    def say(self, text: str, **params: object) -> Markup:
        """A marked text in the language of the chat, filled in."""
        return said(text, self.language, **params)

    async def reply(self, text: str, keyboard: Keyboard = (), **params: object) -> int:
        """A new message; returns its id (0 when the person blocked the bot)."""
        message = await self.sending.message(self.chat.id, self._text(text, params), self._markup(keyboard))
        return message.message_id if message is not None else 0

    async def show(self, text: str, keyboard: Keyboard = (), **params: object) -> None:
        """Change the message whose button was pressed; a new one when there is none (or no longer)."""
        if self.message_id:
            changed = await self.sending.edit(
                self.chat.id, self.message_id, self._text(text, params), self._markup(keyboard)
            )
            if changed:
                return
        await self.reply(text, keyboard, **params)

    async def hint(self, text: str, **params: object) -> None:
        """A line that passes over the screen after a press; a message where no button was pressed."""
        if self.query_id and not self._answered:
            self._answered = True
            await self.sending.answer(self.query_id, self._text(text, params)[:200])
        else:
            await self.reply(text, (), **params)

    async def acknowledge(self) -> None:
        """Tell Telegram that a press was seen (it shows a clock until then)."""
        if self.query_id and not self._answered:
            self._answered = True
            await self.sending.answer(self.query_id, "")

    async def file(self, archivo: Archivo) -> None:
        """A document."""
        await self.sending.document(self.chat.id, io.BytesIO(archivo.contenido), archivo.nombre)

    async def picture(self, content: bytes, caption: str, keyboard: Keyboard = (), **params: object) -> None:
        """A photo with its text."""
        await self.sending.photo(self.chat.id, content, self._text(caption, params), self._markup(keyboard))

    async def busy(self, action: str = ChatAction.TYPING) -> None:
        """Show that an answer is being made."""
        await self.sending.action(self.chat.id, action)

    def _text(self, text: str, params: dict[str, object]) -> Markup:
        whole = text if isinstance(text, Markup) else self.say(text, **params)
        return whole if len(whole) <= _LONGEST else Markup(whole[:_LONGEST].rpartition("\n")[0] + "\n…")

    def _markup(self, keyboard: Keyboard) -> InlineKeyboardMarkup | None:
        rows = [[self._button(label, data) for label, data in row] for row in keyboard if row]
        return InlineKeyboardMarkup(rows) if rows else None

    def _button(self, label: str, data: str) -> InlineKeyboardButton:
        text = str(label) if isinstance(label, Markup) else translated(label, self.language)
        if data.startswith("https://"):
            return InlineKeyboardButton(text, url=data)
        return InlineKeyboardButton(text, callback_data=data)
