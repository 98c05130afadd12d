"""The wire contract: addresses, both ways to authorise, formats, codes that old clients understand."""

from __future__ import annotations

import json
import re

import pytest

from tests.service.conftest import House
from tests.service.http import UNDERSTOOD, Access, Reply, connect, read_reply, send

UNKNOWN_UUID = "00000000-0000-4000-8000-000000000000"


def check_error(reply: Reply, http: int, code: str) -> None:
    assert (reply.status, reply.properties["codigo_error"]) == (http, code)
    assert reply.properties["estado"] == "error"
    assert reply.properties["descripcion_error"]
    assert reply.properties["descripcion_extra"]
    assert reply.headers["x-solicitud"]


def test_hola_of_each_generation(company: Access) -> None:
    for reply in (
        company.generation_1("hola", b"[]"),
        company.generation_2("hola", b"[]"),
        company.generation_3("hola", b"[]"),
        company.generation_3("hola", b""),
        company.generation_3("hola", b"{}"),
    ):
        assert (reply.status, reply.media_type) == (200, "application/json")
        assert reply.properties["estado"] == "ok"
        assert reply.properties["ruc"] == "20512345671"
        assert reply.properties["ambiente"] == "sandbox"
        assert reply.properties["conexion"] is True
        assert reply.properties["certificado_dias"] in (89, 90)
    for reply in (
        company.generation_1("hola", b"", "texto"),
        company.generation_2("hola", b"", "text/plain"),
    ):
        assert (reply.status, reply.media_type) == (200, "text/plain")
        assert reply.headers["content-type"] == "text/plain; charset=utf-8"
        assert reply.body.decode().startswith("estado: ok\nmensaje: Hola, COMERCIAL ÑANDÚ & HIJOS S.A.C.")
        assert "\nconexion: 1\n" in reply.body.decode()


@pytest.mark.parametrize(
    "target",
    ["/{uuid}/hola", "/v1/{uuid}/hola", "//{uuid}/hola", "/{uuid}/hola/", "/V1/{UUID}/HOLA", "/{uuid}//hola"],
)
def test_addresses_as_base_urls_make_them(company: Access, target: str) -> None:
    path = target.format(uuid=company.uuid, UUID=company.uuid.upper())
    headers = {"Authorization": f"Bearer {company.token}", "Content-Type": "application/json"}
    assert send(company.url, path, headers, b"[]").status == 200


@pytest.mark.parametrize(
    ("headers", "media_type"),
    [
        ({"X-Formato": "json", "Content-Type": "application/x-www-form-urlencoded"}, "application/json"),
        ({"X-Formato": "JSON"}, "application/json"),
        ({"X-Formato": "texto", "Content-Type": "application/json"}, "text/plain"),
        ({"X-Formato": " texto "}, "text/plain"),
        ({"x-formato": "texto", "Content-Type": "text/plain; charset=utf-7"}, "text/plain"),
        ({"Content-Type": "application/json; charset=utf-8"}, "application/json"),
        ({"Content-Type": "Application/JSON;charset=UTF-8"}, "application/json"),
        ({"Content-Type": 'text/plain; format=flowed; charset="utf-8"'}, "text/plain"),
        ({"Content-Type": "text/plain; charset=ISO-8859-1"}, "text/plain"),
    ],
)
def test_formats(company: Access, headers: dict[str, str], media_type: str) -> None:
    reply = send(company.url, f"/{company.uuid}/hola", {"X-Token": company.token, **headers})
    assert (reply.status, reply.media_type) == (200, media_type)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Content-Type": ""},
        {"Content-Type": "application/x-www-form-urlencoded"},
        {"Content-Type": "multipart/form-data; boundary=x"},
        {"Content-Type": "text/html"},
        {"Content-Type": "text/json"},
        {"Content-Type": "application/json; charset=utf-16"},
        {"X-Formato": ""},
        {"X-Formato": "xml", "Content-Type": "application/json"},
        {"X-Formato": "text/plain"},
    ],
)
def test_unknown_or_missing_format_is_406_in_json(company: Access, headers: dict[str, str]) -> None:
    for token in (company.token, "f" * 64):  # the format is told of before the token is looked at
        reply = send(company.url, f"/{company.uuid}/hola", {"X-Token": token, **headers}, b"[]")
        assert reply.media_type == "application/json"
        check_error(reply, 406, "FORMATO_NO_SOPORTADO")


