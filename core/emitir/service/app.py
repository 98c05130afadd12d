"""The application: routes of commands and of pages, and the handlers that keep every answer in the contract."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import anyio.to_thread
from fastapi import Depends, FastAPI, Request
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.responses import Response

from emitir import __version__
from emitir.error_codes import ERROR_INTERNO, METODO_NO_SOPORTADO
from emitir.errors import EmitirError, Problem
from emitir.i18n import N_
from emitir.service.access import permit
from emitir.service.answers import JSON_ANSWER, answer_response, error_answer, error_response
from emitir.service.bot_api.routes import bot_routes
from emitir.service.command import Call
from emitir.service.commands import registry
from emitir.service.documentation import documentation_routes
from emitir.service.downloads import download_routes
from emitir.service.incoming import Incoming, discard, receive
from emitir.service.negotiation import Negotiated, language_of, negotiate
from emitir.service.observe import REQUEST_ID, Metrics, Observer
from emitir.service.pages import not_found_page, page_routes
from emitir.service.panel.routes import panel_routes
from emitir.service.paths import is_command_path, split_path
from emitir.service.ports import Engine
from emitir.wire import parse

METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"]


@dataclass(frozen=True, slots=True)
class ServiceSettings:
    """How the service runs: ``max_body`` bytes of a request, ``threads`` that answer at the same time."""

    max_body: int = 10 * 1024 * 1024
    threads: int = 80


def create_app(engine: Engine, settings: ServiceSettings | None = None) -> FastAPI:
    """The service over a running ``engine``; who calls starts and stops the engine."""
    chosen = settings or ServiceSettings()
    metrics = Metrics()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        # A call waits for the authority in its thread, up to ten seconds: the usual 40 would be few.
        anyio.to_thread.current_default_thread_limiter().total_tokens = chosen.threads
        yield

    app = FastAPI(
        title="Emitir",
        version=__version__,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
        lifespan=lifespan,
    )
    app.add_middleware(Observer, metrics=metrics)
    app.add_exception_handler(EmitirError, _on_error)
    app.add_exception_handler(HTTPException, _on_http_exception)
    app.add_exception_handler(ClientDisconnect, _on_disconnect)
    app.add_exception_handler(Exception, _on_failure)
    page_routes(app, engine, metrics)
    documentation_routes(app)
    download_routes(app, engine)
    bot_routes(app, engine, chosen.max_body)
    panel_routes(app, engine)

    async def incoming(request: Request) -> Incoming:
        request.state.route = "command"
        uuid, command = split_path(request.scope["path"])
        return await receive(request, engine, uuid, command, chosen.max_body)

    arrived = Depends(incoming)

    def run(request: Request, call: Incoming = arrived) -> Response:
        command = registry().find(call.command)
        request.state.command = command.name
        permit(command.name, call.rol)
        properties = parse(call.body, call.negotiated.format, call.negotiated.charset)
        answer = command.run(Call(engine, call.company, properties, call.language))
        request.state.codigo_error = answer.codigo_error
        return answer_response(answer, call.negotiated)

    others = [method for method in METHODS if method != "POST"]
    app.add_api_route("/{path:path}", run, methods=["POST"], include_in_schema=False)
    app.add_api_route("/{path:path}", _other_method, methods=others, include_in_schema=False)
    return app


async def _other_method(request: Request) -> Response:
    """Anything but POST: an error of the contract where a command was meant, a page everywhere else."""
    if request.method in {"GET", "HEAD"} and not is_command_path(request.scope["path"]):
        return not_found_page(N_("Esta página no existe."), language_of(request.headers))
    request.state.route = "command"
    await discard(request)
    text = N_("Los comandos se envían con POST; llegó {method}.")
    return await _on_error(
        request, EmitirError(Problem(METODO_NO_SOPORTADO, text, params={"method": request.method[:20]}))
    )


async def _on_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, EmitirError)  # noqa: S101 - registered for this class alone
    request.state.codigo_error = error.code
    return error_response(error, _format_of(request), language_of(request.headers))


async def _on_http_exception(request: Request, error: Exception) -> Response:
    """Starlette's own 404 and 405 (a method that HTTP does not know): never sent to a client of the API."""
    return await _other_method(request)


async def _on_disconnect(request: Request, error: Exception) -> Response:
    """The caller went away while it was sending: nobody reads this answer."""
    return Response(status_code=400)


async def _on_failure(request: Request, error: Exception) -> Response:
    """A bug, or a broken database: the log has it, the caller gets the number under which it stands there."""
    request.state.codigo_error = ERROR_INTERNO
    request_id = getattr(request.state, "request_id", "")
    text = N_("Algo falló dentro de Emitir. Número de solicitud: {request_id}.")
    problem = Problem(ERROR_INTERNO, text, params={"request_id": request_id})
    answer = error_answer(EmitirError(problem), language_of(request.headers))
    response = answer_response(answer, _format_of(request))
    response.headers[REQUEST_ID] = request_id  # this handler stands outside of the Observer
    return response


def _format_of(request: Request) -> Negotiated:
    """The format of an error's answer; JSON where the request says none that we know."""
    try:
        return negotiate(request.headers)
    except EmitirError:
        return JSON_ANSWER
