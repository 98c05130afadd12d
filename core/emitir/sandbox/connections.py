"""Cutting a connection without an answer, as a line that breaks does."""

from __future__ import annotations

import asyncio
from typing import Any

from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

_open: dict[tuple[str, int], asyncio.Transport] = {}


class SeveredProtocol(H11Protocol):
    """uvicorn's HTTP protocol that remembers which transport belongs to which peer."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        self._peer: Any = transport.get_extra_info("peername")
        if self._peer:
            _open[self._peer[:2]] = transport
        super().connection_made(transport)

    def connection_lost(self, exc: Exception | None) -> None:
        if self._peer:
            _open.pop(self._peer[:2], None)
        super().connection_lost(exc)


def client_certificate(client: tuple[str, int]) -> bytes | None:
    """What the peer of a request showed in mutual TLS (DER); None in the clear."""
    transport = _open.get(client)
    secured = transport.get_extra_info("ssl_object") if transport is not None else None
    shown: bytes | None = secured.getpeercert(binary_form=True) if secured is not None else None
    return shown


class Severed(Response):
    """A response that is none: the connection is closed and the client is left without a byte."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Abort the transport of this request's peer and let the server notice."""
        transport = _open.get(tuple(scope["client"]))
        if transport is None:
            return  # the peer hung up first (it was killed)
        transport.abort()
        await asyncio.sleep(0.01)  # connection_lost runs before uvicorn looks for an answer
