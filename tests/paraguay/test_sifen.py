"""SIFEN over HTTP on loopback: what is sent, to the byte, and what each answer means. Texts as SIFEN really wrote them."""

from __future__ import annotations

import base64
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from emitir.country import Submission
from emitir.engine.storage.rows import outcome
from emitir.engine.work.verdicts import may_have_arrived
from emitir.errors import EmitirError
from emitir.paraguay.country import COUNTRY
from emitir.paraguay.sifen import answers
from emitir.paraguay.sifen.authority import SifenAuthority, connect, sifen_of
from emitir.paraguay.sifen.endpoints import PATHS, SANDBOX_VARIABLE, base_of
from emitir.paraguay.sifen.services import new_id, pack
from emitir.signing.keys import LocalSigner
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
)
from emitir.xml import DECLARATION

from .oracles import schema, verified_by_xmlsec1
from .wire import Said, Server, Wire
from .words import KNOWN_RUC, NOT_THERE, judged, lote, queued, stored

SYNC, LOTE = PATHS["recibe"], PATHS["recibe-lote"]
ASK_LOTE, ASK, ASK_RUC = PATHS["consulta-lote"], PATHS["consulta"], PATHS["consulta-ruc"]
QUICK = Limits(connect=2, read=0.5, total=2)


@pytest.fixture
def wire() -> Iterator[Wire]:
    with Server() as running:
        yield running


def reached(wire: Wire, company: dict[str, Any], signer: LocalSigner, **more: Any) -> SifenAuthority:
    there = company | {"ambiente": "sandbox", "endpoints": {"sifen": wire.url}} | more
    return connect(there, signer, QUICK)


@pytest.fixture
def sifen(wire: Wire, company: dict[str, Any], signer: LocalSigner) -> SifenAuthority:
    return reached(wire, company, signer)


def ticketed(submission: Submission, ticket: str) -> Submission:
    number = (submission.codigo_documento, submission.tipo, submission.serie, submission.numero)
    return Submission(*number, submission.xml, submission.valor_resumen, ticket)


def test_what_is_sent(sifen: SifenAuthority, wire: Wire, submission: Submission, tmp_path: Path) -> None:
    wire.say(SYNC, Said(judged(submission.codigo_documento, "Aprobado", ("0260", "Autorizaci&#243;n"))))
    verdict = sifen.submit(submission)
    assert isinstance(verdict, Accepted)
    assert (verdict.code, verdict.description) == ("0260", "Autorización")
    assert verdict.cdr is not None
    assert b"50219661" in verdict.cdr
    ((path, body, content_type),) = wire.received
    assert path == SYNC
    assert content_type.startswith("application/soap+xml")
    assert body.startswith(b'<?xml version="1.0" encoding="UTF-8"?>')
    assert body.count(b"<?xml") == 1
    assert submission.xml[len(DECLARATION) :] in body
    file = tmp_path / "request.xml"
    file.write_bytes(body)
    assert verified_by_xmlsec1(file)


APPROVED_WITH = (("1005", "Transmisión extemporánea del DE"),)
REJECTED = (("1309", "TEST - Dígito Verificador del RUC del receptor incorrecto"), ("1802", "Unidad"))


@pytest.mark.parametrize(
    ("said", "kind", "code"),
    [
        (Said("Aprobado con observación"), Observed, "1005"),
        (Said("Rechazado"), Rejected, "1309"),
        (Said("Rechazado", status=400, content_type="text/html"), Rejected, "1309"),
    ],
)
def test_judged(
    said: Said, kind: type, code: str, sifen: SifenAuthority, wire: Wire, submission: Submission
) -> None:
    codes = APPROVED_WITH if said.body.startswith("Aprobado") else REJECTED
    said.body = judged(submission.codigo_documento, said.body, *codes)
    wire.say(SYNC, said)
    verdict = sifen.submit(submission)
    assert isinstance(verdict, kind)
    assert getattr(verdict, "code", "") == code
    if isinstance(verdict, Rejected):
        assert verdict.frees
        assert verdict.description == "Dígito Verificador del RUC del receptor incorrecto; 1802 Unidad"


@pytest.mark.parametrize(
    ("code", "text", "kind"),
    [
        ("0160", "XML Mal Formado.", NoVerdict),
        ("0160", "TEST - XML Mal Formado.", NoVerdict),
        ("0160", "XML malformado: [El valor del elemento: dNumCas es invalido]", Rejected),
        ("0100", "Error Inesperado", NoVerdict),
        ("0161", "Servicio paralizado", NoVerdict),
        ("0162", "Servicio paralizado", NoVerdict),
        ("1001", "CDC duplicado", AlreadyRegistered),
        ("1002", "Documento electrónico duplicado", Rejected),
        ("0141", "Valor de la firma", Rejected),
    ],
)
def test_refused(
    code: str, text: str, kind: type, sifen: SifenAuthority, wire: Wire, submission: Submission
) -> None:
    wire.say(SYNC, Said(judged("", "Rechazado", (code, text))))
    assert isinstance(sifen.submit(submission), kind)
    assert len(wire.received) == 1


