"""Guías over REST: what is sent, and what each answer means, against a server that says what SUNAT says."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import socket
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qs

import pytest

from emitir.peru.sunat.authority import SunatAuthority, connect
from emitir.peru.sunat.tokens import _KEPT
from emitir.soap.exchange import Limits
from emitir.verdict import (
    AlreadyRegistered,
    InProcess,
    NotReceived,
    NoVerdict,
    Observed,
    Rejected,
    Unknown,
    Verdict,
)
from tests.peru_sunat.material import RUC, recorded, submission, zipped
from tests.soap.raw_server import Behaviour, RawServer, Request, answer, hang_up

LIMITS = Limits(connect=2, read=0.5)
TICKET = "cc7d7e5b-3a0b-4c7b-8d5e-1f2a3b4c5d6e"
GUIA = submission(f"{RUC}-09-T001-1")
ASKED = submission(f"{RUC}-09-T001-1", TICKET)
SECRETS = {
    "usuario_sol": "USUARIO",
    "clave_sol": "clave-secreta",
    "gre_client_id": "cliente/1",
    "gre_client_secret": "api-secreta",
}


def says(value: Any, status: str = "200 OK") -> Behaviour:
    return answer(json.dumps(value), status, "Content-Type: application/json")


TOKEN = says({"access_token": "ficha", "token_type": "JWT", "expires_in": 3600})
TAKEN = says({"numTicket": TICKET, "fecRecepcion": "2026-11-21T10:00:00"})


@pytest.fixture(autouse=True)
def _no_tokens() -> None:
    _KEPT._kept.clear()


@contextmanager
def sunat(
    reply: Behaviour, token: Behaviour = TOKEN, **more: Any
) -> Iterator[tuple[SunatAuthority, RawServer]]:
    def script(connection: socket.socket, request: Request) -> None:
        (token if "/oauth2/token/" in request.line else reply)(connection, request)

    with RawServer(script) as server:
        endpoints = {
            "gre": f"{server.url}/v1/contribuyente/gem/comprobantes",
            "greToken": f"{server.url}/v1/clientessol/{{client_id}}/oauth2/token",
        }
        company = {"ruc": RUC, "ambiente": "produccion", "endpoints": endpoints, **more}
        yield connect(company, SECRETS, LIMITS), server


def sent(reply: Behaviour, token: Behaviour = TOKEN) -> Verdict:
    with sunat(reply, token) as (authority, _):
        return authority.submit(GUIA)


def asked(reply: Behaviour) -> Verdict:
    with sunat(reply) as (authority, _):
        return authority.ask(ASKED)


def test_what_is_sent() -> None:
    with sunat(TAKEN) as (authority, server):
        assert authority.submit(GUIA) == InProcess(TICKET)
        authority.submit(GUIA)
    token, first, second = server.requests
    assert token.line == "POST /v1/clientessol/cliente%2F1/oauth2/token/ HTTP/1.1"
    assert parse_qs(token.body.decode()) == {
        "grant_type": ["password"],
        "scope": ["https://api-cpe.sunat.gob.pe"],
        "client_id": ["cliente/1"],
        "client_secret": ["api-secreta"],
        "username": [f"{RUC}USUARIO"],
        "password": ["clave-secreta"],
    }
    assert first.line == f"POST /v1/contribuyente/gem/comprobantes/{RUC}-09-T001-1 HTTP/1.1"
    assert first.headers["authorization"] == "Bearer ficha"
    file = json.loads(first.body)["archivo"]
    data = base64.b64decode(file["arcGreZip"])
    assert file["nomArchivo"] == f"{RUC}-09-T001-1.zip"
    assert file["hashZip"] == hashlib.sha256(data).hexdigest()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.namelist() == [f"{RUC}-09-T001-1.xml"]
        assert archive.read(archive.namelist()[0]) == GUIA.xml
    assert second.body == first.body
    assert "secreta" not in repr(authority) + repr(authority._guias)


def test_what_is_asked() -> None:
    with sunat(says({"codRespuesta": "98"})) as (authority, server):
        assert authority.ask(ASKED) == InProcess(TICKET)
    assert server.requests[1].line == f"GET /v1/contribuyente/gem/comprobantes/envios/{TICKET} HTTP/1.1"


def cdr(name: str = "cdr-guia.xml", entry: str = f"R-{RUC}-09-T001-1.xml") -> str:
    xml = recorded(name)
    return base64.b64encode(zipped(xml, entry, "dummy/")).decode()


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        ({"codRespuesta": "99", "error": {"numError": "2554", "desError": "No"}}, Rejected("2554", "No")),
        ({"codRespuesta": "99", "error": {"numError": "1033", "desError": "Ya"}}, AlreadyRegistered("1033", "Ya")),
        ({"codRespuesta": "99", "error": {"numError": "0306", "desError": "X"}}, Rejected("0306", "X")),
        ({"codRespuesta": "99", "error": {"numError": "0100", "desError": "X"}}, Unknown("0100", "X")),
        ({"codRespuesta": "99", "error": {"numError": "x", "desError": "Algo"}}, Rejected("99", "Algo")),
        ({"codRespuesta": "0"}, InProcess(TICKET)),
        ({"codRespuesta": "7"}, NoVerdict("garbled", "codRespuesta 7")),
        ({}, NoVerdict("garbled", "codRespuesta ")),
        ({"codRespuesta": "0", "arcCdr": "%%%"}, NoVerdict("garbled", "arcCdr")),
    ],
)  # fmt: skip
def test_answers_under_a_ticket(reply: dict[str, Any], expected: Verdict) -> None:
    assert asked(says(reply)) == expected


def test_the_cdr_of_another_guia_is_no_answer() -> None:
    verdict = asked(says({"codRespuesta": "0", "arcCdr": cdr()}))
    assert isinstance(verdict, Observed)
    assert verdict.cdr
    other = asked(says({"codRespuesta": "0", "arcCdr": cdr(entry=f"R-{RUC}-31-V001-1.xml")}))
    assert isinstance(other, NoVerdict)
    assert other.reason == "garbled"


def failed(code: str, text: str = "Mal") -> dict[str, Any]:
    return {"cod": "422", "msg": "Unprocessable Entity", "errors": [{"cod": code, "msg": text}]}


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (says(failed("0156"), "422 Unprocessable Entity"), NotReceived("0156", "Mal", False)),
        (says(failed("0109"), "500 Internal Server Error"), NotReceived("0109", "Mal", True)),
        (
            says({"cod": "500", "msg": "Roto"}, "500 Internal Server Error"),
            NoVerdict("fault", "HTTP 500 Roto"),
        ),
        (answer("no", "503 Service Unavailable"), NoVerdict("http", "HTTP 503")),
        (says({"fecRecepcion": "x"}), NoVerdict("garbled", "sin numTicket")),
        (says({"numTicket": "a\nb"}), NoVerdict("garbled", "sin numTicket")),
        (hang_up, None),
    ],
)
def test_answers_to_a_sending(reply: Behaviour, expected: Verdict | None) -> None:
    verdict = sent(reply)
    assert verdict == expected if expected else isinstance(verdict, NoVerdict)
    assert not isinstance(verdict, NoVerdict) or verdict.reason != "unreachable"


@pytest.mark.parametrize("status", ["401 Unauthorized", "400 Bad Request", "403 Forbidden"])
def test_wrong_credentials_leave_the_number_free(status: str) -> None:
    verdict = sent(TAKEN, says({"error": "invalid_client"}, status))
    assert isinstance(verdict, NotReceived)
    assert not verdict.retryable
    assert "secreta" not in verdict.description


@pytest.mark.parametrize(
    "token", [hang_up, answer(""), says({"access_token": 5}), answer("x", "502 Bad Gateway")]
)
def test_without_a_token_nothing_left(token: Behaviour) -> None:
    verdict = sent(TAKEN, token)
    assert isinstance(verdict, NoVerdict)
    assert verdict.reason == "unreachable"


def test_a_ticket_that_is_not_known() -> None:
    assert asked(says(failed("0127"), "422 Unprocessable Entity")) == Unknown("0127", "Mal")
    of_question = asked(says(failed("0126"), "422 Unprocessable Entity"))
    assert isinstance(of_question, NoVerdict)
    assert of_question.reason == "fault"


def test_a_token_that_is_no_longer_taken_is_replaced_once() -> None:
    with sunat(says({"cod": "401"}, "401 Unauthorized")) as (authority, server):
        verdict = authority.submit(GUIA)
    assert isinstance(verdict, NotReceived)
    assert [request.line.split()[1].split("/")[2] for request in server.requests] == [
        *("clientessol", "contribuyente"),
        *("clientessol", "contribuyente"),
    ]


@pytest.mark.parametrize("ambiente", ["beta", "produccion"])
def test_without_credentials_or_a_service(ambiente: str) -> None:
    """SUNAT has no guías in beta; in production they need credentials of their own."""
    authority = connect({"ruc": RUC, "ambiente": ambiente}, {"usuario_sol": "A", "clave_sol": "b"}, LIMITS)
    verdict = authority.submit(GUIA)
    assert isinstance(verdict, NotReceived)
    assert "gre_client_id" in verdict.description
    assert authority.ask(ASKED) == NoVerdict("unsupported", "SUNAT no ofrece cómo consultar este comprobante")
