"""What Telegram remembers: updates not yet confirmed, chats and their messages, files, the command menus."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


class ApiError(Exception):
    """An answer that is no success: HTTP status, description, and the seconds to wait of a 429."""

    def __init__(self, status: int, description: str, retry_after: int | None = None) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.retry_after = retry_after


@dataclass
class Sent:
    """One message that the bot sent. ``edits`` counts changes; ``content`` is the file of a document or photo."""

    message_id: int
    chat_id: int
    kind: str
    text: str
    keyboard: list[list[Json]]
    at: float
    file_name: str = ""
    content: bytes = field(default=b"", repr=False)
    parse_mode: str = ""
    edits: int = 0
    deleted: bool = False

    @property
    def buttons(self) -> list[str]:
        """The labels of its buttons, row after row."""
        return [button["text"] for row in self.keyboard for button in row]


class State:
    """Everything of one bot; guarded by ``changed``, which wakes whoever waits for something to happen."""

    def __init__(self, token: str, username: str) -> None:
        self.token = token
        self.username = username
        self.changed = threading.Condition(threading.RLock())
        self.updates: list[Json] = []
        self.confirmed: set[int] = set()
        self.sent: list[Sent] = []
        self.calls: list[tuple[str, float]] = []
        self.answered_queries: dict[str, Json] = {}
        self.inline_answers: dict[str, list[Json]] = {}
        self.commands: dict[str, list[Json]] = {}
        self.webhook: Json = {}
        self.files: dict[str, bytes] = {}
        self.names: dict[str, str] = {}
        self.sent_again: list[str] = []
        self.blocked: set[int] = set()
        self.limits: dict[int, list[int]] = defaultdict(list)
        self.outages = 0
        self._update_id = 1000
        self._message_id = 0

    # -- from people to the bot

    def next_message_id(self) -> int:
        """Private chats of a bot share one sequence, as on Telegram."""
        with self.changed:
            self._message_id += 1
            return self._message_id

    def add_update(self, kind: str, content: Json) -> int:
        """Queue an update; returns its id."""
        with self.changed:
            self._update_id += 1
            self.updates.append({"update_id": self._update_id, kind: content})
            self.changed.notify_all()
            return self._update_id

    def take_updates(self, offset: int, limit: int) -> list[Json]:
        """Those from ``offset`` on; what lies before is confirmed and forgotten."""
        with self.changed:
            if offset > 0:
                self.confirm([update["update_id"] for update in self.updates if update["update_id"] < offset])
            return self.updates[:limit]

    def confirm(self, ids: list[int]) -> None:
        """The bot has these."""
        with self.changed:
            gone = set(ids)
            self.confirmed |= gone
            self.updates = [update for update in self.updates if update["update_id"] not in gone]
            self.changed.notify_all()

    # -- from the bot to people

    def check_chat(self, chat_id: int) -> None:
        """Raises ApiError: somebody who blocked the bot, a flood limit, an outage."""
        with self.changed:
            if self.outages:
                self.outages -= 1
                raise ApiError(502, "Bad Gateway")
            if chat_id in self.blocked:
                raise ApiError(403, "Forbidden: bot was blocked by the user")
            if self.limits[chat_id]:
                seconds = self.limits[chat_id].pop(0)
                raise ApiError(429, f"Too Many Requests: retry after {seconds}", seconds)

    def add_sent(self, chat_id: int, kind: str, text: str, keyboard: list[list[Json]], **more: Any) -> Sent:
        """A message of the bot reaches its chat."""
        with self.changed:
            sent = Sent(self.next_message_id(), chat_id, kind, text, keyboard, time.monotonic(), **more)
            self.sent.append(sent)
            self.changed.notify_all()
            return sent

    def find(self, chat_id: int, message_id: int, what: str) -> Sent:
        """A message of the bot in that chat. Raises ApiError as Telegram words it."""
        with self.changed:
            for sent in self.sent:
                if sent.message_id == message_id and sent.chat_id == chat_id and not sent.deleted:
                    return sent
        raise ApiError(400, f"Bad Request: message to {what} not found")
