"""SIFEN's paths on the sandbox's server."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from fastapi import APIRouter
from lxml import etree
from starlette.responses import Response

from emitir.sandbox.body import Body
from emitir.sandbox.calls import Desk
from emitir.sandbox.faults import Fault
from emitir.sandbox.records import Call
from emitir.sandbox.sifen.archive import Archive
from emitir.sandbox.sifen.messages import NotSoapError, general, read
from emitir.sandbox.sifen.services import Services
from emitir.sandbox.sunat.xmlsafe import Element

_MALFORMED = "XML Mal Formado."
#: The message, the log's line, and the body that the message came in.
Service = Callable[[Element, Call, bytes], bytes]


def sifen_routes(desk: Desk) -> APIRouter:
    """The router of everything that SIFEN answers. A call is known to faults by the name of its service."""
    router = APIRouter()
    services = Services(Archive(desk.store), desk.clock)
    for path, name, element, service in (
        ("sync/recibe", "recibe", "rEnviDe", services.recibe),
        ("async/recibe-lote", "recibe-lote", "rEnvioLote", services.recibe_lote),
        ("consultas/consulta-lote", "consulta-lote", "rEnviConsLoteDe", services.consulta_lote),
        ("consultas/consulta", "consulta", "rEnviConsDeRequest", services.consulta),
        ("consultas/consulta-ruc", "consulta-ruc", "rEnviConsRUC", services.consulta_ruc),
        ("eventos/evento", "evento", "rEnviEventoDe", services.evento),
    ):
        _service(router, desk, services, f"/de/ws/{path}.wsdl", name, element, service)
    return router


def _service(
    router: APIRouter, desk: Desk, services: Services, path: str, name: str, element: str, service: Service
) -> None:
    def complain(fault: Fault) -> Response:
        code = fault.code if len(fault.code) == 4 and fault.code != "0109" else "0160"
        return _xml(general(code, _MALFORMED if code == "0160" else "Error Inesperado", services.now()))

    @router.post(path)
    def call_service(body: Body) -> Response:
        call = Call(at="", operation=name, sha256=hashlib.sha256(body).hexdigest())
        try:
            content = read(body)
        except NotSoapError as error:
            call.remarks.append(str(error))
            content = None
        if content is not None and etree.QName(content).localname != element:
            content = None

        def work(call: Call) -> Response:
            # Without its declaration an envelope is malformed for SIFEN, whatever is in it.
            if content is None or not body.startswith(b"<?xml"):
                call.outcome, call.code = "no recibido", "0160"
                return _xml(general("0160", _MALFORMED, services.now()))
            return _xml(service(content, call, body))

        if content is not None and (found := content.find("{*}xDE/{*}rDE/{*}DE")) is not None:
            call.file_name = found.get("Id", "")
        return desk.handle(call, work, complain)


def _xml(body: bytes) -> Response:
    return Response(body, media_type="application/soap+xml")
