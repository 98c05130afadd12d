"""SOAP written and read: both versions, every place a fault can put its code, and hostile answers."""

from __future__ import annotations

import pytest
from lxml import etree

from emitir.soap.client import SoapClient
from emitir.soap.envelope import UsernameToken, Version, headers, read, write
from emitir.soap.exchange import Exchange, Limits
from emitir.soap.outcome import Answer, Body, Failure, Fault
from emitir.soap.reader import UnsafeXmlError, parse
from tests.soap.raw_server import RawServer, answer, hang_up

SOAP11 = "http://schemas.xmlsoap.org/soap/envelope/"
SOAP12 = "http://www.w3.org/2003/05/soap-envelope"


def envelope(body: str, namespace: str = SOAP11) -> str:
    return f'<?xml version="1.0"?><s:Envelope xmlns:s="{namespace}"><s:Body>{body}</s:Body></s:Envelope>'


def said(body: str | bytes, status: int = 200, content_type: str = "text/xml") -> Body | Fault | Failure:
    return read(Answer(status, content_type, body if isinstance(body, bytes) else body.encode()))


@pytest.mark.parametrize(("version", "namespace"), [("1.1", SOAP11), ("1.2", SOAP12)])
def test_request(version: Version, namespace: str) -> None:
    token = UsernameToken("20123456786MODDATOS", "a<b>&\"'ñ")
    root = etree.fromstring(write("<x/>", version, token))
    assert root.tag == f"{{{namespace}}}Envelope"
    names = {etree.QName(e).localname: e for e in root.iter() if isinstance(e.tag, str)}
    assert names["Username"].text == "20123456786MODDATOS"
    assert names["Password"].text == "a<b>&\"'ñ"
    assert names["Password"].get("Type", "").endswith("#PasswordText")
    assert names["x"].getparent() is names["Body"]
    assert "Security" not in etree.tostring(etree.fromstring(write("<x/>", version))).decode()


def test_headers() -> None:
    assert headers("urn:sendBill")["SOAPAction"] == '"urn:sendBill"'
    assert headers("")["SOAPAction"] == '""'
    assert headers("urn:x", "1.2") == {"Content-Type": 'application/soap+xml; charset=utf-8; action="urn:x"'}


def test_body() -> None:
    outcome = said(envelope("<!-- nota --><r><a>1</a></r>"))
    assert isinstance(outcome, Body)
    assert outcome.element.findtext("a") == "1"


@pytest.mark.parametrize("status", [200, 400, 500])
def test_fault_of_any_status(status: int) -> None:
    fault = (
        "<s:Fault><faultcode>soap-env:Client.0151</faultcode><faultstring>El nombre \n es incorrecto</faultstring>"
        "<detail><message>uno</message><x>dos</x></detail></s:Fault>"
    )
    assert said(envelope(fault), status) == Fault(
        "soap-env:Client.0151", "El nombre es incorrecto", "uno dos"
    )


def test_fault_of_soap_12() -> None:
    fault = (
        "<s:Fault><s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value>n:0160</s:Value></s:Subcode></s:Code>"
        '<s:Reason><s:Text xml:lang="es">XML mal formado</s:Text></s:Reason><s:Detail>d</s:Detail></s:Fault>'
    )
    assert said(envelope(fault, SOAP12)) == Fault("n:0160", "XML mal formado", "d")


def test_fault_with_nothing_in_it() -> None:
    assert said(envelope("<s:Fault/>"), 500) == Fault("", "", "")


PAGE = "<!DOCTYPE html><html><head><title> En\n mantenimiento </title></head><body><br></body></html>"


@pytest.mark.parametrize(
    ("body", "status", "expected"),
    [
        ("", 200, Failure("empty", "", 200)),
        (" \r\n", 200, Failure("empty", "", 200)),
        ("", 503, Failure("http", "HTTP 503", 503)),
        ("", 302, Failure("http", "HTTP 302", 302)),
        (PAGE, 200, Failure("html", "En mantenimiento", 200)),
        ("<html><title>X</title></html>", 200, Failure("html", "X", 200)),
        (PAGE, 401, Failure("http", "HTTP 401: En mantenimiento", 401)),
        ("Service Unavailable", 200, Failure("garbled", "XML mal formado", 200)),
        ("<otra/>", 200, Failure("garbled", "no es SOAP", 200)),
        (envelope(""), 200, Failure("garbled", "SOAP sin cuerpo", 200)),
        ('<e:Envelope xmlns:e="x"/>', 200, Failure("garbled", "SOAP sin cuerpo", 200)),
        (envelope("<r/>")[:-9], 200, Failure("garbled", "XML mal formado", 200)),
        (envelope("<r/>"), 500, Failure("http", "HTTP 500", 500)),
        (b"\xff\xfe\x00", 200, Failure("garbled", "XML mal formado", 200)),
    ],
)
def test_what_is_no_answer(body: str | bytes, status: int, expected: Failure) -> None:
    assert said(body, status) == expected


def test_html_by_its_content_type() -> None:
    assert said("Error 404", 200, "text/html; charset=utf-8") == Failure("html", "", 200)


ENTITY = '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    "data",
    [
        f"{ENTITY}<r>&x;</r>".encode(),
        f"<!-- <r> -->{ENTITY}<r>&x;</r>".encode(),
        f'<?xml version="1.0" encoding="UTF-16"?>{ENTITY}<r/>'.encode("utf-16"),
        b'<!DOCTYPE r SYSTEM "http://127.0.0.1:9/x.dtd"><r/>',
        b'<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><r x=\'&b;\'/>',
        b"<r>&x;</r>",
        b"<r>" * 400,
        b"",
        b"\0",
    ],
)
def test_hostile_xml_is_refused(data: bytes) -> None:
    with pytest.raises(UnsafeXmlError) as caught:
        parse(data)
    assert "passwd" not in str(caught.value)


def test_large_xml_is_refused() -> None:
    with pytest.raises(UnsafeXmlError, match="demasiado grande"):
        parse(b"<r>" + b" " * 100 + b"</r>", max_size=50)


def test_a_doctype_inside_a_text_is_only_text() -> None:
    assert parse(b"<r><![CDATA[<!DOCTYPE html>]]></r>").text == "<!DOCTYPE html>"


def test_call_over_http_is_one_sending_without_secrets_in_sight() -> None:
    token = UsernameToken("20123456786MODDATOS", "clave-secreta")
    exchange = Exchange(Limits(read=2))
    with RawServer(answer(envelope("<r/>"))) as server:
        client = SoapClient(f"{server.url}/s", exchange, token=token)
        assert isinstance(client.call("urn:getStatus", "<g/>"), Body)
        server.behaviour = hang_up
        assert client.call("urn:getStatus", "<g/>") == Failure("empty", "RemoteDisconnected")
    assert len(server.requests) == 2
    assert server.requests[0].headers["soapaction"] == '"urn:getStatus"'
    assert b"clave-secreta" in server.requests[0].body
    for shown in (repr(client), repr(token), str(vars(client))):
        assert "clave-secreta" not in shown
