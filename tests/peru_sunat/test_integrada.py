"""Consulta integrada: the token kept, and what each answer means for a boleta."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from emitir.peru.sunat.authority import SunatAuthority, connect
from emitir.peru.sunat.tokens import _KEPT
from emitir.soap.exchange import Limits
from emitir.verdict import Accepted, NoVerdict, Observed, Unknown, Verdict
from tests.peru_sunat.material import RUC, recorded, submission
from tests.soap.raw_server import Behaviour, RawServer, Request, answer, hang_up

LIMITS = Limits(connect=2, read=0.5)
BOLETA = submission(f"{RUC}-03-B001-5")
SECRETS = {
    "usuario_sol": "A",
    "clave_sol": "b",
    "consulta_client_id": "id/cliente",
    "consulta_client_secret": "secreto-api",
}


@pytest.fixture(autouse=True)
def _no_tokens() -> None:
    _KEPT._kept.clear()


def says(value: Any, status: str = "200 OK") -> Behaviour:
    return answer(json.dumps(value), status, "Content-Type: application/json")


def state(code: Any) -> Behaviour:
    return says(
        {"success": True, "message": "Operation Success! ", "data": {"estadoCp": code, "estadoRuc": "00"}}
    )


TOKEN = says({"access_token": "ficha-1", "token_type": "JWT", "expires_in": 3600})


class Script:
    """What the two addresses answer, and which was asked."""

    def __init__(self, token: Behaviour, validity: Behaviour) -> None:
        self.token = token
        self.validity = validity

    def __call__(self, connection: socket.socket, request: Request) -> None:
        (self.token if "/oauth2/token/" in request.line else self.validity)(connection, request)


@contextmanager
def sunat(script: Script) -> Iterator[tuple[SunatAuthority, RawServer]]:
    with RawServer(script) as server:
        endpoints = {
            "consultaIntegrada": f"{server.url}/v1/contribuyentes/{{ruc}}/validarcomprobante",
            "consultaToken": f"{server.url}/v1/clientesextranet/{{client_id}}/oauth2/token",
        }
        company = {"ruc": RUC, "ambiente": "produccion", "endpoints": endpoints}
        yield connect(company, SECRETS, LIMITS), server


def asked(validity: Behaviour, token: Behaviour = TOKEN) -> Verdict:
    with sunat(Script(token, validity)) as (authority, _):
        return authority.ask(BOLETA)


@pytest.mark.parametrize(
    ("code", "expected"),
    [("1", Accepted), (1, Accepted), ("2", Observed), ("0", Unknown), ("3", NoVerdict), ("4", NoVerdict)],
)
def test_states(code: Any, expected: type) -> None:
    assert isinstance(asked(state(code)), expected)


def test_accepted_without_cdr() -> None:
    verdict = asked(state("1"))
    assert isinstance(verdict, Accepted)
    assert (verdict.code, verdict.cdr) == ("0", None)


def test_what_is_asked() -> None:
    with sunat(Script(TOKEN, state("1"))) as (authority, server):
        authority.ask(BOLETA)
    token, question = server.requests
    assert token.line == "POST /v1/clientesextranet/id%2Fcliente/oauth2/token/ HTTP/1.1"
    assert b"grant_type=client_credentials" in token.body
    assert b"client_secret=secreto-api" in token.body
    assert question.line == f"POST /v1/contribuyentes/{RUC}/validarcomprobante HTTP/1.1"
    assert question.headers["authorization"] == "Bearer ficha-1"
    assert json.loads(question.body) == {
        "numRuc": RUC,
        "codComp": "03",
        "numeroSerie": "B001",
        "numero": "5",
        "fechaEmision": "20/11/2026",
        "monto": "118.50",
    }


def test_the_token_is_kept_also_between_authorities() -> None:
    with sunat(Script(TOKEN, state("1"))) as (authority, server):
        for _ in range(3):
            authority.ask(BOLETA)
    assert len(server.requests) == 4


def test_a_token_about_to_expire_is_not_used_again() -> None:
    brief = says({"access_token": "ficha", "expires_in": 30})
    with sunat(Script(brief, state("1"))) as (authority, server):
        for _ in range(2):
            authority.ask(BOLETA)
    assert len(server.requests) == 4


def test_a_token_that_is_no_longer_taken_is_replaced_once() -> None:
    script = Script(TOKEN, state("1"))
    with sunat(script) as (authority, server):
        authority.ask(BOLETA)
        script.token = says({"access_token": "ficha-2", "expires_in": 3600})

        def only_the_second(connection: socket.socket, request: Request) -> None:
            fresh = request.headers["authorization"] == "Bearer ficha-2"
            (state("1") if fresh else says({"cod": "401"}, "401 Unauthorized"))(connection, request)

        script.validity = only_the_second
        assert isinstance(authority.ask(BOLETA), Accepted)
        assert len(server.requests) == 5
        script.validity = says({"cod": "401"}, "401 Unauthorized")
        verdict = authority.ask(BOLETA)
    assert verdict == NoVerdict("http", "HTTP 401")
    assert len(server.requests) == 8


@pytest.mark.parametrize(
    ("token", "reason"),
    [
        (says({"error": "invalid_client"}, "401 Unauthorized"), "http"),
        (says({"error": "x"}), "garbled"),
        (says({"access_token": 5}), "garbled"),
        (says({"access_token": "a\r\nX: y"}), "garbled"),
        (answer(recorded("mantenimiento.html")), "html"),
        (answer(""), "empty"),
        (hang_up, "empty"),
    ],
)
def test_no_token(token: Behaviour, reason: str) -> None:
    verdict = asked(state("1"), token)
    assert isinstance(verdict, NoVerdict)
    assert verdict.reason == reason
    assert "secreto-api" not in verdict.detail


@pytest.mark.parametrize(
    ("validity", "reason"),
    [
        (says({"success": False, "message": "Parametros incorrectos"}), "garbled"),
        (says([1]), "garbled"),
        (says({"data": "1"}), "garbled"),
        (answer("[" * 90_000), "garbled"),
        (answer("{" + " " * 200_000 + "}"), "garbled"),
        (says({}, "500 X"), "http"),
        (hang_up, "empty"),
    ],
)
def test_no_state(validity: Behaviour, reason: str) -> None:
    verdict = asked(validity)
    assert isinstance(verdict, NoVerdict)
    assert verdict.reason == reason
