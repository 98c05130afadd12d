"""Boletas by resumen diario: they wait for their hour, go together, and go again when a resumen fails."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from emitir.country import Properties
from emitir.engine.storage.tables import EVENTO
from emitir.errors import EmitirError
from emitir.peru import registro
from emitir.peru.examples import boleta
from tests.life.conftest import API, World


def test_boletas_wait_for_their_hour_and_go_in_one_resumen(world: World) -> None:
    world.open(envio_boletas="resumen")
    documents = [world.boleta(number) for number in (1, 2, 3)]
    assert {one.estado for one in documents} == {"por_enviar"}
    assert documents[0].detalle.startswith("Irá en el resumen del ")
    assert "02:00" in documents[0].detalle
    assert world.boleta(2).codigo_descarga == documents[1].codigo_descarga, (
        "the same request, the same answer"
    )
    world.engine._office.new_clerk().look()
    assert world.calls("sendSummary") == 0, "its hour has not come"
    world.move(days=1)
    for document in documents:
        assert world.until(document, "aceptado").respuesta_codigo == "0"
    assert (world.calls("sendSummary"), world.calls("sendBill")) == (1, 0)
    informed = world.engine.consultar(world.company, {"tipo": "b", "serie": "B001", "numero": 2})
    assert informed.resumen is not None
    assert informed.resumen.codigo_documento.endswith(f"-RC-{world.now():%Y%m%d}-1")
    cdr = world.engine.download(documents[0].codigo_descarga, "cdr")
    assert b"RC-" in cdr.content
    with pytest.raises(EmitirError, match="ya existe"):
        world.boleta(2, observaciones="otra cosa")


def test_by_hand_and_by_date(world: World) -> None:
    world.open(envio_boletas="resumen")
    yesterday = world.boleta(1)
    result = world.engine.resumen(world.company, world.now().date().replace(year=2020))
    assert (result.envios, result.informados, result.en_espera) == ((), 0, 1)
    result = world.engine.resumen(world.company)
    assert (len(result.envios), result.informados, result.en_espera) == (1, 1, 0)
    world.until(yesterday, "aceptado")


def test_two_dates_are_two_files(world: World) -> None:
    world.open(envio_boletas="resumen")
    before = boleta(world.now())
    today = world.boleta(1)
    earlier = {**before, "numero": 2, "fecha": _day_before(before["fecha"])}
    late = world.emitir(earlier)
    result = world.engine.resumen(world.company)
    assert [envio.numero for envio in result.envios] == [1, 2]
    for document in (today, late):
        world.until(document, "aceptado")


@pytest.mark.parametrize(
    "change", [{"tipo_doc": "Z"}, {"moneda": "XXX"}], ids=["a line is refused", "the file is not read"]
)
def test_one_bad_boleta_does_not_keep_the_others_out(
    world: World, monkeypatch: pytest.MonkeyPatch, change: dict[str, str]
) -> None:
    """SUNAT refuses the file for one line; the others go again at once, and that one is for a person."""
    world.open(envio_boletas="resumen")
    documents = [world.boleta(number) for number in range(1, 8)]
    _spoil(monkeypatch, 5, change)
    world.engine.resumen(world.company)
    for document in documents:
        expected = "no_recibido" if document.numero == 5 else "aceptado"
        world.until(document, expected)
    bad = world.fresh(documents[4])
    assert bad.problem() is not None
    assert bad.respuesta_codigo
    events = _events(world)
    assert events.count("resumen_rechazado") + events.count("no_recibido") >= 2
    assert events.count("aceptado") == 6
    # Mended, it goes in another one.
    monkeypatch.undo()
    monkeypatch.setenv("EMITIR_PE_SANDBOX_URL", world.url)
    again = world.boleta(5, observaciones="corregida")
    assert again.estado == "por_enviar"
    world.engine.resumen(world.company)
    world.until(again, "aceptado")


def test_lost_answer_of_a_resumen_is_settled_by_a_second_one(world: World) -> None:
    """Without the API's credentials nobody tells of boletas: the second file says that the first counted."""
    world.open(envio_boletas="resumen")
    documents = [world.boleta(number) for number in (1, 2, 3)]
    world.fault("sendSummary", "drop_after_commit")
    world.engine.resumen(world.company)
    for document in documents:
        assert world.until(document, "observado").respuesta_codigo == "0"