def test_authorization(house: House, company: Access) -> None:
    def call(uuid: str, headers: dict[str, str]) -> Reply:
        return send(company.url, f"/{uuid}/hola", {"Content-Type": "application/json", **headers}, b"[]")

    for good in (
        {"X-Token": company.token},
        {"Authorization": f"Bearer {company.token}"},
        {"Authorization": f"bearer  {company.token}"},
    ):
        assert call(company.uuid, good).status == 200
    wrong = company.token[:-1] + ("0" if company.token[-1] != "0" else "1")
    refusals = [
        call(company.uuid, {}),
        call(company.uuid, {"X-Token": ""}),
        call(company.uuid, {"X-Token": wrong}),
        call(company.uuid, {"X-Token": "ñ".encode().decode("latin-1")}),
        call(company.uuid, {"Authorization": company.token}),
        call(company.uuid, {"Authorization": f"Basic {company.token}"}),
        call(company.uuid, {"Authorization": f"Bearer {wrong}"}),
        call(UNKNOWN_UUID, {"X-Token": company.token}),
        call("no-es-un-uuid", {"X-Token": company.token}),
        # the token of one company opens no other
        call(house.other.uuid, {"X-Token": company.token}),
        call(company.uuid, {"Authorization": f"Bearer {house.other.token}"}),
    ]
    for reply in refusals:
        check_error(reply, 403, "NO_AUTORIZADO")
    assert len({reply.body for reply in refusals}) == 1, "a wrong UUID and a wrong token look different"


def test_a_stranger_learns_of_no_command(company: Access) -> None:
    for command in ("hola", "emitir", "nada"):
        headers = {"Content-Type": "application/json", "X-Token": "0" * 64}
        check_error(send(company.url, f"/{company.uuid}/{command}", headers, b"{"), 403, "NO_AUTORIZADO")


@pytest.mark.parametrize(
    ("command", "suggestion"),
    [
        ("emiti", "emitir"),
        ("emitirr", "emitir"),
        ("holla", "hola"),
        ("borrar", ""),
        ("emitir/otra", "emitir"),
        ("", ""),
        ("%00", ""),
        ("../hola", "hola"),
    ],
)
def test_unknown_command(company: Access, command: str, suggestion: str) -> None:
    reply = company.generation_3(command, b"{}")
    check_error(reply, 400, "COMANDO_DESCONOCIDO")
    assert reply.properties["errores"][0]["sugerencia"] == suggestion
    assert ("¿Quiso decir" in reply.properties["descripcion_error"]) is bool(suggestion)


def test_no_uuid_at_all(company: Access) -> None:
    for target in ("/", "/v1", "/emitir", "/v1/emitir", "/docs"):
        reply = send(company.url, target, {"Content-Type": "application/json"}, b"{}")
        check_error(reply, 400, "COMANDO_DESCONOCIDO")
        assert "BASE/UUID/COMANDO" in reply.properties["descripcion_error"]


