"""What a caller hears when the service itself fails: the contract's fields, a number, nothing of the inside."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from emitir.engine import Company
from emitir.engine.chats.links import Access as Caller
from emitir.service.server import ServiceServer
from tests.service.http import Access, send

SECRET = "postgresql://emitir:contraseña@10.0.0.1/emitir"


class BrokenEngine:
    """An engine whose database went away after the company was found."""

    started = True

    def access(self, uuid: str, token: str) -> Caller:
        now = datetime.now(UTC)
        return Caller(Company(1, uuid, "pe", {"ambiente": "sandbox"}, 1, None, (), False, now, now))

    def _fail(self, *_: Any, **__: Any) -> Any:
        raise OperationalError(SECRET, {}, Exception(SECRET))

    emitir = ajustes = hola = download = stuck = baja = consultar = ticket = correo = mails = _fail
    buscar = ventas = today = baja_until = baja_terms = customer_mail = preview = verificar = (
        verificar_archivo
    ) = _fail
    document_types = taxpayers = _fail
    evento = inutilizar = elsewhere = _fail
    avisos = bots = chats = eventos = links = sessions = property(_fail)


@pytest.fixture(scope="module")
def broken() -> Iterator[Access]:
    with ServiceServer(BrokenEngine()) as server:
        yield Access(server.url, "00000000-0000-4000-8000-000000000000", "0" * 64)


def test_a_bug_is_a_500_with_its_number(broken: Access, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        replies = [
            broken.generation_1("emitir", b"[]"),
            broken.generation_1("emitir", b"", "texto"),
            broken.generation_3("hola", b"[]"),
        ]
    for reply in replies:
        answer = reply.properties
        assert (reply.status, answer["estado"], answer["codigo_error"]) == (500, "error", "ERROR_INTERNO")
        assert reply.headers["x-solicitud"] in answer["descripcion_error"]
        assert b"contrase" not in reply.body
        assert b"sqlalchemy" not in reply.body
        assert b"Traceback" not in reply.body
    assert [reply.media_type for reply in replies] == ["application/json", "text/plain", "application/json"]
    assert any(record.exc_info for record in caplog.records), "the log has the traceback"


def test_a_download_that_fails_is_a_500(broken: Access) -> None:
    reply = send(broken.url, f"/descarga/{'0' * 40}/pdf", {}, method="GET")
    assert reply.status == 500
    assert b"contrase" not in reply.body


def test_health_tells_of_the_database(broken: Access) -> None:
    reply = send(broken.url, "/salud", {}, method="GET")
    assert reply.status == 503
    assert reply.properties["problema"] == "La base de datos no responde."
    assert "con problemas" in send(broken.url, "/", {}, method="GET").body.decode()


def test_a_client_that_goes_away_while_sending(broken: Access) -> None:
    from tests.service.http import connect

    with connect(broken.url) as sock:
        sock.sendall(
            f"POST /{broken.uuid}/hola HTTP/1.1\r\nHost: x\r\nX-Token: 0\r\nX-Formato: json\r\n"
            "Content-Length: 100\r\n\r\n{".encode()
        )
    assert broken.generation_3("nada", b"{}").status == 400, "the service goes on"
