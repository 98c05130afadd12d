"""Long polling that loses nothing: an update is confirmed to Telegram once it has been worked off.

The usual loop confirms what it has only queued, and a killed process loses its queue. Here the offset stops at
the oldest update under way; after a kill Telegram brings it again. What takes longer than some seconds (an
``emitir`` that waits for the authority) is confirmed meanwhile, so that it does not hold up everybody.
"""

from __future__ import annotations

import asyncio
import logging
import time
from typing import Any

from telegram import Update
from telegram.error import Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError

from emitir_bot.lanes import Lanes
from emitir_bot.router import Router
from emitir_bot.sending import seconds_of
from emitir_bot.updates import UpdatesBot, read_update

logger = logging.getLogger("emitir_bot")
#: Seconds of a quiet poll; that an update holds back the offset; between two looks at most while it is busy.
_QUIET, _HELD, _LOOK = 25, 5.0, 0.1


class Polling:
    """Until ``stop`` is set."""

    def __init__(self, bot: UpdatesBot, router: Router, lanes: Lanes, stop: asyncio.Event) -> None:
        self._bot = bot
        self._router = router
        self._lanes = lanes
        self._stop = stop
        self._last = 0
        self._under_way: dict[int, tuple[float, asyncio.Future[None]]] = {}

    async def run(self) -> None:
        """Raises InvalidToken when Telegram does not know the token."""
        while not self._stop.is_set():
            try:
                await self._once()
            except InvalidToken:
                raise
            except RetryAfter as error:
                await self._rest(seconds_of(error))
            except Conflict:
                logger.error("another process polls with this token: only one bot may run")
                await self._rest(5)
            except (NetworkError, TelegramError) as error:
                logger.warning("Telegram cannot be reached: %s", type(error).__name__)
                await self._rest(1)
        await self._lanes.drain(15)
        await self._confirm()

    async def _once(self) -> None:
        busy = bool(self._under_way)
        poll = asyncio.ensure_future(self._bot.raw_updates(self._offset(), 100, 0 if busy else _QUIET))
        stopped = asyncio.ensure_future(self._stop.wait())
        await asyncio.wait((poll, stopped), return_when=asyncio.FIRST_COMPLETED)
        stopped.cancel()
        if not poll.done():
            poll.cancel()
            return
        for update in poll.result():
            self._take(update)
        await self._half_done()

    async def _half_done(self) -> None:
        """Wait for some of what is under way: Telegram gives again what is not confirmed, and that costs."""
        until = time.monotonic() + _LOOK
        left = [future for _, future in self._under_way.values() if not future.done()]
        enough = len(left) // 2
        while len(left) > enough and time.monotonic() < until:
            await asyncio.wait(left, timeout=_LOOK, return_when=asyncio.FIRST_COMPLETED)
            left = [future for future in left if not future.done()]

    def _take(self, content: dict[str, Any]) -> None:
        number = content.get("update_id")
        if not isinstance(number, int) or number <= self._last:
            return
        self._last = number
        update = read_update(content, self._bot)
        if update is not None:
            work = self._lanes.add(lane_of(update), lambda: self._router.handle(update))
            self._under_way[number] = (time.monotonic(), work)

    def _offset(self) -> int:
        now = time.monotonic()
        for number, (since, future) in list(self._under_way.items()):
            if future.done() or now - since > _HELD:
                del self._under_way[number]
        return min(self._under_way, default=self._last + 1 if self._last else 0)

    async def _confirm(self) -> None:
        """What was worked off must not come again."""
        if self._last:
            try:
                await self._bot.raw_updates(self._offset(), 1, 0)
            except TelegramError as error:
                logger.warning("the last updates could not be confirmed: %s", type(error).__name__)

    async def _rest(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._stop.wait(), seconds)
        except TimeoutError:
            return


def lane_of(update: Update) -> int:
    """The chat of an update; of the person where there is none."""
    if update.effective_chat is not None:
        return update.effective_chat.id
    return update.effective_user.id if update.effective_user is not None else 0
