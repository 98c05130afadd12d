"""A document is annulled: once, in time, whatever state it is in, whatever is lost on the way."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from emitir.engine.work import rounds as rounds_module
from emitir.errors import EmitirError
from emitir.peru.examples import factura
from tests.life.conftest import API, RUC, World


def test_factura_issued_and_annulled(world: World) -> None:
    world.open()
    document = world.factura()
    result = world.baja(document)
    envio = result.envio
    assert (envio.codigo_documento, envio.estado, envio.clase) == (
        f"{RUC}-RA-{world.now():%Y%m%d}-1",
        "aceptado",
        "envio",
    )
    assert result.comprobante.estado_comprobante == "dado_de_baja"
    assert not result.repeated
    assert envio.ticket
    assert b"ApplicationResponse" in world.engine.download(envio.codigo_descarga, "cdr").content
    assert world.engine.ticket(world.company, {"ticket": envio.ticket}).comprobantes[0].id == document.id
    assert world.control("GET", f"documents/{document.codigo_documento}")["registered"]["state"] == "anulado"


def test_asked_twice_and_ten_times_at_once_is_one_sending(world: World) -> None:
    world.open()
    document = world.factura()
    results: list[Any] = []
    threads = [threading.Thread(target=lambda: results.append(world.baja(document))) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    again = world.baja(document, motivo="OTRO MOTIVO")
    assert {result.envio.codigo_documento for result in results} == {again.envio.codigo_documento}
    assert sum(not result.repeated for result in results) == 1
    assert again.repeated
    assert again.motivo == "ERROR EN EL RUC"
    assert world.calls("sendSummary") == 1


def test_boleta_sent_by_itself_is_annulled_by_resumen(world: World) -> None:
    world.open()
    document = world.boleta()
    result = world.baja(document)
    assert (result.envio.tipo, result.envio.estado) == ("RC", "aceptado")
    assert result.comprobante.estado_comprobante == "dado_de_baja"


def test_day_seven_passes_and_day_eight_says_which_nota(world: World) -> None:
    world.open()
    first, second = world.factura(1), world.factura(2)
    world.move(days=7)
    assert world.baja(first).comprobante.estado_comprobante == "dado_de_baja"
    world.move(days=1)
    with pytest.raises(EmitirError) as raised:
        world.baja(second)
    (problem,) = raised.value.problems
    assert (problem.code, problem.authority_code) == ("FECHA_FUERA_DE_PLAZO", "2957")
    assert "nota de crédito" in problem.advice()
    assert world.fresh(second).baja_estado == ""


def test_what_sunat_never_received_or_rejected_has_nothing_to_annul(world: World) -> None:
    world.open()
    world.fault("sendBill", "fault", code="0151")
    refused = world.factura(1)
    assert refused.estado == "no_recibido"
    with pytest.raises(EmitirError, match="nunca fue recibido") as raised:
        world.baja(refused)
    assert raised.value.code == "BAJA_NO_PROCEDE"
    assert "número está libre" in raised.value.problems[0].advice()
    assert world.calls("sendSummary") == 0


def test_baja_of_a_document_without_verdict_goes_on_by_itself(world: World) -> None:
    world.open()
    world.fault("sendBill", "drop_after_commit")
    world.fault("getStatusCdr", "http_503", times=3)
    document = world.engine.emitir(world.company, {**factura(world.now()), "numero": 5}, wait=0.4).comprobante
    assert document.estado == "enviando"
    result = world.baja(document)
    assert (result.envio, result.comprobante.estado_comprobante) == (None, "baja_en_proceso")
    assert world.baja(document).repeated
    done = world.until(document, "dado_de_baja")
    assert done.estado == "aceptado"
    assert len(world.sendings(document.codigo_documento)) == 1


def test_baja_stops_what_never_left(world: World) -> None:
    world.open()
    world.engine._workshop.start_round = lambda *_: None  # type: ignore[union-attr,method-assign]
    document = world.engine.emitir(world.company, factura(world.now()), wait=0).comprobante
    assert document.estado == "por_enviar"
    result = world.baja(document)
    assert (result.comprobante.estado, result.envio) == ("no_enviado", None)
    world.restart()
    assert world.baja(document).repeated
    with pytest.raises(EmitirError, match="ya existe"):
        world.factura(21, observaciones="otra cosa")
    assert world.calls("sendBill") == 0


def test_ticket_stays_in_process_over_a_restart(world: World) -> None:
    world.open()
    document = world.factura()
    world.control("POST", "mode", ticket_seconds=3600)
    result = world.baja(document, wait=1.0)
    assert (result.envio.estado, result.comprobante.estado_comprobante) == ("en_proceso", "baja_en_proceso")
    world.restart()
    assert world.fresh(result.envio).ticket == result.envio.ticket
    world.move(seconds=3601)
    world.until(document, "dado_de_baja")
    assert world.calls("sendSummary") == 1


@pytest.mark.parametrize("fault", ["drop_after_commit", "drop_before", "http_503", "empty"])
def test_lost_answer_of_a_baja_is_found_by_its_effect(world: World, fault: str) -> None:
    world.open()
    document = world.factura()
    world.fault("sendSummary", fault)
    world.baja(document, wait=0.1)
    world.until(document, "dado_de_baja")
    name = f"{RUC}-RA-{world.now():%Y%m%d}-1"
    sent = world.sendings(name)
    assert len(set(sent) - {""}) == 1, "the same bytes"
    if fault == "drop_after_commit":
        assert len(sent) == 1, "asked, not sent again"


def test_lost_answer_of_a_baja_of_a_boleta_that_nobody_can_ask_for(world: World) -> None:
    """SUNAT has the first file and does not say what became of it: a second one is refused, which tells."""
    world.open()
    document = world.boleta()
    world.fault("sendSummary", "drop_after_commit")
    world.baja(document, wait=0.1)
    world.until(document, "dado_de_baja")


def test_lost_answer_of_a_baja_of_a_boleta_with_consulta_integrada(world: World) -> None:
    world.open()
    world.company = world.engine.companies.set_secrets(world.company.uuid, API)
    document = world.boleta()
    world.fault("sendSummary", "drop_after_commit")
    world.baja(document, wait=0.1)
    world.until(document, "dado_de_baja")
    assert world.calls("sendSummary") == 1


def test_unknown_ticket_is_asked_again_before_anything_is_resent(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rounds_module, "TICKET_LAG", 60.0)
    world.open()
    document = world.factura()
    world.fault("getStatus", "fault", code="0127", times=2)
    result = world.baja(document)
    assert result.comprobante.estado_comprobante == "dado_de_baja"
    assert world.calls("sendSummary") == 1
