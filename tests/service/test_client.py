"""The client against the real service, and against what stands where the service should be."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from emitir.client import EmitirApiError, EmitirClient, TransportError
from tests.service.http import Access

Answering = Callable[["Handler"], None]
TOKEN = "ab" * 32


class Handler(BaseHTTPRequestHandler):
    """Answers each request with the next of the server's behaviours (the last one for ever)."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        self.body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        server: Any = self.server
        server.seen.append((self.path, dict(self.headers), self.body))
        server.behaviours[min(len(server.seen), len(server.behaviours)) - 1](self)

    do_GET = do_POST  # noqa: N815 - http.server's names

    def answer(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Nothing on stderr."""


@contextmanager
def standing(*behaviours: Answering) -> Iterator[tuple[str, list[Any]]]:
    server: Any = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.behaviours, server.seen = behaviours, []
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", server.seen
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def client(url: str, **more: Any) -> EmitirClient:
    return EmitirClient(url, "UUID-1", TOKEN, pause=0.01, **more)


def ok(handler: Handler) -> None:
    handler.answer(200, b'{"estado":"ok","codigo_documento":"X","estado_comprobante":"enviando"}')


def hang_up(handler: Handler) -> None:
    handler.close_connection = True


def busy(handler: Handler) -> None:
    handler.answer(503, b"<html>busy</html>", Retry_After="0")


def authority_silent(handler: Handler) -> None:
    handler.answer(503, b'{"estado":"error","codigo_error":"AUTORIDAD_NO_RESPONDE","descripcion_error":"x"}')


def html(handler: Handler) -> None:
    handler.answer(200, b"<html>login</html>", Content_Type="text/html")


NUMBERED = {"tipo": "f", "serie": "F001", "numero": 1}


def test_what_goes_over_the_wire() -> None:
    with standing(ok) as (url, seen), client(url + "/", language="en") as emitir:
        sent = {
            **NUMBERED,
            "fecha": date(2026, 11, 21),
            "total": Decimal("1E+2"),
            "igv": 0.1,
            "ok": True,
            "r": "Ñ",
        }
        emitido = emitir.emitir(sent)
    path, headers, body = seen[0]
    assert path == "/v1/uuid-1/emitir"
    assert headers["Authorization"] == f"Bearer {TOKEN}"
    assert headers["Content-Type"] == "application/json"
    assert headers["Accept-Language"] == "en"
    assert body == (
        b'{"tipo":"f","serie":"F001","numero":1,"fecha":"2026-11-21","total":100,"igv":0.1,"ok":true,"r":"\\u00d1"}'
    )
    assert emitido.pendiente
    assert emitido.estado_comprobante == "enviando"


@pytest.mark.parametrize("bad", [float("nan"), float("inf")])
def test_numbers_that_are_none_are_not_sent(bad: float) -> None:
    with pytest.raises(ValueError, match="not a number"):
        client("http://127.0.0.1:1").emitir({"total": bad})


@pytest.mark.parametrize("trouble", [hang_up, busy])
def test_what_may_be_repeated_is(trouble: Answering) -> None:
    with standing(trouble, trouble, ok) as (url, seen):
        client(url).emitir(NUMBERED)
        assert len(seen) == 3
    with standing(trouble, ok) as (url, seen):
        client(url).hola()
        assert len(seen) == 2


@pytest.mark.parametrize("trouble", [hang_up, busy])
def test_what_may_not_be_repeated_is_not(trouble: Answering) -> None:
    """Without its number the service could issue a second comprobante."""
    with standing(trouble, ok) as (url, seen):
        with pytest.raises(TransportError) as caught:
            client(url).emitir({"tipo": "f", "serie": "F001"})
        assert caught.value.sent
        assert len(seen) == 1
    with standing(trouble) as (url, seen):
        with pytest.raises(TransportError):
            client(url, retries=1).hola()
        assert len(seen) == 2


def test_a_silent_authority_is_an_answer() -> None:
    with standing(authority_silent, ok) as (url, seen):
        with pytest.raises(EmitirApiError) as caught:
            client(url).hola()
        assert len(seen) == 1
    assert (caught.value.http, caught.value.code) == (503, "AUTORIDAD_NO_RESPONDE")
    assert caught.value.retryable


def test_nobody_there() -> None:
    with pytest.raises(TransportError) as caught:
        client("http://127.0.0.1:1", retries=0).emitir(NUMBERED)
    assert not caught.value.sent
    assert "127.0.0.1:1" in str(caught.value)


def test_too_slow() -> None:
    import time

    with standing(lambda handler: time.sleep(1)) as (url, _), pytest.raises(TransportError) as caught:
        client(url, retries=0, timeout=(1, 0.1)).hola()
    assert caught.value.sent


@pytest.mark.parametrize(
    "behaviour",
    [
        html,
        lambda h: h.answer(404, b"nginx"),
        lambda h: h.answer(200, b"{}"),
        lambda h: h.answer(200, b'["a"]'),
    ],
)
def test_something_else_answers(behaviour: Answering) -> None:
    with standing(behaviour) as (url, _), pytest.raises(TransportError, match="revise la dirección"):
        client(url).hola()


def test_a_redirect_is_told_and_not_followed() -> None:
    def moved(handler: Handler) -> None:
        handler.answer(301, b"", Location="https://otra.example/v1")

    with standing(moved) as (url, seen):
        with pytest.raises(TransportError, match=r"https://otra\.example/v1"):
            client(url).emitir(NUMBERED)
        assert len(seen) == 1, "a POST that is redirected becomes a GET"


def test_the_token_is_never_shown() -> None:
    emitir = client("http://127.0.0.1:1", retries=0)
    with pytest.raises(TransportError) as caught:
        emitir.hola()
    told = repr(emitir) + repr(caught.value) + repr(emitir._session.auth) + repr(caught.value.__cause__)
    assert TOKEN not in told


def test_against_the_service(company: Access) -> None:
    with EmitirClient(company.url, company.uuid, company.token) as emitir:
        assert emitir.hola()["ruc"] == "20512345671"
        with pytest.raises(EmitirApiError) as caught:
            emitir.emitir({"tipo": "x"})
        assert caught.value.http == 400
        assert {error["propiedad"] for error in caught.value.errores} >= {"tipo", "serie", "items"}
        assert caught.value.solicitud
        with pytest.raises(EmitirApiError) as unknown:
            emitir.comando("emitr")
        assert unknown.value.errores[0]["sugerencia"] == "emitir"
        with pytest.raises(EmitirApiError) as missing:
            emitir.descargar("0" * 40, "xml")
        assert missing.value.http == 404
    with (
        EmitirClient(company.url, company.uuid, "0" * 64) as stranger,
        pytest.raises(EmitirApiError) as refused,
    ):
        stranger.hola()
    assert (refused.value.http, refused.value.code) == (403, "NO_AUTORIZADO")


def test_texto_against_the_service(company: Access) -> None:
    with EmitirClient(company.url, company.uuid, company.token, formato="texto") as emitir:
        assert emitir.hola()["conexion"] == "1"
        with pytest.raises(EmitirApiError) as caught:
            emitir.emitir({"tipo": "x", "items": [{"descripcion": "Ñ: 1"}]})
        assert ("VALOR_NO_PERMITIDO", "tipo") in [
            (e["codigo_error"], e["propiedad"]) for e in caught.value.errores
        ]


def test_needs_requests_only() -> None:
    """It runs beside Odoo, where none of these may be had."""
    program = (
        "import sys\n"
        "for name in ('pydantic', 'lxml', 'cryptography', 'fastapi', 'sqlalchemy', 'typer', 'babel', 'structlog'):\n"
        "    sys.modules[name] = None\n"
        "import emitir.client\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
