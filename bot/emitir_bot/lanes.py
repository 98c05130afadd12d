"""Updates in order within a chat, side by side between chats."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable

#: Updates of different chats that are worked on at the same time.
_WIDTH = 48


class Lanes:
    """One lane per chat; a chat that floods holds up itself alone."""

    def __init__(self) -> None:
        self._waiting: dict[int, deque[tuple[Callable[[], Awaitable[None]], asyncio.Future[None]]]] = {}
        self._width = asyncio.Semaphore(_WIDTH)
        self._tasks: set[asyncio.Task[None]] = set()

    def add(self, key: int, work: Callable[[], Awaitable[None]]) -> asyncio.Future[None]:
        """Do ``work`` after what the lane ``key`` has already; the future is done when it is."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        lane = self._waiting.get(key)
        if lane is not None:
            lane.append((work, done))
            return done
        self._waiting[key] = deque([(work, done)])
        task = asyncio.create_task(self._walk(key))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return done

    async def drain(self, seconds: float) -> None:
        """Wait for what is under way, for that long at most."""
        if self._tasks:
            await asyncio.wait(list(self._tasks), timeout=seconds)

    async def _walk(self, key: int) -> None:
        lane = self._waiting[key]
        while lane:
            work, done = lane.popleft()
            async with self._width:
                try:
                    await work()
                finally:
                    if not done.done():
                        done.set_result(None)
        del self._waiting[key]