@pytest.mark.parametrize(
    "method", ["GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "BREW"]
)
def test_other_methods_on_commands(company: Access, method: str) -> None:
    for target in (f"/{company.uuid}/hola", f"/v1/{company.uuid}/nada", f"/{company.uuid}"):
        reply = send(company.url, target, {"X-Token": company.token}, method=method)
        assert reply.status == 400
        if method != "HEAD":
            check_error(reply, 400, "METODO_NO_SOPORTADO")


def test_other_methods_answer_in_the_format_of_the_request(company: Access) -> None:
    reply = send(company.url, f"/{company.uuid}/hola", {"X-Formato": "texto"}, b"x", method="PUT")
    assert reply.body.startswith(b"estado: error\ncodigo_error: METODO_NO_SOPORTADO\n")


def test_malformed_body_by_generation(company: Access) -> None:
    first = company.generation_1("hola", b'{"a":')
    assert (first.status, first.headers["content-type"]) == (500, "text/plain; charset=utf-8")
    assert first.body.decode() == "El JSON no es válido en la línea 1, columna 6: falta un valor."
    latin = company.generation_1("hola", b"a: \xd1", "texto")
    assert (latin.status, latin.media_type) == (500, "text/plain")
    assert b"UTF-8" in latin.body
    for later in (company.generation_2("hola", b'{"a":'), company.generation_3("hola", b'{"a":')):
        check_error(later, 400, "CUERPO_ILEGIBLE")
        assert later.media_type == "application/json"
    check_error(company.generation_3("hola", b"a: \xd1", "text/plain"), 400, "CUERPO_ILEGIBLE")


def test_what_can_be_read_but_is_wrong_is_a_400_for_everybody(company: Access) -> None:
    check_error(company.generation_1("hola", b'{"a":1,"a":2}'), 400, "PROPIEDAD_REPETIDA")
    check_error(company.generation_1("hola", b"una linea sin dos puntos", "texto"), 400, "FORMATO_INVALIDO")


def test_a_body_over_a_mebibyte_comes_with_expect(company: Access) -> None:
    body = json.dumps({"observaciones": "x" * 1_200_000}).encode()
    head = (
        f"POST /{company.uuid}/emitir HTTP/1.1\r\nHost: x\r\nAccept: */*\r\nX-Token: {company.token}\r\n"
        f"X-Formato: json\r\nContent-Length: {len(body)}\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\nExpect: 100-continue\r\n\r\n"
    )
    with connect(company.url) as sock:
        sock.sendall(head.encode())
        assert sock.recv(1000) == b"HTTP/1.1 100 Continue\r\n\r\n"
        sock.sendall(body)
        reply = read_reply(sock)
    assert reply.status == 400
    assert ("FORMATO_INVALIDO", "observaciones") in reply.paths


def test_who_may_not_come_in_is_not_asked_for_the_body(company: Access) -> None:
    head = (
        f"POST /{company.uuid}/emitir HTTP/1.1\r\nHost: x\r\nX-Token: {'0' * 64}\r\nX-Formato: json\r\n"
        "Content-Length: 5000000\r\nExpect: 100-continue\r\n\r\n"
    )
    with connect(company.url) as sock:
        sock.sendall(head.encode())
        check_error(read_reply(sock), 403, "NO_AUTORIZADO")


@pytest.mark.parametrize("chunked", [False, True])
def test_too_large_a_body_is_a_400_that_arrives(company: Access, chunked: bool) -> None:
    size = 12 * 1024 * 1024
    length = "Transfer-Encoding: chunked" if chunked else f"Content-Length: {size}"
    head = f"POST /{company.uuid}/hola HTTP/1.1\r\nHost: x\r\nX-Token: {company.token}\r\nX-Formato: json\r\n{length}\r\n\r\n"
    with connect(company.url) as sock:
        sock.sendall(head.encode())
        piece = b" " * 65536
        for _ in range(size // len(piece)):
            sock.sendall(b"%x\r\n%b\r\n" % (len(piece), piece) if chunked else piece)
        if chunked:
            sock.sendall(b"0\r\n\r\n")
        reply = read_reply(sock)
    check_error(reply, 400, "SOLICITUD_MUY_GRANDE")
    assert "10 MiB" in reply.properties["descripcion_error"]


def test_language(company: Access) -> None:
    def said(language: str) -> str:
        headers = {"Content-Type": "application/json", "X-Token": "0" * 64, "Accept-Language": language}
        return str(send(company.url, f"/{company.uuid}/hola", headers).properties["descripcion_error"])

    spanish = "El UUID o el token no es correcto."
    for language in ("es", "es-PE,en;q=0.8", "*", "fr", "", "en;q=0", "en;q=x", "en;q=0.2, es"):
        assert said(language) == spanish
    for language in ("en", "en-US,es;q=0.9", "fr, en;q=0.5", "es;q=0.1,en;q=0.2"):
        assert said(language) not in (spanish, "")


def test_request_ids(company: Access) -> None:
    def id_of(**headers: str) -> str:
        known = {"Content-Type": "application/json", "X-Token": company.token}
        return send(company.url, f"/{company.uuid}/hola", {**known, **headers}).headers["x-solicitud"]

    assert re.fullmatch("[0-9a-f]{16}", id_of())
    assert id_of() != id_of()
    assert id_of(**{"X-Request-Id": "mi-sistema.42"}) == "mi-sistema.42"
    for hostile in ("a b", "x" * 65, '"<script>'):
        assert id_of(**{"X-Request-Id": hostile}) != hostile


def test_two_calls_on_one_connection(company: Access) -> None:
    head = (
        f"POST /{company.uuid}/hola HTTP/1.1\r\nHost: x\r\nX-Token: {company.token}\r\n"
        "X-Formato: json\r\nContent-Length: 2\r\n\r\n[]"
    )
    with connect(company.url) as sock:
        for _ in range(2):
            sock.sendall(head.encode())
            assert read_reply(sock).status == 200


def test_hola_takes_no_properties(company: Access) -> None:
    reply = company.generation_3("hola", b'{"a":1,"b":2}')
    check_error(reply, 400, "PROPIEDAD_DESCONOCIDA")
    assert [path for _, path in reply.paths] == ["a", "b"]


def test_the_log_tells_no_secret(house: House, company: Access) -> None:
    company.generation_3("hola", b'{"secreto":"nadie-debe-leer-esto"}')
    log = house.log
    assert '"route": "command"' in log
    assert company.uuid in log
    for secret in (company.token, "nadie-debe-leer-esto", "clave-sol-muy-secreta", "clave del p12"):
        assert secret not in log


def test_nothing_but_understood_codes(company: Access) -> None:
    odd = [
        "/{u}/hola?x=1",
        "/{u}/%2e%2e/hola",
        "/v1/v1/{u}/hola",
        "/{u}/\xf1",
        "/{u}/" + "x" * 3000,
        "/v2/{u}/hola",
    ]
    for target in odd:
        headers = {"X-Token": company.token, "X-Formato": "json"}
        assert send(company.url, target.format(u=company.uuid), headers, b"[]").status in UNDERSTOOD