def test_a_clock_that_is_ahead_is_tried_again(
    sifen: SifenAuthority, wire: Wire, submission: Submission
) -> None:
    wire.say(SYNC, Said(judged("", "Rechazado", ("1004", "Firma adelantada"))))
    verdict = sifen.submit(submission)
    assert isinstance(verdict, NotReceived)
    assert verdict.retryable


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        (Said(raw=b""), "empty"),
        (Said(raw=b"<html><title>BIG-IP logout page</title></html>", content_type="text/html"), "html"),
        (Said(raw=b"nada"), "garbled"),
        (Said("<x/>"), "garbled"),
        (Said(raw=b"", status=500), "http"),
        (Said(wait=1.0), "timeout"),
        (Said(drop=True), "empty"),
        (Said(raw=b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'), "garbled"),
    ],
)
def test_uncertain(
    said: Said, reason: str, sifen: SifenAuthority, wire: Wire, submission: Submission
) -> None:
    wire.say(SYNC, said)
    verdict = sifen.submit(submission)
    assert isinstance(verdict, NoVerdict)
    assert verdict.reason == reason
    assert len(wire.received) == 1


def test_not_reached(company: dict[str, Any], signer: LocalSigner, submission: Submission) -> None:
    there = company | {"ambiente": "sandbox", "endpoints": {"sifen": "http://127.0.0.1:9"}}
    verdict = connect(there, signer, QUICK).submit(submission)
    assert isinstance(verdict, NoVerdict)
    assert verdict.reason == "unreachable"


def test_answer_for_another_document(sifen: SifenAuthority, wire: Wire, submission: Submission) -> None:
    other = submission.codigo_documento[:-1] + "X"
    for estado in ("Aprobado", "Rechazado"):
        wire.say(SYNC, Said(judged(other, estado, ("0260", "x"))))
        assert isinstance(sifen.submit(submission), NoVerdict)


def test_asked(sifen: SifenAuthority, wire: Wire, submission: Submission) -> None:
    document = submission.xml[len(DECLARATION) :].decode()
    wire.say(
        ASK,
        Said(NOT_THERE),
        Said(stored(document)),
        Said(stored(document.replace("<DigestValue>", "<DigestValue>A"))),
    )
    assert isinstance(sifen.ask(submission), Unknown)
    verdict = sifen.ask(submission)
    assert isinstance(verdict, Accepted)
    assert verdict.cdr == document.encode()
    assert isinstance(sifen.ask(submission), Rejected)
    assert all(f"<dCDC>{submission.codigo_documento}</dCDC>".encode() in body for body in wire.calls(ASK))


def test_events_of_a_stored_document(
    wire: Wire, company: dict[str, Any], signer: LocalSigner, submission: Submission
) -> None:
    event = '<rGesEve xmlns="http://ekuatia.set.gov.py/sifen/xsd"><rEve Id="1"></rEve></rGesEve>'
    wire.say(ASK, Said(stored(submission.xml[len(DECLARATION) :].decode(), event, event)))
    found = sifen_of(company | {"ambiente": "sandbox", "endpoints": {"sifen": wire.url}}, signer).consulta(
        "x"
    )
    assert isinstance(found, answers.Found)
    assert found.events == (event, event)
    assert found.protocolo == "50219661"
    assert found.document.encode() == submission.xml[len(DECLARATION) :]


def test_lote(wire: Wire, company: dict[str, Any], signer: LocalSigner, submission: Submission) -> None:
    sifen = reached(wire, company, signer, envio="lote")
    wire.say(LOTE, Said(queued("0300", "12345678901234567")))
    assert sifen.submit(submission) == InProcess("12345678901234567")
    packed = re.search(rb"<xDE>([^<]+)</xDE>", wire.received[0][1])
    assert packed
    with zipfile.ZipFile(io.BytesIO(base64.b64decode(packed[1]))) as archive:
        (name,) = archive.namelist()
        inside = archive.read(name)
    assert inside == b"<rLoteDE>" + submission.xml[len(DECLARATION) :] + b"</rLoteDE>"
    waiting = ticketed(submission, "12345678901234567")
    cdc = submission.codigo_documento
    wire.say(ASK, Said(NOT_THERE))
    for said, kind in (
        (lote("0361"), InProcess),
        (lote("0362", cdc), Accepted),
        (lote("0362", cdc, "Rechazado", "1309"), Rejected),
        (lote("0360"), Unknown),
        (lote("0364"), Unknown),
        (lote("0362", "otro"), Unknown),
    ):
        wire.say(ASK_LOTE, Said(said))
        assert isinstance(sifen.ask(waiting), kind), said


@pytest.mark.parametrize("code", ["0301", "0302"])
def test_lote_that_is_not_queued(
    code: str, wire: Wire, company: dict[str, Any], signer: LocalSigner, submission: Submission
) -> None:
    """A repeated sending is told so too: it may have arrived, and is asked for before it goes again."""
    wire.say(LOTE, Said(queued(code)))
    verdict = reached(wire, company, signer, envio="lote").submit(submission)
    assert isinstance(verdict, NotReceived)
    assert verdict.retryable
    assert may_have_arrived([outcome(verdict)[0]])


