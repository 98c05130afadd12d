"""SUNAT's paths on the sandbox's server."""

from __future__ import annotations

import json
from collections.abc import Callable
from urllib.parse import parse_qsl

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from emitir.sandbox.body import Body
from emitir.sandbox.calls import Desk
from emitir.sandbox.faults import Fault
from emitir.sandbox.records import Call
from emitir.sandbox.sunat import consulta_integrada, envelope, wsdl
from emitir.sandbox.sunat.bill_service import BillService
from emitir.sandbox.sunat.cdr import CdrWriter
from emitir.sandbox.sunat.consult_service import ConsultService
from emitir.sandbox.sunat.gre.routes import gre_routes
from emitir.sandbox.sunat.mode import Mode
from emitir.sandbox.sunat.refusal import Refusal
from emitir.sandbox.sunat.tickets import TicketOffice
from emitir.sandbox.sunat.tokens import DeniedError

#: billService, and what each of the two takes.
BILL_PATHS = {
    "/ol-ti-itcpfegem-beta/billService": frozenset({"01", "03", "04", "07", "08", "RC", "RA"}),
    "/ol-ti-itemision-otroscpe-gem-beta/billService": frozenset({"20", "40", "RR"}),
}
CONSULT_PATH = "/ol-it-wsconscpegem/billConsultService"
TOKEN_PATH = "/v1/clientesextranet/{client_id}/oauth2/token/"  # noqa: S105 -- a path
STATE_PATH = "/v1/contribuyente/contribuyentes/{ruc}/validarcomprobante"

Operation = Callable[[envelope.Request, Call], bytes]


def routes(desk: Desk) -> APIRouter:
    """The router of everything that SUNAT answers."""
    router = APIRouter()
    cdr = CdrWriter(desk.store)
    office = TicketOffice(desk.store, desk.clock, cdr, desk.faults)
    desk.catch_up.append(office.settle)
    consult = ConsultService(desk.store)
    for path, types in BILL_PATHS.items():
        bill = BillService(desk.store, desk.clock, cdr, office, types=types)
        _soap(router, desk, path, "billService", {
            "sendBill": bill.send_bill,
            "sendSummary": bill.send_summary,
            "sendPack": bill.send_pack,
            "getStatus": bill.get_status,
        })  # fmt: skip
    _soap(router, desk, CONSULT_PATH, "billConsultService", {
        "getStatus": consult.get_status,
        "getStatusCdr": consult.get_status_cdr,
    })  # fmt: skip
    _consulta_integrada(router, desk)
    gre_routes(router, desk, office)
    return router


def _soap(router: APIRouter, desk: Desk, path: str, service: str, operations: dict[str, Operation]) -> None:
    @router.post(path)
    def call_operation(body: Body) -> Response:
        try:
            request = envelope.read(body)
        except envelope.NotSoapError as error:
            return _xml(envelope.malformed(str(error)), 500)
        operation = operations.get(request.operation)
        if operation is None:
            return _xml(envelope.malformed(f"operación desconocida: {request.operation}"), 500)
        call = Call(
            at="", operation=request.operation, username=request.username, file_name=_file(request.fields)
        )
        return desk.handle(call, lambda call: _work(desk, operation, request, call), _complain)

    @router.get(path)
    def describe(request: Request) -> Response:
        if "wsdl" not in request.query_params:
            return Response("Use ?wsdl o POST con SOAP.", media_type="text/plain", status_code=405)
        return _xml(wsdl.describe(service, str(request.url.replace(query=""))).encode(), 200)


def _file(fields: dict[str, str]) -> str:
    if "rucComprobante" in fields:
        names = ("rucComprobante", "tipoComprobante", "serieComprobante", "numeroComprobante")
        return "-".join(fields.get(name, "") for name in names)
    return fields.get("fileName", "").removesuffix(".zip").removesuffix(".ZIP")


def _work(desk: Desk, operation: Operation, request: envelope.Request, call: Call) -> Response:
    try:
        return _xml(operation(request, call), 200)
    except Refusal as refusal:
        call.outcome = call.outcome if call.outcome == "rechazado" else "no recibido"
        call.code = refusal.code
        call.remarks.append(refusal.detail)
        ticket = f"{desk.clock.now().timestamp() * 1000:.0f}"
        return _xml(envelope.fault(refusal, ticket, Mode.load(desk.store).fault_style), 500)


def _complain(fault: Fault) -> Response:
    return _xml(envelope.fault(Refusal(fault.code), "0", fault.style), 500)


def _xml(body: bytes, status: int) -> Response:
    return Response(body, status_code=status, media_type="text/xml")


def _consulta_integrada(router: APIRouter, desk: Desk) -> None:
    service = consulta_integrada.ConsultaIntegrada(desk.store, desk.clock)

    def complain(fault: Fault) -> Response:
        return JSONResponse({"cod": fault.code, "msg": "Servicio no disponible"}, status_code=500)

    @router.post(TOKEN_PATH)
    def token(client_id: str, body: Body) -> Response:
        form = dict(parse_qsl(body.decode("utf-8", "replace")))

        def work(call: Call) -> Response:
            try:
                answer = service.token(client_id, form)
            except DeniedError as denied:
                call.outcome = "denegado"
                return JSONResponse(denied.args[0], status_code=401)
            call.outcome = "respondido"
            return JSONResponse(answer)

        return desk.handle(Call(at="", operation="token", username=client_id), work, complain)

    @router.post(STATE_PATH)
    def state(ruc: str, body: Body, request: Request) -> Response:
        try:
            values = json.loads(body)
        except ValueError:
            values = None
        if not isinstance(values, dict):
            return JSONResponse({"success": False, "message": "Cuerpo JSON incorrecto"}, status_code=422)

        def work(call: Call) -> Response:
            try:
                return JSONResponse(
                    service.state(request.headers.get("authorization", ""), ruc, values, call)
                )
            except DeniedError as denied:
                call.outcome = "denegado"
                return JSONResponse(denied.args[0], status_code=401)
            except consulta_integrada.InvalidError as invalid:
                call.outcome = "no recibido"
                return JSONResponse({"success": False, "message": str(invalid)}, status_code=422)

        names = ("numRuc", "codComp", "numeroSerie", "numero")
        file_name = "-".join(str(values.get(name, "")) for name in names)
        call = Call(at="", operation="validarcomprobante", username=ruc, file_name=file_name)
        return desk.handle(call, work, complain)
