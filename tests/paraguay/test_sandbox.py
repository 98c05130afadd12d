"""The sandbox SIFEN, reached as a company reaches SIFEN: changed bytes refused, faults, events."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import requests

from emitir.country import Submission
from emitir.paraguay.eventos.prepare import prepare_evento
from emitir.paraguay.eventos.write import message, sign
from emitir.paraguay.prepare import prepare
from emitir.paraguay.sifen.answers import Found, Lote, Result
from emitir.paraguay.sifen.authority import SifenAuthority, connect
from emitir.paraguay.sifen.services import Sifen
from emitir.sandbox.server import SandboxServer
from emitir.signing.keys import LocalSigner, load_pkcs12
from emitir.signing.throwaway import throwaway_pkcs12
from emitir.verdict import Accepted, InProcess, NotReceived, NoVerdict, Observed, Rejected, Unknown

from .bad import A, C, F, R, cdc_of
from .conftest import NOW, SECRETS
from .sandboxed import QUICK, changed, fault, numbers, set_clock, submission


def test_the_same_again_and_the_same_number(
    there: dict[str, Any], authority: SifenAuthority, signer: LocalSigner
) -> None:
    first = submission(F, there, signer)
    assert isinstance(authority.ask(first), Unknown)
    assert isinstance(authority.submit(first), Accepted)
    again = authority.submit(first)
    assert getattr(again, "code", "") == "1001"
    other = prepare(F | {"numero": first.numero}, there, NOW)
    signed = other.sign_with(signer, SECRETS)
    verdict = authority.submit(
        Submission(other.codigo_documento, "1", other.serie, other.numero, signed.xml, signed.valor_resumen)
    )
    assert isinstance(verdict, Rejected)
    assert verdict.code == "1002"


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (b"<dDesTiDE>Factura electr", b"<dDesTiDE>factura electr", "0160"),
        (b"<dTotGralOpe>30000", b"<dTotGralOpe>30001", "0141"),
        (b"cHashQR=", b"cHashQR=0", "2501"),
        (b"/consultas-test/qr", b"/consultas/qr", "2502"),
        (b"&amp;cItems=1", b"&amp;cItems=2", "2500"),
        (b"</dCarQR>", b"</dCarQR><dInfAdic>x</dInfAdic>", "2503"),
        (b"<SignatureValue>", b"<SignatureValue>AAAA", "0141"),
    ],
)
def test_changed_bytes_are_noticed(
    old: bytes, new: bytes, code: str, there: dict[str, Any], authority: SifenAuthority, signer: LocalSigner
) -> None:
    verdict = authority.submit(changed(submission(F, there, signer), (old, new)))
    assert isinstance(verdict, Rejected), verdict
    assert verdict.frees
    assert code in verdict.code + verdict.description


def test_dates(
    server: SandboxServer, there: dict[str, Any], authority: SifenAuthority, signer: LocalSigner
) -> None:
    sent = submission(F, there, signer)
    set_clock(server, "2026-11-21T14:59:00+00:00")
    early = authority.submit(sent)
    assert isinstance(early, NotReceived)
    assert (early.code, early.retryable) == ("1004", True)
    set_clock(server, "2026-11-25T15:00:00+00:00")
    late = authority.submit(sent)
    assert isinstance(late, Observed)
    assert late.code == "1005"
    set_clock(server, "2027-01-21T15:00:00+00:00")
    assert getattr(authority.submit(submission(F, there, signer)), "code", "") == "1150"


def test_another_csc_is_noticed(
    there: dict[str, Any], authority: SifenAuthority, signer: LocalSigner
) -> None:
    document = prepare(F | {"numero": next(numbers)}, there, NOW)
    signed = document.sign_with(signer, {"csc": "Z" * 32})
    number = (document.codigo_documento, document.tipo, document.serie, document.numero)
    assert (
        getattr(authority.submit(Submission(*number, signed.xml, signed.valor_resumen)), "code", "") == "2501"
    )


@pytest.mark.parametrize(
    ("kind", "reason", "kept"),
    [
        ("drop_before", "empty", False),
        ("drop_after_commit", "empty", True),
        ("html", "html", False),
        ("empty", "empty", False),
        ("http_500", "http", False),
        ("fault", "fault", False),
    ],
)
def test_faults(
    kind: str,
    reason: str,
    kept: bool,
    server: SandboxServer,
    there: dict[str, Any],
    authority: SifenAuthority,
    signer: LocalSigner,
) -> None:
    fault(server, operation="recibe", fault=kind)
    sent = submission(F, there, signer)
    verdict = authority.submit(sent)
    assert isinstance(verdict, NoVerdict)
    assert verdict.reason == reason
    assert isinstance(authority.ask(sent), Accepted if kept else Unknown)
    log = requests.get(f"{server.url}/_sandbox/log", timeout=5).json()
    assert sent.codigo_documento in json.dumps(log)


def test_lote(
    there: dict[str, Any],
    signer: LocalSigner,
    sifen: Sifen,
    server: SandboxServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    by_lote = connect(there | {"envio": "lote"}, signer, QUICK)
    sent = submission(F, there, signer)
    verdict = by_lote.submit(sent)
    assert isinstance(verdict, InProcess)
    assert len(verdict.ticket) == 17
    waiting = Submission(
        sent.codigo_documento,
        sent.tipo,
        sent.serie,
        sent.numero,
        sent.xml,
        sent.valor_resumen,
        verdict.ticket,
    )
    assert isinstance(by_lote.ask(waiting), InProcess)
    found = sifen.consulta_lote(cdc=sent.codigo_documento)
    assert isinstance(found, Lote)
    assert found.code == "0361"
    set_clock(server, "2026-11-21T15:00:10+00:00")
    assert isinstance(by_lote.ask(waiting), Accepted)
    assert isinstance(by_lote.ask(waiting), Accepted)
    set_clock(server, "2026-11-24T15:00:10+00:00")
    assert isinstance(by_lote.ask(waiting), Accepted)  # too old for its lote: by its CDC


def test_lotes_of_many(
    there: dict[str, Any], signer: LocalSigner, sifen: Sifen, server: SandboxServer
) -> None:
    many = [submission(F, there, signer) for _ in range(3)]
    bad = changed(many[1], (b"<dTotGralOpe>30000", b"<dTotGralOpe>30001"))
    taken = sifen.recibe_lote([many[0].xml, bad.xml, many[2].xml])
    assert isinstance(taken, Lote)
    assert taken.code == "0300"
    set_clock(server, "2026-11-21T15:00:10+00:00")
    done = sifen.consulta_lote(taken.protocolo)
    assert isinstance(done, Lote)
    assert [one.estado for one in done.documents] == ["Aprobado", "Rechazado", "Aprobado"]
    nota = submission(C, there, signer)
    for wrong in ([many[0].xml, nota.xml], [many[0].xml] * 51):
        refused = sifen.recibe_lote(wrong)
        assert isinstance(refused, Lote)
        assert refused.code == "0301"


def happen(
    sifen: Sifen, signer: LocalSigner, there: dict[str, Any], now: datetime = NOW, **event: Any
) -> str:
    """Send an event without any history: the sandbox has to judge it. The code it is answered with."""
    answer = sifen.evento(message([sign(prepare_evento(event, there, now), signer)]))
    assert isinstance(answer, tuple), answer
    (result,) = answer
    assert isinstance(result, Result)
    assert (result.estado == "Aprobado") == (result.code == "0600")
    return result.code


def test_cancelacion(
    there: dict[str, Any], signer: LocalSigner, sifen: Sifen, authority: SifenAuthority
) -> None:
    sent = submission(F, there, signer)
    event: dict[str, Any] = {
        "evento": "cancelacion",
        "cdc": sent.codigo_documento,
        "motivo": "Error & omisión",
    }
    assert happen(sifen, signer, there, **event) == "4002"
    assert isinstance(authority.submit(sent), Accepted)
    assert happen(sifen, signer, there, NOW - timedelta(minutes=1), **event) == "4009"
    assert happen(sifen, signer, there, NOW + timedelta(hours=49), **event) == "4009"
    assert happen(sifen, signer, there, NOW + timedelta(hours=1), **event) == "0600"
    assert happen(sifen, signer, there, NOW + timedelta(hours=1), **event) == "4003"
    found = sifen.consulta(sent.codigo_documento)
    assert isinstance(found, Found)
    assert len(found.events) == 1
    assert "rGeVeCan" in found.events[0]
    assert isinstance(authority.ask(sent), Accepted)


def test_inutilizacion(
    there: dict[str, Any], signer: LocalSigner, sifen: Sifen, authority: SifenAuthority
) -> None:
    sent = submission(F, there, signer)
    authority.submit(sent)
    void: dict[str, Any] = {
        "evento": "inutilizacion",
        "tipo": "f",
        "serie": "001-001",
        "motivo": "Salto de números",
    }
    assert happen(sifen, signer, there, **void, desde=sent.numero, hasta=sent.numero) == "4065"
    number = next(numbers)
    assert happen(sifen, signer, there, **void, desde=number, hasta=number) == "0600"
    assert happen(sifen, signer, there, **void, desde=number, hasta=number) == "4066"
    document = prepare(F | {"numero": number}, there, NOW)
    signed = document.sign_with(signer, SECRETS)
    late = Submission(
        document.codigo_documento, "1", document.serie, number, signed.xml, signed.valor_resumen
    )
    assert getattr(authority.submit(late), "code", "") == "1109"


def test_nominacion_and_transport(
    there: dict[str, Any], signer: LocalSigner, sifen: Sifen, authority: SifenAuthority
) -> None:
    nobody, somebody, trip = (submission(base, there, signer) for base in (F, C, R))
    for sent in (nobody, somebody, trip):
        assert isinstance(authority.submit(sent), Accepted)
    name: dict[str, Any] = {
        "evento": "nominacion",
        "motivo": "A su nombre",
        "tipo_doc": "c",
        "numero_doc": "1234567",
        "razon_social": "María",
    }
    assert happen(sifen, signer, there, **name, cdc=nobody.codigo_documento) == "0600"
    assert happen(sifen, signer, there, **name, cdc=nobody.codigo_documento) == "4453"
    driver: dict[str, Any] = {"evento": "transporte", "chofer": {"nombre": "José Ñu", "numero_doc": "1"}}
    assert happen(sifen, signer, there, **driver, cdc=trip.codigo_documento) == "0600"


def test_event_of_somebody_elses_document(there: dict[str, Any], signer: LocalSigner, sifen: Sifen) -> None:
    disagree: dict[str, Any] = {
        "evento": "disconformidad",
        "cdc": cdc_of("1", "80012345", "0"),
        "motivo": "Otro precio",
    }
    assert happen(sifen, signer, there, **disagree) == "4202"


def test_events_of_the_receiver(there: dict[str, Any], signer: LocalSigner, sifen: Sifen) -> None:
    """45 days for the first, 15 to correct it, none after a desconocimiento (NT-019)."""
    supplier = there | {"ruc": "80012345-0"}
    start, end = datetime(2020, 1, 1, tzinfo=UTC), datetime(2040, 1, 1, tzinfo=UTC)
    own = load_pkcs12(throwaway_pkcs12("RUC80012345-0", "PROVEEDOR", "prueba", start, end), "prueba")
    sold = [submission(F, supplier, own) for _ in range(3)]
    for sent in sold:
        assert isinstance(connect(supplier, own, QUICK).submit(sent), Accepted)
    agree, disagree = {"evento": "conformidad"}, {"evento": "disconformidad", "motivo": "Otro precio"}

    def said(sent: Submission, event: dict[str, Any], days: float) -> str:
        cdc = sent.codigo_documento
        return happen(sifen, signer, there, NOW + timedelta(days=days), **event, cdc=cdc)

    first, second, third = sold
    assert said(first, disagree, 1) == "0600"
    assert said(first, disagree, 2) == "4200"
    assert said(first, agree, 17) == "4157"
    assert said(first, agree, 14) == "0600"
    assert said(second, agree, 46) == "4157"
    partly = agree | {"conformidad": "parcial", "fecha_recepcion": "2026-11-25T08:00:00"}
    assert said(second, partly, 1) == "0600"
    assert said(second, partly, 2) == "4150"
    assert said(second, agree, 3) == "0600"
    assert said(second, disagree, 20) == "4206"
    dates = {"fecha_emision": "2026-11-21T11:00:00", "fecha_recepcion": "2026-11-21T12:00:00"}
    deny = {"evento": "desconocimiento", "motivo": "No compramos nada", **dates}
    assert said(third, deny, 0) == "0600"
    assert said(third, agree, 1) == "4156"


def test_all_five_documents(there: dict[str, Any], signer: LocalSigner, authority: SifenAuthority) -> None:
    for base in (F, A, C, C | {"tipo": "d"}, R):
        assert isinstance(authority.submit(submission(base, there, signer)), Accepted)


def test_ping_and_ruc(authority: SifenAuthority, sifen: Sifen) -> None:
    assert isinstance(authority.ping(), Accepted)
    unknown = sifen.consulta_ruc("9991234")
    assert getattr(unknown, "code", "") == "0500"


def test_messages_that_are_none(server: SandboxServer) -> None:
    for body in (b"", b"nada", b"<?xml version='1.0'?><x/>"):
        answer = requests.post(f"{server.url}/de/ws/sync/recibe.wsdl", data=body, timeout=5)
        assert answer.status_code == 200
        assert b"0160" in answer.content
