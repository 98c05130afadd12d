"""The route of the bots, beside that of the companies and with the same formats and errors."""

from __future__ import annotations

from dataclasses import dataclass, field

from fastapi import Depends, FastAPI, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from emitir.engine.chats.bots import Bot
from emitir.error_codes import COMANDO_DESCONOCIDO
from emitir.errors import EmitirError, Problem
from emitir.i18n import N_
from emitir.service.answers import answer_response
from emitir.service.bot_api.commands import COMMANDS, BotCall
from emitir.service.incoming import discard, read_body
from emitir.service.negotiation import Negotiated, language_of, negotiate, token_of
from emitir.service.ports import Engine
from emitir.wire import parse


@dataclass(frozen=True, slots=True)
class _Incoming:
    bot: Bot
    negotiated: Negotiated
    body: bytes = field(repr=False)


def bot_routes(app: FastAPI, engine: Engine, max_body: int) -> None:
    """Add them to ``app``, before the route that takes every path."""

    async def incoming(request: Request, uuid: str) -> _Incoming:
        request.state.route = "bot"
        try:
            negotiated = negotiate(request.headers)
            bot = await run_in_threadpool(engine.bots.authenticate, uuid.lower(), token_of(request.headers))
            body = await read_body(request, max_body)
        except EmitirError:
            await discard(request)
            raise
        return _Incoming(bot, negotiated, body)

    arrived = Depends(incoming)

    def run(request: Request, command: str, call: _Incoming = arrived) -> Response:
        function = COMMANDS.get(command)
        if function is None:
            text = N_("No existe el comando «{name}».")
            raise EmitirError(Problem(COMANDO_DESCONOCIDO, text, params={"name": command[:40]}))
        request.state.command = f"bot.{command}"
        properties = parse(call.body, call.negotiated.format, call.negotiated.charset)
        language = language_of(request.headers)
        answer = function(BotCall(engine, call.bot, properties, language))
        return answer_response(answer, call.negotiated)

    app.add_api_route("/bot/v1/{uuid}/{command}", run, methods=["POST"], include_in_schema=False)
