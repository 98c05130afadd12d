"""The authority against a server that does each of the things a real one does."""

from __future__ import annotations

import base64
import io
import socket
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from lxml import etree

from emitir.errors import EmitirError
from emitir.peru.sunat.authority import SunatAuthority, connect
from emitir.soap.exchange import Limits
from emitir.verdict import (
    Accepted,
    AlreadyRegistered,
    InProcess,
    NotReceived,
    NoVerdict,
    Observed,
    Rejected,
    Unknown,
    Verdict,
)
from tests.peru_sunat.material import (
    RUC,
    XML,
    bill_response,
    recorded,
    soap,
    status_response,
    submission,
    zipped,
)
from tests.soap.raw_server import Behaviour, RawServer, Request, answer, free_port, hang_up, raw, reset

LIMITS = Limits(connect=2, read=0.4, total=1, max_bytes=200_000)
CREDENTIALS = {"usuario_sol": "USUARIO1", "clave_sol": "clave-secreta"}
SUMMARY = f"{RUC}-RC-20261120-1"
#: What the server does, by operation.
Script = dict[str, Behaviour]


def operation(request: Request) -> str:
    return request.headers["soapaction"].strip('"').removeprefix("urn:")


@contextmanager
def sunat(
    script: Script | Behaviour, ambiente: str = "produccion"
) -> Iterator[tuple[SunatAuthority, RawServer]]:
    """An authority whose every service is one server that follows ``script``."""

    def follow(connection: socket.socket, request: Request) -> None:
        behaviour = script[operation(request)] if isinstance(script, dict) else script
        behaviour(connection, request)

    with RawServer(follow) as server:
        names = ("billService", "otrosCpe", "billConsultService")
        endpoints = {name: f"{server.url}/{name}" for name in names}
        yield connect({"ruc": RUC, "ambiente": ambiente, "endpoints": endpoints}, CREDENTIALS, LIMITS), server


def submitted(behaviour: Behaviour, codigo: str = f"{RUC}-01-F001-21") -> Verdict:
    with sunat(behaviour) as (authority, server):
        verdict = authority.submit(submission(codigo))
        assert len(server.requests) == 1, "exactly one sending"
    return verdict


def test_what_is_sent() -> None:
    with sunat(bill_response(zipped(recorded("cdr-aceptada.xml")))) as (authority, server):
        assert isinstance(authority.submit(submission()), Accepted)
    (request,) = server.requests
    assert request.line == "POST /billService HTTP/1.1"
    assert request.headers["soapaction"] == '"urn:sendBill"'
    root = etree.fromstring(request.body)
    values = {etree.QName(e).localname: e.text or "" for e in root.iter() if isinstance(e.tag, str)}
    assert values["Username"] == f"{RUC}USUARIO1"
    assert values["Password"] == "clave-secreta"
    assert values["fileName"] == f"{RUC}-01-F001-21.zip"
    assert root.find(".//{http://service.sunat.gob.pe}sendBill") is not None
    with zipfile.ZipFile(io.BytesIO(base64.b64decode(values["contentFile"]))) as archive:
        assert archive.read(f"{RUC}-01-F001-21.xml") == XML


@pytest.mark.parametrize(
    ("codigo", "path", "name"),
    [
        (f"{RUC}-03-B001-5", "/billService", "sendBill"),
        (f"{RUC}-20-R001-5", "/otrosCpe", "sendBill"),
        (f"{RUC}-40-P001-5", "/otrosCpe", "sendBill"),
        (SUMMARY, "/billService", "sendSummary"),
        (f"{RUC}-RA-20261120-1", "/billService", "sendSummary"),
        (f"{RUC}-RR-20261120-1", "/otrosCpe", "sendSummary"),
    ],
)
def test_where_each_type_goes(codigo: str, path: str, name: str) -> None:
    with sunat(hang_up) as (authority, server):
        authority.submit(submission(codigo))
    (request,) = server.requests
    assert (request.line, operation(request)) == (f"POST {path} HTTP/1.1", name)


def test_a_type_that_goes_elsewhere() -> None:
    with sunat(hang_up) as (authority, server), pytest.raises(EmitirError) as caught:
        authority.submit(submission(f"{RUC}-14-S001-1"))
    assert caught.value.code == "DOCUMENTO_NO_HABILITADO"
    assert server.requests == []


