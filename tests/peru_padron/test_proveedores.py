"""Providers over real HTTP: who is asked when, what of their answer is believed, and where the token goes."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from emitir.country import Taxpayers, taxpayers
from emitir.errors import EmitirError, Problem
from emitir.peru.padron.proveedores import NAME, JsonProveedor, read_proveedores
from tests.peru_padron.padrones import person, quiet, ruc, write_text

TOKEN = "secreto-de-prueba"
DNI_FIELDS = {"nombre": ["data.paterno", "data.materno", "data.nombres"]}
RUC_FIELDS = {
    "nombre": "razonSocial",
    "estado": "estado",
    "condicion": "condicion",
    "direccion": "direccion",
    "ubigeo": "ubigeo",
}
PERSON = {"data": {"paterno": "QUISPE", "materno": "ÑAUPARI", "nombres": " ROSA  MARÍA "}}
COMPANY = {
    "razonSocial": "SUNAT",
    "estado": "ACTIVO",
    "condicion": "HABIDO",
    "direccion": "-",
    "ubigeo": "150101",
}


class Site:
    """A provider; ``answers``: path to status and body."""

    def __init__(self) -> None:
        self.answers: dict[str, tuple[int, bytes]] = {}
        self.asked: list[tuple[str, str]] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append((self.path, self.headers.get("Authorization", "")))
                status, body = site.answers.get(self.path, (404, b"{}"))
                self.send_response(status)
                if status == 302:
                    self.send_header("Location", "/otro")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def say(self, path: str, body: Any, status: int = 200) -> None:
        self.answers[path] = (status, body if isinstance(body, bytes) else json.dumps(body).encode())


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    yield site
    site.server.shutdown()
    site.server.server_close()


@pytest.fixture
def padron(tmp_path: Path, site: Site, monkeypatch: pytest.MonkeyPatch) -> Taxpayers:
    """No padrón yet; one provider of each kind."""
    monkeypatch.setenv("TOKEN_DE_PRUEBA", TOKEN)
    folder = tmp_path / "padron" / "pe"
    folder.mkdir(parents=True)
    (folder / "token").write_text(f"{TOKEN}\n")
    entries = [
        {"nombre": "Uno", "tipo": "dni", "url": f"{site.url}/dni/{{numero}}", "campos": DNI_FIELDS,
         "token_variable": "TOKEN_DE_PRUEBA"},
        {"nombre": "Dos", "tipo": "ruc", "url": f"{site.url}/ruc?n={{numero}}", "campos": RUC_FIELDS,
         "token_archivo": "token", "segundos": 1},
    ]  # fmt: skip
    (folder / NAME).write_text(json.dumps(entries))
    found = taxpayers("pe", tmp_path)
    assert found is not None
    return found


def refused(padron: Taxpayers, properties: dict[str, Any]) -> Problem:
    with pytest.raises(EmitirError) as caught:
        padron.lookup(properties)
    assert TOKEN not in str(caught.value)
    return caught.value.problems[0]


def test_a_dni_and_a_ruc_without_a_padron(padron: Taxpayers, site: Site) -> None:
    site.say("/dni/45215942", PERSON)
    site.say("/ruc?n=20131312955", COMPANY)
    answer = padron.lookup({"dni": "45215942"})
    assert answer["razon_social"] == "QUISPE ÑAUPARI ROSA MARÍA"
    assert (answer["dni"], answer["ruc"], answer["fuente"]) == ("45215942", "", "Uno")
    assert not answer.keys() & {"activo", "habido"}
    answer = padron.lookup({"numero_doc": "20131312955"})
    assert (answer["activo"], answer["direccion"], answer["distrito"]) == (True, "", "LIMA")
    assert site.asked == [
        ("/dni/45215942", f"Bearer {TOKEN}"),
        ("/ruc?n=20131312955", f"Bearer {TOKEN}"),
    ]


def test_the_padron_comes_first(padron: Taxpayers, site: Site, tmp_path: Path) -> None:
    padron.load(str(write_text(tmp_path / "p.txt", [person(45215942, "GARCIA")])), quiet)
    assert padron.lookup({"dni": "45215942"})["razon_social"] == "GARCIA"
    assert site.asked == []
    site.say("/dni/00000002", PERSON)
    assert padron.lookup({"dni": "00000002"})["fuente"] == "Uno"
    # The padrón has every RUC 10 there is: nobody is asked for one that it lacks on behalf of a DNI.
    assert refused(padron, {"dni": "00000003"}).code == "CONTRIBUYENTE_NO_EXISTE"
    assert [path for path, _ in site.asked] == ["/dni/00000002", "/dni/00000003"]


def test_a_dni_nobody_knows_by_name_is_asked_for_as_ruc(padron: Taxpayers, site: Site) -> None:
    site.say(f"/ruc?n={ruc(1000000004)}", {**COMPANY, "razonSocial": "FLORES"})
    answer = padron.lookup({"dni": "00000004"})
    assert (answer["ruc"], answer["dni"]) == (ruc(1000000004), "00000004")
    assert refused(padron, {"dni": "00000005"}).code == "CONTRIBUYENTE_NO_EXISTE"


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (500, b"{}"),
        (401, f"bad token {TOKEN}".encode()),
        (302, b""),
        (200, b"<html>"),
        (200, b'{"razonSocial": "' + b"x" * (1 << 20) + b'"}'),
        (200, b"\xff\xfe\x00"),
        (200, b"[" * 100_000),
    ],
)
def test_an_answer_of_no_use_is_no_crash(padron: Taxpayers, site: Site, status: int, body: bytes) -> None:
    site.say("/ruc?n=20131312955", body, status)
    problem = refused(padron, {"ruc": "20131312955"})
    assert problem.code == "PROVEEDOR_NO_RESPONDE"
    assert problem.kind.retryable
    assert "Dos" in problem.message()
    assert len(site.asked) == 1


@pytest.mark.parametrize("body", [[], {}, None, 7, {"razonSocial": None}, {"razonSocial": {"a": 1}}])
def test_an_answer_without_a_name_is_nobody(padron: Taxpayers, site: Site, body: Any) -> None:
    site.say("/ruc?n=20131312955", body)
    assert refused(padron, {"ruc": "20131312955"}).code == "CONTRIBUYENTE_NO_EXISTE"


def test_a_provider_that_is_down_is_said(padron: Taxpayers, site: Site) -> None:
    site.server.shutdown()
    site.server.server_close()
    assert refused(padron, {"ruc": "20131312955"}).code == "PROVEEDOR_NO_RESPONDE"


GOOD = {"nombre": "Uno", "tipo": "dni", "url": "https://ejemplo.pe/{numero}", "campos": {"nombre": "n"}}


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"url": "http://ejemplo.pe/{numero}"}, "url"),
        ({"url": "file:///etc/{numero}"}, "url"),
        ({"url": "https://ejemplo.pe/"}, "url"),
        ({"tipo": "ce"}, "tipo"),
        ({"campos": {"nombre": "a b"}}, "campos-nombre"),
        ({"campos": {}}, "campos-nombre"),
        ({"token": "x"}, "token"),
        ({"token_variable": "NO_ESTA"}, "token_variable"),
        ({"token_archivo": "no_esta"}, "token_archivo"),
        ({"cabecera": "sin dos puntos"}, "cabecera"),
        ({"segundos": 31}, "segundos"),
    ],
)
def test_wrong_settings_are_said_with_their_place(tmp_path: Path, change: dict[str, Any], path: str) -> None:
    (tmp_path / NAME).write_text(json.dumps([GOOD, {**GOOD, **change}]))
    with pytest.raises(EmitirError) as caught:
        read_proveedores(tmp_path, {})
    assert [problem.path for problem in caught.value.problems] == [f"proveedores.json-2-{path}"]
    assert caught.value.code == "CONFIGURACION_INVALIDA"


@pytest.mark.parametrize("content", ["{", "{}", "[1]", "\x00"])
def test_a_file_that_is_no_list_is_said(tmp_path: Path, content: str) -> None:
    (tmp_path / NAME).write_text(content)
    with pytest.raises(EmitirError) as caught:
        read_proveedores(tmp_path, {})
    assert caught.value.code == "CONFIGURACION_INVALIDA"


def test_the_token_shows_nowhere(tmp_path: Path) -> None:
    (tmp_path / NAME).write_text(json.dumps([{**GOOD, "token_variable": "T"}]))
    (found,) = read_proveedores(tmp_path, {"T": TOKEN})
    assert isinstance(found, JsonProveedor)
    assert found.headers == {"Authorization": f"Bearer {TOKEN}"}
    assert TOKEN not in repr(found)
