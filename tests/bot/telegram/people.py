"""People with Telegram in their hand: they write, press buttons, send photos, and read what the bot answers."""

from __future__ import annotations

import itertools
import time
from typing import Any

from tests.bot.telegram.state import Json, Sent, State

#: Seconds that somebody waits for an answer before the test fails.
PATIENCE = 40.0
_queries = itertools.count(1)


class Person:
    """Somebody in a private chat. What was read is not read again: a conversation is told in its order."""

    def __init__(self, state: State, chat_id: int, name: str, language: str) -> None:
        self.state = state
        self.chat_id = chat_id
        self.name = name
        self.language = language
        self.last: Sent | None = None
        self._read: dict[int, int] = {}

    # -- to the bot

    def says(self, text: str, **more: Any) -> int:
        """A text message, a command among them; returns the update's id."""
        content = self._message(text=text, **more)
        if text.startswith("/"):
            length = len(text.split()[0])
            content["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
        return self.state.add_update("message", content)

    def presses(self, label: str) -> int:
        """A button of the message read last (or of an earlier one that still has it), by part of its label."""
        for sent in reversed([one for one in self.messages if not one.deleted]):
            for row in sent.keyboard:
                for button in row:
                    if label in button["text"] and "callback_data" in button:
                        return self.press_data(sent, button["callback_data"])
        raise AssertionError(f"there is no button {label!r} in:\n{self.transcript()}")

    def press_data(self, sent: Sent, data: str) -> int:
        """A button of an old message, by what it carries."""
        query: Json = {
            "id": str(next(_queries)),
            "from": self.user,
            "chat_instance": str(self.chat_id),
            "data": data,
            "message": {
                "message_id": sent.message_id,
                "date": 1_800_000_000,
                "chat": {"id": self.chat_id, "type": "private", "first_name": self.name},
                "text": sent.text,
            },
        }
        return self.state.add_update("callback_query", query)

    def sends_photo(self, content: bytes) -> int:
        """A picture, as the phone sends it: Telegram keeps several sizes."""
        file_id = self._keep(content)
        sizes = [{"file_id": file_id, "file_unique_id": file_id, "width": 900, "height": 900}]
        return self.state.add_update("message", self._message(photo=sizes))

    def sends_document(self, content: bytes, name: str, mime: str) -> int:
        """A file."""
        file_id = self._keep(content)
        document = {"file_id": file_id, "file_unique_id": file_id, "file_name": name, "mime_type": mime}
        document["file_size"] = len(content)  # type: ignore[assignment]
        return self.state.add_update("message", self._message(document=document))

    def searches(self, query: str) -> list[Json]:
        """``@bot query`` in another chat: the results that the bot offers."""
        number = f"q{next(_queries)}"
        self.state.add_update("inline_query", {"id": number, "from": self.user, "query": query, "offset": ""})
        until = time.monotonic() + PATIENCE
        with self.state.changed:
            while number not in self.state.inline_answers:
                if not self.state.changed.wait(until - time.monotonic()):
                    raise AssertionError(f"no answer to the inline query {query!r}")
            return self.state.inline_answers[number]

    def blocks(self) -> None:
        self.state.blocked.add(self.chat_id)

    def unblocks(self) -> None:
        self.state.blocked.discard(self.chat_id)

    # -- from the bot

    @property
    def messages(self) -> list[Sent]:
        """Everything that the bot sent to this chat."""
        with self.state.changed:
            return [sent for sent in self.state.sent if sent.chat_id == self.chat_id]

    def reads(self, *fragments: str, patience: float = PATIENCE) -> Sent:
        """Wait for the next new or edited message that holds every fragment; earlier ones count as read."""
        until = time.monotonic() + patience
        with self.state.changed:
            while True:
                for sent in self.messages:
                    fresh = self._read.get(sent.message_id, -1) < sent.edits
                    if fresh and not sent.deleted and all(part in sent.text for part in fragments):
                        self._mark_until(sent)
                        self.last = sent
                        return sent
                left = until - time.monotonic()
                if left <= 0:
                    raise AssertionError(f"{self.name} waits for {fragments}; the chat:\n{self.transcript()}")
                self.state.changed.wait(left)

    def receives(self, suffix: str, patience: float = PATIENCE) -> Sent:
        """Wait for the next file whose name ends so."""
        until = time.monotonic() + patience
        with self.state.changed:
            while True:
                for sent in self.messages:
                    if sent.message_id not in self._read and sent.file_name.endswith(suffix):
                        self._read[sent.message_id] = sent.edits
                        self.last = sent
                        return sent
                left = until - time.monotonic()
                if left <= 0:
                    raise AssertionError(f"{self.name} waits for a {suffix}; the chat:\n{self.transcript()}")
                self.state.changed.wait(left)

    def hears_nothing(self, seconds: float = 0.5) -> None:
        """Nothing unread comes within that time."""
        time.sleep(seconds)
        unread = [sent for sent in self.messages if self._read.get(sent.message_id, -1) < sent.edits]
        assert not unread, unread

    def transcript(self) -> str:
        """What the chat shows, to read in a failure."""
        return "\n".join(
            f"  [{one.kind}{' ' + one.file_name if one.file_name else ''}] {one.text} {one.buttons or ''}"
            for one in self.messages
        )

    # -- parts

    @property
    def user(self) -> Json:
        return {
            "id": self.chat_id,
            "is_bot": False,
            "first_name": self.name,
            "language_code": self.language,
        }

    def _message(self, **content: Any) -> Json:
        return {
            "message_id": self.state.next_message_id(),
            "date": 1_800_000_000,
            "chat": {"id": self.chat_id, "type": "private", "first_name": self.name},
            "from": self.user,
            **content,
        }

    def _keep(self, content: bytes) -> str:
        file_id = f"file{next(_queries)}"
        self.state.files[file_id] = content
        return file_id

    def _mark_until(self, last: Sent) -> None:
        for sent in self.messages:
            if sent is last or (sent.kind == "text" and sent.message_id <= last.message_id):
                self._read[sent.message_id] = sent.edits