def test_user_that_carries_the_ruc_already() -> None:
    with RawServer(hang_up) as server:
        company = {"ruc": RUC, "ambiente": "ose", "endpoints": {"billService": server.url}}
        connect(company, {"usuario_sol": f"{RUC}YO", "clave_sol": "x"}, LIMITS).submit(submission())
    assert f"<wsse:Username>{RUC}YO</wsse:Username>".encode() in server.requests[0].body


def late(connection: socket.socket, _: Request) -> None:
    time.sleep(1)


DOCTYPE = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("behaviour", "reason"),
    [
        (answer(recorded("mantenimiento.html"), "200 OK", "Content-Type: text/html"), "html"),
        (answer(recorded("mantenimiento.html"), "503 Service Unavailable"), "http"),
        (answer("", "401 Unauthorized"), "http"),
        (answer("", "502 Bad Gateway"), "http"),
        (answer(""), "empty"),
        (answer(soap("")), "garbled"),
        (hang_up, "empty"),
        (reset, "empty"),
        (late, "timeout"),
        (raw(b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n<S:Env"), "garbled"),
        (answer(b" " * 300_000), "garbled"),
        (answer(DOCTYPE + soap("<r>&x;</r>").partition(b"?>")[2]), "garbled"),
        (answer(soap("<otra/>")), "garbled"),
        (bill_response(b""), "empty"),
        (bill_response(b"hola"), "garbled"),
        (
            answer(
                soap("<sendBillResponse><applicationResponse>!!</applicationResponse></sendBillResponse>")
            ),
            "garbled",
        ),
        (bill_response(zipped(recorded("cdr-rechazada.xml"), "R-20123456786-03-B001-21.xml")), "garbled"),
        (bill_response(zipped(DOCTYPE + b"<ApplicationResponse>&x;</ApplicationResponse>")), "garbled"),
        (bill_response(zipped(b" " * 11_000_000)), "garbled"),
        (answer(recorded("fault-interno.xml"), "500 Internal Server Error"), "fault"),
        (answer(recorded("fault-sin-servicio.xml"), "500 Internal Server Error"), "fault"),
    ],
)
def test_nobody_knows(behaviour: Behaviour, reason: str) -> None:
    """Whatever the wire does is one sending and a NoVerdict, never an exception."""
    verdict = submitted(behaviour)
    assert isinstance(verdict, NoVerdict)
    assert verdict.reason == reason
    assert "passwd" not in verdict.detail


def test_never_connected() -> None:
    company = {
        "ruc": RUC,
        "ambiente": "ose",
        "endpoints": {"billService": f"http://127.0.0.1:{free_port()}/x"},
    }
    authority = connect(company, CREDENTIALS, LIMITS)
    for verdict in (authority.submit(submission()), authority.ask(submission()), authority.ping()):
        assert verdict == NoVerdict("unreachable", "Connection refused")


@pytest.mark.parametrize(
    ("behaviour", "expected"),
    [
        (bill_response(zipped(recorded("cdr-observada-notas-arriba.xml"), dummy="dummy")), Observed),
        (bill_response(zipped(recorded("cdr-rechazada.xml"), "R-20123456786-01-F001-21.XML")), Rejected),
        (bill_response(recorded("cdr-ose.xml"), "return"), Observed),
        (answer(recorded("fault-faultcode.xml"), "500 Internal Server Error"), Rejected),
        (answer(recorded("fault-faultcode-sin-cliente.xml")), NotReceived),
        (answer(recorded("fault-ya-registrado.xml"), "500 Internal Server Error"), AlreadyRegistered),
        (answer(recorded("fault-ya-anulado.xml"), "500 Internal Server Error"), AlreadyRegistered),
        (answer(recorded("fault-en-proceso.xml"), "500 Internal Server Error"), InProcess),
    ],
)
def test_answers(behaviour: Behaviour, expected: type) -> None:
    assert isinstance(submitted(behaviour), expected)


def test_voided_or_rejected_where_nobody_can_be_asked_is_burned() -> None:
    with sunat(answer(recorded("fault-ya-anulado.xml"), "500 X")) as (authority, _):
        verdict = authority.submit(submission(f"{RUC}-03-B001-5"))
    assert isinstance(verdict, Rejected)
    assert verdict.code == "1032"


def test_summary_and_its_ticket() -> None:
    body = '<n:sendSummaryResponse xmlns:n="http://service.sunat.gob.pe"><ticket>1795</ticket></n:sendSummaryResponse>'
    assert submitted(answer(soap(body)), SUMMARY) == InProcess("1795")
    assert submitted(answer(soap(body.replace("1795", ""))), SUMMARY) == NoVerdict("empty", "sin ticket")


CDR = zipped(recorded("cdr-aceptada.xml"))
REJECTED = zipped(recorded("cdr-rechazada.xml"))
BAD_BAJA = zipped(recorded("cdr-baja.xml").replace(b"Code>0<", b"Code>2957<"), f"R-{RUC}-RA-20261120-1.xml")
#: Sent twice, for its first ticket was lost: it says nothing of the first sending.
SENT_TWICE = zipped(recorded("cdr-baja.xml").replace(b"Code>0<", b"Code>2324<"), f"R-{RUC}-RA-20261120-1.xml")
BAJA = zipped(recorded("cdr-baja.xml"), f"R-{RUC}-RA-20261120-1.xml")


@pytest.mark.parametrize(
    ("behaviour", "expected"),
    [
        (status_response("getStatus", "98"), InProcess("1795")),
        (status_response("getStatus", "0", content=BAJA), Accepted),
        (status_response("getStatus", "0"), NoVerdict),
        (status_response("getStatus", "99"), Rejected),
        (status_response("getStatus", "99", content=BAD_BAJA), Rejected),
        (status_response("getStatus", "99", content=SENT_TWICE), AlreadyRegistered),
        (status_response("getStatus", "0127", "El ticket no existe"), Unknown("0127", "El ticket no existe")),
        (status_response("getStatus", "0200"), NoVerdict),
        (status_response("getStatus", "2335"), Rejected),
        (status_response("getStatus", ""), NoVerdict),
        (answer(recorded("fault-servidor-ocupado.xml"), "500 X"), NoVerdict),
        (hang_up, NoVerdict),
    ],
)
def test_asking_for_a_ticket(behaviour: Behaviour, expected: Verdict | type) -> None:
    with sunat({"getStatus": behaviour}) as (authority, _):
        verdict = authority.ask(submission(f"{RUC}-RA-20261120-1", ticket="1795"))
    assert isinstance(verdict, expected) if isinstance(expected, type) else verdict == expected


def test_a_resumen_whose_ticket_was_lost_cannot_be_asked_for() -> None:
    with sunat(hang_up) as (authority, server):
        assert authority.ask(submission(SUMMARY)).__class__ is NoVerdict
    assert server.requests == []


EXISTS = status_response("getStatusCdr", "0004", "La constancia existe", CDR)
NO_TICKET = status_response("getStatusCdr", "0127", "El ticket no existe")


@pytest.mark.parametrize(
    ("cdr", "state", "expected"),
    [
        (EXISTS, hang_up, Accepted),
        (status_response("getStatusCdr", "0004", content=REJECTED), hang_up, Rejected),
        (
            status_response("getStatusCdr", "0004", content=zipped(recorded("cdr-excepcion.xml"))),
            hang_up,
            Unknown,
        ),
        (
            NO_TICKET,
            status_response("getStatus", "0001", "Existe y está aceptado"),
            Accepted("0", "Existe y está aceptado"),
        ),
        (NO_TICKET, status_response("getStatus", "0002", "x"), Rejected("0002", "x")),
        (NO_TICKET, status_response("getStatus", "0003", "De baja"), Observed),
        (NO_TICKET, status_response("getStatus", "0011", "No existe"), Unknown("0011", "No existe")),
        (NO_TICKET, status_response("getStatus", "0010", "Solo F"), NoVerdict("unsupported", "Solo F")),
        (NO_TICKET, status_response("getStatus", "0012", "x"), Unknown("0127", "El ticket no existe")),
        (NO_TICKET, hang_up, Unknown("0127", "El ticket no existe")),
        (status_response("getStatusCdr", "0125", "x"), hang_up, NoVerdict("fault", "0125 x")),
        (
            answer(recorded("fault-clave.xml"), "500 X"),
            answer(recorded("fault-clave.xml"), "500 X"),
            NoVerdict,
        ),
        (answer(recorded("fault-interno.xml"), "500 X"), hang_up, NoVerdict),
        (hang_up, hang_up, NoVerdict),
    ],
)
def test_asking_for_a_factura(cdr: Behaviour, state: Behaviour, expected: Verdict | type) -> None:
    with sunat({"getStatusCdr": cdr, "getStatus": state}) as (authority, server):
        verdict = authority.ask(submission())
    assert isinstance(verdict, expected) if isinstance(expected, type) else verdict == expected
    root = etree.fromstring(server.requests[0].body)
    asked = {etree.QName(e).localname: e.text for e in root.iter() if isinstance(e.tag, str)}
    assert (asked["rucComprobante"], asked["tipoComprobante"]) == (RUC, "01")
    assert (asked["serieComprobante"], asked["numeroComprobante"]) == ("F001", "21")


@pytest.mark.parametrize("codigo", [f"{RUC}-03-B001-5", f"{RUC}-07-BC01-5", f"{RUC}-20-R001-5"])
def test_what_sunat_does_not_answer_for(codigo: str) -> None:
    with sunat(EXISTS) as (authority, server):
        verdict = authority.ask(submission(codigo))
    assert isinstance(verdict, NoVerdict)
    assert verdict.reason == "unsupported"
    assert server.requests == []


def test_beta_has_nobody_to_ask() -> None:
    with RawServer(EXISTS) as server:
        company = {"ruc": RUC, "ambiente": "beta", "endpoints": {"billService": server.url}}
        verdict = connect(company, {}, LIMITS).ask(submission())
    assert isinstance(verdict, NoVerdict)
    assert verdict.reason == "unsupported"
    assert server.requests == []


def test_an_ose_answers_for_every_type_on_its_one_address() -> None:
    boleta = zipped(
        recorded("cdr-aceptada.xml").replace(b"F001-00000021", b"B001-5"), "R-20123456786-03-B001-5.xml"
    )
    script: Script = {"getStatusCdr": status_response("getStatusCdr", "0004", content=boleta)}
    with RawServer(lambda c, r: script[operation(r)](c, r)) as server:
        company = {"ruc": RUC, "ambiente": "ose", "endpoints": {"billService": server.url}}
        authority = connect(company, CREDENTIALS, LIMITS)
        assert isinstance(authority.ask(submission(f"{RUC}-03-B001-5")), Accepted)
        script["getStatusCdr"] = answer(recorded("fault-interno.xml"), "500 X")
        verdict = authority.ask(submission())
    assert verdict == NoVerdict("unsupported", "Internal Error (from client)")


@pytest.mark.parametrize(
    ("behaviour", "expected"),
    [
        (status_response("getStatus", "0127", "El ticket no existe"), Accepted),
        (answer(recorded("fault-faultcode-sin-cliente.xml"), "500 X"), Accepted),
        (answer(recorded("fault-clave.xml"), "500 X"), NotReceived),
        (answer(recorded("fault-servidor-ocupado.xml"), "500 X"), NotReceived),
        (
            status_response("getStatus", "0102", "Usuario o clave"),
            NotReceived("0102", "Usuario o clave", False),
        ),
        (answer("", "401 Unauthorized"), NotReceived),
        (answer("", "503 X"), NoVerdict),
        (answer(recorded("fault-interno.xml"), "500 X"), NoVerdict),
        (hang_up, NoVerdict),
    ],
)
def test_ping(behaviour: Behaviour, expected: Verdict | type) -> None:
    with sunat({"getStatus": behaviour}) as (authority, _):
        verdict = authority.ping()
    assert isinstance(verdict, expected) if isinstance(expected, type) else verdict == expected


def test_connections_are_kept_between_authorities() -> None:
    """The engine may build an authority anew for each document: the connection stays."""
    with RawServer(status_response("getStatus", "0127")) as server:
        company = {"ruc": RUC, "ambiente": "ose", "endpoints": {"billService": server.url}}
        for _ in range(4):
            connect(company, CREDENTIALS, LIMITS).ping()
    assert (len(server.requests), server.connections) == (4, 1)


@pytest.mark.parametrize("show", [repr, str, lambda authority: str(vars(authority))])
def test_secrets_are_not_shown(
    show: Callable[[SunatAuthority], str], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("DEBUG"), sunat(hang_up) as (authority, _):
        verdict = authority.submit(submission())
        shown = show(authority)
    for text in (shown, str(verdict), caplog.text):
        assert "clave-secreta" not in text
        assert "USUARIO1" not in text
