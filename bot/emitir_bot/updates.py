"""Updates as Telegram sends them, read one by one: one that cannot be read does not take the others with it."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

from telegram import Bot, Update

logger = logging.getLogger("emitir_bot")
#: What the bot wants to hear of.
KINDS = ("message", "callback_query", "inline_query")


class UpdatesBot(Bot):
    """A Bot that also gives updates as they came: ``get_updates`` fails as a whole for one that is odd."""

    async def raw_updates(self, offset: int, limit: int, timeout: int) -> list[dict[str, Any]]:
        """Raises TelegramError."""
        data = {"offset": offset, "limit": limit, "timeout": timeout, "allowed_updates": list(KINDS)}
        found = await self._post("getUpdates", data, read_timeout=timeout + 10)
        return [one for one in found if isinstance(one, dict)] if isinstance(found, Sequence) else []


def read_update(content: object, bot: Bot) -> Update | None:
    """``None`` for what is no update, or one of a form that this version does not know."""
    if not isinstance(content, dict) or not isinstance(content.get("update_id"), int):
        return None
    try:
        return Update.de_json(content, bot)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        logger.warning("update %d could not be read: %s", content["update_id"], type(error).__name__)
        return None
