"""``baja`` in Paraguay: the evento de cancelación, its deadline, its repetition, lost answers."""

from __future__ import annotations

import io
import itertools

import pytest
from pypdf import PdfReader

from emitir.client import EmitirApiError

from .conftest import Life, factura

FACTURA = {"tipo": "f", "serie": "001-001", "numero": 1}


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_cancelled_once(life: Life) -> None:
    issued = life.client.emitir(factura())
    before = life.client.descargar(issued.codigo_descarga, "pdf").contenido
    baja = life.client.baja(FACTURA, "Error en el cliente")
    assert baja.estado_comprobante == "dado_de_baja", baja
    assert baja.respuesta["sunat_respuesta"] == "0600"
    again = life.client.baja(issued.codigo_documento, "Error en el cliente")
    assert (again.codigo_documento, again.estado_comprobante) == (baja.codigo_documento, "dado_de_baja")
    assert len(life.calls("evento")) == 1
    found = life.client.consultar(FACTURA)
    assert found.estado_comprobante == "dado_de_baja"
    assert found.respuesta["baja"]["estado"] == "aceptado"
    assert "CANCELADO" not in text_of(before)
    assert "DOCUMENTO CANCELADO" in text_of(life.client.descargar(issued.codigo_descarga, "pdf").contenido)


def test_motivo(life: Life) -> None:
    life.client.emitir(factura())
    with pytest.raises(EmitirApiError) as caught:
        life.client.baja(FACTURA, "no")
    assert [one["propiedad"] for one in caught.value.errores] == ["motivo"]
    assert life.calls("evento") == []


def test_too_late(life: Life) -> None:
    life.client.emitir(factura())
    assert "baja_hasta" in life.client.consultar(FACTURA).respuesta
    life.forward(hours=49)
    with pytest.raises(EmitirApiError) as caught:
        life.client.baja(FACTURA, "Error en el cliente")
    (problem,) = caught.value.errores
    assert (problem["codigo_error"], problem["codigo_autoridad"]) == ("FECHA_FUERA_DE_PLAZO", "4009")
    assert "nota de crédito" in problem["descripcion"]
    assert life.calls("evento") == []


@pytest.mark.slow
@pytest.mark.parametrize("fault", ["drop_after_commit", "drop_before", "html"])
def test_a_lost_answer_is_asked_for(life: Life, fault: str) -> None:
    """By the events of the document; sent again only when SIFEN does not have it."""
    life.client.emitir(factura())
    life.fault("evento", fault)
    baja = life.client.baja(FACTURA, "Error en el cliente")
    assert baja.estado_comprobante == "dado_de_baja", baja
    sent = life.calls("evento")
    assert len(sent) == (1 if fault == "drop_after_commit" else 2)
    order = [call["operation"] for call in life.calls("evento", "consulta")]
    assert ("evento", "evento") not in itertools.pairwise(order), "sent again without asking"


def test_a_remision_has_a_week(life: Life) -> None:
    from datetime import UTC, datetime

    from emitir.paraguay.examples import remision

    life.client.emitir(remision(datetime.now(UTC)))
    life.forward(hours=160)
    there = {"tipo": "r", "serie": "001-001", "numero": 1}
    assert life.client.baja(there, "No salió el camión").estado_comprobante == "dado_de_baja"
