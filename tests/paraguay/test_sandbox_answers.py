"""The sandbox SIFEN says what SIFEN says, element by element: against answers as the test environment gave them."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any

import pytest
import requests
from lxml import etree

from emitir.country import Submission
from emitir.paraguay.eventos.prepare import prepare_evento
from emitir.paraguay.eventos.write import message, sign
from emitir.paraguay.sifen.answers import Found
from emitir.paraguay.sifen.endpoints import PATHS
from emitir.paraguay.sifen.services import Sifen
from emitir.sandbox.server import SandboxServer
from emitir.signing.keys import LocalSigner
from emitir.xml import DECLARATION

from .bad import F
from .conftest import NOW
from .sandboxed import submission

#: Paths of the elements of real answers (2026-10-09), in their order, under the Body.
APPROVED = [
    "rRetEnviDe",
    "rRetEnviDe/rProtDe",
    "rProtDe/Id",
    "rProtDe/dFecProc",
    "rProtDe/dDigVal",
    "rProtDe/dEstRes",
    "rProtDe/dProtAut",
    "rProtDe/gResProc",
    "gResProc/dCodRes",
    "gResProc/dMsgRes",
]
GENERIC = [
    "rRetEnviDe",
    "rRetEnviDe/rProtDe",
    "rProtDe/dFecProc",
    "rProtDe/dEstRes",
    "rProtDe/gResProc",
    "gResProc/dCodRes",
    "gResProc/dMsgRes",
]
EVENT = [
    "rRetEnviEventoDe",
    "rRetEnviEventoDe/dFecProc",
    "rRetEnviEventoDe/gResProcEVe",
    "gResProcEVe/dEstRes",
    "gResProcEVe/dProtAut",
    "gResProcEVe/id",
    "gResProcEVe/gResProc",
    "gResProc/dCodRes",
    "gResProc/dMsgRes",
]
RUC = [
    "rResEnviConsRUC",
    "rResEnviConsRUC/dCodRes",
    "rResEnviConsRUC/dMsgRes",
    "rResEnviConsRUC/xContRUC",
    "xContRUC/dRUCCons",
    "xContRUC/dRazCons",
    "xContRUC/dCodEstCons",
    "xContRUC/dDesEstCons",
    "xContRUC/dRUCFactElec",
]
FOUND = [
    "rEnviConsDeResponse",
    "rEnviConsDeResponse/dFecProc",
    "rEnviConsDeResponse/dCodRes",
    "rEnviConsDeResponse/dMsgRes",
    "rEnviConsDeResponse/xContenDE",
]


def post(server: SandboxServer, service: str, element: str, inside: str) -> bytes:
    body = (
        '<?xml version="1.0" encoding="UTF-8"?><env:Envelope xmlns:env="http://www.w3.org/2003/05/soap-envelope">'
        f'<env:Header/><env:Body><{element} xmlns="http://ekuatia.set.gov.py/sifen/xsd"><dId>1</dId>{inside}'
        f"</{element}></env:Body></env:Envelope>"
    )
    answer = requests.post(f"{server.url}{PATHS[service]}", data=body.encode(), timeout=10)
    assert answer.status_code == 200
    return answer.content


def shape(answer: bytes) -> Iterator[str]:
    """``parent/name`` of every element under the Body."""
    body = etree.fromstring(answer)[1]
    for node in body.iterdescendants():
        parent = node.getparent()
        name = etree.QName(node).localname
        yield name if parent is body or parent is None else f"{etree.QName(parent).localname}/{name}"


def text(answer: bytes, name: str) -> str:
    return etree.fromstring(answer).findtext(f".//{{*}}{name}") or ""


@pytest.fixture
def sent(there: dict[str, Any], signer: LocalSigner) -> Submission:
    return submission(F, there, signer)


def test_approved_and_refused(server: SandboxServer, sent: Submission) -> None:
    document = f"<xDE>{sent.xml[len(DECLARATION) :].decode()}</xDE>"
    answer = post(server, "recibe", "rEnviDe", document)
    assert list(shape(answer)) == APPROVED
    assert text(answer, "dDigVal") == sent.valor_resumen
    assert text(answer, "dMsgRes") == "Autorización del DE satisfactoria"
    assert b"Autorizaci&#243;n" in answer
    again = post(server, "recibe", "rEnviDe", document)
    assert text(again, "dCodRes") == "1001"
    assert text(again, "dMsgRes").startswith("TEST - ")


def test_what_names_nothing(server: SandboxServer) -> None:
    answer = post(server, "recibe", "rEnviDe", "<xDE/>")
    assert list(shape(answer)) == GENERIC
    assert text(answer, "dMsgRes") == "XML Mal Formado."


def test_prefixes_of_the_envelope_are_no_excuse(server: SandboxServer) -> None:
    document = '<xDE xmlns:p="urn:p"><rDE xmlns="http://ekuatia.set.gov.py/sifen/xsd"><p:a/></rDE></xDE>'
    assert text(post(server, "recibe", "rEnviDe", document), "dCodRes") == "0160"


def test_too_large_for_the_synchronous_service(server: SandboxServer) -> None:
    document = f"<xDE><rDE>{'x' * 1_000_000}</rDE></xDE>"
    assert text(post(server, "recibe", "rEnviDe", document), "dCodRes") == "0200"


def test_events_and_consultas(
    server: SandboxServer, sent: Submission, there: dict[str, Any], signer: LocalSigner, sifen: Sifen
) -> None:
    post(server, "recibe", "rEnviDe", f"<xDE>{sent.xml[len(DECLARATION) :].decode()}</xDE>")
    cancel = {"evento": "cancelacion", "cdc": sent.codigo_documento, "motivo": "Prueba"}
    group = message([sign(prepare_evento(cancel, there, NOW), signer)])
    answer = post(server, "evento", "rEnviEventoDe", f"<dEvReg>{group}</dEvReg>")
    assert list(shape(answer)) == EVENT
    assert text(answer, "dMsgRes") == "Evento registrado correctamente"
    found = post(server, "consulta", "rEnviConsDeRequest", f"<dCDC>{sent.codigo_documento}</dCDC>")
    assert list(shape(found)) == FOUND
    inside = text(found, "xContenDE")
    for part in (
        "<dProtAut>",
        "<xContEv>",
        "<rContEv>",
        "<xEvento>",
        '<?xml version="1.0" encoding="UTF-8"?><rGesEve',
        "<rResEnviEventoDe>",
        "<rRetEnviEventoDe>",
        "<dMsgRes>Se encontro el evento</dMsgRes>",
    ):
        assert part in inside
    read = sifen.consulta(sent.codigo_documento)
    assert isinstance(read, Found)
    assert len(read.events) == 1
    assert read.document.encode() == sent.xml[len(DECLARATION) :]
    known = post(server, "consulta-ruc", "rEnviConsRUC", "<dRUCCons>80000000</dRUCCons>")
    assert list(shape(known)) == RUC


@pytest.mark.parametrize("where", [b"\x02\x82\x01\x01", b"\x55\x04\x03"])
def test_a_certificate_broken_inside(
    where: bytes, server: SandboxServer, sent: Submission, signer: LocalSigner
) -> None:
    """One whose key, or whose subject, cannot be read: refused, and no trouble of the server's."""
    der = bytearray(signer.certificate_der)
    at = der.index(where)
    der[at + 2 : at + 5] = b"\x7f\xff\x7f"
    own, broken = (base64.b64encode(one).decode() for one in (signer.certificate_der, bytes(der)))
    document = sent.xml[len(DECLARATION) :].decode().replace(own, broken)
    assert text(post(server, "recibe", "rEnviDe", f"<xDE>{document}</xDE>"), "dCodRes") == "0141"
