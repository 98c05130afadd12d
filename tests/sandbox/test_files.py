"""Credentials, zips, names, XML: what is not even received (0101 to 0161, 0302, 0306)."""

from __future__ import annotations

import base64
import importlib.util
import io
import zipfile

import pytest
import requests

from tests.sandbox.factory import BILL, RUC, Client, Invoice, boleta, envelope, read_answer, zipped

GOOD = Invoice()


def call(sunat: Client, file_name: str, data: bytes) -> str:
    answer = sunat.call(BILL, "sendBill", fileName=file_name, contentFile=base64.b64encode(data).decode())
    assert answer.fault
    assert answer.http.status_code == 500
    return answer.code


def several(*names: str, content: bytes = b"<a/>") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("code", "user", "password"),
    [
        ("0101", "", ""),
        ("0106", "MODDATOS", "x"),
        ("0106", RUC, "x"),
        ("0102", f"{RUC}MODDATOS", "incorrecta"),
        ("0102", f"{RUC}MODDATOS", ""),
        ("0103", f"{RUC}NOEXISTE", "x"),
        ("0105", f"{RUC}INACTIVO", "x"),
        ("0111", f"{RUC}SINPERFIL", "x"),
        ("0112", f"{RUC}PRINCIPAL", "x"),
        ("0113", f"{RUC}SINAFILIAR", "x"),
        ("0154", "20000000001MODDATOS", "x"),
    ],
)
def test_credentials(sunat: Client, code: str, user: str, password: str) -> None:
    answer = Client(sunat.url, user=user, password=password).send_invoice(GOOD)
    assert (answer.fault, answer.code) == (True, code)
    assert sunat.control("GET", f"documents/{GOOD.name}")["registered"] is None
    assert not password or password == "x" or password not in str(sunat.control("GET", "log"))


def test_no_security_header(sunat: Client) -> None:
    body = envelope("sendBill", {"fileName": "x.zip"}, "u", "p")
    start, end = body.index(b"<wsse:Security>"), body.index(b"</wsse:Security>") + len(b"</wsse:Security>")
    response = requests.post(sunat.url + BILL, data=body[:start] + body[end:], timeout=10)
    assert read_answer(response).code == "0101"


@pytest.mark.parametrize(
    "name",
    ["", "factura.zip", f"{GOOD.name}.rar", GOOD.name, f"3{GOOD.name[1:]}.zip", f"{RUC}-01-F001-123456789.zip",
     f"{RUC}-01-f001-1.zip", f"{RUC}-RA-2026-1.zip"],
)  # fmt: skip
def test_name_of_the_zip(sunat: Client, name: str) -> None:
    assert call(sunat, name, zipped(GOOD.name, b"<a/>")) == "0151"


@pytest.mark.parametrize(
    ("code", "data"),
    [
        ("0155", b""),
        ("0156", b"no es un zip"),
        ("0156", zipped(GOOD.name, b"<a/>" * 500)[:-30]),
        ("0157", several()),
        ("0157", several("dummy/")),
        ("0158", several("a.xml", "b.xml")),
        ("0159", several("factura.xml")),
        ("0159", several(f"{GOOD.name}.txt")),
        ("0160", zipped(GOOD.name, b"")),
        ("0161", zipped(f"{RUC}-01-F001-2", b"<a/>")),
        ("0306", zipped(GOOD.name, b"<a")),
        ("0306", zipped(GOOD.name, b"<a/>")),
        ("0306", zipped(GOOD.name, b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')),
    ],
)
def test_zip_and_xml(sunat: Client, code: str, data: bytes) -> None:
    assert call(sunat, f"{GOOD.name}.zip", data) == code


def test_not_base64(sunat: Client) -> None:
    assert sunat.call(BILL, "sendBill", fileName=f"{GOOD.name}.zip", contentFile="¡no!").code == "0156"


def test_zip_bomb(sunat: Client) -> None:
    assert call(sunat, f"{GOOD.name}.zip", zipped(GOOD.name, b" " * (17 * 1024 * 1024))) == "0156"


@pytest.mark.parametrize(
    ("code", "name"),
    [("0152", f"{RUC}-RC-20261121-1"), ("0152", f"{RUC}-RA-20261121-1"), ("0153", f"{RUC}-LT-20261121-1"),
     ("0302", f"{RUC}-99-F001-1")],
)  # fmt: skip
def test_wrong_operation(sunat: Client, code: str, name: str) -> None:
    assert call(sunat, f"{name}.zip", zipped(name, b"<a/>")) == code


@pytest.mark.skipif(importlib.util.find_spec("sunat_py") is None, reason="the UBL schemas are not at hand")
@pytest.mark.parametrize(
    ("before", "after"), [("<cbc:ID>F001-1</cbc:ID>", ""), ("118.00</cbc:Pay", "abc</cbc:Pay")]
)
def test_schema(sunat: Client, before: str, after: str) -> None:
    xml = GOOD.signed().decode()
    assert before in xml
    answer = sunat.send(GOOD.name, xml.replace(before, after, 1).encode())
    assert (answer.fault, answer.code) == (True, "0306")


def test_a_factura_under_the_name_of_a_boleta(sunat: Client) -> None:
    """The name decides the type, and the content has to agree with it."""
    assert sunat.send(boleta().name, GOOD.signed()).code == "1001"


@pytest.mark.parametrize(
    "body", [b"", b"<a/>", b"no es XML", envelope("borrar", {}, "u", "p"),
             b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>']
)  # fmt: skip
def test_what_is_no_soap_gets_a_fault_without_code(sunat: Client, body: bytes) -> None:
    response = requests.post(sunat.url + BILL, data=body, timeout=10)
    answer = read_answer(response)
    assert (answer.fault, response.status_code) == (True, 500)
    assert "Internal Error (from client)" in answer.description
    assert "root:" not in response.text