def test_lost_answer_of_a_resumen_with_consulta_integrada(world: World) -> None:
    world.open(envio_boletas="resumen")
    world.company = world.engine.companies.set_secrets(world.company.uuid, API)
    document = world.boleta(1)
    world.fault("sendSummary", "drop_after_commit")
    world.engine.resumen(world.company)
    world.until(document, "aceptado")
    assert world.calls("sendSummary") == 1


def test_annulled_before_and_after_it_was_informed(world: World) -> None:
    world.open(envio_boletas="resumen")
    first, second = world.boleta(1), world.boleta(2)
    kept = world.baja(first)
    assert (kept.envio, kept.comprobante.estado_comprobante) == (None, "baja_en_proceso")
    world.engine.resumen(world.company)
    world.until(first, "dado_de_baja")
    world.until(second, "aceptado")
    assert world.baja(second).comprobante.estado_comprobante == "dado_de_baja"
    assert world.calls("sendSummary") == 3  # informed together, annulled one by one


def test_a_nota_goes_after_its_boleta(world: World) -> None:
    world.open(envio_boletas="resumen")
    sale = boleta(world.now())
    document = world.emitir(sale)
    # The customer, the lines and the currency are those of the boleta.
    nota = {
        "tipo": "c",
        "serie": "BC01",
        "numero": 1,
        "fecha": sale["fecha"],
        "motivo": "01",
        "sustento": "ANULACIÓN",
        "documento": f"{sale['serie']}-{sale['numero']}",
    }
    credit = world.emitir(nota)
    assert credit.estado == "por_enviar"
    assert world.engine.resumen(world.company).informados == 1
    world.until(document, "aceptado")
    assert world.engine.resumen(world.company).informados == 1
    world.until(credit, "aceptado", "observado")


def test_deadline_does_not_wait_for_the_hour(world: World) -> None:
    world.open(envio_boletas="resumen", hora_resumen=f"{(world.now().hour - 5 - 1) % 24:02}:00")
    sale = boleta(world.now())
    late = world.emitir({**sale, "fecha": _day_before(sale["fecha"], 5)})
    world.until(late, "aceptado", "observado")


def test_a_resumen_that_was_not_received_keeps_its_number(world: World) -> None:
    world.open(envio_boletas="resumen")
    document = world.boleta(1)
    world.fault("sendSummary", "fault", code="0102")
    (envio,) = world.engine.resumen(world.company).envios
    world.until(envio, "no_recibido")
    assert world.fresh(document).estado == "enviando"
    world.move(hours=7)
    world.until(document, "aceptado")
    assert world.fresh(envio).estado == "aceptado"
    assert len(set(world.sendings(envio.codigo_documento)) - {""}) == 1


def _day_before(day: str, days: int = 1) -> str:
    return (date.fromisoformat(day) - timedelta(days=days)).isoformat()


def _spoil(monkeypatch: pytest.MonkeyPatch, numero: int, change: dict[str, str]) -> None:
    """A boleta of which the resumen says something that SUNAT does not take."""
    right = registro.summary_line

    def wrong(stored: Properties, estado: Any) -> Any:
        line: Any = right(stored, estado)
        return replace(line, **change) if stored["numero"] == numero else line

    monkeypatch.setattr("emitir.peru.envios.summary_line", wrong)


def _events(world: World) -> list[str]:
    with world.engine._database.read() as connection:
        return list(connection.scalars(sa.select(EVENTO.c.clase).order_by(EVENTO.c.id)))
