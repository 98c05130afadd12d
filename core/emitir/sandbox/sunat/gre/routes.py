"""The paths of the service of guías on the sandbox's server."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from emitir.sandbox.body import Body
from emitir.sandbox.calls import Desk
from emitir.sandbox.faults import Fault
from emitir.sandbox.records import Call
from emitir.sandbox.sunat.gre.service import GuiaService, UnprocessableError
from emitir.sandbox.sunat.tickets import TicketOffice
from emitir.sandbox.sunat.tokens import DeniedError

TOKEN_PATH = "/v1/clientessol/{client_id}/oauth2/token/"  # noqa: S105 -- a path
SEND_PATH = "/v1/contribuyente/gem/comprobantes/{name}"
STATUS_PATH = "/v1/contribuyente/gem/comprobantes/envios/{ticket}"

Work = Callable[[Call], dict[str, Any]]


def gre_routes(router: APIRouter, desk: Desk, office: TicketOffice) -> None:
    """Add the service of guías to ``router``."""
    service = GuiaService(desk.store, desk.clock, office)

    def handle(call: Call, work: Work) -> Response:
        return desk.handle(call, lambda call: _answer(call, work), _complain)

    @router.post(TOKEN_PATH)
    def token(client_id: str, body: Body) -> Response:
        form = dict(parse_qsl(body.decode("utf-8", "replace")))
        call = Call(at="", operation="tokenSol", username=form.get("username", ""))

        def work(call: Call) -> dict[str, Any]:
            answer = service.token(client_id, form)
            call.outcome = "respondido"
            return answer

        return handle(call, work)

    @router.get(STATUS_PATH)
    def status(ticket: str, request: Request) -> Response:
        bearer = request.headers.get("authorization", "")
        call = Call(at="", operation="consultarEnvio")
        return handle(call, lambda call: service.status(bearer, ticket, call))

    @router.post(SEND_PATH)
    def send(name: str, body: Body, request: Request) -> Response:
        bearer = request.headers.get("authorization", "")
        call = Call(at="", operation="enviarGuia", file_name=name)
        return handle(call, lambda call: service.send(bearer, name, _json(body), call))


def _json(body: bytes) -> dict[str, Any]:
    try:
        values = json.loads(body)
    except ValueError:
        values = None
    return values if isinstance(values, dict) else {}


def _answer(call: Call, work: Work) -> Response:
    try:
        return JSONResponse(work(call))
    except DeniedError as denied:
        call.outcome = "denegado"
        return JSONResponse(denied.args[0], status_code=401)
    except UnprocessableError as wrong:
        call.outcome, call.code = "no recibido", wrong.args[1]
        return JSONResponse(wrong.args[0], status_code=422)


def _complain(fault: Fault) -> Response:
    body = {
        "cod": "500",
        "msg": "Internal Server Error",
        "errors": [{"cod": fault.code, "msg": "En pruebas"}],
    }
    return JSONResponse(body, status_code=500)
