"""SIFEN's paths on the sandbox's server."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from cryptography.x509 import load_der_x509_certificate
from fastapi import APIRouter, Request
from lxml import etree
from starlette.responses import Response

from emitir.sandbox.body import Body
from emitir.sandbox.calls import Desk
from emitir.sandbox.connections import client_certificate
from emitir.sandbox.faults import Fault
from emitir.sandbox.records import Call
from emitir.sandbox.sifen import eventos
from emitir.sandbox.sifen.archive import Archive
from emitir.sandbox.sifen.messages import NotSoapError, general, read
from emitir.sandbox.sifen.services import Services, subject_of
from emitir.sandbox.sunat.xmlsafe import Element

_MALFORMED = "XML Mal Formado."
#: What SIFEN says with the codes that stand for a whole call.
_OF_FAULTS = {
    "0100": "Error Inesperado",
    "0160": _MALFORMED,
    "0161": "Servidor de procesamiento momentáneamente sin respuesta",
    "0162": "Servidor de procesamiento paralizado, sin tiempo de regreso",
    "0183": "RUC del certificado utilizado en la conexión no pertenece a un contribuyente activo",
    "1264": "RUC del emisor no está habilitado para utilizar el servicio síncrono",
}
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
        if code == "0301":
            return _xml(services.not_queued())
        return _xml(general(code, _OF_FAULTS.get(code, "Error Inesperado"), services.now()))

    @router.post(path)
    def call_service(body: Body, request: Request) -> Response:
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
            peer = request.client
            if peer and (shown := client_certificate((peer.host, peer.port))):
                ruc = eventos.certificate_ruc(load_der_x509_certificate(shown))
                if not services.is_known(ruc):
                    call.outcome, call.code = "no recibido", "0183"
                    return _xml(general("0183", _OF_FAULTS["0183"], services.now()))
                if name == "consulta" and not services.may_see(content, ruc):
                    call.outcome, call.code = "respondido", "0421"
                    return _xml(services.forbidden())
            return _xml(service(content, call, body))

        if content is not None:
            call.file_name = subject_of(content)
        return desk.handle(call, work, complain)


def _xml(body: bytes) -> Response:
    return Response(body, media_type="application/soap+xml")
