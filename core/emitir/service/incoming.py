"""A call as it arrives: format, company, body, in that order, so that strangers cannot make us read much."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request

from emitir.engine.empresas.company import Company
from emitir.error_codes import COMANDO_DESCONOCIDO, SOLICITUD_MUY_GRANDE
from emitir.errors import EmitirError, Problem
from emitir.i18n import N_
from emitir.service.negotiation import Negotiated, language_of, negotiate, token_of
from emitir.service.ports import Engine

#: Bytes of a body that are read and thrown away so that a client that does not listen while it sends gets
#: its error, instead of a broken connection.
DRAINED = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Incoming:
    """One authorised call of a command, its body still unread as properties. ``rol``: of a linked chat."""

    company: Company
    rol: str
    command: str
    negotiated: Negotiated
    language: str
    body: bytes = field(repr=False)


async def receive(request: Request, engine: Engine, uuid: str, command: str, max_body: int) -> Incoming:
    """Find out format and company and read the body.

    ``uuid``: empty when the address holds none. Raises EmitirError: ``FORMATO_NO_SOPORTADO`` (406),
    ``NO_AUTORIZADO`` (403, the same for a wrong UUID and a wrong token), ``SOLICITUD_MUY_GRANDE`` (400) above
    ``max_body`` bytes.
    """
    try:
        negotiated = negotiate(request.headers)
        if not uuid:
            raise EmitirError(
                Problem(COMANDO_DESCONOCIDO, N_("La dirección de un comando es BASE/UUID/COMANDO."))
            )
        access = await run_in_threadpool(engine.access, uuid, token_of(request.headers))
        request.state.company = uuid
        body = await read_body(request, max_body)
    except EmitirError:
        await discard(request)
        raise
    return Incoming(access.company, access.rol, command, negotiated, language_of(request.headers), body)


async def discard(request: Request) -> None:
    """Read the rest of the body into nothing, unless the client is still waiting to be asked for it."""
    if "100-continue" in request.headers.get("expect", "").lower():
        return
    seen = 0
    try:
        async for chunk in _chunks(request):
            seen += len(chunk)
            if seen > DRAINED:
                return
    except ClientDisconnect:
        return


async def read_body(request: Request, max_body: int) -> bytes:
    """The body. Raises ``SOLICITUD_MUY_GRANDE`` above ``max_body`` bytes."""
    declared = request.headers.get("content-length", "")
    if declared.isdigit() and int(declared) > max_body:
        raise _too_large(max_body)
    body = bytearray()
    async for chunk in _chunks(request):
        body += chunk
        if len(body) > max_body:
            raise _too_large(max_body)
    return bytes(body)


async def _chunks(request: Request) -> AsyncIterator[bytes]:
    """The pieces of the body that have not been read yet; may be taken up again after a stop."""
    while not getattr(request.state, "body_ended", False):
        message = await request.receive()
        if message["type"] == "http.disconnect":
            request.state.body_ended = True
            raise ClientDisconnect
        if not message.get("more_body", False):
            request.state.body_ended = True
        yield message.get("body", b"")


def _too_large(max_body: int) -> EmitirError:
    return EmitirError(
        Problem(
            SOLICITUD_MUY_GRANDE,
            N_("El cuerpo de la solicitud tiene más de {limit} MiB."),
            params={"limit": max_body // (1024 * 1024)},
        )
    )