@pytest.mark.parametrize(("ambiente", "seconds"), [("test", 600.0), ("sandbox", 1.0)])
def test_lotes_are_asked_for_every_ten_minutes(
    ambiente: str,
    seconds: float,
    wire: Wire,
    company: dict[str, Any],
    signer: LocalSigner,
    submission: Submission,
) -> None:
    wire.say(LOTE, Said(queued("0300", "7")))
    wire.say(ASK_LOTE, Said(lote("0361")))
    sifen = reached(wire, company, signer, envio="lote", ambiente=ambiente)
    for verdict in (sifen.submit(submission), sifen.ask(ticketed(submission, "7"))):
        assert isinstance(verdict, InProcess)
        assert verdict.seconds == seconds


def test_a_ruc_without_the_synchronous_service(
    sifen: SifenAuthority, wire: Wire, submission: Submission
) -> None:
    """Told so, the engine sends in lotes from then on (tests/paraguay_life)."""
    wire.say(SYNC, Said(judged("", "Rechazado", ("1264", "RUC no habilitado"))))
    verdict = sifen.submit(submission)
    assert isinstance(verdict, Rejected)
    assert COUNTRY.demands_lote(verdict.code)
    assert not COUNTRY.demands_lote("1309")


def test_a_document_too_large_for_the_synchronous_service(
    sifen: SifenAuthority, wire: Wire, submission: Submission
) -> None:
    wire.say(LOTE, Said(queued("0300", "7")))
    number = (submission.codigo_documento, submission.tipo, submission.serie, submission.numero)
    large = Submission(*number, submission.xml.replace(b"<dVerFor>", b"<dVerFor>" + b" " * 999_000), "")
    assert sifen.submit(large) == InProcess("7")


def test_ping(sifen: SifenAuthority, wire: Wire) -> None:
    wire.say(ASK_RUC, Said(KNOWN_RUC), Said(judged("", "Rechazado", ("0183", "RUC del certificado"))))
    verdict = sifen.ping()
    assert isinstance(verdict, Accepted)
    assert "EMPRESA DE PRUEBA S.A." in verdict.description
    assert b"<dRUCCons>80000000</dRUCCons>" in wire.received[0][1]
    assert isinstance(sifen.ping(), NotReceived)


def test_messages_are_valid(
    wire: Wire, company: dict[str, Any], signer: LocalSigner, submission: Submission
) -> None:
    """Every request against the DNIT's schema of its service."""
    from lxml import etree

    there = sifen_of(company | {"ambiente": "sandbox", "endpoints": {"sifen": wire.url}}, signer)
    for path in PATHS.values():
        wire.say(path, Said(raw=b""))
    there.recibe_lote([submission.xml])
    there.consulta_lote("12345678901234567")
    there.consulta_lote(cdc=submission.codigo_documento)
    there.consulta(submission.codigo_documento)
    there.consulta_ruc("80000000")
    names = {
        LOTE: "WS_SiRecepLoteDE_v141.xsd",
        ASK_LOTE: "WS_SiConsLote_v141.xsd",
        ASK: "WS_SiConsDE_v141.xsd",
        ASK_RUC: "WS_SiConsRUC_v141.xsd",
    }
    for path, body, _ in wire.received:
        message = etree.fromstring(body)[1][0]
        rules = schema(names[path])
        alone = etree.fromstring(etree.tostring(message))
        assert rules.validate(alone), (path, rules.error_log.last_error)


def test_ids_and_lotes() -> None:
    assert all(1 <= len(new_id()) <= 15 and new_id().isdigit() for _ in range(100))
    assert pack([b"<?xml?><rDE>1</rDE>"]) == pack([b"<rDE>1</rDE>"])


@pytest.mark.parametrize(
    ("company_", "path"),
    [
        ({"ambiente": "beta"}, "ambiente"),
        ({"ambiente": "test", "endpoints": {"sifen": "http://sifen.example"}}, "endpoints-sifen"),
        ({"ambiente": "test", "endpoints": {"sifen": "https://sifen.set.gov.py"}}, "endpoints-sifen"),
        ({"ambiente": "test", "endpoints": {"sifen": "https://a:b@sifen.example"}}, "endpoints-sifen"),
        ({"ambiente": "test", "endpoints": {"sifen": "ftp://x"}}, "endpoints-sifen"),
    ],
)
def test_addresses_that_are_refused(company_: dict[str, Any], path: str) -> None:
    with pytest.raises(EmitirError) as caught:
        base_of(company_)
    assert [problem.path for problem in caught.value.problems] == [path]


def test_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SANDBOX_VARIABLE, "http://127.0.0.1:1234/")
    assert base_of({}) == "http://127.0.0.1:1234"
    assert base_of({"ambiente": "test"}) == "https://sifen-test.set.gov.py"
    assert base_of({"ambiente": "produccion"}) == "https://sifen.set.gov.py"
