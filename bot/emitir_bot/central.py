"""The way to the service: its client, in threads, under the bot's own token and the links of the chats."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from emitir.client import Archivo, EmitirApiError, EmitirClient, TransportError
from emitir_bot.settings import Settings

__all__ = ["Archivo", "Central", "EmitirApiError", "TransportError"]

_T = TypeVar("_T")
#: Calls under way at the same time; ``emitir`` may hold one for ten seconds.
_THREADS = 32


class Central:
    """One per bot. A client serves one thread, so each thread has its own."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._pool = ThreadPoolExecutor(_THREADS, thread_name_prefix="central")
        self._own = threading.local()

    def close(self) -> None:
        """Let calls under way end."""
        self._pool.shutdown(wait=True, cancel_futures=True)

    async def bot(
        self, command: str, properties: Mapping[str, Any], repeatable: bool = True
    ) -> dict[str, Any]:
        """A command about chats. Raises EmitirApiError, TransportError."""
        uuid = self._settings.uuid

        def call() -> dict[str, Any]:
            client = self._client("bot", uuid, "es")
            return client.comando(command, properties, repeatable=repeatable)

        return await self._run(call)

    async def company(
        self, link: str, command: str, properties: Mapping[str, Any], language: str
    ) -> dict[str, Any]:
        """A command of the company behind ``link``. Raises EmitirApiError, TransportError."""

        def call() -> dict[str, Any]:
            return self._client("", link, language).comando(command, properties)

        return await self._run(call)

    async def download(self, code: str, kind: str) -> Archivo:
        """A file by its download code. Raises EmitirApiError, TransportError."""
        return await self._run(lambda: self._client("", "", "es").descargar(code, kind))

    def address(self, code: str, kind: str) -> str:
        """Where whoever has the address downloads a file."""
        return f"{self._settings.public}/descarga/{code}/{kind}"

    async def run(self, function: Callable[[], _T]) -> _T:
        """Work that would hold up the loop (pictures, PDFs), in the same threads."""
        return await self._run(function)

    async def _run(self, function: Callable[[], _T]) -> _T:
        return await asyncio.get_running_loop().run_in_executor(self._pool, function)

    def _client(self, prefix: str, uuid: str, language: str) -> EmitirClient:
        """The thread's client, turned to that company; it keeps its connections."""
        client: EmitirClient | None = getattr(self._own, "client", None)
        if client is None:
            client = EmitirClient(self._settings.service, uuid, self._settings.token)
            self._own.client = client
        client.url = f"{self._settings.service}/{prefix}" if prefix else self._settings.service
        client.uuid = uuid
        client.language = language
        return client
