"""Lotes: formed by the engine, judged document by document, recovered when an answer is lost."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from emitir.client import EmitirApiError
from emitir.paraguay.country import COUNTRY

from .conftest import SECRETS, Life, factura


def states(life: Life, numbers: range) -> dict[int, str]:
    found = {}
    for number in numbers:
        document = life.engine.comprobante(life.company, "1", "12345678-001-001", number)
        found[number] = document.estado if document else ""
    return found


def until_settled(life: Life, numbers: range, seconds: float = 40) -> dict[int, str]:
    deadline = time.monotonic() + seconds
    while True:
        found = states(life, numbers)
        if {"por_enviar", "enviando", "en_proceso"}.isdisjoint(found.values()):
            return found
        assert time.monotonic() < deadline, found
        time.sleep(0.3)


def test_many_in_one(start: Callable[..., Life]) -> None:
    life = start(envio="lote", lote_espera=4)
    numbers = range(1, 6)
    for number in numbers:
        issued = life.client.emitir(factura(number))
        assert issued.estado_comprobante in ("por_enviar", "enviando"), issued
    assert until_settled(life, numbers) == dict.fromkeys(numbers, "aceptado")
    lotes = life.calls("recibe-lote")
    assert 1 <= len(lotes) <= 2, "together, not one by one"
    assert life.calls("recibe") == []
    issued = life.client.emitir(factura(1))
    assert issued.estado_comprobante == "aceptado"
    assert life.client.descargar(issued.codigo_descarga, "cdr").contenido.count(b"Aprobado") == 1
    # The number of the lote is a ticket that can be asked for.
    envio = life.engine.latest(life.company)
    lote = next(one for one in envio if one.tipo == "LT")
    told = life.client.consultar_ticket(lote.ticket)
    assert told["estado_ticket"] == "aceptado"
    assert len(told["comprobantes"]) >= 2


@pytest.mark.slow
def test_a_lost_number_is_found_by_a_cdc(start: Callable[..., Life]) -> None:
    life = start(envio="lote", lote_espera=0)
    life.fault("recibe-lote", "drop_after_commit")
    life.client.emitir(factura())
    assert until_settled(life, range(1, 2)) == {1: "aceptado"}
    assert len(life.calls("recibe-lote")) == 1, "sent once"


@pytest.mark.slow
def test_a_lote_that_never_arrived_goes_again_after_asking(start: Callable[..., Life]) -> None:
    life = start(envio="lote", lote_espera=0)
    life.fault("recibe-lote", "drop_before")
    life.client.emitir(factura())
    assert until_settled(life, range(1, 2)) == {1: "aceptado"}
    order = [call["operation"] for call in life.calls()]
    sent = [position for position, name in enumerate(order) if name == "recibe-lote"]
    assert len(sent) == 2
    assert "consulta-lote" in order[sent[0] : sent[1]]


@pytest.mark.slow
def test_each_document_has_its_own_verdict(start: Callable[..., Life]) -> None:
    """One of three carries the hash of another CSC (2501): rejected, its number free, the others accepted."""
    life = start(envio="lote", lote_espera=5)
    life.client.emitir(factura(1))
    life.engine.companies.set_secrets(life.company.uuid, {"csc": "Z" * 32})
    life.client.emitir(factura(2))
    life.engine.companies.set_secrets(life.company.uuid, SECRETS)
    life.client.emitir(factura(3))
    numbers = range(1, 4)
    assert until_settled(life, numbers) == {1: "aceptado", 2: "rechazado", 3: "aceptado"}
    assert len(life.calls("recibe-lote")) == 1
    refused = life.engine.comprobante(life.company, "1", "12345678-001-001", 2)
    assert refused is not None
    assert (refused.respuesta_codigo, refused.libre) == ("2501", True)
    life.client.emitir(factura(2, observaciones="corregida"))
    assert until_settled(life, numbers) == dict.fromkeys(numbers, "aceptado")


@pytest.mark.slow
def test_a_refused_lote_goes_apart(start: Callable[..., Life]) -> None:
    """What SIFEN says of a lote as a whole decides nothing of its documents."""
    life = start(envio="lote", lote_espera=3)
    life.fault("recibe-lote", "fault", code="0183")
    numbers = range(1, 3)
    for number in numbers:
        life.client.emitir(factura(number))
    assert until_settled(life, numbers) == dict.fromkeys(numbers, "aceptado")
    assert len(life.calls("recibe-lote")) == 3


@pytest.mark.slow
def test_1264_switches_to_lotes(life: Life) -> None:
    life.fault("recibe", "fault", code="1264")
    life.engine.companies.update(life.company.uuid, {"lote_espera": 0})
    life.client.emitir(factura())
    assert until_settled(life, range(1, 2)) == {1: "aceptado"}
    assert life.engine.companies.get(life.company.uuid).settings["envio"] == "lote"
    life.client.emitir(factura(2))
    assert until_settled(life, range(1, 3)) == {1: "aceptado", 2: "aceptado"}
    assert len(life.calls("recibe")) == 1


def test_rejected_and_mended_under_its_number(life: Life) -> None:
    life.engine.companies.set_secrets(life.company.uuid, {"csc": "Z" * 32})
    with pytest.raises(EmitirApiError) as caught:
        life.client.emitir(factura())
    assert caught.value.code == "AUTORIDAD_RECHAZA"
    assert caught.value.respuesta["estado_comprobante"] == "rechazado"
    assert caught.value.respuesta["numero_libre"] is True
    assert "mismo número" in caught.value.errores[0]["accion"]
    with pytest.raises(EmitirApiError):  # the same answer, and nothing sent
        life.client.emitir(factura())
    assert len(life.calls("recibe")) == 1
    life.engine.companies.set_secrets(life.company.uuid, SECRETS)
    assert life.client.emitir(factura()).estado_comprobante == "aceptado"
    assert len(life.calls("recibe")) == 2


def test_a_baja_stops_what_waits_for_its_lote(start: Callable[..., Life]) -> None:
    life = start(envio="lote", lote_espera=3600)
    life.client.emitir(factura())
    baja = life.client.baja({"tipo": "f", "serie": "001-001", "numero": 1}, "Se anuló la venta")
    assert baja.estado_comprobante == "no_enviado"
    assert life.calls("recibe-lote", "recibe") == []


@pytest.mark.slow
def test_a_lote_that_is_not_let_in(start: Callable[..., Life]) -> None:
    """403: the certificate is not accepted. Its documents do not wait for it; they go as soon as it is."""
    life = start(envio="lote", lote_espera=1)
    life.fault("recibe-lote", "http_403")
    life.client.emitir(factura())
    assert until_settled(life, range(1, 2)) == {1: "aceptado"}
    assert len(life.calls("recibe-lote")) == 2


def test_a_full_lote_does_not_wait(start: Callable[..., Life], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(COUNTRY, "lote_size", 2)
    life = start(envio="lote", lote_espera=3600)
    for number in range(1, 4):
        life.client.emitir(factura(number))
    assert until_settled(life, range(1, 3)) == {1: "aceptado", 2: "aceptado"}
    assert states(life, range(3, 4)) == {3: "por_enviar"}, "it waits for others"
    assert len(life.calls("recibe-lote")) == 1
